# Lottery ticket (Frankle and Carbin 2019): train, drop the smallest weights, put those that are
# left back to where they started, and repeat. The sparse network so found trains alone to the
# accuracy of the dense one; with fresh weights under the same mask it does not.
#
# Here: a 64-32-10 network on 8x8 digits in three rounds, against the same masks with a fresh start
# and against random masks of the same size with the old start. That the ticket is as accurate as
# the dense network does not show. Masks stand in for sparse kernels.

import numpy as np

from kb.lab import accuracy, centred, claim, dense_net, keep_largest, lines, paired, prune, seeds
from kb.lab import parameters, show, table, train

LEFT, ROUNDS, EPOCHS = 0.08, 3, 5  # share of the weights left in the end; rounds to get there
SHARES = [round(LEFT ** (n / ROUNDS), 2) for n in range(ROUNDS + 1)]  # the same cut in each
WAYS = "ticket", "same mask, fresh start", "random mask"


def start(seed):
    return dense_net(64, 32, 10, seed=seed)


def masks_of(net, share, score):
    """In every layer, keep the share with the largest scores."""
    return [keep_largest(score(layer.weight), 1 - share) for layer in net.weighted]


def trained(net, masks, data, seed):
    """Train under the masks; the test accuracy, and the loss of the first epoch."""
    prune(net, masks)
    first = train(net, data, EPOCHS, batch=64, seed=seed)[0]
    return accuracy(net, data), first


found = []  # (seeds, shares, ways, 2)
for seed in seeds():
    data, net = centred(seed), start(seed)
    random = np.random.default_rng(seed)
    dense = trained(net, [None, None], data, seed)
    rows = [[dense] * len(WAYS)]
    for number, share in enumerate(SHARES[1:], start=1):
        masks = masks_of(net, share, score=np.abs)
        lot = [random.permuted(mask, axis=None) for mask in masks]
        net, other, third = start(seed), start(seed + 100 * number), start(seed)
        pairs = (net, masks), (other, masks), (third, lot)
        rows.append([trained(one, kept, data, seed) for one, kept in pairs])
    found.append(rows)

scores, losses = np.moveaxis(found, -1, 0)  # (seeds, shares, ways) each
rows = [
    (f"{share:.0%} left", *scores[:, i].T, losses[:, i, 0], losses[:, i, 1])
    for i, share in enumerate(SHARES)
]
table(("", *WAYS, "loss of epoch 1, ticket", "fresh start"), rows)
ticket, fresh, lot = scores[:, -1].T
print(f"{parameters(net, nonzero=True)} of {parameters(net)} numbers are left")
paired(f"{LEFT:.0%} left, ticket over fresh start", ticket, fresh)
paired(f"{LEFT:.0%} left, fresh start over random mask", fresh, lot)
paired(f"{LEFT:.0%} left, ticket over dense", ticket, scores[:, 0, 0])
show(
    lines(
        {way: (SHARES, scores[:, :, i]) for i, way in enumerate(WAYS)},
        title="The mask and the start belong together",
        x="share of the weights left",
        y="test accuracy",
        log_x=True,
        at=LEFT,
        span=(0, 1),
        about="With few weights left the ticket still learns. The same mask with fresh weights "
        "falls behind, a random mask further.",
    )
)
claim("start", ticket > fresh)
claim("faster", losses[:, -1, 0] < losses[:, -1, 1])
claim("mask", fresh > lot)
claim("not-free", ticket < scores[:, 0, 0])
