# Multi-objective evolutionary search (Chu et al. 2019, FALSR): evolve a population of networks for
# super-resolution towards the whole front of quality against cost. One search gives a network for
# every budget, better than most earlier ones of the same cost.
#
# Here: digits of 4x4 pixels are enlarged to 8x8, 5 seeds. A network picks from 48 filters; these
# stay random and only the readout is trained, exactly, which takes no time. So the toy shows the
# search (NSGA-II) and not the networks; FALSR's learned controller is left out. The 250 images that
# measure the error also steer the search. On average over all budgets it is ahead of random picks
# and of a weighted sum, which wins where its weights point.

import numpy as np

from kb.lab import digits, lines, show, table

SEEDS, POPULATION, GENERATIONS, BUDGETS = range(5), 24, 16, (20, 30, 50, 80, 120, 180, 270, 400)
SHAPES = [(1, 3), (3, 1), (3, 3), (1, 5), (5, 1), (5, 5)] * 8  # the second half has no ReLU
COST = np.array([height * width + 4 for height, width in SHAPES])  # multiply-adds per pixel


# A function from a network, 48 switches, to its objectives: multiply-adds and squared error.
def enlarging(seed):
    data, random, parts = digits(seed), np.random.default_rng(seed), []
    far = abs(np.arange(5) - 2)  # from the middle
    bank = [random.normal(size=(5, 5)) * np.outer(far <= h // 2, far <= w // 2) for h, w in SHAPES]
    for images in (data.x[:250], data.test_x[:250]):
        fine = images.astype(float).reshape(-1, 4, 2, 4, 2).swapaxes(2, 3)
        coarse = np.pad(fine.mean((3, 4)), ((0, 0), (2, 2), (2, 2)))
        around = np.lib.stride_tricks.sliding_window_view(coarse, (5, 5), (1, 2)).reshape(-1, 25)
        seen, wanted = around @ np.reshape(bank, (-1, 25)).T, fine.reshape(-1, 4)
        seen[:, :24] = np.maximum(seen[:, :24], 0)
        seen = np.c_[around[:, 12], seen]  # the pixel itself first
        parts += [sums / len(seen) for sums in (seen.T @ seen, seen.T @ wanted, np.sum(wanted**2))]
    square, cross, _, test_square, test_cross, power = parts

    def objectives(on):
        used = np.flatnonzero(np.append(True, on))
        some = np.ix_(used, used)
        readout = np.linalg.solve(square[some] + 1e-4 * np.eye(len(used)), cross[used])
        fits = np.sum(readout * (test_square[some] @ readout - 2 * test_cross[used]))
        return 4 + COST @ on, (power + fits) / 4

    return objectives


# 0 for all that no other dominates, 1 for what only those dominate, and so on.
def fronts(values):
    dominates = (values[:, None] <= values).all(2) & (values[:, None] < values).any(2)
    rank = np.full(len(values), -1)
    while (rank < 0).any():
        rank[(rank < 0) & ~dominates[rank < 0].any(0)] = rank.max() + 1
    return rank


# How far the neighbours on the same front are from each other; endless at its ends.
def crowding(values, rank):
    room = np.zeros(len(values))
    for front in range(rank.max() + 1):
        for column in values.T:
            order = np.lexsort((column, rank != front))[: np.sum(rank == front)]
            room[order[[0, -1]]] = np.inf
            room[order[1:-1]] += (column[order[2:]] - column[order[:-2]]) / np.ptp(column)
    return room


def by_dominance(values):
    rank = fronts(values)
    return np.lexsort((-crowding(values, rank), rank))  # best first


def by_sum(values):
    return (values @ (1 / 600, 1 / 0.015)).argsort(kind="stable")


# Random networks, from almost empty ones to full ones.
def picks(count, random):
    return random.random((count, len(SHAPES))) < random.random((count, 1)) ** 2


# All objectives that were seen; half of the parents and children die in each generation.
def evolve(objectives, best_first, random):
    genes = picks(POPULATION, random)
    seen = values = np.array([objectives(one) for one in genes])
    for _ in range(GENERATIONS):
        kept = best_first(values)[:POPULATION]
        values, genes = values[kept], genes[kept]
        pairs = random.integers(POPULATION, size=(2, 2, POPULATION))
        mothers, fathers = genes[pairs.min(1)]  # the better of two
        children = np.where(random.random(genes.shape) < 0.5, mothers, fathers)
        children ^= random.random(genes.shape) < 1.5 / len(SHAPES)
        found, genes = [objectives(one) for one in children], np.vstack([genes, children])
        seen, values = np.vstack([seen, found]), np.vstack([values, found])
    return seen


# The best within each budget, in dB over a network that sees one pixel only.
def gains(objectives, seen):
    alone = objectives(np.zeros(len(SHAPES), bool))[1]
    best = [min([alone] + [e for cost, e in seen if cost <= budget]) for budget in BUDGETS]
    return 10 * np.log10(alone / np.array(best))


rows = {name: [] for name in ("NSGA-II", "weighted sum", "random")}
for seed in SEEDS:
    objectives = enlarging(seed)
    for name, rule in (("NSGA-II", by_dominance), ("weighted sum", by_sum)):
        seen = evolve(objectives, rule, np.random.default_rng(seed))
        rows[name].append(gains(objectives, seen))
    guessed = picks(len(seen), np.random.default_rng(seed + 100))
    rows["random"].append(gains(objectives, [objectives(one) for one in guessed]))

found = {name: np.array(row) for name, row in rows.items()}
ahead = {name: found["NSGA-II"].mean(1) - gain.mean(1) for name, gain in found.items()}
table(
    ("gain in dB", "20", "80", "270", "all budgets", "NSGA-II is ahead by"),
    [(name, *gain.T[[0, 3, 6]], gain.mean(1), ahead[name]) for name, gain in found.items()],
)
assert ahead["random"].mean() > 0.03 and ahead["weighted sum"].mean() > 0.03
show(
    lines(
        {name: (BUDGETS, gain) for name, gain in found.items()},
        log_x=True,
        title="One search, a network for every budget",
        x="multiply-adds for each small pixel",
        y="gain over one pixel alone (dB)",
        about="NSGA-II is ahead of random picks, and of the weighted sum at both ends.",
    )
)
