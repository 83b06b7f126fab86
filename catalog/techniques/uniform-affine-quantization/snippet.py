# Uniform affine quantization (Jacob et al. 2018): with r = S (q - Z) a network runs in 8-bit
# integers alone, nearly as accurate as in floating point; with fewer bits it has to be trained
# with the rounding in place.
#
# Here: a 64-32-10 network on 8x8 digits, 4 seeds. All weights and activations are rounded; the
# last part computes with integers only and must give what the simulated rounding gives. Speed
# cannot be shown: NumPy is not faster with small integers.

import numpy as np

from kb.lab import Through, accuracy, dense_net, digits, lines, show, table, train

BITS, SEEDS = (8, 6, 4, 3, 2), range(4)


def grid(low, high, bits):
    """Scale S and zero point Z that spread 2**bits integers over a range which holds zero."""
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / (2**bits - 1)
    return scale, round(-low / scale)


def to_integers(r, scale, zero, bits):
    return np.clip(np.round(r / scale) + zero, 0, 2**bits - 1).astype(np.int32)


def rounded(r, low, high, bits):
    """What r becomes on its way through the integers."""
    scale, zero = grid(low, high, bits)
    return scale * (to_integers(r, scale, zero, bits) - zero)


def with_rounding(net, tops, bits):
    """A copy that rounds weights, and activations from 0 to the largest seen in training."""
    net = net.copy()
    for layer in net.weighted:
        layer.transform = lambda w: rounded(w, w.min(), w.max(), bits)
    first, second = (Through(lambda a, top=top: rounded(a, 0, top, bits)) for top in tops)
    net.layers = [first, *net.layers[:2], second, *net.layers[2:]]
    return net


def integer_scores(net, tops, x, bits=8):
    """The same forward pass: integer products and sums, one rescaling at the end of each layer."""
    scale, zero = grid(0, tops[0], bits)
    q = to_integers(x, scale, zero, bits)
    for layer, top in zip(net.weighted, [tops[1], None]):
        w_scale, w_zero = grid(layer.weight.min(), layer.weight.max(), bits)
        w = to_integers(layer.weight, w_scale, w_zero, bits) - w_zero
        sums = (q - zero) @ w.T + np.round(layer.bias / (scale * w_scale)).astype(np.int32)
        if top is not None:
            factor = scale * w_scale / grid(0, top, bits)[0]  # on a chip: multiply and shift
            scale, zero = grid(0, top, bits)
            q = np.clip(np.round(factor * sums), 0, 2**bits - 1).astype(np.int32)  # at 0: the ReLU
    return sums


floats, after, during, same = [], [], [], []
for seed in SEEDS:
    data, net = digits(seed), dense_net(64, 32, 10, seed=seed)
    train(net, data, seed=seed)
    tops = (1.0, float(net.outputs(data.x)[1].max()))
    floats.append(accuracy(net, data))
    after.append([accuracy(with_rounding(net, tops, bits), data) for bits in BITS])
    during.append([])
    for bits in BITS:
        learner = with_rounding(net, tops, bits)
        train(learner, data, epochs=2, seed=seed)
        during[-1].append(accuracy(learner, data))
    simulated = with_rounding(net, tops, 8)(data.test_x).argmax(1)
    same.append(np.mean(integer_scores(net, tops, data.test_x).argmax(1) == simulated))

after, during = np.array(after), np.array(during)
rows = [("float32", floats, "", "1.0x")]
rows += [
    (f"{bits} bits", after[:, i], during[:, i], f"{32 / bits:.1f}x") for i, bits in enumerate(BITS)
]
table(("", "rounded after", "rounded while training", "weights smaller"), rows)
print(f"integers only, 8 bits: same answer for {np.mean(same):.1%} of the images")
assert after[:, 0].mean() > np.mean(floats) - 0.005 and np.mean(same) > 0.995
assert during[:, -1].mean() > after[:, -1].mean() + 0.1
show(
    lines(
        {"rounded after training": (BITS, after), "rounded while training": (BITS, during)},
        title="Eight bits are free, two must be trained",
        x="bits for each weight and activation",
        y="test accuracy",
        about="Both curves are flat from 8 to 4 bits; at 2 bits rounding afterwards collapses, "
        "and training with the rounding recovers most.",
    )
)
