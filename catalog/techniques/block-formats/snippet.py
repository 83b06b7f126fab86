# Microscaling formats (Rouhani et al. 2023): a few neighbours share a scale of eight bits. MXFP4
# has blocks of 32 and a power of two for a scale; NVFP4 blocks of 16 and a scale in E4M3.
#
# Here: weights and inputs of a tiny language model in four bits, with as many even levels (int4)
# in the same blocks beside each format, and with one scale for all. Numbers are only rounded as
# the formats would; what a processor gains by them is not seen.

import numpy as np

from kb.lab import bars, claim, paired, seeds, show, table
from kb.lab.language import bits_per_character, characters, tiny_lm, windows

MX, NV, TAILS = 32, 16, 5  # numbers in a block; degrees of freedom of the heavy tails
HELD = windows(characters()[1], 50)
EVEN = np.arange(-7, 8.0)
FLOAT = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6])  # E2M1: one bit of mantissa for each power of two
FLOAT = np.r_[-FLOAT[:0:-1], FLOAT]


def nearest(x, levels):
    """Each number of x on the nearest of ``levels``; beyond the last, on the last."""
    return levels[np.searchsorted((levels[1:] + levels[:-1]) / 2, x)]


def power_of_two(largest, levels):
    """E8M0: the highest power of two with which the largest number stays below 8 steps."""
    return 2.0 ** (np.floor(np.log2(np.maximum(largest, 1e-30))) - 2)


def e4m3(largest, levels):
    """The largest number at the last level, as far as three bits of mantissa allow. A scale for
    the whole tensor, in float32, keeps these scales within their range.
    """
    scale = largest / levels[-1]
    top = max(scale.max(), 1e-30) / 448
    power = np.floor(np.log2(np.maximum(scale / top, 2.0**-6))) - 3
    return np.maximum(np.round(scale / top / 2**power), 1) * 2**power * top


def in_blocks(x, levels, size, scale):
    """x with ``size`` neighbours along its last axis under one scale."""
    blocks = x.reshape(-1, size).astype(float)
    step = scale(np.abs(blocks).max(1, keepdims=True), levels)
    return (nearest(blocks / step, levels) * step).reshape(x.shape)


def one_scale(x):
    step = np.abs(x).max() / 7
    return nearest(x / step, EVEN) * step


FORMATS = {
    "int4, one scale": one_scale,
    "int4, blocks of 32": lambda x: in_blocks(x, EVEN, MX, power_of_two),
    "MXFP4": lambda x: in_blocks(x, FLOAT, MX, power_of_two),
    "int4, blocks of 16": lambda x: in_blocks(x, EVEN, NV, e4m3),
    "NVFP4": lambda x: in_blocks(x, FLOAT, NV, e4m3),
}
BITS = 4, 4 + 8 / MX, 4 + 8 / MX, 4 + 8 / NV, 4 + 8 / NV
off, lost = {}, {}
for seed in seeds():
    numbers = np.random.default_rng(seed).standard_t(TAILS, (256, 128))
    plain = bits_per_character(tiny_lm(seed), HELD)
    for name, rule in FORMATS.items():
        net = tiny_lm(seed)
        for layer in net.linears:
            layer.weight, layer.around = rule(layer.weight), rule
        off.setdefault(name, []).append(np.linalg.norm(rule(numbers) - numbers))
        off[name][-1] /= np.linalg.norm(numbers)
        lost.setdefault(name, []).append(bits_per_character(net, HELD) - plain)
off, lost = ({name: np.array(v) for name, v in one.items()} for one in (off, lost))

head = ("", "bits a number", "error, heavy tails", "bits a character lost")
table(head, [(name, f"{b:g}", off[name], lost[name]) for name, b in zip(FORMATS, BITS)])
paired("MXFP4 minus NVFP4, bits a character", lost["MXFP4"], lost["NVFP4"])
paired("int4, one scale minus blocks of 16", lost["int4, one scale"], lost["int4, blocks of 16"])
show(
    bars(
        lost,
        title="A scale for a few neighbours",
        y="bits a character lost",
        about="One scale for all loses most; blocks of 32 lose less, blocks of 16 least.",
    )
)
claim("blocks-help", lost["int4, blocks of 32"] < lost["int4, one scale"])
claim("finer-is-better", lost["NVFP4"] < lost["MXFP4"])
claim("float-on-heavy-tails", off["MXFP4"] < off["int4, blocks of 32"])
claim("float-in-small-blocks", off["NVFP4"] < off["int4, blocks of 16"])
