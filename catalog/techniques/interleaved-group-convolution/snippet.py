# Interleaved group convolution (Zhang et al. 2017): a 3x3 convolution in L groups of M channels,
# then a 1x1 convolution in M groups of L, each with one channel of every former group. Both are
# mostly zeros, together they are dense, and for the same weights the layer is wider than an
# ordinary one, widest at L = 9 M; the paper reports similar or better accuracy.
#
# Here: one layer of about 576 weights on 8x8 digits, 4 seeds, trained briefly. The wider layer is
# better. That the groups must cross does not show: the scores that follow mix all channels anyway,
# and the difference is within the spread. Masks stand in for real groups, so no time is saved.

import numpy as np

from kb.lab import (
    Adam,
    Conv,
    Dense,
    Net,
    Relu,
    Reshape,
    accuracy,
    digits,
    lines,
    show,
    table,
    train,
)

SEEDS, IMAGES, EPOCHS = range(4), 720, 3


def blocks(groups, size):
    """Which channel may see which, if groups of neighbours keep to themselves."""
    return np.kron(np.eye(groups), np.ones((size, size)))


def masks(L, M, crossed=True):
    """Of the primary and the secondary convolution, (outputs, inputs) each."""
    primary, secondary = blocks(L, M), blocks(M, L)
    if crossed:
        order = np.arange(L * M).reshape(L, M).T.ravel()  # P: the first of every group, then ...
        back = np.argsort(order)
        secondary = secondary[np.ix_(back, back)]  # P^T W P
    return primary, secondary


def conv(random, mask, size, stride=1):
    fan_in = size**2 * mask.sum(1)[0]
    weight = random.standard_normal((*mask.shape, size, size)) * np.sqrt(2 / fan_in)
    layer = Conv(np.float32(weight), np.zeros(len(mask), np.float32), stride)
    layer.mask = np.broadcast_to(mask[:, :, None, None] > 0, weight.shape)
    layer.weight = layer.weight * layer.mask
    return layer


def network(pair, seed):
    """Stem, the layer as one convolution or as two, and the scores."""
    random, width = np.random.default_rng(seed), len(pair[0])
    middle = [conv(random, mask, size, stride) for mask, size, stride in zip(pair, (3, 1), (2, 1))]
    last = np.float32(random.standard_normal((10, 4 * width)) * np.sqrt(2 / (4 * width)))
    return Net(
        [
            Reshape(1, 8, 8),
            conv(random, np.ones((width, 1)), 3, 2),
            Relu(),
            *middle,
            Relu(),
            Reshape(-1),
            Dense(last, np.zeros(10, np.float32)),
        ]
    )


LAYERS = {
    "ordinary": [np.ones((8, 8))],
    "L = 10, M = 2": masks(10, 2),
    "not crossed": masks(10, 2, crossed=False),
}
rows, mean, seen = [], {}, {}
for name, pair in LAYERS.items():
    found = []
    for seed in SEEDS:
        data, net = digits(seed), network(pair, seed)
        data = data._replace(x=data.x[:IMAGES], y=data.y[:IMAGES])
        train(net, data, epochs=EPOCHS, batch=40, seed=seed, optimizer=Adam(0.02))
        found.append(accuracy(net, data))
    weights = sum(np.count_nonzero(layer.weight) for layer in net.weighted[1:-1])
    reach = pair[-1] @ pair[0] > 0  # which outputs depend on which inputs
    seen[name], mean[name] = int(reach.sum(1)[0]), np.mean(found)
    rows.append((name, weights, len(pair[0]), seen[name], found))

table(("layer", "weights", "channels", "seen by each output", "accuracy"), rows)
assert seen["L = 10, M = 2"] == 20 and seen["not crossed"] == 10
assert mean["L = 10, M = 2"] > mean["ordinary"] + 0.02
assert abs(mean["L = 10, M = 2"] - mean["not crossed"]) < 0.03


def width(budget, M):
    """G = L M channels for which 9 G M + G^2 / M weights are the budget."""
    return M * (np.sqrt((9 * M) ** 2 + 4 * budget / M) - 9 * M) / 2


sizes = np.arange(1, 9)
curves = {f"{n} ordinary": (sizes, width(9 * n**2, sizes) / n) for n in (8, 12, 32, 96)}
assert np.isclose(width(9 * 12**2, 2), 36)  # widest: L = 18 = 9 M
show(
    lines(
        curves,
        title="Crossing groups are wider for the same weights",
        x="channels in each primary group, M",
        y="width, times the ordinary layer's",
        about="With one to four channels in a group the pair is two to six times as wide; the "
        "larger the ordinary layer, the more, and the larger the best M.",
    )
)
