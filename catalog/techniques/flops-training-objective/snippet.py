# FLOPs as an objective (Tang et al. 2018): name the cost you can afford and put whatever exceeds it
# into the loss; one run of training then gives a sparse network of that cost. Groups of weights
# have gates that are open with a learned chance, the gradient of a count is estimated by sampling.
#
# Here: gates on 64 pixels and 32 hidden units for 8x8 digits, 3 seeds. Both targets are met and
# kept, while a plain penalty (no target) ends wherever its weight leads. Gates do as well as or
# better than a network made narrow by hand. Convolutions and the comparison with other sparse
# training are the paper's alone.

import numpy as np

from kb.lab import Adam, Layer, accuracy, dense_net, digits, lines, show, table, train

SEEDS, TARGETS, PENALTY, DRAWS, SPEED = range(3), (0.5, 0.25, 0), 1.5, 32, 20
PIXELS, HIDDEN, EPOCHS, BATCH = 64, 32, 8, 64
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
    """Train with gates; return accuracy, the share of multiply-adds left, and that by epoch."""
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
    found = accuracy(net, data)
    left = share(*(np.count_nonzero(gate.g) for gate in gates))
    return found, left, np.reshape(seen, (EPOCHS, -1)).mean(1)


def narrow(left, data, seed):
    """The same cost by hand: fewer hidden units from the start, all pixels."""
    net = dense_net(PIXELS, max(1, round(HIDDEN * left)), 10, seed=seed)
    train(net, data, EPOCHS, optimizer=Adam(0.02), batch=BATCH, seed=seed)
    return accuracy(net, data)


rows, courses = [], {}
for target in TARGETS:
    sets = [digits(seed) for seed in SEEDS]
    scores, lefts, course = zip(*(gated(target, data, seed) for seed, data in zip(SEEDS, sets)))
    by_hand = [narrow(*of_one) for of_one in zip(lefts, sets, SEEDS)]
    name = f"target {target:.0%}" if target else "no target"
    rows.append((name, lefts, scores, by_hand))
    courses[name] = range(1, EPOCHS + 1), course
    assert not target or 0.75 * target < np.mean(lefts) < 1.1 * target
    assert np.mean(scores) > np.mean(by_hand) + (-0.03 if target == 0.5 else 0.1)

table(("", "multiply-adds left", "accuracy", "narrow by hand"), rows)
show(
    lines(
        courses,
        title="A target says where cutting ends",
        span=(0, 1),
        x="epoch",
        y="expected share of multiply-adds",
        about="The expected cost settles at or a little below the targets of 50% and 25%; "
        "without one the weight of the penalty alone decides, and it ends near 14%.",
    )
)
