# FLOPs as an objective (Tang et al. 2018): name the cost you can afford and put whatever exceeds it
# into the loss; one run of training then gives a sparse network of that cost. Groups of weights
# have gates that are open with a learned chance, the gradient of a count is estimated by sampling.
#
# Here: gates on 64 pixels and 32 hidden units for 8x8 digits. The target is met and kept, while the
# same penalty without one ends wherever its weight leads; and the gates left open are better than
# as many at random. Convolutions and the comparison with other sparse training are the paper's.

import numpy as np

from kb.lab import Adam, Layer, accuracy, centred, claim, dense_net, lines, paired, seeds, show
from kb.lab import table, train

TARGET, PENALTY = 0.3, 2.5  # share of the multiply-adds that may stay; weight of the excess
DRAWS, SPEED = 32, 20
PIXELS, HIDDEN, EPOCHS, BATCH = 64, 32, 10, 64
BETA, LOW, HIGH = 2 / 3, -0.1, 1.1  # the hard concrete gate of Louizos et al.


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def share(pixels, hidden):
    """Multiply-adds with so many open gates, as a share of the whole network's."""
    return (pixels * hidden + hidden * 10) / (PIXELS * HIDDEN + HIDDEN * 10)


class Gates(Layer):
    """Multiplies each unit by a gate g from 0 to 1, drawn anew in each step of training."""

    def __init__(self, units, random):
        self.parameters = [np.full(units, 1 / SPEED, np.float32)]
        self.random, self.learning = random, True

    def forward(self, x):
        noise = self.random.logistic(size=x.shape[1]) / BETA if self.learning else 0
        slope = SPEED / BETA if self.learning else SPEED
        self.soft = sigmoid(slope * self.parameters[0] + noise)
        g = self.soft * (HIGH - LOW) + LOW
        self.slope, self.g, self.x = slope * (g > 0) * (g < 1), np.float32(g.clip(0, 1)), x
        return x * self.g

    def backward(self, gradient):
        by_gate = (gradient * self.x).sum(0)
        self.gradients = [by_gate * self.slope * (HIGH - LOW) * self.soft * (1 - self.soft)]
        return gradient * self.g

    def chance(self):
        """How probable each gate is not zero."""
        return sigmoid(SPEED * self.parameters[0] - BETA * np.log(-LOW / HIGH))


def to_target(target, gates, random, seen):
    """A hook that adds to the gates' gradients that of PENALTY * E[max(0, share - target)]."""

    def price(net, done):
        chances = [gate.chance() for gate in gates]
        draws = [random.random((DRAWS, len(chance))) < chance for chance in chances]
        cost = share(*(draw.sum(1) for draw in draws))
        excess = PENALTY * np.maximum(0, cost - target)
        excess -= excess.mean()  # a baseline: the same gradient, less noise
        for gate, draw, chance in zip(gates, draws, chances):
            gate.gradients[0] += SPEED * excess @ (draw - chance) / (DRAWS - 1)
        seen.append(cost.mean())

    return price


def gated(target, data, seed):
    """Train with gates; return accuracy, which are open, and the expected cost of each epoch."""
    random, seen, net = np.random.default_rng(seed), [], dense_net(PIXELS, HIDDEN, 10, seed=seed)
    gates = Gates(PIXELS, random), Gates(HIDDEN, random)
    net.layers = [gates[0], *net.layers[:2], gates[1], net.layers[2]]
    train(
        net,
        data,
        EPOCHS,
        optimizer=Adam(0.02),
        batch=BATCH,
        seed=seed,
        before_step=to_target(target, gates, random, seen),
    )
    for gate in gates:
        gate.learning = False
    found, left = accuracy(net, data), share(*(np.count_nonzero(gate.g) for gate in gates))
    return found, left, np.reshape(seen, (EPOCHS, -1)).mean(1)


def narrow(left, data, seed):
    """The same cost by hand: fewer hidden units from the start, all pixels, trained as long."""
    net = dense_net(PIXELS, max(1, round(HIDDEN * left)), 10, seed=seed)
    train(net, data, EPOCHS, optimizer=Adam(0.02), batch=BATCH, seed=seed)
    return accuracy(net, data)


scores, left, courses = ({"target": [], "no target": []} for _ in range(3))
by_hand = []
for seed in seeds():
    data = centred(seed)
    for name, target in (("target", TARGET), ("no target", 0)):
        for kept, one in zip((scores, left, courses), gated(target, data, seed)):
            kept[name].append(one)
    by_hand.append(narrow(left["target"][-1], data, seed))

lefts = {name: np.array(found) for name, found in left.items()}
rows = [(name, lefts[name], scores[name]) for name in scores]
table(("", "multiply-adds left", "accuracy"), [*rows, ("narrow", lefts["target"], by_hand)])
paired("gates over narrow", scores["target"], by_hand)
paired("left, target over none", lefts["target"], lefts["no target"])
epochs = range(1, EPOCHS + 1)
show(
    lines(
        {name: (epochs, course) for name, course in courses.items()}
        | {"wanted": ((1, EPOCHS), (TARGET, TARGET))},
        title="A target says where cutting ends",
        span=(0, 1),
        x="epoch",
        y="expected share of multiply-adds",
        about="The expected cost settles at or a little below its target; without one the weight "
        "of the penalty alone decides where it ends.",
    )
)
claim("lands", np.abs(lefts["target"] - TARGET) < TARGET / 4)
claim("goes-on", lefts["no target"] < lefts["target"])
