# CReLU (Shang et al. 2016): filters of the first layers come in pairs of opposite sign, because
# ReLU throws half of each answer away and a second filter has to bring it back. So return both
# halves, [x]+ and [-x]+, and use half the filters: better recognition with fewer parameters.
#
# Here: filters that rebuild 5x5 patches of 8x8 digits (no biases, which would lift answers above
# zero), and hidden layers that recognise digits, 3 seeds. Pairs appear under ReLU when there are
# filters enough, and not under CReLU. With half the filters CReLU comes near ReLU, with as many it
# is ahead. That it surpasses twice as many ReLU filters does not show, nor how deep pairs reach.

import numpy as np

from kb.lab import (
    Adam,
    Dense,
    Layer,
    Net,
    Relu,
    accuracy,
    digits,
    lines,
    parameters,
    show,
    table,
    train,
)

SEEDS, SIDE = range(3), 5


class CRelu(Layer):
    """(n, filters) to (n, 2 filters): the positive parts of x and of -x, side by side."""

    def forward(self, x):
        self.x = x
        return np.concatenate([np.maximum(x, 0), np.maximum(-x, 0)], axis=1)

    def backward(self, gradient):
        plus, minus = np.split(gradient, 2, axis=1)
        return plus * (self.x > 0) - minus * (self.x < 0)


def network(inputs, filters, outputs, kind, seed):
    random = np.random.default_rng(seed)

    def dense(n_in, n_out):
        weight = random.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        return Dense(np.float32(weight), np.zeros(n_out, np.float32))

    seen = 2 * filters if kind is CRelu else filters
    return Net([dense(inputs, filters), kind(), dense(seen, outputs)])


def patches(images):
    """Patches (n, 25) of images (n, 64), each without its mean."""
    pictures = images.reshape(-1, 8, 8)
    windows = np.lib.stride_tricks.sliding_window_view(pictures, (SIDE, SIDE), axis=(1, 2))
    found = windows[:, ::2, ::2].reshape(-1, SIDE**2)
    return np.float32(found - found.mean(1, keepdims=True))


def opposite(filters):
    """For each filter the cosine to the one that is most opposite, sorted: -1 is a perfect pair."""
    unit = filters / np.linalg.norm(filters, axis=1, keepdims=True)
    return np.sort((unit @ unit.T).min(1))


def squares(output, wanted):
    error = output - wanted
    return float((error**2).sum() / len(error)), 2 * error / len(error)


def without_bias(net, done):
    for layer in net.weighted:
        layer.gradients[1][:] = 0


rows, cosines = [], {}
for name, kind, filters in (("ReLU", Relu, 32), ("CReLU", CRelu, 16), ("ReLU", Relu, 16)):
    errors, pairs, right = [], [], []
    for seed in SEEDS:
        data = digits(seed)
        x, test = patches(data.x), patches(data.test_x)
        x = x[np.random.default_rng(seed).permutation(len(x))[:2000]]
        net = network(SIDE**2, filters, SIDE**2, kind, seed)
        train(
            net,
            data._replace(x=x, y=x),
            epochs=10,
            batch=50,
            seed=seed,
            loss=squares,
            optimizer=Adam(0.03),
            before_step=without_bias,
        )
        errors.append(np.sum((net(test) - test) ** 2) / np.sum(test**2))
        pairs.append(opposite(net.weighted[0].weight))
        mean = data.x.mean(0)
        data = data._replace(x=data.x - mean, test_x=data.test_x - mean)
        net = network(64, filters, 10, kind, seed)
        train(net, data, epochs=4, batch=64, seed=seed, optimizer=Adam(0.02))
        right.append(accuracy(net, data))
    rows.append((f"{name}, {filters} filters", errors, np.mean(pairs, 1), right, parameters(net)))
    cosines[name, filters] = np.array(pairs)

table(("", "not rebuilt", "most opposite", "accuracy", "numbers"), rows)
drawn = [opposite(np.random.default_rng(seed).standard_normal((32, SIDE**2))) for seed in SEEDS]
print(f"the most opposite of 32 filters drawn at random: {np.mean(drawn):.3f}")
many, both, few = (np.array([np.mean(cell) for cell in row[1:4]]) for row in rows)
assert many[1] < np.mean(drawn) - 0.06 and both[1] > many[1] + 0.15
assert both[0] < few[0] - 0.04 and few[2] < both[2] < many[2] + 0.02
assert abs(both[0] - many[0]) < 0.04 and many[2] - both[2] < 0.03
spread = {count: 100 * (np.arange(count) + 0.5) / count for count in (16, 32)}
show(
    lines(
        {
            "ReLU, 32 filters": (spread[32], cosines["ReLU", 32]),
            "CReLU, 16": (spread[16], cosines["CReLU", 16]),
            "random, 32": (spread[32], drawn),
        },
        title="Under ReLU filters come in opposite pairs",
        markers=False,
        x="filters, from the most opposite on, %",
        y="cosine to the most opposite filter",
        about="The curve of ReLU begins near -0.9 and lies below that of random filters; the "
        "curve of CReLU lies above it, between -0.35 and -0.1.",
    )
)
