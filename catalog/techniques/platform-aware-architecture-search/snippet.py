# Platform-aware architecture search (Tan et al. 2019, MnasNet): a controller proposes nets; each
# is trained briefly and timed on the phone, and the reward is accuracy times a power of latency
# over a target. Counting multiply-adds instead misleads, for they predict latency badly.
#
# Here: two stages on 8x8 digits choose a block, plain or factorized, and its width: 16 networks,
# all trained once for each seed so that every search can be replayed, by five controllers each.
# The phone is made up: calling a layer costs as much as CALL multiply-adds do. That a learned
# controller is needed does not show: random proposals find as much in so small a space.

from itertools import pairwise

import numpy as np

from kb.lab import Adam, Net, Relu, accuracy, bars, centred, claim, dense_net, paired, seeds
from kb.lab import show, softmax, table, train

CALL = 800  # multiply-adds that the call of a layer costs
CONTROLLERS, PROPOSALS, RATE = 5, 30, 2.0
STAGES = [
    [(kind, width) for kind in ("plain", "factorized") for width in widths]
    for widths in ((16, 32), (12, 24))
]
SPACE = [(i, j) for i in range(4) for j in range(4)]


def layers(choice):
    """Width of each layer, and whether a ReLU follows; a factorized block goes through 5 units."""
    found = []
    for stage, number in zip(STAGES, choice):
        kind, width = stage[number]
        found += [(5, False), (width, True)] if kind == "factorized" else [(width, True)]
    return [*found, (10, False)]


def multiply_adds(choice):
    sizes = [64, *(width for width, _ in layers(choice))]
    return sum(a * b for a, b in pairwise(sizes))


def latency(choice):
    return multiply_adds(choice) + CALL * len(layers(choice))


def trained(choice, data, seed):
    net = dense_net(64, *(width for width, _ in layers(choice)), seed=seed)
    bent = [bent for _, bent in layers(choice)]
    pairs = ([one, Relu()] if relu else [one] for one, relu in zip(net.weighted, bent))
    net = Net(layer for pair in pairs for layer in pair)
    train(net, data, epochs=5, batch=100, seed=seed, optimizer=Adam(0.03))
    return accuracy(net, data)


def reward(score, cost, target):
    """Accuracy x (cost / target)^w with w = 0 within the target and -1 beyond it."""
    return score * (cost / target) ** (-1 if cost > target else 0)


def search(rewards, random, learned):
    """Propose, score, make what beat the running mean more likely (REINFORCE); return the best."""
    chances, mean, seen = np.zeros((2, 4)), 0.5, {}
    for _ in range(PROPOSALS):
        p = softmax(chances)
        choice = tuple(int(random.choice(4, p=row)) for row in p)
        seen[choice] = rewards[choice]
        if learned:
            chances += RATE * (seen[choice] - mean) * (np.eye(4)[list(choice)] - p)
        mean += 0.1 * (seen[choice] - mean)
    return max(seen, key=seen.get), mean


targets = {cost: np.median([cost(choice) for choice in SPACE]) for cost in (latency, multiply_adds)}
WAYS = {
    "latency": (latency, True),
    "multiply-adds": (multiply_adds, True),
    "accuracy only": (None, True),
    "latency, random": (latency, False),
}
found = {name: [] for name in WAYS}
for seed in seeds():
    data = centred(seed)
    data = data._replace(x=data.x[:800], y=data.y[:800])
    scores = {choice: trained(choice, data, seed) for choice in SPACE}
    for name, (cost, learned) in WAYS.items():
        rewards = {
            one: reward(score, cost(one), targets[cost]) if cost else score
            for one, score in scores.items()
        }
        replays = []  # (controllers, 4)
        for number in range(CONTROLLERS):
            random = np.random.default_rng([seed, number])
            choice, mean = search(rewards, random, learned)
            late = latency(choice) / targets[latency]
            replays.append((scores[choice], late, reward(scores[choice], late, 1), mean))
        found[name].append(np.mean(replays, 0))

found = {name: np.transpose(rows) for name, rows in found.items()}  # (4, seeds) each
table(
    ("in the reward", "accuracy", "latency / target", "reward by latency", "last proposals"),
    [(name, *rows) for name, rows in found.items()],
)
ours, counted, blind, lot = found.values()
paired("reward by latency, latency over multiply-adds", ours[2], counted[2])
paired("reward by latency, latency over accuracy only", ours[2], blind[2])
paired("reward by latency, controller over random", ours[2], lot[2])
paired("last proposals, controller over random", ours[3], lot[3])
show(
    bars(
        {name: dict(zip(("accuracy", "latency / target"), rows)) for name, rows in found.items()},
        title="Counting instead of timing costs accuracy",
        y="share",
        span=(0, 1.25),
        about="With latency in the reward the network found is accurate and within the target; "
        "with multiply-adds it is less accurate, with accuracy only it is too slow.",
    )
)
claim("timed", ours[2] > counted[2])
claim("in-time", ours[1] < blind[1])
claim("learns", ours[3] > lot[3])
claim("luck", lot[2] > ours[2] - 0.02)
