# Wanda (Sun et al. 2024): a weight is worth its size times the norm of the input that it reads.
# Prune the lowest of each row in one pass; nothing is retrained, nothing is updated.
#
# Here: half of the weights of a tiny language model. Its inputs are about equally loud, so that
# magnitude alone does nearly as well. A change that alters no answer, each norm's channels
# multiplied by random factors and the weights behind them divided, misleads magnitude; Wanda makes
# the same choice as before. Control: the norms shuffled among the channels.

import numpy as np

from kb.lab import bars, claim, paired, seeds, show, table
from kb.lab.language import bits_per_character, characters, tiny_lm, windows

SPARSITY, SPREAD = 0.5, 1.0
TRAIN, HELD = characters()
HELD = windows(HELD, 60)


def rescale(net, random):
    """Channels behind each norm times lognormal factors, what reads them divided: same answers."""
    for norm, layer in net.readers:
        factors = np.exp(SPREAD * random.normal(size=len(norm.gain)))
        norm.gain, layer.weight = norm.gain * factors, layer.weight / factors


def magnitude(weight, norms, random):
    return np.abs(weight)


def wanda(weight, norms, random):
    return np.abs(weight) * norms


def shuffled(weight, norms, random):
    return np.abs(weight) * random.permutation(norms)


def kept(scores):
    """Mask (outputs, inputs): of each row the share SPARSITY with the lowest scores goes."""
    order = np.argsort(np.argsort(scores, axis=1), axis=1)
    return order >= int(SPARSITY * scores.shape[1])


def pruned(seed, rule, rescaled):
    """Bits a held-out character of the pruned model, and its masks, one after the other."""
    net, random = tiny_lm(seed), np.random.default_rng(seed)
    text = windows(TRAIN, 24, start=int(random.integers(len(TRAIN) // 2)))
    if rescaled:
        rescale(net, random)
    net(text[:, :-1])
    masks = []
    for layer in net.linears:
        norms = np.sqrt((layer.x.reshape(-1, layer.x.shape[-1]) ** 2).sum(0))
        masks.append(kept(rule(layer.weight, norms, random)))
        layer.weight = layer.weight * masks[-1]
    return bits_per_character(net, HELD), np.concatenate([mask.ravel() for mask in masks])


RULES = {"magnitude": magnitude, "Wanda": wanda, "norms shuffled": shuffled}
runs = {
    (name, rescaled): [pruned(seed, rule, rescaled) for seed in seeds()]
    for name, rule in RULES.items()
    for rescaled in (False, True)
}
plain = np.array([bits_per_character(tiny_lm(seed), HELD) for seed in seeds()])
lost = {key: np.array([bits for bits, _ in found]) - plain for key, found in runs.items()}
same = {
    name: np.array([(a == b).mean() for (_, a), (_, b) in zip(runs[name, False], runs[name, True])])
    for name in RULES
}

rows = [(name, lost[name, False], lost[name, True], same[name]) for name in RULES]
table(("bits a character lost", "as trained", "rescaled", "same choice"), rows)
print(f"the model in float32: {plain.mean():.3f} bits a character")
paired("as trained, magnitude minus Wanda", lost["magnitude", False], lost["Wanda", False])
paired("rescaled, magnitude minus Wanda", lost["magnitude", True], lost["Wanda", True])
show(
    bars(
        {
            "as trained": {name: lost[name, False] for name in RULES},
            "rescaled": {name: lost[name, True] for name in RULES},
        },
        title="Size times the norm of the input",
        y="bits a character lost",
        about="Rescaling that alters no answer misleads magnitude; Wanda loses the same as before. "
        "With the norms shuffled it loses more.",
    )
)
claim("beats-magnitude", lost["Wanda", True] < lost["magnitude", True])
claim("by-channel", lost["Wanda", True] < lost["norms shuffled", True])
claim("same-choice", same["Wanda"] > 0.999)
