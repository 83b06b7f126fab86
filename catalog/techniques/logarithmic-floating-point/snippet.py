# Logarithmic floating point (Johnson 2018): store the logarithm in 8 bits, with more fraction
# bits for common sizes and more range for rare ones. A product adds two logarithms; a small table
# makes it linear, and a wide integer accumulator adds it exactly. The paper: ResNet-50 within
# 0.9% of floats, neither retrained nor calibrated, at 0.96 times the power of 8-bit integers.
#
# Here: a 64-32-10 network on 8x8 digits, every number rounded to 8 bits; then the same function
# scaled unevenly, its first layer times S and its second divided by S. Against it as many bits in
# equal steps. Power cannot be measured, and equal steps with a range for each tensor do as well.

import numpy as np

from kb.lab import Through, accuracy, centred, claim, dense_net, lines, paired, seeds, show, table
from kb.lab import train

BITS = 8
SCALES, FRACTION = (1, 4, 16, 64), 16


def tapered(bits):
    """Logarithms, in sixteenths, of a posit-like code with one exponent bit: 00001 is the least."""
    found = []
    for code in range(1, 2 ** (bits - 1)):
        text = f"{code:0{bits - 1}b}"
        run = len(text) - len(text.lstrip(text[0]))  # equal bits: the more, the rarer the size
        regime, rest = (run - 1 if text[0] == "1" else -run), text[run + 1 :] or "0"
        fraction = FRACTION * int(rest[1:] or "0", 2) // 2 ** len(rest[1:])
        found.append(FRACTION * (2 * regime + int(rest[0])) + fraction)
    return np.array(found)


LOGS = tapered(BITS)
VALUES = 2.0 ** (LOGS / FRACTION)


def code(x):
    """Sign (0 for what is nearer to zero than to any value) and logarithm of the nearest value."""
    nearest = np.searchsorted((VALUES[1:] + VALUES[:-1]) / 2, np.abs(x))
    return np.sign(x).astype(int) * (np.abs(x) > VALUES[0] / 2), LOGS[nearest]


def as_log(x):
    sign, log = code(x)
    return sign * 2.0 ** (log / FRACTION)


def as_int(x, top):
    levels = 2 ** (BITS - 1) - 1
    return np.clip(np.round(x / top * levels), -levels, levels) * (top / levels)


def multiply_add(x, w):
    """x @ w.T by additions, a table of 16 numbers, shifts, and one exact sum of integers."""
    (sx, lx), (sw, lw) = code(x), code(w)
    log = lx[:, None] + lw  # the product
    linear = np.round(2.0 ** (np.arange(FRACTION) / FRACTION) * 1024).astype(np.int64)
    terms = linear[log % FRACTION] << (log // FRACTION + 26)
    return (sx[:, None] * sw * terms).sum(2) / 2.0**36


def rounded(net, rule, data):
    """Accuracy if weights and inputs of every layer are rounded by rule."""
    net = net.copy()
    for layer in net.weighted:
        layer.weight = rule(layer.weight)
    net.layers = [Through(rule), *net.layers[:2], Through(rule), *net.layers[2:]]
    return accuracy(net, data)


RULES = ("logarithms", "equal steps, one range", "a range for each tensor")
floats, scores, errors = [], [], []  # (seeds,), (seeds, scales, rules), (seeds,)
for seed in seeds():
    data, net = centred(seed), dense_net(64, 32, 10, seed=seed)
    train(net, data, batch=64, seed=seed)
    floats.append(accuracy(net, data))
    scores.append([])
    for scale in SCALES:
        same = net.copy()
        first, second = same.weighted
        first.weight, first.bias = first.weight * scale, first.bias * scale
        second.weight = second.weight / scale
        numbers = (data.x, same.outputs(data.x)[1], first.weight, second.weight)
        widest = max(np.abs(array).max() for array in numbers)
        rules = (as_log, lambda x: as_int(x, widest), lambda x: as_int(x, np.abs(x).max()))
        scores[-1].append([rounded(same, rule, data) for rule in rules])
    x, w = data.test_x[:20], net.weighted[0].weight
    errors.append(np.abs(multiply_add(x, w) - as_log(x) @ as_log(w).T).max())

floats, found = np.array(floats), dict(zip(RULES, np.moveaxis(scores, 2, 0)))
rows = [(f"S = {scale}", *(by[:, i] for by in found.values())) for i, scale in enumerate(SCALES)]
table(("", *found), [*rows, ("float32", floats, "", "")])
logs, steps, each = (found[rule][:, -1] for rule in RULES)
paired(f"S = {SCALES[-1]}, logarithms over equal steps", logs, steps)
paired(f"S = {SCALES[-1]}, logarithms over a range for each tensor", logs, each)
print(f"bytes: {2410 * BITS // 8:,}; sums of logarithmic products are off by {max(errors):.4f}")
show(
    lines(
        {name: (SCALES, by) for name, by in found.items()},
        log_x=True,
        title="Logarithms need no range to be set",
        x="S: first layer times S, second divided by S",
        y="test accuracy",
        span=(0, 1),
        about="Logarithms keep the accuracy of floats however the layers are scaled; "
        "equal steps with one range for all numbers collapse.",
    )
)
claim("range", logs > steps)
claim("floats", found["logarithms"].min(1) > floats - 0.02)
claim("additions", np.array(errors) < 0.01)
