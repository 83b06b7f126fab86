# Inverted residual with a linear bottleneck (MobileNetV2, Sandler et al. 2018): a block widens its
# few channels, filters each one by itself and narrows again. The shortcut joins the narrow ends,
# and these have no ReLU: in so few channels it would cut away what later layers need.
#
# Here: a stem and two blocks on 8x8 digits, against the same with a ReLU where they are narrow.
# Batch normalization is left out and ReLU stands in for ReLU6. The paper's picture of what a ReLU
# loses is repeated with points of a plane. How much the shortcut helps is not looked at.

import numpy as np

from kb.lab import Adam, Conv, Dense, Net, Relu, Reshape, Residual, Weighted, accuracy, bars
from kb.lab import centred, claim, layer_macs, macs, paired, parameters, seeds, show, table, train

NARROW, EXPAND = 4, 6  # channels of the narrow ends; how many times wider a block is inside
IMAGES, EPOCHS, SIDE = 800, 4, 4  # the blocks see 4x4 places
STEPS = [np.eye(SIDE, k=-i, dtype=np.float32) for i in (-1, 0, 1)]
SHIFTS = np.array([np.kron(down, across).ravel() for down in STEPS for across in STEPS])


class Depthwise(Weighted):
    """A 3x3 filter for each channel, weight (channels, 1, 3, 3), as a matrix over all places."""

    def forward(self, x):
        self.rows_in = x.reshape(*x.shape[:2], -1).swapaxes(0, 1)  # (channels, n, places)
        self.maps = (self.weight.reshape(-1, 9) @ SHIFTS).reshape(-1, SIDE**2, SIDE**2)
        return (self.rows_in @ self.maps).swapaxes(0, 1).reshape(x.shape) + self.bias[:, None, None]

    def backward(self, gradient):
        flat = gradient.reshape(*gradient.shape[:2], -1).swapaxes(0, 1)
        by_map = (self.rows_in.swapaxes(1, 2) @ flat).reshape(len(flat), -1)
        self.gradients = [(by_map @ SHIFTS.T).reshape(self.weight.shape), flat.sum((1, 2))]
        return (flat @ self.maps.swapaxes(1, 2)).swapaxes(0, 1).reshape(gradient.shape)

    def uses(self, output):
        return SIDE**2


def drawn(random, kind, *shape, gain=2.0, **more):
    weight = random.standard_normal(shape) * np.sqrt(gain / np.prod(shape[1:]))
    return kind(np.float32(weight), np.zeros(shape[0], np.float32), **more)


def block(random, bend):
    wide = EXPAND * NARROW
    widen, narrow = (wide, NARROW, 1, 1), (NARROW, wide, 1, 1)
    inside = [drawn(random, Conv, *widen), Relu(), drawn(random, Depthwise, wide, 1, 3, 3), Relu()]
    return Residual(*inside, drawn(random, Conv, *narrow), *bend)


def network(seed, narrow_relu):
    random, bend = np.random.default_rng(seed), [Relu()] if narrow_relu else []
    stem = [drawn(random, Conv, 16, 1, 3, 3, stride=2), Relu()]
    stem += [drawn(random, Conv, NARROW, 16, 1, 1), *bend]
    blocks = [block(random, bend) for _ in range(2)]
    scores = drawn(random, Dense, 10, NARROW * SIDE * SIDE, gain=1.0)
    return Net([Reshape(1, 8, 8), *stem, *blocks, Reshape(-1), scores])


def sliced(layers, x):
    """A block for x, one wide channel at a time: the wide tensor is never there as a whole."""
    widen, _, depth, _, narrow, *bend = layers
    total = narrow.bias[:, None, None]
    for c in range(len(widen.weight)):
        one = [Conv(widen.weight[c : c + 1], widen.bias[c : c + 1]), Relu()]
        one += [Depthwise(depth.weight[c : c + 1], depth.bias[c : c + 1]), Relu()]
        total = total + Net(one)(x) * narrow.weight[:, c]
    return x + Net(bend)(total)


def gone(random, channels):
    """Points of a plane, put into so many channels by chance and cut by a ReLU: the share of their
    variance that no linear map gets back."""
    points = random.standard_normal((400, 2))
    cut = np.maximum(points @ random.standard_normal((2, channels)), 0)
    back = cut @ np.linalg.lstsq(cut, points, rcond=None)[0]
    return ((points - back) ** 2).sum() / (points**2).sum()


WAYS = {"ReLU": True, "linear": False}  # what the narrow ends have
CHANNELS = (2, 3, 5, 15, 30)
found, lost, gaps = {way: [] for way in WAYS}, [], []
for seed in seeds():
    data, random = centred(seed), np.random.default_rng(seed)
    data = data._replace(x=data.x[:IMAGES], y=data.y[:IMAGES])
    for way, narrow_relu in WAYS.items():
        net = network(seed, narrow_relu)
        train(net, data, EPOCHS, batch=64, seed=seed, optimizer=Adam(0.01))
        found[way].append(accuracy(net, data))
    before, first = Net(net.layers[:-4]), net.layers[-4]
    x = before(data.test_x)
    gaps.append(np.abs(sliced(first.inside, x) - first.forward(x)).max())
    lost.append([np.mean([gone(random, count) for _ in range(20)]) for count in CHANNELS])

found, lost = {way: np.array(each) for way, each in found.items()}, np.array(lost)
table(("", "accuracy"), found.items())
print(f"each network: {macs(net):,} MACs, {parameters(net):,} parameters")
table(("channels", "lost to a ReLU"), [(n, lost[:, i]) for i, n in enumerate(CHANNELS)])
paired("linear over ReLU", found["linear"], found["ReLU"])
show(
    bars(
        found,
        title="No ReLU where the block is narrow",
        y="test accuracy",
        span=(0, 1),
        about="Two networks of equal cost: with a ReLU where the blocks are narrow, accuracy is "
        "lower than without.",
    )
)
claim("linear", found["linear"] > found["ReLU"])
claim("wide-keeps", (np.diff(lost[:, :4]) < -1e-6).all(1))
counted, wide = sum(layer_macs(net)[2:5]), EXPAND * NARROW
claim("cost", counted == SIDE**2 * wide * (NARROW + 9 + NARROW))
claim("slices", np.array(gaps) < 1e-4)
