# RegNet (Radosavovic et al. 2020): do not search for one network but design the space of networks.
# Sample a population from a space, train each network briefly, look at the distribution of errors;
# keep a restriction if it does not hurt. What is left are widths on a straight line over depth,
# rounded to powers of a factor, so that neighbouring blocks form stages.
#
# Here: networks with four hidden layers on 8x8 digits, all of about the same multiply-adds. Every
# restriction clears away bad networks, as in the paper. That the line is better than merely growing
# or equal widths does not show. Plain layers stand for the paper's blocks.

from itertools import pairwise

import numpy as np

from kb.lab import (
    SGD,
    accuracy,
    centred,
    claim,
    dense_net,
    lines,
    paired,
    seeds,
    show,
    table,
    train,
)

EPOCHS, POPULATION = 3, 10  # of training for each network; networks of each space
DEPTH, WIDEST, BUDGET = 4, 40, (2500, 3200)  # hidden layers, units, multiply-adds


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
    train(net, data, epochs=EPOCHS, batch=100, seed=seed, optimizer=SGD(0.2))
    return 1 - accuracy(net, data)


SPACES = {"free": free, "growing": growing, "RegNet": regnet, "equal": flat}
errors, costs, example = {name: [] for name in SPACES}, {name: [] for name in SPACES}, {}
for seed in seeds():
    data, random = centred(seed), np.random.default_rng(seed)
    data = data._replace(x=data.x[:800], y=data.y[:800])
    for name, space in SPACES.items():
        drawn = [sample(space, random) for _ in range(POPULATION)]
        example[name] = " ".join(map(str, drawn[0]))
        costs[name].append(np.mean([multiply_adds(widths) for widths in drawn]))
        found = [error(widths, data, seed + i) for i, widths in enumerate(drawn)]
        errors[name].append(found)

errors = {name: np.array(found) for name, found in errors.items()}  # (seeds, networks)
mean = {name: found.mean(1) for name, found in errors.items()}
table(
    ("space", "mean error", "best", "worst", "multiply-adds", "an example"),
    [
        (name, mean[name], e.min(1), e.max(1), f"{np.mean(costs[name]):,.0f}", example[name])
        for name, e in errors.items()
    ],
)
for name in ("free", "growing", "equal"):
    paired(f"mean error, {name} minus RegNet", mean[name], mean["RegNet"])
edges = np.linspace(0, 0.8, 33)
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
claim("line", mean["free"].mean() > mean["RegNet"].mean() + 0.05)
claim(
    "same-cost",
    all(BUDGET[0] <= np.min(cost) and np.max(cost) <= BUDGET[1] for cost in costs.values()),
)
