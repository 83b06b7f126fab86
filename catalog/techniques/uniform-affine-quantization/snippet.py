# Uniform affine quantization (Jacob et al. 2018): with r = S (q - Z) a network runs in 8-bit
# integers alone, nearly as accurate as in floating point; with fewer bits it has to be trained
# with the rounding in place.
#
# Here: a 64-32-10 network on 8x8 digits, all weights and activations rounded, against the same
# without a zero point. Integers alone must give what the simulated rounding gives. Speed cannot
# be shown: NumPy is not faster with small integers.

import numpy as np

from kb.lab import Through, accuracy, centred, claim, dense_net, lines, paired, seeds, show
from kb.lab import table, train

BITS = 2
EACH, EPOCHS = sorted({8, 4, 3, 2, BITS}, reverse=True), 3


def grid(low, high, bits):
    """Scale S and zero point Z that spread 2**bits integers over a range which holds zero."""
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / (2**bits - 1)
    return scale, round(-low / scale)


def even(low, high, bits):
    """The same without a choice of Z: as many levels on either side of zero."""
    middle = 2 ** (bits - 1) - 1
    return max(-low, high) / middle, middle


def to_integers(r, scale, zero, bits):
    return np.clip(np.round(r / scale) + zero, 0, 2**bits - 1).astype(np.int32)


def rounded(r, low, high, bits, spread):
    """What r becomes on its way through the integers."""
    scale, zero = spread(low, high, bits)
    return scale * (to_integers(r, scale, zero, bits) - zero)


def with_rounding(net, ranges, bits, spread=grid):
    """A copy that rounds weights, and activations over the range seen in training."""
    net = net.copy()
    for layer in net.weighted:
        layer.transform = lambda w: rounded(w, w.min(), w.max(), bits, spread)
    first, second = (Through(lambda a, r=r: rounded(a, *r, bits, spread)) for r in ranges)
    net.layers = [first, *net.layers[:2], second, *net.layers[2:]]
    return net


def integer_scores(net, ranges, x, bits=8):
    """The same forward pass: integer products and sums, one rescaling at the end of each layer."""
    scale, zero = grid(*ranges[0], bits)
    q = to_integers(x, scale, zero, bits)
    for layer, after in zip(net.weighted, [ranges[1], None]):
        w_scale, w_zero = grid(layer.weight.min(), layer.weight.max(), bits)
        w = to_integers(layer.weight, w_scale, w_zero, bits) - w_zero
        sums = (q - zero) @ w.T + np.round(layer.bias / (scale * w_scale)).astype(np.int32)
        if after is not None:
            factor = scale * w_scale  # divided by the next scale: on a chip, multiply and shift
            scale, zero = grid(*after, bits)
            q = np.round(factor / scale * sums).astype(np.int32) + zero
            q = np.clip(q, zero, 2**bits - 1)  # below the zero point: the ReLU
    return sums


def trained(net, data, seed):
    train(net, data, epochs=EPOCHS, batch=64, seed=seed)
    return accuracy(net, data)


rows, same = [], []  # accuracies (seeds, bits, ways)
for seed in seeds():
    data, net = centred(seed), dense_net(64, 32, 10, seed=seed)
    train(net, data, batch=64, seed=seed)
    ranges = (data.x.min(), data.x.max()), (0.0, net.outputs(data.x)[1].max())
    floating = accuracy(net, data)
    rows.append([])
    for bits in EACH:
        rough, plain = with_rounding(net, ranges, bits), with_rounding(net, ranges, bits, even)
        found = floating, accuracy(plain, data), accuracy(rough, data), trained(rough, data, seed)
        rows[-1].append(found)
    simulated = with_rounding(net, ranges, 8)(data.test_x).argmax(1)
    same.append(np.mean(integer_scores(net, ranges, data.test_x).argmax(1) == simulated))

ways = dict(zip(("float32", "no zero point", "zero point", "trained"), np.array(rows).T))
stored = [bits * 2368 / 8 + 4 * 42 + 2 * 5 for bits in EACH]  # weights, biases, two scales
table(
    ("bits", *ways, "bytes"),
    [
        (str(bits), *(way[i] for way in ways.values()), round(stored[i]))
        for i, bits in enumerate(EACH)
    ],
)
full, none, after, during = (way[EACH.index(BITS)] for way in ways.values())
paired(f"{BITS} bits, zero point over none", after, none)
paired(f"{BITS} bits, trained over rounded", during, after)
print(f"integers only, 8 bits: same answer for {np.mean(same):.1%} of the images")
show(
    lines(
        {way: (EACH, ways[way].T) for way in list(ways)[1:]},
        title="Eight bits are free, two must be trained",
        x="bits for each weight and activation",
        y="test accuracy",
        at=BITS,
        span=(0, 1),
        about="All curves are flat from 8 to 4 bits. At 2 bits rounding without a zero point "
        "collapses, with one it loses less, and training with the rounding wins much back.",
    )
)
claim("zero-point", after > none)
claim("trained", during > after)
claim("eight-bits", ways["zero point"][0] > full - 0.01)
claim("integers", np.array(same) > 0.995)
