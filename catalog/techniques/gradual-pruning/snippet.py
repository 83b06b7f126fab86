# Gradual pruning (Zhu and Gupta 2017): raise the sparsity during training along a cubic curve, fast
# while redundant weights abound, then ever more slowly. A large network made sparse in this way
# beats a small dense one of the same memory.
#
# Here: a 64-64-10 network on 8x8 digits, cut to 5% of its weights, 3 seeds, 10 epochs each way. The
# large sparse network beats the small dense one by far, but too easily: 4 hidden units are hardly a
# network. The cubic curve beats a straight one; its lead over one cut is within the spread.

import numpy as np

from kb.lab import (
    accuracy,
    dense_net,
    digits,
    layer_masks,
    lines,
    parameters,
    prune,
    show,
    table,
    train,
)

SEEDS, EPOCHS, EVERY = range(3), 10, 11  # half an epoch between two cuts
INITIAL, FINAL, FIRST, LAST = 0.0, 0.95, 0.1, 0.7  # cuts happen in this part of training


def rising(power):
    """s_t = s_f + (s_i - s_f) (1 - (t - t_0) / (n dt))^3, as a function of the training done."""

    def sparsity(done):
        passed = np.clip((done - FIRST) / (LAST - FIRST), 0, 1)
        return FINAL + (INITIAL - FINAL) * (1 - passed) ** power

    return sparsity


def dense(done):
    return 0.0


WAYS = {  # trainings one after another, each with its epochs and its sparsity
    "cubic": [(EPOCHS, rising(3))],
    "linear": [(EPOCHS, rising(1))],
    "train, cut, fine-tune": [(EPOCHS // 2, dense), (EPOCHS // 2, lambda done: FINAL)],
    "large dense": [(EPOCHS, dense)],
}


def follow(net, data, seed, trainings):
    """Train and prune; accuracy just after each cut. The smallest weights are found anew."""
    path = []
    for epochs, sparsity in trainings:
        steps = iter(range(10**6))

        def cut(net, done):
            if next(steps) % EVERY == 0:
                prune(net, layer_masks(net, float(sparsity(done))))
                path.append(accuracy(net, data))

        train(net, data, epochs, batch=64, seed=seed, after_step=cut)
    return path


paths, scores = {way: [] for way in WAYS}, {way: [] for way in (*WAYS, "small dense")}
for seed in SEEDS:
    data, nets = digits(seed), {way: dense_net(64, 64, 10, seed=seed) for way in WAYS}
    for way, trainings in WAYS.items():
        paths[way].append(follow(nets[way], data, seed, trainings))
    nets["small dense"] = dense_net(64, 4, 10, seed=seed)
    train(nets["small dense"], data, EPOCHS, batch=64, seed=seed)
    for way, net in nets.items():
        scores[way].append(accuracy(net, data))

kept = {way: parameters(net, nonzero=True) for way, net in nets.items()}
table(("", "parameters left", "accuracy"), [(way, kept[way], scores[way]) for way in scores])
mean = {way: np.mean(found) for way, found in scores.items()}
lowest = {way: np.mean(paths[way], 0)[4:].min() for way in WAYS}
assert kept["cubic"] < kept["small dense"] + 5 and mean["cubic"] > mean["small dense"] + 0.2
assert mean["cubic"] > max(mean["linear"] + 0.03, mean["train, cut, fine-tune"] - 0.02)
assert lowest["cubic"] > max(lowest["linear"], lowest["train, cut, fine-tune"]) + 0.05
assert mean["cubic"] < mean["large dense"] - 0.05  # 95% is not free here
epochs = EVERY / (len(data.x) / 64) * np.arange(len(paths["cubic"][0]))
show(
    lines(
        {way: (epochs, paths[way]) for way in WAYS if way != "large dense"},
        title="The cubic curve has its worst cuts early",
        x="epochs",
        y="test accuracy after each cut",
        about="After one cut, and at the end of a straight line, accuracy falls to about 0.4. "
        "Along the cubic curve it dips to about 0.6 half-way, and ends highest.",
    )
)
