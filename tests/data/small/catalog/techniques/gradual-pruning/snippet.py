# Gradual pruning (Zhu and Gupta 2017): raise the sparsity during training along a cubic curve, fast
# while redundant weights abound, then ever more slowly. A large network made sparse in this way
# beats a small dense one of the same memory.
#
# Here: a 64-64-10 network on 8x8 digits, cut to 5% of its weights, ten epochs each way, against one
# cut, a straight line, and two small dense networks: one of as many parameters, one of as many
# bytes, since the sparse one also stores where its weights stand. Masks stand in for its kernels.

import numpy as np

from kb.lab import accuracy, bits, centred, claim, dense_net, layer_masks, lines, paired, parameters
from kb.lab import prune, seeds, show, sparsity, table, train

FINAL, POWER = 0.95, 3  # sparsity in the end; 3 makes the curve cubic
FIRST, LAST, EPOCHS, EVERY = 0.1, 0.7, 10, 11  # part of training with cuts; steps between two


def rising(power):
    """s_t = s_f + (s_i - s_f) (1 - (t - t_0) / (n dt))^power with s_i = 0, by the training done."""

    def wanted(done):
        passed = np.clip((done - FIRST) / (LAST - FIRST), 0, 1)
        return FINAL * (1 - (1 - passed) ** power)

    return wanted


def once(done):
    """Train, cut, fine-tune: nothing until half of the training is done, then all."""
    return FINAL if done >= 0.5 else 0.0


def dense(done):
    return 0.0


WAYS = {"curve": rising(POWER), "straight line": rising(1), "one cut": once, "large dense": dense}
SMALL = "small, same parameters", "small, same bytes"


def follow(net, data, seed, wanted):
    """Train and prune; accuracy just after each cut. The smallest weights are found anew."""
    path, steps = [], iter(range(10**6))

    def cut(net, done):
        if next(steps) % EVERY == 0:
            prune(net, layer_masks(net, float(wanted(done))))
            path.append(accuracy(net, data))

    train(net, data, EPOCHS, batch=64, seed=seed, after_step=cut)
    return path


def memory(net):
    """Bytes; of 4,736 weights, 13 bits say where one that is left stands."""
    few = sparsity(net) > 0.3  # fewer than that, and a dense matrix is smaller
    return bits(net, index=13 if few else 0) / 8


def units(numbers):
    """Hidden units of the dense network that comes closest to so many parameters."""
    return max(1, round((numbers - 10) / (64 + 10 + 1)))


paths, scores = {way: [] for way in WAYS}, {way: [] for way in (*WAYS, *SMALL)}
for seed in seeds():
    data, nets = centred(seed), {way: dense_net(64, 64, 10, seed=seed) for way in WAYS}
    for way, wanted in WAYS.items():
        paths[way].append(follow(nets[way], data, seed, wanted))
    sizes = parameters(nets["curve"], nonzero=True), memory(nets["curve"]) / 4
    for name, numbers in zip(SMALL, sizes):
        nets[name] = dense_net(64, units(numbers), 10, seed=seed)
        train(nets[name], data, EPOCHS, batch=64, seed=seed)
    for way, net in nets.items():
        scores[way].append(accuracy(net, data))

scores = {way: np.array(found) for way, found in scores.items()}
left = {way: parameters(net, nonzero=True) for way, net in nets.items()}
stored = {way: round(memory(net)) for way, net in nets.items()}
table(("", "parameters", "bytes", "accuracy"), [(w, left[w], stored[w], scores[w]) for w in scores])
for way in (*SMALL, "one cut", "straight line"):
    paired(f"curve over {way}", scores["curve"], scores[way])
lowest = {way: np.array(paths[way])[:, 4:].min(1) for way in WAYS}  # (seeds,), once it has learned
paired("worst moment, curve over one cut", lowest["curve"], lowest["one cut"])
epochs = EVERY / (len(data.x) / 64) * np.arange(len(paths["curve"][0]))
show(
    lines(
        {way: (epochs, paths[way]) for way in WAYS if way != "large dense"},
        title="The curve has its worst cuts early",
        x="epochs",
        y="test accuracy after each cut",
        about="After one cut, and at the end of a straight line, accuracy falls far. Along the "
        "curve it dips half-way, while there is time to recover, and ends highest.",
    )
)
claim("curve", (scores["curve"] > scores["one cut"]) & (scores["curve"] > scores["straight line"]))
claim("large-sparse", scores["curve"] > scores[SMALL[0]])
claim("gentle", lowest["curve"] > lowest["one cut"])
claim("not-free", scores["curve"] < scores["large dense"])
