# QLoRA (Dettmers et al. 2023): keep the weights in 4 bits whose levels lie where a bell curve has
# its weights (NF4), quantize the scales as well, and tune small matrices beside the frozen weights.
#
# Here: errors of three 4-bit codes on normal and on even numbers, then a tiny language model. Its
# adapters win back a part of what four bits cost; no new task is learnt, and nothing is paged.

from statistics import NormalDist

import numpy as np

from kb.lab import Adam, bars, claim, paired, seeds, show, table
from kb.lab.language import CONTEXT, bits_per_character, characters, loss, tiny_lm, windows

BLOCK, RANK, STEPS, BATCH, RATE = 64, 4, 20, 8, 0.005
TRAIN, HELD = characters()
HELD = windows(HELD, 80)
QUANTILE, LAST = NormalDist().inv_cdf, 0.9677083  # the outermost quantile that bitsandbytes takes

EVEN = np.arange(-7, 8) / 7
FLOAT = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6]) / 6  # one sign, two exponent bits, one of mantissa
UP = [QUANTILE(chance) for chance in np.linspace(0.5, LAST, 9)]  # 9 up and 8 down share the zero
DOWN = [QUANTILE(chance) for chance in np.linspace(1 - LAST, 0.5, 8)]
CODES = {"int4": EVEN, "FP4": np.r_[-FLOAT[:0:-1], FLOAT], "NF4": np.r_[DOWN[:-1], UP] / UP[-1]}


def coded(weight, levels, double=False):
    """Each weight as a level times the scale of its block, which its largest weight sets."""
    blocks = weight.reshape(-1, BLOCK).astype(float)
    scale = np.abs(blocks).max(1, keepdims=True)
    if double:  # scales in 8 bits, under one mean and one largest difference for all of them
        mean = scale.mean()
        most = np.abs(scale - mean).max()
        scale = mean + np.round((scale - mean) / most * 127) / 127 * most
    nearest = np.searchsorted((levels[1:] + levels[:-1]) / 2, blocks / scale)
    return (levels[nearest] * scale).reshape(weight.shape)


def error(numbers, levels, double=False):
    return np.linalg.norm(coded(numbers, levels, double) - numbers) / np.linalg.norm(numbers)


def tuned(net, random):
    """The network after some steps for two small matrices a layer; its own weights do not move."""
    frozen, optimizer = [layer.weight for layer in net.linears], Adam(RATE)
    down = [random.standard_normal((RANK, w.shape[1])) / np.sqrt(w.shape[1]) for w in frozen]
    up = [np.zeros((len(w), RANK)) for w in frozen]  # so that nothing changes at first
    optimizer.start([*down, *up])
    for step in range(STEPS):
        at = random.integers(0, len(TRAIN) - CONTEXT - 1, BATCH)
        text = TRAIN[at[:, None] + np.arange(CONTEXT + 1)]
        net.backward(loss(net(text[:, :-1]), text[:, 1:])[1])
        by = [layer.gradients[0] for layer in net.linears]  # through the frozen weights
        of_down, of_up = [u.T @ g for u, g in zip(up, by)], [g @ d.T for d, g in zip(down, by)]
        optimizer.step([*down, *up], [*of_down, *of_up], 1 - step / STEPS)
        for layer, w, d, u in zip(net.linears, frozen, down, up):
            layer.weight = w + u @ d  # a library keeps the two apart
    return net


def quantized(seed, levels, double=False):
    net = tiny_lm(seed)
    for layer in net.linears:
        layer.weight = coded(layer.weight, levels, double)
    return net


CASES = {name: (levels, False) for name, levels in CODES.items()}
CASES["NF4, scales in 8 bits"] = CODES["NF4"], True
off, lost = {}, {}
for seed in seeds():
    random = np.random.default_rng(seed)
    normal, even = random.standard_normal(2**14), random.uniform(-1, 1, 2**14)
    plain = bits_per_character(tiny_lm(seed), HELD)
    for name, case in CASES.items():
        net = quantized(seed, *case)
        off.setdefault(name, []).append([error(normal, *case), error(even, *case)])
        lost.setdefault(name, []).append(bits_per_character(net, HELD) - plain)
    after = bits_per_character(tuned(net, random), HELD) - plain  # the last: scales in 8 bits
    lost.setdefault("with adapters", []).append(after)
off, lost = ({k: np.array(v) for k, v in one.items()} for one in (off, lost))

each = {name: 4 + (8 + 32 / 256 if double else 32) / BLOCK for name, (_, double) in CASES.items()}
head = ("", "bits a weight", "error, normal", "error, even", "bits a character lost")
table(head, [(name, f"{each[name]:.3f}", *off[name].T, lost[name]) for name in CASES])
print(f"the last with adapters of rank {RANK}, {STEPS} steps: {lost['with adapters'].mean():.3f}")
paired("int4 minus NF4, bits a character", lost["int4"], lost["NF4"])
show(
    bars(
        lost,
        title="Levels where the weights are",
        y="bits a character lost",
        span=(0, 0.3),
        about="Of three 4-bit codes NF4 loses least, also with its scales in 8 bits; adapters win "
        "back a part of the loss.",
    )
)
(normal4, even4), (normal_f, _), (normal_n, even_n), (normal_d, _) = (o.T for o in off.values())
claim("best-on-a-bell-curve", normal_n < 0.95 * np.minimum(normal4, normal_f))
claim("not-on-even-numbers", even4 < even_n)
claim("best-in-the-model", lost["NF4"] < np.minimum(lost["int4"], lost["FP4"]))
claim("scales-cost-little", normal_d < 1.01 * normal_n)
claim("adapters-win-back", lost["with adapters"] < lost["NF4, scales in 8 bits"])
