# Channel shuffle (Zhang et al. 2018, ShuffleNet): convolutions in groups are cheap, but groups that
# never meet are networks side by side. Between two of them the channels are dealt out anew: written
# as a table of groups and members, transposed, and read again. It costs no multiplication.
#
# Here: two digits, zero or one; are they different? Half of the channels read one digit, half the
# other, and two layers in groups follow. The task is made so that only crossing helps. Masks stand
# in for groups, one pixel for a picture: a 1x1 convolution is then a fully connected layer.

import numpy as np

from kb.lab import Adam, Dense, Net, Permute, Relu, accuracy, bars, centred, claim, macs
from kb.lab import paired, parameters, seeds, show, table, train

GROUPS, WIDTH, EPOCHS = 6, 48, 6  # groups of each layer; channels


def shuffled(groups):
    """A table (groups, members) of channels, transposed and read row by row."""
    return np.arange(WIDTH).reshape(groups, -1).T.ravel()


def blocks(groups, outputs, inputs):
    """Which output may see which input, if groups of neighbours keep to themselves."""
    return np.kron(np.eye(groups), np.ones((outputs // groups, inputs // groups)))


def dense(random, mask):
    weight = random.standard_normal(mask.shape) * np.sqrt(2 / mask.sum(1)[0]) * mask
    layer = Dense(np.float32(weight), np.zeros(len(mask), np.float32))
    layer.mask = mask > 0
    return layer


def network(groups, order, seed):
    random = np.random.default_rng(seed)
    first, second = (dense(random, blocks(groups, WIDTH, WIDTH)) for _ in range(2))
    stem, scores = dense(random, blocks(2, WIDTH, 128)), dense(random, np.ones((2, WIDTH)))
    return Net([stem, Relu(), first, Permute(order), Relu(), second, Relu(), scores])


def pairs(random, x, y):
    """Pairs of zeros and ones side by side (pairs, 128); class 1 if they differ."""
    x, y = x[y < 2], y[y < 2]
    left, right = random.integers(len(x), size=(2, 3 * len(x)))
    return np.hstack([x[left], x[right]]), y[left] ^ y[right]


def two_digits(seed):
    data, random = centred(seed), np.random.default_rng(seed)
    fit, test = pairs(random, data.x, data.y), pairs(random, data.test_x, data.test_y)
    return data._replace(x=fit[0], y=fit[1], test_x=test[0], test_y=test[1])


def seen(groups, order):
    """Of the first layer's inputs, how many reach an output of the second; the least of them."""
    mask = blocks(groups, WIDTH, WIDTH)
    return int((mask @ mask[order] > 0).sum(1).min())


found, reach = {}, {}  # by way
for seed in seeds():
    data, random = two_digits(seed), np.random.default_rng(seed + 1)
    ways = {
        "no shuffle": (GROUPS, np.arange(WIDTH)),
        "shuffle": (GROUPS, shuffled(GROUPS)),
        "random order": (GROUPS, random.permutation(WIDTH)),
        "one group": (1, np.arange(WIDTH)),
    }
    nets = {way: network(*how, seed) for way, how in ways.items()}
    for way, net in nets.items():
        train(net, data, EPOCHS, batch=64, seed=seed, optimizer=Adam(0.01))
        found.setdefault(way, []).append(accuracy(net, data))
        reach.setdefault(way, []).append(seen(*ways[way]))

found = {way: np.array(scores) for way, scores in found.items()}
costs = {way: macs(net, nonzero=True, pixels=128) for way, net in nets.items()}
numbers = {way: parameters(net, nonzero=True) for way, net in nets.items()}
rows = [(way, found[way], min(reach[way]), numbers[way], costs[way]) for way in nets]
table(("", "accuracy", "channels seen", "parameters", "MACs"), rows)
for way in ("no shuffle", "random order", "one group"):
    paired(f"shuffle over {way}", found["shuffle"], found[way])
show(
    bars(
        found,
        title="Groups that never meet cannot compare",
        y="test accuracy",
        span=(0, 1),
        about="Without crossing the network guesses; with the channels shuffled between two layers "
        "in groups it is as accurate as layers without groups.",
    )
)
claim("mixes", found["shuffle"] > found["no shuffle"])
claim("enough", found["shuffle"] > found["one group"] - 0.03)
claim("guess", found["no shuffle"] < 0.65)
claim("reach", np.array(reach["shuffle"]) == WIDTH)
claim("cheaper", costs["no shuffle"] == costs["shuffle"] < costs["one group"])
