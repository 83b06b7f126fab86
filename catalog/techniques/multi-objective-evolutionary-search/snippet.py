# Multi-objective evolutionary search (Chu et al. 2019, FALSR): evolve a population of networks for
# super-resolution towards the whole front of quality against cost. One search gives a network for
# every budget, better than most earlier ones of the same cost.
#
# Here: digits of 4x4 pixels are enlarged to 8x8 (pixels are the subject, so they are not centred).
# A network picks from 48 filters; these stay random and only the readout is trained, exactly, which
# takes no time. So the toy shows the search (NSGA-II) and not the networks; FALSR's learned
# controller is left out. One half of the images steers the search, the other measures the gain.

import numpy as np

from kb.lab import claim, digits, lines, paired, seeds, show, table

GENERATIONS, POPULATION = 16, 24
BUDGETS = (20, 30, 50, 80, 120, 180, 270, 400)  # multiply-adds for each small pixel
SHAPES = [(1, 3), (3, 1), (3, 3), (1, 5), (5, 1), (5, 5)] * 8  # the second half has no ReLU
COST = np.array([height * width + 4 for height, width in SHAPES])  # multiply-adds per pixel


# A function from a network, 48 switches, to its objectives: multiply-adds and squared error, on
# images that steer the search or, in the end, on those that test it.
def enlarging(seed):
    data, random, parts = digits(seed), np.random.default_rng(seed), []
    far = abs(np.arange(5) - 2)  # from the middle
    bank = [random.normal(size=(5, 5)) * np.outer(far <= h // 2, far <= w // 2) for h, w in SHAPES]
    for images in (data.x[:250], data.x[250:500], data.test_x):
        fine = images.astype(float).reshape(-1, 4, 2, 4, 2).swapaxes(2, 3)
        coarse = np.pad(fine.mean((3, 4)), ((0, 0), (2, 2), (2, 2)))
        around = np.lib.stride_tricks.sliding_window_view(coarse, (5, 5), (1, 2)).reshape(-1, 25)
        seen, wanted = around @ np.reshape(bank, (-1, 25)).T, fine.reshape(-1, 4)
        seen[:, :24] = np.maximum(seen[:, :24], 0)
        seen = np.c_[around[:, 12], seen]  # the pixel itself first
        parts += [sums / len(seen) for sums in (seen.T @ seen, seen.T @ wanted, np.sum(wanted**2))]
    square, cross, _ = parts[:3]

    def objectives(on, steer=True):
        test_square, test_cross, power = parts[3:6] if steer else parts[6:]
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


# All networks that were seen and their objectives; half die in each generation.
def evolve(objectives, best_first, random):
    seen = genes = picks(POPULATION, random)
    all_values = values = np.array([objectives(one) for one in genes])
    for _ in range(GENERATIONS):
        kept = best_first(values)[:POPULATION]
        values, genes = values[kept], genes[kept]
        pairs = random.integers(POPULATION, size=(2, 2, POPULATION))
        mothers, fathers = genes[pairs.min(1)]  # the better of two
        children = np.where(random.random(genes.shape) < 0.5, mothers, fathers)
        children ^= random.random(genes.shape) < 1.5 / len(SHAPES)
        found, genes = [objectives(one) for one in children], np.vstack([genes, children])
        seen, all_values = np.vstack([seen, children]), np.vstack([all_values, found])
        values = np.vstack([values, found])
    return seen, all_values


# What the best within each budget gains on test images, in dB over a network that sees one pixel.
def gains(objectives, seen, values):
    nothing = np.zeros(len(SHAPES), bool)
    tested, alone = [], objectives(nothing, steer=False)[1]
    for budget in BUDGETS:
        error = np.where(values[:, 0] <= budget, values[:, 1], np.inf)
        best = seen[error.argmin()] if np.isfinite(error.min()) else nothing
        tested.append(objectives(best, steer=False)[1])
    return 10 * np.log10(alone / np.array(tested))


rows = {name: [] for name in ("NSGA-II", "weighted sum", "random")}
for seed in seeds():
    objectives = enlarging(seed)
    for name, rule in (("NSGA-II", by_dominance), ("weighted sum", by_sum)):
        seen, values = evolve(objectives, rule, np.random.default_rng(seed))
        rows[name].append(gains(objectives, seen, values))
    guessed = picks(len(seen), np.random.default_rng([seed, 1]))
    values = np.array([objectives(one) for one in guessed])
    rows["random"].append(gains(objectives, guessed, values))

found = {name: np.array(row) for name, row in rows.items()}  # (seeds, budgets)
mean = {name: gain.mean(1) for name, gain in found.items()}
table(
    ("gain in dB", "20", "80", "270", "all budgets"),
    [(name, *gain.T[[0, 3, 6]], mean[name]) for name, gain in found.items()],
)
for name in ("weighted sum", "random"):
    paired(f"all budgets, NSGA-II over {name}", mean["NSGA-II"], mean[name])
small = {name: gain[:, 0] for name, gain in found.items()}
paired("smallest budget, NSGA-II over weighted sum", small["NSGA-II"], small["weighted sum"])
show(
    lines(
        {name: (BUDGETS, gain) for name, gain in found.items()},
        log_x=True,
        title="One search, a network for every budget",
        x="multiply-adds for each small pixel",
        y="gain over one pixel alone (dB)",
        span=(-0.5, 2),
        about="NSGA-II is ahead of random picks, and of the weighted sum at small budgets, where "
        "its weights do not point.",
    )
)
claim("whole-front", mean["NSGA-II"].mean() > mean["weighted sum"].mean() + 0.01)
claim("over-random", mean["NSGA-II"].mean() > mean["random"].mean() + 0.03)
