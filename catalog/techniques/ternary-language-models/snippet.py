# BitNet b1.58 (Ma et al. 2024): a language model whose linear layers have weights of -1, 0 and 1,
# times one scale a layer, and read activations of 8 bits. It learns that way from its first step:
# floats are kept, rounded at each step, and the gradient passes straight through the rounding.
#
# Here: a tiny language model, already trained in floats, goes on for a few steps with three values.
# That stands in for training from scratch, which would take minutes; so the loss of floats is not
# reached. Beside it: rounding without training, and the same training with two values, +1 and -1.

import numpy as np

from kb.lab import Adam, bars, claim, paired, seeds, show, table
from kb.lab.language import bits_per_character, characters, inputs, tiny_lm, tune, windows

BITS = 8  # of an activation
STEPS, RATE, BATCH = 20, 0.03, 6
TRAIN, HELD = characters()
HELD = windows(HELD, 40)


def ternary(weight):
    """-1, 0 and 1 times the mean size of the weights (absmean)."""
    scale = np.abs(weight).mean()
    return np.clip(np.round(weight / scale), -1, 1) * scale


def binary(weight):
    """The same with two values: the sign, around the mean."""
    return np.where(weight > weight.mean(), 1, -1) * np.abs(weight).mean()


def whole(x):
    """Each row of activations as whole numbers of BITS bits, and its step (absmax)."""
    top = 2 ** (BITS - 1) - 1
    step = np.maximum(np.abs(x).max(-1, keepdims=True), 1e-5) / top
    return np.round(x / step), step


def rounded(x):
    levels, step = whole(x)
    return levels * step


def quantized(seed, rule, steps):
    """The model with all linear layers of its blocks rounded by ``rule`` while it learns."""
    net = tiny_lm(seed)
    for layer in net.linears:
        layer.transform, layer.around = rule, rounded
    if steps:
        tune(net, TRAIN, steps, batch=BATCH, seed=seed, optimizer=Adam(RATE))
    return net


def by_adding(layer, x):
    """What ``layer`` makes of x without multiplying: its inputs of weight 1 minus those of -1."""
    levels, step = whole(x)
    levels, signs = levels.astype(int), np.sign(layer.used())
    sums = [levels[:, row > 0].sum(1) - levels[:, row < 0].sum(1) for row in signs]
    return np.transpose(sums) * step * np.abs(layer.used()).max()


WAYS = {"rounded afterwards": (ternary, 0), "two values": (binary, STEPS)}
WAYS["three values"] = (ternary, STEPS)
plain = np.array([bits_per_character(tiny_lm(seed), HELD) for seed in seeds()])
lost, zeros, gaps = {way: [] for way in WAYS}, [], []
for seed, floats in zip(seeds(), plain):
    for way, (rule, steps) in WAYS.items():
        net = quantized(seed, rule, steps)
        lost[way].append(bits_per_character(net, HELD) - floats)
    zeros.append(np.mean(np.hstack([layer.used().ravel() for layer in net.linears]) == 0))
    layer = net.blocks[1].mlp.up
    x = inputs(net, layer, HELD[:4]).astype(float)
    gaps.append(np.abs(by_adding(layer, x) - rounded(x) @ layer.used().T).max())

lost = {way: np.array(each) for way, each in lost.items()}
inner = sum(layer.weight.size for layer in net.linears)
outer = sum(array.size for array in net.parameters) - inner  # embedding, norms, scores
size = {way: (bits * inner + 16 * len(net.linears)) // 8 for way, bits in zip(WAYS, (2, 1, 2))}
rows = [(way, lost[way], size[way] + 2 * outer) for way in WAYS]
table(("", "bits a character lost", "bytes"), rows)
print(f"in floats: {plain.mean():.3f} bits a character, {2 * (inner + outer):,} bytes in float16")
table(("", "three values"), [("share of zeros", zeros)])
paired("rounded afterwards minus trained", lost["rounded afterwards"], lost["three values"])
paired("two values minus three", lost["two values"], lost["three values"])
show(
    bars(
        lost,
        title="Three values, if the model learns with them",
        y="bits a character lost",
        span=(0, 4),
        about="Rounded afterwards to three values the model is useless. After a few steps with "
        "three values nearly half of the loss is gone; with two values less of it.",
    )
)
claim("trained", lost["three values"] < lost["rounded afterwards"])
claim("zero", lost["three values"] < lost["two values"])
claim("adds", np.array(gaps) < 1e-5)
