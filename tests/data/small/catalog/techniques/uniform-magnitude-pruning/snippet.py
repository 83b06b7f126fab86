# Magnitude pruning (Han et al. 2015): train, drop the smallest weights of each layer, train what is
# left. Retraining is what makes it work: AlexNet and VGG-16 keep 1/9 and 1/13 of their parameters
# at the same accuracy.
#
# Here: a 64-32-10 network on 8x8 digits, the same share in both layers, against as many weights
# dropped at random. That 1/9 of the weights come at no cost does not show: so small a network has
# few to spare.

import numpy as np

from kb.lab import SGD, accuracy, bits, centred, claim, dense_net, lines, paired, seeds, show
from kb.lab import table, train

SPARSITY, EPOCHS = 0.9, 3
SHARES = sorted({0.5, 0.8, 0.95, SPARSITY})
WAYS = ("cut", "cut, retrained", "random, retrained")
random = np.random.default_rng(seeds()[0])


def chance(weight):
    return random.random(weight.shape)


def cut(net, share, score=np.abs):
    """A copy without the share of each layer that scores lowest; training keeps it at zero."""
    net = net.copy()
    for layer in net.weighted:
        scores = score(layer.weight)
        layer.mask = scores >= np.quantile(scores, share)
        layer.weight = layer.weight * layer.mask
    return net


def retrained(net, data, seed):
    train(net, data, epochs=EPOCHS, batch=64, seed=seed, optimizer=SGD(0.1))
    return accuracy(net, data)


dense, found, stored = [], [], {}  # accuracies (seeds,), (seeds, shares, ways); bytes
for seed in seeds():
    data, net = centred(seed), dense_net(64, 32, 10, seed=seed)
    train(net, data, batch=64, seed=seed)
    dense.append(accuracy(net, data))
    found.append([])
    for share in SHARES:
        small, other = cut(net, share), cut(net, share, chance)
        stored[share] = bits(small, index=12) / 8  # 2,368 weights: 12 bits say where one stands
        bare = accuracy(small, data)
        found[-1].append((bare, retrained(small, data, seed), retrained(other, data, seed)))

dense, found = np.array(dense), np.array(found)
rows = [(f"{share:.0%}", *found[:, i].T, round(stored[share])) for i, share in enumerate(SHARES)]
table(("sparsity", *WAYS, "bytes"), [("0%", dense, "", "", round(bits(net) / 8)), *rows])
bare, tuned, anywhere = found[:, SHARES.index(SPARSITY)].T
paired(f"{SPARSITY:.0%}, retrained over cut", tuned, bare)
paired(f"{SPARSITY:.0%}, smallest over random", tuned, anywhere)
show(
    lines(
        {way: (SHARES, found[:, :, i]) for i, way in enumerate(WAYS)},
        title="Drop the smallest, then train again",
        x="share of each layer set to zero",
        y="test accuracy",
        at=SPARSITY,
        span=(0, 1),
        about="Half of the weights cost next to nothing. Beyond, cutting alone falls off and "
        "retraining wins most of it back; random weights are far worse.",
    )
)
claim("recovers", tuned - bare > (dense - bare) / 2)
claim("smallest", tuned > anywhere)
claim("half-free", found[:, 0, 1] > dense - 0.02)
