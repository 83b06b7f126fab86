# Low-rank factorization by SVD (Xue et al. 2013, Denton et al. 2014): a weight matrix is replaced
# by two thin ones, the best of that rank, and the network is tuned for a while. Acoustic models
# shrink by more than 80% without losing accuracy.
#
# Here: the hidden layer of a 64-64-10 network on 8x8 digits becomes two, against the same two
# layers with directions drawn at random and tuned as long. Costs are
# those of the whole network. That nothing is lost does not show in so small a layer, nor speed.

import numpy as np

from kb.lab import SGD, Dense, Net, accuracy, centred, claim, dense_net, lines, macs, paired
from kb.lab import parameters, seeds, show, table, train

RANK = 4
RANKS, EPOCHS = sorted({2, 4, 8, 16, RANK}), 2


def truncated(weight, rank, random):
    """Two factors, (outputs, rank) and (rank, inputs), whose product is nearest to the weight."""
    u, s, v = np.linalg.svd(weight, full_matrices=False)
    return u[:, :rank] * s[:rank], v[:rank]


def drawn(weight, rank, random):
    """Without the idea: directions of the input at random, and what the weight makes of them."""
    v = np.linalg.qr(random.standard_normal((weight.shape[1], rank)))[0].T
    return weight @ v.T, v


def split(net, factors):
    """The network with two layers in place of the first; nothing bends between them."""
    after, before = (np.float32(factor) for factor in factors)
    layer = net.layers[0]
    thin = Dense(before, np.zeros(len(before), np.float32))
    return Net([thin, Dense(after, layer.bias.copy()), *net.copy().layers[1:]])


def tuned(net, data, seed):
    net = net.copy()
    train(net, data, EPOCHS, batch=64, seed=seed, optimizer=SGD(0.05))
    return accuracy(net, data)


WAYS = ("random, cut", "SVD, cut", "random, tuned", "SVD, tuned")
floats, found, costs, tails = [], [], [], []  # accuracies (seeds,), (seeds, ranks, ways)
for seed in seeds():
    data, net, random = centred(seed), dense_net(64, 64, 10, seed=seed), np.random.default_rng(seed)
    train(net, data, batch=64, seed=seed, optimizer=SGD(0.05))
    floats.append(accuracy(net, data))
    weight, found_here = net.layers[0].weight, []
    for rank in RANKS:
        cut = split(net, truncated(weight, rank, random))
        lot = split(net, drawn(weight, rank, random))
        last = (tuned(one, data, seed) for one in (lot, cut))
        found_here.append([accuracy(lot, data), accuracy(cut, data), *last])
    found.append(found_here)
    after, before = truncated(weight, RANK, random)
    values = np.linalg.svd(weight, compute_uv=False) ** 2
    tails.append(abs(np.square(weight - after @ before).sum() / values[RANK:].sum() - 1))

floats, found = np.array(floats), np.array(found)
nets = [split(net, truncated(weight, rank, random)) for rank in RANKS]
rows = [
    (f"rank {rank}", *found[:, i].T, parameters(nets[i]), macs(nets[i]))
    for i, rank in enumerate(RANKS)
]
whole = ("whole", floats, *[""] * (len(WAYS) - 1), parameters(net), macs(net))
table(("", *WAYS, "numbers", "multiplications"), [*rows, whole])
ways = dict(zip(WAYS, found[:, RANKS.index(RANK)].T))
paired(f"rank {RANK}, SVD over random, cut", ways["SVD, cut"], ways["random, cut"])
paired(f"rank {RANK}, SVD over random, tuned", ways["SVD, tuned"], ways["random, tuned"])
paired(f"rank {RANK}, tuned over cut", ways["SVD, tuned"], ways["SVD, cut"])
paired(f"rank {RANK}, tuned over whole", ways["SVD, tuned"], floats)
show(
    lines(
        {
            way: (RANKS, found[:, :, WAYS.index(way)])
            for way in (WAYS[1], WAYS[3], WAYS[0], WAYS[2])
        },
        title="A few directions carry the layer",
        x="rank of the hidden layer",
        y="test accuracy",
        log_x=True,
        at=RANK,
        span=(0, 1),
        about="With eight of 64 directions, those of the largest singular values, accuracy is "
        "nearly what it was; directions drawn at random need many more.",
    )
)
claim("directions", ways["SVD, cut"] > ways["random, cut"])
claim("tuned", ways["SVD, tuned"] > ways["random, tuned"])
claim("tuning", ways["SVD, tuned"] > ways["SVD, cut"])
claim("eight", found[:, RANKS.index(8), 3] > floats - 0.05)
claim("tail", np.array(tails) < 0.001)
