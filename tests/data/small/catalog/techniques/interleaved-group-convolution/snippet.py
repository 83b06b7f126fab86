# Interleaved group convolution (Zhang et al. 2017): a 3x3 convolution in L groups of M channels,
# then a 1x1 convolution in M groups of L, each with one channel of every former group. Both are
# mostly zeros, together they are dense, and for the same weights the layer is wider than an
# ordinary one, widest at L = 9 M; the paper reports similar or better accuracy.
#
# Here: that the pair is dense, and how wide it is; and one such layer on 8x8 digits, against
# ordinary ones with as many weights in the layer and in the whole network, and against groups that
# do not cross. No gain shows, since the scores mix all channels. Masks stand in for real groups.

import numpy as np

from kb.lab import Adam, Conv, Dense, Net, Relu, Reshape, accuracy, centred, claim, lines, macs
from kb.lab import paired, parameters, seeds, show, table, train

L, M = 10, 2  # groups of the first convolution, channels in each
IMAGES, EPOCHS = 720, 3


def blocks(groups, size):
    """Which channel may see which, if groups of neighbours keep to themselves."""
    return np.kron(np.eye(groups), np.ones((size, size)))


def masks(crossed):
    """Of the primary and the secondary convolution, (outputs, inputs) each."""
    primary, secondary = blocks(L, M), blocks(M, L)
    if crossed:
        order = np.arange(L * M).reshape(L, M).T.ravel()  # P: the first of every group, then ...
        back = np.argsort(order)
        secondary = secondary[np.ix_(back, back)]  # P^T W P
    return primary, secondary


def ordinary(width):
    return [np.ones((width, width))]


def conv(random, mask, size, stride=1):
    weight = random.standard_normal((*mask.shape, size, size))
    weight *= np.sqrt(2 / (size**2 * mask.sum(1)[0]))
    layer = Conv(np.float32(weight), np.zeros(len(mask), np.float32), stride)
    layer.mask = np.broadcast_to(mask[:, :, None, None] > 0, weight.shape)
    layer.weight = layer.weight * layer.mask
    return layer


def network(pair, seed):
    """Stem, the layer as one convolution or as two, and the scores."""
    random, width = np.random.default_rng(seed), len(pair[0])
    stem = conv(random, np.ones((width, 1)), 3, 2)
    middle = [conv(random, mask, size, stride) for mask, size, stride in zip(pair, (3, 1), (2, 1))]
    last = np.float32(random.standard_normal((10, 4 * width)) * np.sqrt(2 / (4 * width)))
    scores = Dense(last, np.zeros(10, np.float32))
    return Net([Reshape(1, 8, 8), stem, Relu(), *middle, Relu(), Reshape(-1), scores])


def weights(pair):
    """Of the layer alone: nine for each pair of channels in the first half, one in the second."""
    return int(sum(each * mask.sum() for each, mask in zip((9, 1), pair)))


def width(budget, M):
    """G = L M channels for which 9 G M + G^2 / M weights are the budget."""
    return M * (np.sqrt((9 * M) ** 2 + 4 * budget / M) - 9 * M) / 2


def numbers(pair):
    """Parameters of the whole network."""
    return parameters(network(pair, 0), nonzero=True)


ours = masks(crossed=True)
as_layer = ordinary(round(np.sqrt(weights(ours) / 9)))
widths = range(4, L * M + 1)
as_net = ordinary(min(widths, key=lambda n: abs(numbers(ordinary(n)) - numbers(ours))))
PAIRS = {
    "crossed": ours,
    "not crossed": masks(crossed=False),
    "ordinary, same layer": as_layer,
    "ordinary, same network": as_net,
}
found = {name: [] for name in PAIRS}
for seed in seeds():
    data = centred(seed)
    data = data._replace(x=data.x[:IMAGES], y=data.y[:IMAGES])
    for name, pair in PAIRS.items():
        net = network(pair, seed)
        train(net, data, epochs=EPOCHS, batch=40, seed=seed, optimizer=Adam(0.02))
        found[name].append(accuracy(net, data))

found = {name: np.array(scores) for name, scores in found.items()}
seen = {name: int((pair[-1] @ pair[0] > 0).sum(1).min()) for name, pair in PAIRS.items()}
rows = []
for name, pair in PAIRS.items():
    cost = macs(network(pair, 0), nonzero=True)
    row = len(pair[0]), seen[name], weights(pair), numbers(pair), cost, found[name]
    rows.append((name, *row))
table(("", "channels", "seen", "layer weights", "parameters", "MACs", "accuracy"), rows)
for name in list(PAIRS)[1:]:
    paired(f"crossed over {name}", found["crossed"], found[name])
sizes = np.arange(1, 9)
show(
    lines(
        {f"{n} ordinary": (sizes, width(9 * n**2, sizes) / n) for n in (8, 12, 32, 96)},
        title="Crossing groups are wider for the same weights",
        x="channels in each primary group, M",
        y="width, times the ordinary layer's",
        at=M,
        about="With one to four channels in a group the pair is two to six times as wide; the "
        "larger the ordinary layer, the more, and the larger the best M.",
    )
)
claim("dense", seen["crossed"] == L * M)
claim("wider", bool(1.5 * len(as_layer[0]) < L * M))
best = sizes[width(9 * 12**2, sizes).argmax()]  # of all splits of 12 ordinary channels' weights
claim("widest", bool(np.isclose(width(9 * 12**2, best), 9 * best * best)))
