# GPTQ (Frantar et al. 2022): round a layer column by column, and let the columns that are not yet
# rounded make up for the error, as far as the inputs move together. One pass, no training.
#
# Here: all linear layers of a tiny language model at 3 bits, one step a row, 24 windows of text to
# calibrate with. Nearest rounding has the same grid. Without correlations: the same algorithm, but
# each input channel is shuffled by itself, so that no column can make up for another.

import numpy as np

from kb.lab import bars, claim, paired, seeds, show, table
from kb.lab.language import bits_per_character, characters, inputs, tiny_lm, windows

BITS, DAMP, WINDOWS = 3, 0.01, 24
TRAIN, HELD = characters()
HELD = windows(HELD, 60)


def grid(weight):
    """The step of each row (outputs, 1): its largest weight just fits."""
    return np.abs(weight).max(1, keepdims=True) / (2 ** (BITS - 1) - 0.5)


def snapped(weight, step):
    top = 2 ** (BITS - 1)
    return (np.clip(np.floor(weight / step), -top, top - 1) + 0.5) * step


def nearest(weight, x, random):
    return snapped(weight, grid(weight))


def gptq(weight, x, random):
    """Weight (outputs, inputs), rounded for inputs x (n, inputs)."""
    weight, step = weight.astype(float), grid(weight)
    hessian = x.T.astype(float) @ x
    hessian += DAMP * np.diag(hessian).mean() * np.eye(len(hessian))
    order = np.argsort(-np.diag(hessian))  # the loudest inputs first, while all others can help
    weight, hessian = weight[:, order], hessian[np.ix_(order, order)]
    upper = np.linalg.cholesky(np.linalg.inv(hessian)).T
    for j in range(len(upper)):
        rounded = snapped(weight[:, j : j + 1], step)
        error = (weight[:, j : j + 1] - rounded) / upper[j, j]
        weight[:, j + 1 :] -= error * upper[j, j + 1 :]  # the idea: later columns take the error
        weight[:, j : j + 1] = rounded
    return weight[:, np.argsort(order)]


def shuffled(weight, x, random):
    mean = x.mean(0)
    return gptq(weight, random.permuted(x - mean, axis=0) + mean, random)


def quantized(seed, rule):
    """Layer after layer, each calibrated on what the rounded ones before it put out."""
    net, random = tiny_lm(seed), np.random.default_rng(seed)
    text = windows(TRAIN, WINDOWS, start=int(random.integers(len(TRAIN) // 2)))
    for layer in net.linears:
        layer.weight = rule(layer.weight, inputs(net, layer, text), random)
    return bits_per_character(net, HELD)


WAYS = {"nearest": nearest, "GPTQ": gptq, "without correlations": shuffled}
plain = np.array([bits_per_character(tiny_lm(seed), HELD) for seed in seeds()])
lost = {
    name: np.array([quantized(seed, rule) for seed in seeds()]) - plain
    for name, rule in WAYS.items()
}

table(("", "bits a character lost"), lost.items())
print("the model in float32:", f"{plain.mean():.3f}", "bits a character")
paired(f"{BITS} bits, nearest minus GPTQ", lost["nearest"], lost["GPTQ"])
paired(f"{BITS} bits, without correlations minus GPTQ", lost["without correlations"], lost["GPTQ"])
show(
    bars(
        lost,
        title="Later columns make up for the error",
        y="bits a character lost",
        about="GPTQ loses about half of what nearest rounding loses; without correlations little "
        "of the gain is left.",
    )
)
claim("below-nearest", lost["GPTQ"] < lost["nearest"])
claim("by-correlations", lost["GPTQ"] < lost["without correlations"])
