# 2:4 sparsity (Mishra et al. 2021): of every four neighbours in a row two weights stay, so that
# hardware can skip the others. Train, prune once by size, train again with the pattern fixed.
#
# Here: a network for digits with half of its weights gone; what is stored are the weights that stay
# and where each stood in its group. Controls: half of the weights anywhere, which hardware cannot
# skip; half of each group by chance; whole columns, which leave a small dense network.

import numpy as np

from kb.lab import (
    accuracy,
    bars,
    centred,
    claim,
    dense_net,
    paired,
    prune,
    seeds,
    show,
    table,
    train,
)

DOUBLINGS = 2  # half of each 2**DOUBLINGS neighbours stay: 1:2, 2:4, 4:8, 8:16
GROUP = 2**DOUBLINGS


def best(scores, of, along):
    """Mask: where ``scores`` are in the upper half of each ``of`` neighbours ``along`` an axis."""
    groups = np.moveaxis(scores, along, -1)
    shape = groups.shape
    groups = groups.reshape(-1, of)
    order = np.argsort(np.argsort(groups, axis=1), axis=1)
    return np.moveaxis((order >= of // 2).reshape(shape), -1, along).astype(np.float32)


def pattern(weight, random):
    """Half of each group, by size."""
    return best(np.abs(weight), GROUP, along=1)


def by_chance(weight, random):
    return best(random.random(weight.shape), GROUP, along=1)


def anywhere(weight, random):
    return best(np.abs(weight).ravel(), weight.size, along=0).reshape(weight.shape)


def columns(weight, random):
    norms = np.linalg.norm(weight, axis=0)
    return np.tile(best(norms, len(norms), along=0), (len(weight), 1))


def packed(weight):
    """What is stored of a weight: the numbers that stay, and the place of each in its group."""
    groups = weight.reshape(len(weight), -1, GROUP)
    places = np.argsort(groups == 0, axis=2, kind="stable")[:, :, : GROUP // 2]
    return np.take_along_axis(groups, places, 2), places


def product(values, places, x):
    """x (n, inputs) times the packed weight: half of the multiplications, picked by place."""
    groups = x.reshape(len(x), -1, GROUP)
    picked = groups[:, np.arange(groups.shape[1])[:, None], places]  # (n, outputs, groups, half)
    return (picked * values).sum((2, 3))


WAYS = {"anywhere": anywhere, "in groups": pattern, "by chance": by_chance, "columns": columns}
dense, gap = [], []
cut, tuned = ({name: [] for name in WAYS} for _ in range(2))
for seed in seeds():
    data, random = centred(seed), np.random.default_rng(seed)
    net = dense_net(64, 16, 10, seed=seed)
    train(net, data, epochs=8, batch=64, seed=seed)
    dense.append(accuracy(net, data))
    for name, way in WAYS.items():
        one = net.copy()
        prune(one, [way(layer.weight, random) for layer in one.weighted])
        cut[name].append(accuracy(one, data))
        train(one, data, epochs=3, batch=64, seed=seed)
        tuned[name].append(accuracy(one, data))
        if name == "in groups":
            weight, x = one.weighted[0].weight, data.test_x
            gap.append(np.abs(product(*packed(weight), x) - x @ weight.T).max())
cut, tuned = ({name: np.array(v) for name, v in kept.items()} for kept in (cut, tuned))

bits = 16 / 2 + np.log2(GROUP) / 2  # of each weight in 16 bits: half the numbers and their places
table(("half of the weights", "cut", "trained again"), [(n, cut[n], tuned[n]) for n in WAYS])
print(f"dense: {np.mean(dense):.3f}; {bits:g} bits a weight instead of 16")
print(f"packed and dense product differ by {max(gap):.0e}")
paired("trained again, in groups minus columns", tuned["in groups"], tuned["columns"])
paired("trained again, in groups minus anywhere", tuned["in groups"], tuned["anywhere"])
paired("cut, in groups minus anywhere", cut["in groups"], cut["anywhere"])
show(
    bars(
        {name: {"cut": cut[name], "trained again": tuned[name]} for name in WAYS},
        title="Half of each small group stays",
        y="test accuracy",
        about="Cut, groups lose more than free choice; trained again they are level with it and "
        "above whole columns. Half of each group by chance is worst.",
    )
)
claim("beats-columns", tuned["in groups"] > tuned["columns"])
claim("by-size", tuned["in groups"] > tuned["by chance"])
claim("nearly-free", tuned["in groups"] > np.array(dense) - 0.02)
claim("same-product", np.array(gap) < 1e-4)
