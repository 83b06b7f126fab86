# Weight sharing (Han et al. 2016, Deep Compression): cluster the weights of a layer by k-means,
# store one short index for each weight and a small codebook; fine-tune the codebook with summed
# gradients. Starting the centres evenly over the range ("linear") beats random weights ("random")
# and equal shares ("density"), because the few large weights matter most.
#
# Here: a 64-32-10 network on 8x8 digits, without pruning first, against as many values at equal
# steps, and against groups drawn at random and tuned as long. Codebooks and biases are counted.
# That linear starts are best does not show, nor that k-means beats equal steps for each seed.

import numpy as np

from kb.lab import Adam, accuracy, bits, centred, claim, dense_net, lines, paired, seeds, show
from kb.lab import table, train

BITS = 2
EACH, ROUNDS, EPOCHS = sorted({1, 2, 3, 4, BITS}), 15, 3


def linear(w, k, random):
    return np.linspace(w.min(), w.max(), k)


def density(w, k, random):
    return np.quantile(w, (np.arange(k) + 0.5) / k)


def lot(w, k, random):
    return np.sort(random.choice(w.ravel(), k, replace=False))


def nearest(centres, w):
    """Which of the centres (k,), in rising order, is nearest to each weight (shape of w)."""
    return np.searchsorted((centres[1:] + centres[:-1]) / 2, w)


def moved(centres, w):
    """One round of k-means: each centre goes to the mean of the weights nearest to it."""
    index, k = nearest(centres, w).ravel(), len(centres)
    count, total = np.bincount(index, minlength=k), np.bincount(index, w.ravel(), minlength=k)
    return np.where(count, total / np.maximum(count, 1), centres)


def share(net, k, start, random, rounds=ROUNDS):
    """A copy of net whose weights are looked up in codebooks, and the indices of each layer."""
    net, indices = net.copy(), []
    for layer in net.weighted:
        centres = start(layer.weight, k, random)
        for _ in range(rounds):
            centres = moved(centres, layer.weight)
        indices.append(nearest(centres, layer.weight))
        layer.weight = centres[indices[-1]]
    return net, indices


def at_random(net, indices, random):
    """Without the idea: groups of the same sizes, but drawn at random. Each gets its mean."""
    net, drawn = net.copy(), [random.permuted(index) for index in indices]
    for layer, index in zip(net.weighted, drawn):
        total = np.bincount(index.ravel(), layer.weight.ravel())
        layer.weight = (total / np.maximum(np.bincount(index.ravel()), 1))[index]
    return net, drawn


def off(net, other):
    """Squared distance of the weights, as a share of their square."""
    pairs = [(a.weight, b.weight) for a, b in zip(net.weighted, other.weighted)]
    return sum(np.square(a - b).sum() for a, b in pairs) / sum(np.square(a).sum() for a, _ in pairs)


def tune(net, indices, data, seed):
    """Train the codebooks: each weight gets the summed gradient of its cluster; it moves as one."""

    def pool(net, done):
        for layer, index in zip(net.weighted, indices):
            total = np.bincount(index.ravel(), layer.gradients[0].ravel())
            layer.gradients[0] = total[index].astype(np.float32)

    train(net, data, EPOCHS, batch=64, seed=seed, before_step=pool, optimizer=Adam(0.005))
    return accuracy(net, data)


STARTS = {"linear": linear, "density": density, "random": lot}
WAYS = ("equal steps", *STARTS, "tuned", "random groups, tuned")
floats, found, errors = [], [], []  # accuracies (seeds,), (seeds, bits, ways); (seeds, bits, 2)
for seed in seeds():
    data, net, random = centred(seed), dense_net(64, 32, 10, seed=seed), np.random.default_rng(seed)
    train(net, data, batch=64, seed=seed)
    floats.append(accuracy(net, data))
    found.append([])
    errors.append([])
    for width in EACH:
        steps = share(net, 2**width, linear, random, rounds=0)[0]
        shared = [share(net, 2**width, start, random) for start in STARTS.values()]
        scores = [accuracy(one, data) for one in (steps, *(one for one, _ in shared))]
        errors[-1].append([off(net, steps), off(net, shared[0][0])])
        groups = at_random(net, shared[0][1], random)
        found[-1].append([*scores, tune(*shared[0], data, seed), tune(*groups, data, seed)])

floats, found, errors = np.array(floats), np.array(found), np.array(errors)
books = {width: 2 * 32 * 2**width for width in EACH}  # two layers, 32 bits for each value
stored = [(bits(net, width) + books[width]) / 8 for width in EACH]
rows = [(f"{width} bits", *found[:, i].T, round(stored[i])) for i, width in enumerate(EACH)]
table(("", *WAYS, "bytes"), [*rows, ("float32", floats, "", "", "", "", "", round(bits(net) / 8))])
ways = dict(zip(WAYS, found[:, EACH.index(BITS)].T))
steps, clusters = errors[:, EACH.index(BITS)].T  # of the weights
paired(f"{BITS} bits, tuned over random groups, tuned", ways["tuned"], ways[WAYS[-1]])
paired(f"{BITS} bits, tuned over not tuned", ways["tuned"], ways["linear"])
paired(f"{BITS} bits, k-means over equal steps", ways["linear"], ways["equal steps"])
paired(f"{BITS} bits, error of the weights, k-means over equal steps", clusters, steps)
paired(f"{BITS} bits, linear over random start", ways["linear"], ways["random"])
show(
    lines(
        {way: (EACH, found[:, :, WAYS.index(way)]) for way in ("linear", *WAYS[-2:])},
        title="Share what is alike, then tune it",
        x="bits for each index",
        y="test accuracy",
        at=BITS,
        about="Sixteen values are enough. Tuning the codebook gains most where there are few; "
        "groups drawn at random stay far below, tuned as long.",
    )
)
claim("alike", ways["tuned"] > ways[WAYS[-1]])
claim("tuned", found[:, 0, WAYS.index("tuned")] > found[:, 0, WAYS.index("linear")])  # 1 bit
claim("closer", clusters < steps)
claim("sixteen-free", found[:, EACH.index(4), WAYS.index("tuned")] > floats - 0.02)
