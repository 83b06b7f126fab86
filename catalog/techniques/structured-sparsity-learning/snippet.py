# Structured sparsity learning (Wen et al. 2016, SSL): put a penalty on the Euclidean norm of groups
# of weights, and training drives whole groups to zero: a row of a layer's matrix, which is a filter
# or unit, or a column, which is an input. What is left is a smaller dense matrix for any library,
# whereas as many zeros that stand anywhere (L1) save it nothing.
#
# Here: 64-48-24-10 on 8x8 digits, 4 seeds. With groups every zero counts: 42% of the weights are
# 42% of the multiplications. With L1 and as many zeros, none is saved. But groups cost accuracy,
# and a network that has the sizes they found from the start learns better than what they leave.

import numpy as np

from kb.lab import (
    SGD,
    accuracy,
    bars,
    dense_net,
    digits,
    keep_units,
    macs,
    prune,
    show,
    shrink_groups,
    table,
    train,
)

SEEDS, RATE = range(4), 0.05
STRENGTH = {"groups": 0.35, "L1": 0.08, "stronger L1": 0.18}


def rows_and_columns(weight, amount, last):
    """Every column (an input), then every row (a unit) shorter by amount, or zero; classes stay."""
    weight = shrink_groups(weight, amount, axis=1)
    return weight if last else shrink_groups(weight, amount, axis=0)


def single(weight, amount, last):
    """The same with each weight as a group of its own."""
    return np.sign(weight) * np.maximum(np.abs(weight) - amount, 0)


def sparse(net, data, shrink, strength, seed):
    """Train on with a penalty, then without it but with its zeros kept."""
    net = net.copy()

    def step(net, done):
        amount = strength * RATE * (1 + np.cos(np.pi * done)) / 2
        for layer in net.weighted:
            layer.weight = shrink(layer.weight, amount, layer is net.weighted[-1])
        for layer in net.weighted[:-1]:
            layer.bias = layer.bias * layer.weight.any(1)

    train(net, data, epochs=5, batch=50, seed=seed, optimizer=SGD(RATE), after_step=step)
    prune(net, [layer.weight != 0 for layer in net.weighted])
    train(net, data, epochs=5, batch=50, seed=seed, optimizer=SGD(RATE))
    return net


def squeezed(net):
    """The same function, with units that nothing enters or nothing leaves really cut out."""
    for i, layer in enumerate(net.weighted[:-1]):
        net = keep_units(net, i, layer.weight.any(1) & net.weighted[i + 1].weight.any(0))
    return net


def sizes(net):
    """Inputs that are used, units, and classes: what a dense library has to multiply."""
    return [net.weighted[0].weight.any(0).sum(), *(len(layer.weight) for layer in net.weighted)]


def multiplications(net):
    return sum(a * b for a, b in zip(sizes(net), sizes(net)[1:]))


found = {}
for seed in SEEDS:
    data, net = digits(seed), dense_net(64, 48, 24, 10, seed=seed)
    data = data._replace(x=data.x[:1000], y=data.y[:1000])
    train(net, data, epochs=8, batch=50, seed=seed, optimizer=SGD(RATE))
    nets = {"dense": net}
    for name, strength in STRENGTH.items():
        shrink = rows_and_columns if name == "groups" else single
        whole = sparse(net, data, shrink, strength, seed)
        nets[name] = squeezed(whole)
        assert np.allclose(nets[name](data.test_x), whole(data.test_x), atol=1e-3)
    inputs = nets["groups"].weighted[0].weight.any(0)
    nets["small net"] = fresh = dense_net(64, *sizes(nets["groups"])[1:], seed=seed)
    prune(fresh, [np.ones_like(fresh.weighted[0].weight) * inputs, None, None])
    train(fresh, data, epochs=18, batch=50, seed=seed, optimizer=SGD(RATE))
    for name, one in nets.items():
        weights = sum(np.count_nonzero(layer.weight) for layer in one.weighted)
        row = accuracy(one, data), weights / macs(net), multiplications(one) / macs(net)
        found.setdefault(name, []).append((*row, *sizes(one)))

found = {name: np.array(rows).T for name, rows in found.items()}
left = {name: "-".join(f"{n:.0f}" for n in rows[3:].mean(1)) for name, rows in found.items()}
table(
    ("", "accuracy", "weights left", "multiply-adds left", "inputs and units"),
    [(name, *rows[:3], left[name]) for name, rows in found.items()],
)
score, weights, work = ({name: rows[i].mean() for name, rows in found.items()} for i in range(3))
assert abs(weights["groups"] - weights["L1"]) < 0.06
assert abs(work["groups"] - weights["groups"]) < 0.03
assert work["groups"] < 0.5 and work["L1"] > 0.9
assert score["dense"] - 0.03 < score["groups"] < score["small net"] - 0.005
show(
    bars(
        {
            name: {"weights left": rows[1], "multiply-adds left": rows[2]}
            for name, rows in found.items()
        },
        title="Zeros in groups save work, others hardly",
        y="share of the dense network",
        about="With groups, and in a small network, weights and multiplications fall alike; "
        "with L1 the weights fall and the multiplications stay, or fall far less.",
    )
)
