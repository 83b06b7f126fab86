# Rethinking the value of network pruning (Liu et al. 2019): after structured pruning, the small
# network trained from random weights does as well as the fine-tuned one or better, be it with the
# epochs of the large network (Scratch-E) or with its multiplications (Scratch-B). Pruning finds the
# shape; the weights that it hands over are worth little.
#
# Here: a 64-96-10 network on 8x8 digits, cut to 12 units. Scratch-B beats the usual fine-tuning, a
# quarter of the epochs at a small rate. But part of that is the rate's fault: after two epochs at
# the full one, inherited weights are far ahead of new ones. They are a head start.

import numpy as np

from kb.lab import SGD, accuracy, centred, claim, dense_net, keep_units, lines, macs, paired
from kb.lab import parameters, seeds, show, table, train

KEPT, EPOCHS = 12, 8  # units that stay; epochs of the large network
UNITS, RATE = 96, 0.1


def strongest_units(net):
    """L1-norm pruning (Li et al. 2017): the hidden units whose weights add up to most stay."""
    order = np.argsort(-np.abs(net.weighted[0].weight).sum(1))
    return keep_units(net, 0, np.sort(order[:KEPT]))


def trained(net, data, epochs, rate, seed):
    net = net.copy()
    train(net, data, epochs, batch=64, seed=seed, optimizer=SGD(rate))
    return net


saved = macs(dense_net(64, UNITS, 10)) / macs(dense_net(64, KEPT, 10))
E, B = EPOCHS, int(EPOCHS * saved)  # as many epochs, as many multiplications
BUDGETS = (E // 4, E // 2, E, B)
WAYS = {"fine-tuned, small rate": RATE / 10, "fine-tuned, full rate": RATE, "from scratch": RATE}
curves, large, cut = {way: [] for way in WAYS}, [], []
for seed in seeds():
    data = centred(seed)
    net = trained(dense_net(64, UNITS, 10, seed=seed), data, EPOCHS, RATE, seed)
    small, fresh = strongest_units(net), dense_net(64, KEPT, 10, seed=seed + 100)
    large.append(accuracy(net, data))
    cut.append(accuracy(small, data))
    for way, rate in WAYS.items():
        start, budgets = (fresh, BUDGETS) if way == "from scratch" else (small, BUDGETS[:-1])
        ends = [trained(start, data, epochs, rate, seed) for epochs in budgets]
        curves[way].append([accuracy(end, data) for end in ends])

usual, full, scratch = map(np.array, curves.values())  # (seeds, budgets)
table(
    (f"{UNITS} units cut to {KEPT}", "epochs", "accuracy"),
    [
        ("large network", E, large),
        ("cut", 0, cut),
        ("fine-tuned as usual", E // 4, usual[:, 0]),
        ("fine-tuned, full rate", E // 4, full[:, 0]),
        ("fine-tuned, full rate", E, full[:, 2]),
        ("Scratch-E", E, scratch[:, 2]),
        ("Scratch-B", B, scratch[:, 3]),
    ],
)
print(f"{parameters(ends[0]):,} parameters instead of {parameters(net):,}")
usual, head = usual[:, 0], full[:, 0]
paired("Scratch-B over fine-tuned as usual", scratch[:, 3], usual)
paired("Scratch-E over fine-tuned as usual", scratch[:, 2], usual)
paired(f"{E // 4} epochs, inherited over scratch", head, scratch[:, 0])
paired("Scratch-B over fine-tuned, full rate", scratch[:, 3], full[:, 2])
show(
    lines(
        {way: (BUDGETS[: len(found[0])], found) for way, found in curves.items()},
        log_x=True,
        span=(0.5, 1),
        title="Inherited weights are a head start, no more",
        x="epochs of the small network, each point a training of its own",
        y="test accuracy",
        about="Fine-tuning is far ahead after two epochs. With all epochs of the large network "
        "training from scratch has nearly caught up, with eight times as many entirely.",
    )
)
claim("scratch-b", scratch[:, 3] > usual)
claim("head-start", head > scratch[:, 0])
