# Compound scaling (Tan and Le 2019, EfficientNet): grow depth, width and resolution together, as
# alpha^phi, beta^phi and gamma^phi. A small grid search under alpha beta^2 gamma^2 = 2 finds the
# bases once, on the baseline; then only phi is turned. That beats growing one alone at equal cost.
#
# Here: 3x3 convolutions on 8x8 digits shrunk to 4x4 and more, averaged over quarters. To be quick,
# filters stay random and only the readout is fitted. So depth cannot pay, which it does in the
# paper, and the bases are set, not searched: all to one, or shared between width and resolution.
# Multiplications are those of the whole network.

import numpy as np

from kb.lab import Conv, digits, claim, least_squares, lines, paired, seeds, show, table

PHI = 3
PHIS, BASE = sorted({0, 1, 3, PHI}), (2, 6, 4)  # depth, width, resolution


def area(old, new):
    """The matrix (new, old) that averages a row of pixels over new, equal parts."""
    edge, at = np.linspace(0, old, new + 1), np.arange(old)
    part = np.minimum(edge[1:, None], at + 1) - np.maximum(edge[:-1, None], at)
    return np.float32(np.maximum(part, 0) * new / old)


def scaled(bases, phi):
    return tuple(round(size * base**phi) for size, base in zip(BASE, bases))


def multiplications(depth, width, side):
    return 9 * side**2 * (width + (depth - 1) * width**2) + 4 * width * 10


def features(images, depth, width, side, random):
    """(n, 4 width): what the last of `depth` random layers finds in each quarter, on average."""
    shrink, quarters = area(8, side), area(side, 2)
    x, channels = (shrink @ images.reshape(-1, 8, 8) @ shrink.T)[:, None], 1
    for _ in range(depth):
        weight = random.standard_normal((width, channels, 3, 3)) * np.sqrt(2 / (9 * channels))
        bias = 0.1 * random.standard_normal(width)
        x = np.maximum(Conv(np.float32(weight), np.float32(bias)).forward(x), 0)
        channels = width
    return (quarters @ x @ quarters.T).reshape(len(x), -1)


def judged(data, sizes, seed):
    """Accuracy of a readout that is fitted to 300 images."""
    images = np.concatenate([data.x[:300], data.test_x])
    found = features(images, *sizes, np.random.default_rng(seed))
    weight, bias = least_squares(found[:300], np.eye(10)[data.y[:300]], 1e-4)
    return ((found[300:] @ weight.T + bias).argmax(1) == data.test_y).mean()


WAYS = {  # the powers of two that alpha, beta and gamma are; alpha beta^2 gamma^2 = 2 for all
    "depth": (1, 0, 0),
    "width": (0, 1 / 2, 0),
    "resolution": (0, 0, 1 / 2),
    "width and resolution": (0, 1 / 4, 1 / 4),
}
curves = []  # (seeds, ways, phis)
for seed in seeds():
    data = digits(seed)
    curves.append([])
    for powers in WAYS.values():
        bases = 2.0 ** np.array(powers)
        curves[-1].append([judged(data, scaled(bases, phi), seed) for phi in PHIS])

curves = np.array(curves)
rows = []
for i, (name, powers) in enumerate(WAYS.items()):
    sizes = scaled(2.0 ** np.array(powers), PHI)
    network = "{0} layers of {1}, {2}x{2} pixels".format(*sizes)
    rows.append((name, network, multiplications(*sizes), curves[:, i, PHIS.index(PHI)]))
rows.append(("none", "2 layers of 6, 4x4 pixels", multiplications(*BASE), curves[:, 0, 0]))
table((f"phi = {PHI}", "network", "multiplications", "accuracy"), rows)
depth, width, resolution, both = curves[:, :, PHIS.index(PHI)].T
paired("both over width alone", both, width)
paired("both over resolution alone", both, resolution)
show(
    lines(
        {name: (PHIS, curves[:, i]) for i, name in enumerate(WAYS)},
        y="test accuracy",
        title="Width and resolution go furthest together",
        x="phi: about 2^phi times the multiplications of the baseline",
        at=PHI,
        span=(0, 1),
        about="More layers make it worse; width alone and resolution alone gain alike, "
        "and both together gain most.",
    )
)
claim("over-width", both > width)
claim("pays", both > curves[:, 0, 0])
