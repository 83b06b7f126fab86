# PACT with SAWB (Choi et al. 2019): learn where activations are clipped; compute the scale of the
# weights from two of their moments, by a formula that is fitted once for each number of bits. Two
# bits for both then come near full precision.
#
# Here: a 64-16-16-10 network on 8x8 digits, all weights and both hidden activations rounded. Each
# half alone is held against both, and against the widest ranges. The constants of SAWB are fitted
# here. Scales and biases are counted.

import numpy as np

from kb.lab import SGD, Layer, Relu, accuracy, bars, bits, centred, claim, dense_net, paired, seeds
from kb.lab import show, table, train

BITS = 2
DECAY, EPOCHS, STEPS = 0.1, 5, 2**BITS - 1


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


random = np.random.default_rng(seeds()[0])
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
for seed in seeds():
    data, net = centred(seed), dense_net(64, 16, 16, 10, seed=seed)
    train(net, data, batch=64, seed=seed)
    scores["float32"].append(accuracy(net, data))
    tops = {layer: float(output.max()) for layer, output in zip(net.layers, net.outputs(data.x))}
    for name, (rule, learned) in WAYS.items():
        small = net.copy()
        for i, old in enumerate(net.layers):
            if isinstance(old, Relu):
                small.layers[i] = Pact(tops[old], learned)
        for layer in small.weighted:
            layer.transform = rule
        train(small, data, EPOCHS, batch=64, seed=seed, optimizer=SGD(0.05))
        scores[name].append(accuracy(small, data))
    learned = [(old, new) for old, new in zip(net.layers, small.layers) if isinstance(new, Pact)]
    alphas.append(np.mean([new.alpha[0] / tops[old] for old, new in learned]))

scores = {name: np.array(found) for name, found in scores.items()}
scales = 4 * (len(net.weighted) + 2)  # one for each layer's weights and each hidden activation
stored = {name: bits(net, BITS) / 8 + scales for name in WAYS} | {"float32": bits(net) / 8}
table((f"{BITS} bits", "accuracy", "bytes"), [(n, scores[n], round(stored[n])) for n in scores])
print(f"SAWB: alpha = {constants[0]:.2f} rms - {-constants[1]:.2f} mean|w|")
table(("", "alpha over the largest activation"), [("PACT", alphas)])
for name in WAYS:
    if name != "both":
        paired(f"both over {name}", scores["both"], scores[name])
show(
    bars(
        scores,
        title="Few bits: clip what is rare, on both sides",
        y="test accuracy",
        span=(0.5, 1),
        about="At 2 bits the widest ranges lose most. SAWB or PACT alone win back a part, both "
        "together come nearest to floats.",
    )
)
claim("learned", scores["both"] > scores["SAWB"])
claim("both", scores["both"] > scores["neither"])
claim("computed", bool(np.mean(scores["both"] - scores["PACT"]) > 0))
claim("clipped", np.array(alphas) < 0.5)
