# Dense-sparse-dense training (Han et al. 2017, DSD): train a network; drop its smallest weights and
# train the rest; let the dropped ones start again at zero and train all at a lower rate. The sparse
# phase shall lead out of a poor optimum: ResNet-50 gains 1.1% of top-1 on ImageNet.
#
# Here: a 64-32-10 network on 1,000 of the 8x8 digits, 4 epochs a phase. DSD gains over its first
# phase, but no more than the same epochs without sparsity, and the loss between the two ends shows
# that both are in one valley. It says nothing about networks for which training is hard.

import numpy as np

from kb.lab import SGD, accuracy, centred, claim, cross_entropy, dense_net, layer_masks, lines
from kb.lab import paired, parameters, prune, random_masks, seeds, show, table, train

SHARE, EPOCHS, LAST_RATE = 0.5, 4, 0.03  # dropped; of each phase; of the third phase
PHASES, STEPS = ("dense", "sparse", "dense again"), np.linspace(0, 1, 9)


def start(data, seed):
    net = dense_net(64, 32, 10, seed=seed)
    train(net, data, epochs=EPOCHS, batch=64, seed=seed)
    return net


def rest(net, masks, data, seed):
    """The other two phases; returns the network at the end and the accuracy after each phase."""
    net, found = net.copy(), [accuracy(net, data)]
    prune(net, masks)
    train(net, data, epochs=EPOCHS, batch=64, seed=seed)
    found.append(accuracy(net, data))
    prune(net, [None, None])  # no masks any more, the weights still zero
    train(net, data, epochs=EPOCHS, batch=64, seed=seed + 100, optimizer=SGD(LAST_RATE))
    return net, [*found, accuracy(net, data)]


def between(one, other, data):
    """The loss on the training images at points on the straight line from one to the other."""
    point, losses = one.copy(), []
    for step in STEPS:
        for array, a, b in zip(point.parameters, one.parameters, other.parameters):
            array[:] = (1 - step) * a + step * b
        losses.append(cross_entropy(point(data.x), data.y)[0])
    return losses


WAYS = {
    "dense throughout": lambda net, seed: [None, None],
    "DSD": lambda net, seed: layer_masks(net, SHARE),
    "random weights dropped": lambda net, seed: random_masks(net, SHARE, seed),
}
scores, roads = {way: [] for way in WAYS}, {way: [] for way in ("DSD", "random", "another start")}
for seed in seeds():
    data = centred(seed, test=797)
    first, ends = start(data, seed), {}
    for way, masks in WAYS.items():
        ends[way], found = rest(first, masks(first, seed), data, seed)
        scores[way].append(found)
    stranger, _ = rest(start(data, seed + 50), [None, None], data, seed)
    dense, dsd, random = ends.values()
    for road, end in zip(roads, (dsd, random, stranger)):
        roads[road].append(between(dense, end, data))

scores = {way: np.array(found) for way, found in scores.items()}  # (seeds, phases)
table(
    ("accuracy after", *WAYS),
    [(phase, *(found[:, i] for found in scores.values())) for i, phase in enumerate(PHASES)],
)
print(f"each has {parameters(first):,} parameters in the end")
roads = {road: np.array(losses) for road, losses in roads.items()}
ridge = {road: losses.max(1) - losses[:, [0, -1]].max(1) for road, losses in roads.items()}
for road, height in ridge.items():
    print(f"from dense throughout to {road} the loss climbs by {max(height.mean(), 0):.2f} nats")
dense, dsd, random = (found[:, -1] for found in scores.values())
paired("DSD over its first phase", dsd, scores["DSD"][:, 0])
paired("DSD over random weights dropped", dsd, random)
paired("dense throughout over DSD", dense, dsd)
show(
    lines(
        {road: (STEPS, losses) for road, losses in roads.items()},
        title="DSD ends in the valley it started in",
        y="training loss in nats",
        span=(0, 1),
        x="from dense throughout (0) to the other end (1)",
        about="Between the end of dense training and that of DSD the loss is flat; towards a "
        "network from another start it climbs over a ridge; with random weights dropped "
        "it rises to a worse end.",
    )
)
claim("smallest", dsd.mean() > random.mean() + 0.005)
claim("gains", dsd > scores["DSD"][:, 0])
claim("valley", ridge["DSD"] < ridge["another start"] / 4)
