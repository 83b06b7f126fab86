# Low rank with reshaping (DeepThin, Sotoudeh and Baghsorkhi 2018): a matrix of rank one repeats one
# row, so all neurons are alike. Multiply two thin factors to a matrix whose sides do not fit the
# layer and pour it into the layer row by row: as few numbers, but no two neurons alike. It works
# down to 1 to 2% of the size.
#
# Here: the hidden layer of a 64-64-10 network on 8x8 digits, trained from scratch, against plain
# low rank and against HashedNets, which share as many numbers at random. Stored numbers are those
# of the whole network. That it beats sharing at random does not show, nor speed.

import numpy as np

from kb.lab import Adam, Dense, accuracy, centred, claim, dense_net, lines, paired, seeds, show
from kb.lab import table, train

RANK = 1
RANKS, HIDDEN, PIXELS = sorted({1, 4, 16, RANK}), 64, 64
FITTING, ODD = (HIDDEN, PIXELS), (62, 67)  # 62 x 67 is a little more than 64 x 64
SIZE, REST = HIDDEN * PIXELS, HIDDEN + 10 * HIDDEN + 10  # biases and the readout


def drawn(random, *shape):
    return np.float32(random.standard_normal(shape))


class Poured(Dense):
    """Its weight is X W in another shape; X (m, rank) and W (rank, n) are what it stores."""

    def __init__(self, sides, rank, random):
        scale = (2 / PIXELS / rank) ** 0.25  # so that the weight has variance 2 / 64
        m, n = sides
        super().__init__(scale * drawn(random, m, rank), np.zeros(HIDDEN, np.float32))
        self.parameters.append(scale * drawn(random, rank, n))

    def used(self):
        x, _, w = self.parameters
        return (x @ w).ravel()[:SIZE].reshape(HIDDEN, PIXELS)

    def backward(self, gradient):
        passed = super().backward(gradient)
        (by_weight, by_bias), (x, _, w) = self.gradients, self.parameters
        by_product = np.append(by_weight, np.zeros(len(x) * w.shape[1] - SIZE, np.float32))
        by_product = by_product.reshape(len(x), -1)
        self.gradients = [by_product @ w.T, by_bias, x.T @ by_product]
        return passed


class Hashed(Dense):
    """The rival: each place of the weight takes one of `count` numbers and a sign, at random."""

    def __init__(self, count, random):
        super().__init__(drawn(random, count) * np.sqrt(2 / PIXELS), np.zeros(HIDDEN, np.float32))
        self.place = random.integers(count, size=(HIDDEN, PIXELS))
        self.sign = random.choice(np.float32([-1, 1]), (HIDDEN, PIXELS))

    def used(self):
        return self.weight[self.place] * self.sign

    def backward(self, gradient):
        passed = super().backward(gradient)
        signed = self.gradients[0] * self.sign
        self.gradients[0] = np.bincount(self.place.ravel(), signed.ravel(), len(self.weight))
        return passed


def trained(layer, data, seed):
    net = dense_net(PIXELS, HIDDEN, 10, seed=seed)
    net.layers[0] = layer or net.layers[0]
    train(net, data, epochs=3, batch=64, seed=seed, optimizer=Adam(0.01))
    return accuracy(net, data), np.linalg.matrix_rank(net.layers[0].used())


WAYS = {
    "plain": lambda rank, random: Poured(FITTING, rank, random),
    "reshaped": lambda rank, random: Poured(ODD, rank, random),
    "shared at random": lambda rank, random: Hashed(rank * sum(ODD), random),
}
whole, found = [], []  # accuracies (seeds,), accuracies and ranks (seeds, ways, ranks, 2)
for seed in seeds():
    data = centred(seed)
    whole.append(trained(None, data, seed)[0])
    found.append(
        [
            [trained(make(r, np.random.default_rng(seed)), data, seed) for r in RANKS]
            for make in WAYS.values()
        ]
    )

whole, found = np.array(whole), np.array(found)
scores, ranks = found[..., 0], found[..., 1]
stored = {name: sum(FITTING if name == "plain" else ODD) for name in WAYS}
rows = [
    (
        f"{name}, {rank}",
        stored[name] * rank + REST,
        f"{np.median(ranks[:, w, i]):g}",
        scores[:, w, i],
    )
    for i, rank in enumerate(RANKS)
    for w, name in enumerate(WAYS)
]
rows.append(("whole", SIZE + REST, str(HIDDEN), whole))
table(("hidden layer, rank", "numbers stored", "rank of the weight", "accuracy"), rows)
plain, reshaped, shared = scores[:, :, RANKS.index(RANK)].T
paired(f"rank {RANK}, reshaped over plain", reshaped, plain)
paired(f"rank {RANK}, reshaped over shared at random", reshaped, shared)
shares = [round(100 * (rank * sum(ODD) + REST) / (SIZE + REST)) for rank in RANKS]
series = {name: (shares, scores[:, w]) for w, name in enumerate(WAYS)}
show(
    lines(
        {**series, "whole": (shares, np.repeat(whole[:, None], len(RANKS), 1))},
        title="The same few numbers, poured into another shape",
        x="numbers stored, % of the network's",
        y="test accuracy",
        at=shares[RANKS.index(RANK)],
        span=(0, 1),
        about="With rank 1 plain low rank fails; reshaped and shared at random do not. With rank "
        "16 all are near the whole layer.",
    )
)
claim("better", reshaped > plain)
claim("full", ranks[:, 1, RANKS.index(RANK)] > 60)
claim("sixteen", scores[:, 1, RANKS.index(16)] > whole - 0.03)
