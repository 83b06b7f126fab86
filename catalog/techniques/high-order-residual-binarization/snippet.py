# High-order residual binarization (Li et al. 2017, HORQ): binarize a layer's input, then what is
# left over, and so on. Two rounds keep far more accuracy than the single one of XNOR-Net
# (Rastegari et al. 2016), and a product is still made of bit operations.
#
# Here: a 64-64-64-10 network on 8x8 digits, 3 seeds; weights of the hidden layers are binary too,
# one scale for each unit.

import numpy as np

from kb.lab import Adam, Through, accuracy, dense_net, digits, lines, show, table, train

SEEDS, ORDERS = range(3), (1, 2, 3)


def rounds(x, order):
    """Signs H (order, n, d) and scales beta (order, n, 1) with x nearly the sum of beta H."""
    left, signs, scales = x, [], []
    for _ in range(order):
        signs.append(np.where(left >= 0, np.float32(1), np.float32(-1)))
        scales.append(np.abs(left).mean(1, keepdims=True))
        left = left - scales[-1] * signs[-1]
    return signs, scales


def residual(x, order):
    return sum(scale * sign for sign, scale in zip(*rounds(x, order)))


def binary(w):
    return np.where(w >= 0, np.float32(1), np.float32(-1)) * np.abs(w).mean(1, keepdims=True)


def by_bits(x, w, order):
    """residual(x) @ binary(w).T from packed bits: signs that agree minus signs that differ."""
    packed = np.packbits(w >= 0, axis=1)
    total = 0
    for sign, scale in zip(*rounds(x, order)):
        differ = np.bitwise_count(np.packbits(sign > 0, axis=1)[:, None] ^ packed).sum(2, dtype=int)
        total = total + scale * (x.shape[1] - 2 * differ)  # d - 2 popcount(xor)
    return total * np.abs(w).mean(1)


def binarized(net, data, order):
    """A copy whose first two layers see residual signs of their input, centred as by batch norm."""
    new, means = net.copy(), (data.x.mean(0), net.outputs(data.x)[1].mean(0))
    for layer, mean in zip(new.weighted, means):
        layer.bias = layer.bias + layer.weight @ mean
        layer.transform = binary
    first, second = (Through(lambda x, mean=mean: residual(x - mean, order)) for mean in means)
    new.layers = [first, *new.layers[:2], second, *new.layers[2:]]
    return new


floats, cut, tuned, error = [], [], [], []
for seed in SEEDS:
    data, net = digits(seed), dense_net(64, 64, 64, 10, seed=seed)
    train(net, data, epochs=6, seed=seed)
    floats.append(accuracy(net, data))
    nets = [binarized(net, data, order) for order in ORDERS]
    cut.append([accuracy(one, data) for one in nets])
    for one in nets:
        train(one, data, epochs=5, batch=64, seed=seed, optimizer=Adam(0.02))
    tuned.append([accuracy(one, data) for one in nets])
    x, w = data.test_x - data.x.mean(0), nets[0].weighted[0].weight
    error.append([np.square(x - residual(x, order)).sum() / np.square(x).sum() for order in ORDERS])
    for order in ORDERS:
        assert np.allclose(
            by_bits(x[:20], w, order), residual(x[:20], order) @ binary(w).T, atol=1e-3
        )

cut, tuned, error = np.array(cut), np.array(tuned), np.array(error)
rows = [(f"order {order}", error[:, i], cut[:, i], tuned[:, i]) for i, order in enumerate(ORDERS)]
table(("", "input lost", "binarized", "and trained"), [*rows, ("float32", 0.0, "", floats)])
assert tuned[:, 1].mean() > tuned[:, 0].mean() + 0.03
assert tuned[:, 2].mean() > np.mean(floats) - 0.03
flat = np.array(floats)[:, None].repeat(len(ORDERS), 1)
show(
    lines(
        {"binarized and trained": (ORDERS, tuned), "float32": (ORDERS, flat)},
        title="The second round of signs brings most back",
        x="order: binary images for each input",
        y="test accuracy",
        about="Accuracy rises steeply from one to two binary images for each input "
        "and comes near the float network with three.",
    )
)
