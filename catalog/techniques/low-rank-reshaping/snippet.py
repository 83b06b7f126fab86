# Low rank with reshaping (DeepThin, Sotoudeh and Baghsorkhi 2018): a matrix of rank one repeats one
# row, so all neurons are alike. Multiply two thin factors to a matrix whose sides do not fit the
# layer and pour it into the layer row by row: as few numbers, but no two neurons alike. It works
# down to 1 to 2% of the size.
#
# Here: the hidden layer of a 64-64-10 network on 8x8 digits, 3 seeds, all trained from scratch.
# With 3% of the numbers plain low rank fails and reshaping does not; with half of them they are
# nearly equal. But any break with the repetition helps: numbers shared by lot (HashedNets) do as
# well or better at 3%. The speed of factors that fit into a cache cannot show.

import numpy as np

from kb.lab import Adam, Dense, accuracy, dense_net, digits, lines, show, table, train

SEEDS, RANKS, HIDDEN, PIXELS = range(3), (1, 4, 16), 64, 64
FITTING, ODD = (HIDDEN, PIXELS), (62, 67)  # 62 x 67 is a little more than 64 x 64
SIZE = HIDDEN * PIXELS


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
    """The rival: each place of the weight takes one of `count` numbers and a sign, by lot."""

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


def trained(layer, seed):
    data, net = digits(seed), dense_net(PIXELS, HIDDEN, 10, seed=seed)
    net.layers[0] = layer or net.layers[0]
    train(net, data, epochs=3, batch=64, seed=seed, optimizer=Adam(0.02))
    return accuracy(net, data), np.linalg.matrix_rank(net.layers[0].used())


WAYS = {
    "plain": lambda rank, random: Poured(FITTING, rank, random),
    "reshaped": lambda rank, random: Poured(ODD, rank, random),
    "shared by lot": lambda rank, random: Hashed(rank * sum(ODD), random),
}
whole = [trained(None, seed)[0] for seed in SEEDS]
scores, rows = {name: [] for name in WAYS}, []
for rank in RANKS:
    for name, make in WAYS.items():
        tries = [trained(make(rank, np.random.default_rng(seed)), seed) for seed in SEEDS]
        found, found_rank = zip(*tries)
        scores[name].append(found)
        stored = rank * sum(FITTING if name == "plain" else ODD)
        label = name if name == "shared by lot" else f"{name}, rank {rank}"
        rows.append((label, stored, str(found_rank[0]), found))

rows.append(("whole", SIZE, "64", whole))
table(("hidden layer", "numbers stored", "rank of the layer", "accuracy"), rows)
assert [row[2] for row in rows[:4]] == ["1", "64", "64", "4"]
plain, reshaped, shared = np.mean(list(scores.values()), axis=2)
assert reshaped[0] > plain[0] + 0.4 and reshaped[1] > plain[1] + 0.1
assert abs(reshaped[2] - plain[2]) < 0.05 and reshaped[2] > np.mean(whole) - 0.02
assert shared[0] > reshaped[0] - 0.02
shares = [round(100 * rank * sum(ODD) / SIZE) for rank in RANKS]
series = {
    name: (shares, np.transpose(found)) for name, found in {**scores, "whole": [whole] * 3}.items()
}
show(
    lines(
        series,
        title="The same few numbers, poured into another shape",
        log_x=True,
        x="numbers stored, % of the layer's",
        y="test accuracy",
        about="With 3% of the numbers plain low rank reaches about .3, reshaped and shared by "
        "lot about .9; with 50% all are near the whole layer.",
    )
)
