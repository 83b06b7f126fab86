# BiFPN (Tan et al. 2020): fuse feature maps of several scales top-down and bottom-up; nodes with a
# single input are left out, an edge joins input and output of the same scale, and every input has
# a learned weight w >= 0, normalized by the sum: as good as a softmax, without its exponentials.
#
# Here: three scales of 8x8 digits, each under noise of its own; the block is to give back the clean
# picture at every scale. No convolutions between, so weights are all that is learned; against the
# same graph with equal weights. That the extra edge pays does not show (its weight goes to zero):
# nothing is lost on the way round that it could bring back.

import numpy as np

from kb.lab import Adam, bars, claim, digits, paired, seeds, show, table

FINE = 0.6  # noise of the 8x8 map
STEPS, RATE, EPS = 50, 0.1, 1e-4
NOISE, LEVELS, SIZES = (FINE, 0.3, 0.2), "345", ("8x8", "4x4", "2x2")


def same(x):
    return x


def down(x):
    n, side, _ = x.shape
    return x.reshape(n, side // 2, 2, side // 2, 2).mean((2, 4))


def up(x):
    return x.repeat(2, 1).repeat(2, 2)


BACK = {same: same, up: lambda g: 4 * down(g), down: lambda g: up(g) / 4}  # gradients
FPN = {
    "out4": [("in4", same), ("in5", up)],  # node: what flows into it, and how
    "out3": [("in3", same), ("out4", up)],
}
BIFPN = {
    "mid4": [("in4", same), ("in5", up)],
    "out3": [("in3", same), ("mid4", up)],
    "out4": [("in4", same), ("mid4", same), ("out3", down)],
    "out5": [("in5", same), ("out4", down)],
}


def fast(v):
    """w / (eps + sum w) with w = relu(v), and how a gradient passes back to v."""
    w, total = np.maximum(v, 0), np.maximum(v, 0).sum() + EPS
    return w / total, lambda g: (v > 0) * (g - g @ w / total) / total


def soft(v):
    p = np.exp(v - v.max()) / np.exp(v - v.max()).sum()
    return p, lambda g: p * (g - g @ p)


def fuse(graph, maps, shares):
    """All maps; an output that is not fused is its input."""
    maps = maps | {"out" + level: maps["in" + level] for level in LEVELS}
    for node, edges in graph.items():
        maps[node] = sum(p * how(maps[name]) for p, (name, how) in zip(shares[node], edges))
    return maps


def learn(graph, inputs, clean, rule, steps):
    """The share of each edge, after gradient descent on the squared error of all outputs."""
    weights = {node: np.ones(len(edges)) for node, edges in graph.items()}
    values, optimizer = list(weights.values()), Adam(RATE)
    optimizer.start(values)
    for step in range(steps):
        maps = fuse(graph, inputs, {node: rule(v)[0] for node, v in weights.items()})
        wrong, steepest = {name: np.zeros_like(found) for name, found in maps.items()}, {}
        for level in LEVELS:
            goal = clean["in" + level]
            wrong["out" + level] = (maps["out" + level] - goal) / goal.size
        for node, edges in reversed(graph.items()):
            shares, back = rule(weights[node])
            mine = wrong[node]
            steepest[node] = back(np.array([np.vdot(mine, how(maps[name])) for name, how in edges]))
            for p, (name, how) in zip(shares, edges):
                wrong[name] = wrong[name] + p * BACK[how](mine)
        optimizer.step(values, [steepest[node] for node in weights], 1 - step / steps)
    return {node: rule(v)[0] for node, v in weights.items()}


def pyramid(full):
    return {"in3": full, "in4": down(full), "in5": down(down(full))}


WAYS = {
    "no fusion": ({}, fast, 0),
    "top-down": (FPN, fast, STEPS),
    "both, equal": (BIFPN, fast, 0),
    "both, learned": (BIFPN, fast, STEPS),
    "both, softmax": (BIFPN, soft, STEPS),
}
errors, shares = {name: [] for name in WAYS}, {name: [] for name in WAYS}
for seed in seeds():
    random, data = np.random.default_rng(seed), digits(seed)
    clean, held = (pyramid(x.reshape(-1, 8, 8)) for x in (data.x[:100], data.test_x))
    noisy, seen = (
        {
            name: found + np.float32(size) * random.standard_normal(found.shape, np.float32)
            for size, (name, found) in zip(NOISE, part.items())
        }
        for part in (clean, held)
    )
    for name, (graph, rule, steps) in WAYS.items():
        shares[name].append(learn(graph, noisy, clean, rule, steps))
        maps = fuse(graph, seen, shares[name][-1])
        wrong = [maps["out" + level] - held["in" + level] for level in LEVELS]
        errors[name].append([np.sqrt(np.mean(one**2)) for one in wrong])

errors = {name: np.array(found) for name, found in errors.items()}
edges = {name: sum(len(one) for one in graph.values()) for name, (graph, _, _) in WAYS.items()}
table(
    ("error at", *SIZES, "edges"),
    [(name, *found.T, edges[name]) for name, found in errors.items()],
)
learned = shares["both, learned"]
for node, flows in BIFPN.items():
    parts = zip(np.mean([one[node] for one in learned], 0), flows)
    print(f"{node} =", " + ".join(f"{p:.2f} {how.__name__}({name})" for p, (name, how) in parts))
none, one_way, equal, best, softmax = errors.values()
paired("all maps, learned over equal", best.mean(1), equal.mean(1))
paired("2x2, both ways over top-down", best[:, 2], one_way[:, 2])
paired("all maps, fast over softmax", best.mean(1), softmax.mean(1))
show(
    bars(
        {size: {name: errors[name][:, i] for name in WAYS} for i, size in enumerate(SIZES)},
        title="The way back helps coarse maps, weights help all",
        y="error of the map (root mean square)",
        span=(0, 0.8),
        about="Top-down fusion leaves the coarsest map "
        "as it was; with both directions it gains most, and learned weights beat equal ones.",
    )
)
claim("learned", (best < equal).all(1))
claim("back", best[:, 2] < one_way[:, 2])
claim("softmax", np.abs(best - softmax).max(1) < 0.02)
claim("edge", np.array([one["out4"][0] for one in learned]) < 0.1)
