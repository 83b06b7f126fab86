# Compound scaling (Tan and Le 2019, EfficientNet): grow depth, width and resolution together, as
# alpha^phi, beta^phi and gamma^phi. A small grid search under alpha beta^2 gamma^2 = 2 finds the
# bases once, on the baseline; then only phi is turned. That beats growing one alone at equal cost.
#
# Here: 3x3 convolutions on 8x8 digits shrunk to 4x4 and more, averaged over quarters; 3 seeds. To
# be quick, filters stay random and only the readout is fitted. So depth cannot pay, which it does
# in the paper, and the search leaves it alone. Width and resolution together beat either one.

from functools import cache

import numpy as np

from kb.lab import Conv, digits, least_squares, lines, show, table

SEEDS, PHIS, BASE = range(3), (0, 1, 3), (2, 6, 4)  # depth, width, resolution


def area(old, new):
    """The matrix (new, old) that averages a row of pixels over new, equal parts."""
    edge, at = np.linspace(0, old, new + 1), np.arange(old)
    part = np.minimum(edge[1:, None], at + 1) - np.maximum(edge[:-1, None], at)
    return np.float32(np.maximum(part, 0) * new / old)


def scaled(bases, phi):
    return tuple(round(size * base**phi) for size, base in zip(BASE, bases))


def multiplications(depth, width, side):
    return 9 * side**2 * (width + (depth - 1) * width**2)


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


def judged(sizes, seed):
    """Accuracy on images for the search, and on others for the report."""
    data = digits(seed)
    images = np.concatenate([data.x[:300], data.test_x[:400]])
    found = features(images, *sizes, np.random.default_rng(seed))
    weight, bias = least_squares(found[:300], np.eye(10)[data.y[:300]], 1e-4)
    right = (found[300:] @ weight.T + bias).argmax(1) == data.test_y[:400]
    return right[:150].mean(), right[150:].mean()


@cache
def score(sizes):
    return np.array([judged(sizes, seed) for seed in SEEDS]).T


halves = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5))
grid = [
    (2**a, 2 ** (b / 2), 2 ** (c / 2)) for a, b, c in halves
]  # alpha beta^2 gamma^2 = 2 for all
best = max(grid, key=lambda bases: score(scaled(bases, 1))[0].mean())
print("alpha, beta, gamma = " + ", ".join(f"{base:.2f}" for base in best))

ways = {"depth": grid[0], "width": grid[1], "resolution": grid[2], "compound": best}
curves, rows = {}, []
for name, bases in ways.items():
    sizes = [scaled(bases, phi) for phi in PHIS]
    curves[name] = np.array([score(one)[1] for one in sizes]).T
    network = "{0} layers of {1}, {2}x{2} pixels".format(*sizes[-1])
    rows.append((name, network, multiplications(*sizes[-1]), curves[name][:, -1]))
print(f"baseline: {multiplications(*BASE):,} multiplications, accuracy {score(BASE)[1].mean():.3f}")
table(("phi = 3", "network", "multiplications", "accuracy"), rows)
final = {name: found[:, -1].mean() for name, found in curves.items()}
assert best[0] == 1 and min(best[1:]) > 1  # depth is left alone, the rest is shared
assert final["compound"] > max(final["resolution"], final["width"]) + 0.015
assert final["depth"] < score(BASE)[1].mean() - 0.1
show(
    lines(
        {name: (PHIS, found) for name, found in curves.items()},
        y="accuracy",
        title="Width and resolution go furthest together",
        x="phi: about 2^phi times the multiplications of the baseline",
        about="More layers make it worse; width alone and resolution alone gain alike, "
        "and both together gain most.",
    )
)
