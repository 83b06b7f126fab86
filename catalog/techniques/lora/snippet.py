# LoRA (Hu et al. 2022): keep the trained weights as they are and learn only a product of two thin
# matrices that is added to each. B starts at zero, so nothing changes at first; in the end B A is
# added to the weight, and the network is no larger and no slower than before.
#
# Here: digits, and a new task, the same digits moved one pixel to the right. Beside it stand the
# network untouched, its last layer trained, as many single weights trained as LoRA has numbers,
# and all of them.

import numpy as np

from kb.lab import (
    Adam,
    accuracy,
    centred,
    claim,
    dense_net,
    lines,
    paired,
    seeds,
    show,
    table,
    train,
)

RANK, EPOCHS, RATE = 4, 6, 0.01
RANKS = 1, 2, 4, 8


def moved(x):
    """Images (n, 64) one pixel to the right; what leaves the edge is lost."""
    images = np.roll(x.reshape(-1, 8, 8), 1, axis=2)
    images[:, :, 0] = 0
    return images.reshape(-1, 64)


def tuned(net, data, seed, step):
    """Train in place; ``step(net)`` may change the gradients of every layer first."""
    adam, before = Adam(RATE), lambda net, done: step(net)
    train(net, data, EPOCHS, optimizer=adam, batch=64, seed=seed, before_step=before)
    return accuracy(net, data)


def masked(masks):
    """Only what a mask lets through is trained: one list of masks a layer."""

    def step(net):
        for layer, ones in zip(net.weighted, masks, strict=True):
            layer.gradients = [g * one for g, one in zip(layer.gradients, ones, strict=True)]

    return step


class LoRA:
    """The product B A beside each weight, with its own optimizer; the weights are frozen."""

    def __init__(self, net, rank, seed):
        random = np.random.default_rng(seed)
        shapes = [layer.weight.shape for layer in net.weighted]
        self.downs = [random.normal(size=(rank, n)) / np.sqrt(n) for _, n in shapes]
        self.ups = [np.zeros((m, rank)) for m, _ in shapes]
        self.adam = Adam(RATE)
        self.adam.start([*self.ups, *self.downs])

    def attach(self, net):
        for layer, up, down in zip(net.weighted, self.ups, self.downs, strict=True):
            layer.transform = lambda weight, up=up, down=down: weight + up @ down

    def step(self, net):
        by_up = [la.gradients[0] @ down.T for la, down in zip(net.weighted, self.downs)]
        by_down = [up.T @ la.gradients[0] for la, up in zip(net.weighted, self.ups)]
        self.adam.step([*self.ups, *self.downs], [*by_up, *by_down], 1)
        for layer in net.weighted:  # the idea: nothing but A and B changes
            layer.gradients = [np.zeros_like(g) for g in layer.gradients]


def adapted(net, data, seed, rank):
    """Accuracy, and how far scores differ at the start, and once A and B are merged."""
    net, lora = net.copy(), LoRA(net, rank, seed)
    before = net(data.test_x)
    lora.attach(net)
    started = np.abs(net(data.test_x) - before).max()
    score, beside = tuned(net, data, seed, lora.step), net(data.test_x)
    for layer in net.weighted:
        layer.weight, layer.transform = layer.used(), None
    return score, started, np.abs(net(data.test_x) - beside).max()


def random_masks(net, count, random):
    """Masks that let ``count`` single weights through, spread over all layers."""
    sizes = [layer.weight.size for layer in net.weighted]
    chosen = random.permutation(np.arange(sum(sizes)) < count)
    parts = np.split(chosen, np.cumsum(sizes)[:-1])
    return [(p.reshape(la.weight.shape), 0) for p, la in zip(parts, net.weighted)]


def numbers(net, rank):
    return sum(rank * sum(layer.weight.shape) for layer in net.weighted)


names = ("untouched", "last layer", "single weights", "LoRA", "all")
found, ranked, exact = {name: [] for name in names}, [], []
for seed in seeds():
    data, net = centred(seed), dense_net(64, 48, 32, 10, seed=seed)
    train(net, data, epochs=8, batch=64, seed=seed)
    data = data._replace(x=moved(data.x), test_x=moved(data.test_x))
    single = random_masks(net, numbers(net, RANK), np.random.default_rng(seed))
    last = [(0, 0)] * (len(net.weighted) - 1) + [(1, 1)]
    by_rank = {rank: adapted(net, data, seed, rank) for rank in {RANK, *RANKS}}
    ranked.append([by_rank[rank][0] for rank in RANKS])
    exact.append(by_rank[RANK][1:])
    found["untouched"].append(accuracy(net, data))
    found["last layer"].append(tuned(net.copy(), data, seed, masked(last)))
    found["single weights"].append(tuned(net.copy(), data, seed, masked(single)))
    found["LoRA"].append(by_rank[RANK][0])
    found["all"].append(tuned(net.copy(), data, seed, lambda net: None))
found = {name: np.array(scores) for name, scores in found.items()}
ranked, exact = np.array(ranked), np.array(exact)

counts = (0, 330, numbers(net, RANK), numbers(net, RANK), 5018)
table(("", "numbers trained", "accuracy"), [(n, c, found[n]) for n, c in zip(names, counts)])
table(("rank", *map(str, RANKS)), [("accuracy", *ranked.T)])
print("largest change of a score by merging", f"{exact[:, 1].max():.0e}")
paired("LoRA over the last layer", found["LoRA"], found["last layer"])
paired("LoRA over all", found["LoRA"], found["all"])
paired("LoRA over single weights", found["LoRA"], found["single weights"])
flat = {name: np.repeat(found[name][:, None], len(RANKS), 1) for name in ("all", "last layer")}
show(
    lines(
        {"LoRA": (RANKS, ranked), **{name: (RANKS, one) for name, one in flat.items()}},
        title="A thin product beside each weight",
        x="rank",
        y="test accuracy",
        about="LoRA is above the trained last layer, and with the rank it nears training all.",
        at=RANK,
        span=(0.5, 1),
    )
)
claim("adapts", found["LoRA"] > found["last layer"])
claim("rank-counts", ranked[:, -1] > ranked[:, 0])
claim("starts-unchanged", exact[:, 0] == 0)
claim("merges", exact[:, 1] < 1e-3)
