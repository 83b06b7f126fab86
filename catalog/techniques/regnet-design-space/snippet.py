# RegNet (Radosavovic et al. 2020): do not search for one network but design the space of networks.
# Sample a population from a space, train each network briefly, look at the distribution of errors;
# keep a restriction if it does not hurt. What is left are widths on a straight line over depth,
# rounded to powers of a factor, so that neighbouring blocks form stages.
#
# Here: populations of 15 networks with four hidden layers on 8x8 digits, 5 for each of 3 seeds, all
# of about the same multiply-adds. Every restriction clears away bad networks, as in the paper. That
# the line is better than merely growing or equal widths does not show with so few networks. Plain
# layers stand for the paper's blocks; its speed on GPUs is not measured.

from itertools import pairwise

import numpy as np

from kb.lab import SGD, accuracy, dense_net, digits, lines, show, table, train

SEEDS, POPULATION, DEPTH, WIDEST, BUDGET = range(3), 5, 4, 40, (2500, 3200)


def free(random):
    return random.integers(4, WIDEST + 1, DEPTH)


def growing(random):
    return np.sort(free(random))


def regnet(random):
    start, slope, factor = random.uniform(6, 30), random.uniform(1, 12), random.uniform(1.3, 2)
    wished = start + slope * np.arange(DEPTH)  # u_j = w_0 + w_a j
    stage = np.round(np.log(wished / start) / np.log(factor))  # s_j
    return np.round(start * factor**stage).astype(int)  # w_j = w_0 w_m^s_j


def flat(random):
    return np.full(DEPTH, random.integers(4, WIDEST + 1))


def multiply_adds(widths):
    sizes = [64, *widths, 10]
    return sum(a * b for a, b in pairwise(sizes))


def sample(space, random):
    """Widths from the space, drawn again until they cost what all cost."""
    while not BUDGET[0] <= multiply_adds(widths := space(random)) <= BUDGET[1]:
        pass
    return widths


def error(widths, data, seed):
    net = dense_net(64, *widths, 10, seed=seed)
    train(net, data, epochs=4, batch=100, seed=seed, optimizer=SGD(0.2))
    return 1 - accuracy(net, data)


SPACES = {"free": free, "growing": growing, "RegNet": regnet, "flat": flat}
errors, example = {name: [] for name in SPACES}, {}
for seed in SEEDS:
    data, random = digits(seed), np.random.default_rng(seed)
    data = data._replace(x=data.x[:800], y=data.y[:800])
    for name, space in SPACES.items():
        drawn = [sample(space, random) for _ in range(POPULATION)]
        example[name] = " ".join(map(str, drawn[0]))
        errors[name].append([error(widths, data, number) for number, widths in enumerate(drawn)])

errors = {name: np.array(found) for name, found in errors.items()}
table(
    ("space", "mean error", "best of 5", "worst of 5", "an example"),
    [(name, e.mean(1), e.min(1), e.max(1), example[name]) for name, e in errors.items()],
)
mean = {name: e.mean() for name, e in errors.items()}
assert all(mean["free"] > mean[name] + 0.04 for name in ("growing", "RegNet", "flat"))
edges = np.linspace(0.1, 0.9, 33)
below = {name: (e[:, :, None] <= edges).mean(1) for name, e in errors.items()}
show(
    lines(
        {name: (edges, share) for name, share in below.items()},
        markers=False,
        span=(0, 1),
        title="A good space has few bad networks",
        x="test error",
        y="share of networks below it",
        about="The curve of the free space lies right of the three others, which differ little: "
        "at any error fewer of its networks are better.",
    )
)
