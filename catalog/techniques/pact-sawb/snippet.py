# PACT with SAWB (Choi et al. 2019): learn where activations are clipped; compute the scale of the
# weights from two of their moments, by a formula that is fitted once for each number of bits. Two
# bits for both then come near full precision.
#
# Here: a 64-32-32-10 network on 8x8 digits, 4 seeds, all weights and both hidden activations in 2
# bits. Each half helps, both help most. The gap to floats stays larger than the paper's: so small
# a network has no spare units. The constants of SAWB are fitted here.

import numpy as np

from kb.lab import SGD, Layer, Relu, accuracy, bars, dense_net, digits, show, table, train

SEEDS, BITS, DECAY = range(4), 2, 0.1
STEPS = 2**BITS - 1


class Pact(Layer):
    """A ramp from 0 to alpha in equal steps. What is clipped sends its gradient to alpha."""

    def __init__(self, alpha, learned):
        self.alpha = np.float32([alpha])
        self.parameters = [self.alpha] if learned else []

    def forward(self, x):
        self.inside, self.above = (x > 0) & (x < self.alpha), x >= self.alpha
        return np.round(np.clip(x / self.alpha, 0, 1) * STEPS) * (self.alpha / STEPS)

    def backward(self, gradient):
        if self.parameters:
            self.gradients = [(gradient * self.above).sum() + DECAY * self.alpha]
        return gradient * self.inside


def levels(w, alpha):
    """w on 2**BITS even levels from -alpha to alpha."""
    return np.clip(np.round((w / alpha + 1) / 2 * STEPS), 0, STEPS) * (2 * alpha / STEPS) - alpha


def moments(w):
    """Root mean square and mean absolute value."""
    return np.sqrt(np.mean(w**2)), np.mean(np.abs(w))


def best_scale(w):
    """The alpha of least square error, by trying; SAWB does it once, for known distributions."""
    tries = np.linspace(0.05, 1, 120) * np.abs(w).max()
    return tries[np.argmin([np.square(w - levels(w, alpha)).mean() for alpha in tries])]


random = np.random.default_rng(0)
shapes = [
    random.standard_normal(4000),
    random.uniform(-1, 1, 4000),
    random.laplace(size=4000),
    random.logistic(size=4000),
    random.triangular(-1, 0, 1, 4000),
    random.vonmises(0, 1, 4000),
]
points, wanted = np.array([moments(w) for w in shapes]), np.array([best_scale(w) for w in shapes])
constants = np.linalg.lstsq(points / points[:, 1:], wanted / points[:, 1], rcond=None)[0]


def widest(w):
    return levels(w, np.abs(w).max())


def sawb(w):
    return levels(w, constants @ moments(w))


WAYS = {
    "neither": (widest, False),
    "SAWB": (sawb, False),
    "PACT": (widest, True),
    "both": (sawb, True),
}
scores, alphas = {name: [] for name in ("float32", *WAYS)}, []
for seed in SEEDS:
    data, net = digits(seed), dense_net(64, 32, 32, 10, seed=seed)
    train(net, data, seed=seed)
    scores["float32"].append(accuracy(net, data))
    tops = {layer: float(output.max()) for layer, output in zip(net.layers, net.outputs(data.x))}
    for name, (rule, learned) in WAYS.items():
        small = net.copy()
        for i, old in enumerate(net.layers):
            if isinstance(old, Relu):
                small.layers[i] = Pact(tops[old], learned)
        for layer in small.weighted:
            layer.transform = rule
        train(small, data, epochs=5, batch=64, seed=seed, optimizer=SGD(0.05))
        scores[name].append(accuracy(small, data))
    alphas += [
        new.alpha[0] / tops[old]
        for old, new in zip(net.layers, small.layers)
        if isinstance(new, Pact)
    ]

table(("2 bits", "accuracy"), scores.items())
print(f"SAWB: alpha = {constants[0]:.2f} rms - {-constants[1]:.2f} mean|w|")
print(f"PACT: alpha ends at {np.mean(alphas):.2f} of the largest activation")
mean = {name: np.mean(found) for name, found in scores.items()}
assert mean["both"] > max(mean["PACT"], mean["SAWB"], mean["neither"] + 0.05)
assert mean["both"] > mean["float32"] - 0.04
show(
    bars(
        scores,
        title="Two bits: clip what is rare, on both sides",
        y="test accuracy",
        span=(0.75, 1),
        about="With SAWB or PACT alone the network gains a few percent over the widest ranges; "
        "with both it comes near floats.",
    )
)
