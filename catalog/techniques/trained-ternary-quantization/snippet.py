# Trained ternary quantization (Zhu et al. 2017, TTQ): every weight of a layer is 0, +Wp or -Wn,
# and both values are trained: nearly 16 times smaller, and more accurate than ternary weights
# whose one scale is computed (TWN, Li et al. 2016).
#
# Here: a 64-32-10 network on 8x8 digits, 5 seeds. Trained with its three values the network is
# nearly as good as with floats, and Wp and Wn drift a few percent apart. That trained values beat
# computed ones does not show: the two differ by less than the seeds do.

import numpy as np

from kb.lab import Adam, Dense, accuracy, bars, dense_net, digits, show, table, train

SEEDS, THRESHOLD = range(5), 0.1


def computed(w):
    """TWN: threshold 0.7 mean |w|; one scale, the mean of what is above it."""
    on = np.abs(w) > 0.7 * np.abs(w).mean()
    return np.sign(w) * on * np.abs(w[on]).mean()


class Ternary(Dense):
    """Multiplies with 0, +Wp and -Wn, and trains these two beside a float copy of the weight."""

    def __init__(self, layer):
        super().__init__(layer.weight.copy(), layer.bias.copy())
        size = np.abs(layer.weight).mean()
        self.parameters += [np.float32([size]), np.float32([size])]

    def used(self):
        edge = THRESHOLD * np.abs(self.weight).max()
        self.plus, self.minus = self.weight > edge, self.weight < -edge
        up, down = self.parameters[2:]
        return up * self.plus - down * self.minus

    def backward(self, gradient):
        passed = super().backward(gradient)
        by_weight, by_bias = self.gradients  # by_weight: by the ternary weight that was used
        up, down = self.parameters[2:]
        scale = np.where(self.plus, up, np.where(self.minus, down, 1))
        by_up, by_down = by_weight[self.plus].sum(), -by_weight[self.minus].sum()
        self.gradients = [scale * by_weight, by_bias, np.float32([by_up]), np.float32([by_down])]
        return passed


names = ("float32", "TWN, cut", "TWN, trained", "TTQ, trained")
scores, ratios, zeros = {name: [] for name in names}, [], []
for seed in SEEDS:
    data, net = digits(seed), dense_net(64, 32, 10, seed=seed)
    train(net, data, seed=seed)
    cut, twn, ttq = net.copy(), net.copy(), net.copy()
    for layer in cut.weighted:
        layer.weight = computed(layer.weight)
    for layer in twn.weighted:
        layer.transform = computed  # the float copy learns through it
    ttq.layers = [Ternary(layer) if isinstance(layer, Dense) else layer for layer in ttq.layers]
    for learner in (twn, ttq):
        train(learner, data, epochs=5, seed=seed, optimizer=Adam(0.01))
    for name, one in zip(names, (net, cut, twn, ttq)):
        scores[name].append(accuracy(one, data))
    for layer in ttq.weighted:
        used, (up, down) = layer.used(), layer.parameters[2:]
        assert len(np.unique(used)) <= 3
        ratios.append((max(up, down) / min(up, down)).item())
        zeros.append(np.mean(used == 0))

sizes = [layer.weight.size for layer in net.weighted]
smaller = sum(32 * n for n in sizes) / sum(2 * n + 2 * 32 for n in sizes)  # two floats a layer
rows = [
    (name, found, "1.0x" if name == "float32" else f"{smaller:.1f}x")
    for name, found in scores.items()
]
table(("", "accuracy", "weights smaller"), rows)
print(f"TTQ: the larger of Wp and Wn is {np.mean(ratios):.2f} times the other")
print(f"TTQ: {np.mean(zeros):.0%} of the weights are zero")
mean = {name: np.mean(found) for name, found in scores.items()}
assert mean["TTQ, trained"] > mean["float32"] - 0.02
assert mean["TWN, cut"] < mean["float32"] - 0.1
assert abs(mean["TTQ, trained"] - mean["TWN, trained"]) < 0.02
show(
    bars(
        scores,
        title="Three values for each weight, if trained",
        y="test accuracy",
        span=(0.6, 1),
        about="Cutting to three values loses a fifth of the accuracy; training with them brings "
        "it back, with computed and with trained scales alike.",
    )
)
