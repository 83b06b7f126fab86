# FP8 (Micikevicius et al. 2022): eight bits with an exponent. E4M3 keeps three bits of mantissa,
# E5M2 two and a wider range. The step grows with the number, so that one large number does not
# spoil the small ones, as it does with the even steps of int8.
#
# Here: errors on normal and on heavy-tailed numbers, then a tiny language model whose layers read
# 8-bit inputs, one scale for each whole input. Its outliers are planted, and change no answer.

import numpy as np

from kb.lab import bars, claim, paired, seeds, show, table
from kb.lab.language import bits_per_character, characters, plant, tiny_lm, windows

TAILS, TIMES = 2.2, 60  # degrees of freedom of the heavy tails; how loud the planted channels are
HELD = windows(characters()[1], 40)


def int8(x):
    """On even steps, with the largest number at 127."""
    step = np.abs(x).max() / 127
    return np.round(x / step) * step


def floating(x, mantissa, lowest, largest):
    """Scaled so that the largest number is ``largest``; then ``mantissa`` bits for each power of
    two, down to 2**``lowest``, below which the step no longer shrinks.
    """
    scale = largest / np.abs(x).max()
    power = np.floor(np.log2(np.maximum(np.abs(x * scale), 2.0**lowest)))
    step = 2.0 ** (power - mantissa)  # the idea: a step for each power of two
    return np.round(x * scale / step) * step / scale


def e4m3(x):
    return floating(x, mantissa=3, lowest=-6, largest=448)


def e5m2(x):
    return floating(x, mantissa=2, lowest=-14, largest=57344)


def error(x, rule):
    return np.linalg.norm(rule(x) - x) / np.linalg.norm(x)


def lost(net, rule):
    """Bits a character that it costs to read all inputs of all layers in 8 bits."""
    before = bits_per_character(net, HELD)
    for layer in net.linears:
        layer.around = rule
    return bits_per_character(net, HELD) - before


RULES = {"int8": int8, "E4M3": e4m3, "E5M2": e5m2}
off, more = {}, {}
for seed in seeds():
    random = np.random.default_rng(seed)
    cases = random.standard_normal(20_000), random.standard_t(TAILS, 20_000)
    for name, rule in RULES.items():
        loud = tiny_lm(seed)
        plant(loud, seed, times=TIMES)
        off.setdefault(name, []).append([error(x, rule) for x in cases])
        more.setdefault(name, []).append([lost(tiny_lm(seed), rule), lost(loud, rule)])
off, more = ({name: np.array(v) for name, v in one.items()} for one in (off, more))

head = ("", "error, normal", "heavy tails", "bits lost, no outliers", "with outliers")
table(head, [(name, *off[name].T, *more[name].T) for name in RULES])
(normal8, tails8), (normal4, tails4), (normal5, tails5) = (off[name].T for name in RULES)
(calm8, loud8), (calm4, loud4), _ = (more[name].T for name in RULES)
paired("heavy tails, int8 minus E4M3", tails8, tails4)
paired("model with outliers, int8 minus E4M3", loud8, loud4)
show(
    bars(
        {name: {"normal": off[name][:, 0], "heavy tails": off[name][:, 1]} for name in RULES},
        title="Even steps or a step for each power of two",
        y="relative error",
        about="On normal numbers int8 has the smallest error; on heavy tails its error rises "
        "manyfold and that of both floating formats stays.",
    )
)
claim("outliers-are-harmless", loud4 < loud8)
claim("better-on-heavy-tails", tails4 < tails8)
claim("worse-on-normal-numbers", normal8 < normal4)
claim("mantissa-over-range", (normal4 < normal5) & (tails4 < tails5))
