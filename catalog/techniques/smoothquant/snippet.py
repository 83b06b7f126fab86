# SmoothQuant (Xiao et al. 2023): a few channels of the activations are far louder than the rest
# and spoil 8 bits. Divide each channel by a factor and multiply the weights that read it by the
# same: the function stays, and both sides are easy to round.
#
# Here: weights and inputs of all linear layers of a tiny language model at 8 bits, one step a
# tensor. So small a model grows no outliers; they are planted, in 2 of 32 channels behind each
# norm, by a change that alters no answer. Control: the same factors, shuffled among the channels.
# What ALPHA does shows on a single layer whose weights are alike.

import numpy as np

from kb.lab import bars, claim, paired, seeds, show, table
from kb.lab.language import bits_per_character, characters, inputs, plant, tiny_lm, windows

BITS, TIMES, ALPHA = 8, 60, 0.5
ALPHAS = 0, 0.25, 0.5, 0.75, 1
TRAIN, HELD = characters()
HELD = windows(HELD, 60)


def rounded(a):
    """One step for the whole tensor: its largest number just fits."""
    step = (np.abs(a).max(keepdims=True) + 1e-9) / (2 ** (BITS - 1) - 1)
    return np.round(a / step) * step


def factors(x, weight, alpha):
    """One a channel, for inputs x (n, channels) and weight (outputs, channels)."""
    return np.abs(x).max(0) ** alpha / np.abs(weight).max(0) ** (1 - alpha)


def smooth(net, text, deal):
    """Divide what each norm puts out, multiply what reads it: the same function."""
    for norm, layer in net.readers:
        s = deal(factors(inputs(net, layer, text), layer.weight, ALPHA))
        norm.gain, layer.weight = norm.gain / s, layer.weight * s


def quantize(net):
    for layer in net.linears:
        layer.weight, layer.around = rounded(layer.weight), rounded


def bits_needed(seed, times=TIMES, smoothed=False, shuffled=False, low=True):
    """Bits a held-out character needs, after each change that is asked for."""
    net, random = tiny_lm(seed), np.random.default_rng(seed)
    text = windows(TRAIN, 24, start=int(random.integers(len(TRAIN) // 2)))
    plant(net, seed, times=times)
    if smoothed:
        smooth(net, text, random.permutation if shuffled else np.asarray)
    if low:
        quantize(net)
    return bits_per_character(net, HELD)


def layer_error(seed, alpha):
    """Relative error of what one layer puts out; 3 of 128 inputs are TIMES as large."""
    random = np.random.default_rng(seed)
    x, weight = random.normal(size=(256, 128)), random.normal(size=(128, 128))
    x[:, random.choice(128, 3, replace=False)] *= TIMES
    s, wanted = factors(x, weight, alpha), x @ weight.T
    found = rounded(x / s) @ rounded(weight * s).T
    return np.linalg.norm(found - wanted) / np.linalg.norm(wanted)


def each(**how):
    return np.array([bits_needed(seed, **how) for seed in seeds()])


plain, same = each(times=1, low=False), each(smoothed=True, low=False)
ways = {
    "nothing planted": each(times=1),
    "outliers planted": each(),
    "SmoothQuant": each(smoothed=True),
    "factors shuffled": each(smoothed=True, shuffled=True),
}
lost = {name: found - plain for name, found in ways.items()}
curve = np.array([[layer_error(seed, alpha) for seed in seeds()] for alpha in ALPHAS])

table(("", "bits a character lost"), lost.items())
print(f"the model in float32: {plain.mean():.3f} bits a character")
table(("alpha", *map(str, ALPHAS)), [("error of one layer", *curve)])
paired("outliers planted minus SmoothQuant", lost["outliers planted"], lost["SmoothQuant"])
show(
    bars(
        lost,
        title="Move the outliers into the weights",
        y="bits a character lost",
        about="Outliers ruin 8 bits; SmoothQuant brings the loss back to what it is without them. "
        "The same factors on other channels ruin more.",
    )
)
claim("mends", lost["SmoothQuant"] < 0.1 * lost["outliers planted"])
claim("by-channel", lost["SmoothQuant"] < 0.1 * lost["factors shuffled"])
claim("same-function", np.abs(same - plain) < 1e-3)
claim("alpha-between", (curve[1:-1].min(0) < curve[0]) & (curve[1:-1].min(0) < curve[-1]))
