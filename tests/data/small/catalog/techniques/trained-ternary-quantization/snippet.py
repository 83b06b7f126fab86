# Trained ternary quantization (Zhu et al. 2017, TTQ): every weight of a layer is 0, +Wp or -Wn,
# and both values are trained: nearly 16 times smaller, and more accurate than ternary weights
# whose one scale is computed (TWN, Li et al. 2016).
#
# Here: a 64-16-10 network on 8x8 digits, against the same with both values fixed where TTQ starts,
# and against TWN. Biases and the values are counted. That trained values beat computed ones does
# not show: TWN computes its scale again at each step, and the two differ by less than the seeds do.

import numpy as np

from kb.lab import Adam, Dense, accuracy, bars, bits, centred, claim, dense_net, paired, seeds
from kb.lab import show, table, train

THRESHOLD = 0.1
EPOCHS = 4


def computed(w):
    """TWN: threshold 0.7 mean |w|; one scale, the mean of what is above it."""
    on = np.abs(w) > 0.7 * np.abs(w).mean()
    return np.sign(w) * on * np.abs(w[on]).mean()


class Ternary(Dense):
    """Multiplies with 0, +Wp and -Wn, beside a float copy of the weight; trains both values too."""

    def __init__(self, layer, learn):
        super().__init__(layer.weight.copy(), layer.bias.copy())
        size = np.abs(layer.weight).mean()
        self.parameters += [np.float32([size]), np.float32([size])]
        self.learn = learn

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
        by_values = by_weight[self.plus].sum(), -by_weight[self.minus].sum()
        step = [np.float32([by * self.learn]) for by in by_values]
        self.gradients = [scale * by_weight, by_bias, *step]
        return passed


def ternary(net, learn):
    net = net.copy()
    net.layers = [
        Ternary(layer, learn) if isinstance(layer, Dense) else layer for layer in net.layers
    ]
    return net


WAYS = ("float32", "TWN, cut", "TWN, trained", "values fixed", "TTQ")
scores, ratios, zeros = {way: [] for way in WAYS}, [], []
for seed in seeds():
    data, net = centred(seed), dense_net(64, 16, 10, seed=seed)
    train(net, data, batch=64, seed=seed)
    cut, twn, fixed, ttq = net.copy(), net.copy(), ternary(net, False), ternary(net, True)
    for layer in cut.weighted:
        layer.weight = computed(layer.weight)
    for layer in twn.weighted:
        layer.transform = computed  # the float copy learns through it
    for learner in (twn, fixed, ttq):
        train(learner, data, EPOCHS, batch=64, seed=seed, optimizer=Adam(0.02))
    for way, one in zip(WAYS, (net, cut, twn, fixed, ttq)):
        scores[way].append(accuracy(one, data))
    used = [layer.used() for layer in ttq.weighted]
    values = [layer.parameters[2:] for layer in ttq.weighted]
    ratios.append(np.mean([max(pair) / min(pair) for pair in values]))
    zeros.append(np.mean(np.concatenate([each.ravel() for each in used]) == 0))

scores = {way: np.array(found) for way, found in scores.items()}
numbers = {"float32": 0, "TWN, cut": 2, "TWN, trained": 2, "values fixed": 4, "TTQ": 4}  # floats
stored = {way: bits(net, 2 if n else 32) / 8 + 4 * n for way, n in numbers.items()}
table(("", "accuracy", "bytes"), [(way, scores[way], round(stored[way])) for way in WAYS])
table(("", "TTQ"), [("larger of Wp, Wn over the other", ratios), ("share of zeros", zeros)])
paired("TTQ over values fixed", scores["TTQ"], scores["values fixed"])
paired("TTQ over TWN, cut", scores["TTQ"], scores["TWN, cut"])
paired("TTQ over TWN, trained", scores["TTQ"], scores["TWN, trained"])
show(
    bars(
        scores,
        title="Three values for each weight, if trained",
        y="test accuracy",
        span=(0.6, 1),
        about="Cutting to three values loses a sixth of the accuracy. Training with them brings it "
        "back; a little is missing if the values stay where they began.",
    )
)
claim("learned", scores["TTQ"] > scores["values fixed"])
claim("trained", scores["TTQ"] > scores["TWN, cut"])
claim("near-float", scores["TTQ"] > scores["float32"] - 0.04)
