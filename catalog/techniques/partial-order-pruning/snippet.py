# Partial order pruning (Li et al. 2019): a network that is nowhere deeper or wider than another is
# taken to be faster and less accurate. So a few trained networks rule out many that need not be
# trained at all, and the best trade-offs of speed and accuracy on a device are still found.
#
# Here: 25 networks 64-a-b-10 on 8x8 digits, trained briefly once for each seed, so that every
# search can be replayed from the table, in 10 random orders; against as many trainings at random.
# Only width is ordered: at this size more depth does not help. Two made-up devices multiply in
# tiles of 4 by 4 or 16 by 16. That nothing is lost does not show: one short training is noisy.

import numpy as np

from kb.lab import SGD, accuracy, centred, claim, dense_net, lines, paired, seeds, show, table
from kb.lab import train

EPOCHS = 4
ORDERS, TILES, WIDTHS = range(10), (4, 16), (8, 12, 16, 24, 32)
SPACE = [(a, b) for a in WIDTHS for b in WIDTHS]
below = np.array([[x[0] <= y[0] and x[1] <= y[1] for y in SPACE] for x in SPACE])  # x before y


def latency(a, b, tile):
    """Profiles of the layers, added up: the time for all tiles, and 100 for the call."""
    return sum(-(-i // tile) * -(-o // tile) * tile**2 + 100 for i, o in ((64, a), (a, b), (b, 10)))


def trainings(seed):
    """The accuracy of every network: what a search would have to train for."""
    data, found = centred(seed), []
    data = data._replace(x=data.x[:1000], y=data.y[:1000])
    for a, b in SPACE:
        net = dense_net(64, a, b, 10, seed=seed)
        train(net, data, epochs=EPOCHS, batch=128, seed=seed, optimizer=SGD(0.2))
        found.append(accuracy(net, data))
    return np.array(found)


def ruled_out(known, score, slow):
    """Every x below a trained w whose accuracy a trained y reaches in no more time than x takes."""
    ceiling = np.where(below[:, known], score[known], np.inf).min(1)  # no x is better than its w
    return ((score[known] >= ceiling[:, None]) & (slow[known] <= slow[:, None])).any(1)


def search(order, score, slow):
    """What is trained, in order, and how many remain after each training."""
    left, known, remain = order, [], [len(order)]
    while len(left):
        known.append(left[0])
        gone = ruled_out(known, score, slow)
        left = np.array([x for x in left[1:] if not gone[x]], int)
        remain.append(len(left))
    return known, remain + [0] * (len(order) + 1 - len(remain))


def front(known, score, slow):
    """The best accuracy within a latency, on average over latencies (not the lowest: few fit)."""
    within = slow[known] <= np.unique(slow)[1:, None]
    return np.where(within, score[known], 0.1).max(1).mean()  # 0.1: nothing fits, so guess


scores = [trainings(seed) for seed in seeds()]
NAMES = ("all", "partial order", "as many at random")
rows, remains, counts, lost = [], {}, {}, {}  # counts and losses (seeds,), means over orders
for tile in TILES:
    slow = np.array([latency(*x, tile) for x in SPACE])
    remains[tile], best = [], []  # (seeds, orders, 26), (seeds, orders, names, 2)
    for seed, score in zip(seeds(), scores):
        best.append([])
        remains[tile].append([])
        for number in ORDERS:
            order = np.random.default_rng((seed, number)).permutation(len(SPACE))
            known, remain = search(order, score, slow)
            remains[tile][-1].append(remain)
            chosen = (order, known, order[: len(known)])
            best[-1].append([(len(one), front(one, score, slow)) for one in chosen])
    best = np.mean(best, 1)  # (seeds, names, 2)
    for i, name in enumerate(NAMES):
        lost[tile, name] = best[:, 0, 1] - best[:, i, 1]
        rows.append((f"tiles of {tile}, {name}", best[:, i, 0], best[:, i, 1], lost[tile, name]))
    counts[tile] = best[:, 1, 0]

table(("trained", "networks", "accuracy at the front", "lost"), rows)
broken = [(below & (score[:, None] > score)).sum() / (below.sum() - len(SPACE)) for score in scores]
print(f"smaller and yet more accurate: {np.mean(broken):.0%} of the ordered pairs")
for tile in TILES:
    ours, theirs = (lost[tile, name] for name in NAMES[1:])
    paired(f"tiles of {tile}, lost, partial order over random", ours, theirs)
steps = range(len(SPACE) + 1)
series = {f"tiles of {tile}": (steps, np.mean(one, 1)) for tile, one in remains.items()}
show(
    lines(
        {"train all": (steps, steps[::-1])} | series,
        markers=False,
        span=(0, 25),
        title="Each training rules out other networks",
        x="networks trained",
        y="networks still to be trained",
        about="Without the assumption the number falls by one with each training; with it "
        "faster, and fastest on the coarse device.",
    )
)
claim("loses-less", lost[16, "partial order"] < lost[16, "as many at random"])
claim("coarse", counts[16] < counts[4])
claim("fewer", counts[4] < 0.9 * len(SPACE))
