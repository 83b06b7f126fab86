# Rethinking the value of network pruning (Liu et al. 2019): after structured pruning, the small
# network trained from random weights does as well as the fine-tuned one or better, be it with the
# epochs of the large network (Scratch-E) or with its multiplications (Scratch-B). Pruning finds the
# shape; the weights that it hands over are worth little.
#
# Here: a 64-96-10 network on 8x8 digits, 3 seeds, cut to 24 units. Scratch-E and Scratch-B beat the
# usual fine-tuning, a quarter of the epochs at a small rate. But fine-tuned at the full rate the
# network is as good as Scratch-B after a quarter of its time: the weights are a head start.

import numpy as np

from kb.lab import SGD, accuracy, dense_net, digits, keep_units, lines, macs, show, table, train

SEEDS, UNITS, KEPT, EPOCHS, RATE = range(3), 96, 24, 8, 0.1


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
for seed in SEEDS:
    data = digits(seed)
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
mean = scratch.mean(0)
assert mean[2] > usual[:, 0].mean() - 0.01 and mean[3] > usual[:, 0].mean() + 0.01
assert abs(mean[3] - np.mean(large)) < 0.02 and abs(mean[3] - full[:, 2].mean()) < 0.02
assert full[:, 0].mean() > mean[0] + 0.05  # the head start
show(
    lines(
        {way: (BUDGETS[: len(found[0])], found) for way, found in curves.items()},
        log_x=True,
        title="Inherited weights are a head start, no more",
        x="epochs of the small network, each point a training of its own",
        y="test accuracy",
        about="Fine-tuning is far ahead after two epochs. With all epochs of the large network "
        "training from scratch has nearly caught up, with four times as many entirely.",
    )
)
