# Structured sparsity learning (Wen et al. 2016, SSL): put a penalty on the Euclidean norm of groups
# of weights, and training drives whole groups to zero: a row of a layer's matrix, which is a filter
# or unit, or a column, which is an input. What is left is a smaller dense matrix for any library,
# whereas as many zeros that stand anywhere (L1) save it nothing.
#
# Here: 64-48-24-10 on 8x8 digits. With groups every zero counts: as few multiplications are left as
# weights. With L1 and about as many zeros, hardly one is saved. But groups cost accuracy, and a
# network that has the sizes they found from the start is as good as what they leave.

import numpy as np

from kb.lab import SGD, accuracy, bars, centred, claim, dense_net, keep_units, macs, paired
from kb.lab import parameters, prune, seeds, show, shrink_groups, table, train

PENALTY, RATE = 0.35, 0.05  # strength of the group lasso; rate of training
STRENGTH = {"groups": PENALTY, "L1": 0.08, "stronger L1": 0.18}


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


found, same = {}, []
for seed in seeds():
    data, net = centred(seed), dense_net(64, 48, 24, 10, seed=seed)
    data = data._replace(x=data.x[:1000], y=data.y[:1000])
    train(net, data, epochs=8, batch=50, seed=seed, optimizer=SGD(RATE))
    nets = {"dense": net}
    for name, strength in STRENGTH.items():
        shrink = rows_and_columns if name == "groups" else single
        whole = sparse(net, data, shrink, strength, seed)
        nets[name] = squeezed(whole)
        gap = np.abs(nets[name](data.test_x) - whole(data.test_x)).max()
        same.append(gap < 1e-3)
    inputs = nets["groups"].weighted[0].weight.any(0)
    nets["small net"] = fresh = dense_net(64, *sizes(nets["groups"])[1:], seed=seed)
    prune(fresh, [np.ones_like(fresh.weighted[0].weight) * inputs, None, None])
    train(fresh, data, epochs=18, batch=50, seed=seed, optimizer=SGD(RATE))
    for name, one in nets.items():
        weights = sum(np.count_nonzero(layer.weight) for layer in one.weighted)
        row = accuracy(one, data), weights / macs(net), multiplications(one) / macs(net)
        cost = parameters(one, nonzero=True)
        found.setdefault(name, []).append((*row, cost, *sizes(one)))

found = {name: np.array(rows).T for name, rows in found.items()}
left = {name: "-".join(f"{n:.0f}" for n in rows[4:].mean(1)) for name, rows in found.items()}
table(
    ("", "accuracy", "weights left", "multiply-adds left", "parameters", "inputs and units"),
    [(name, *rows[:3], f"{rows[3].mean():,.0f}", left[name]) for name, rows in found.items()],
)
score, weights, work = ({name: rows[i] for name, rows in found.items()} for i in range(3))
paired("multiply-adds, L1 over groups", work["L1"], work["groups"])
paired("accuracy, small net over groups", score["small net"], score["groups"])
paired("accuracy, L1 over groups", score["L1"], score["groups"])
show(
    bars(
        {
            name: {"weights left": rows[1], "multiply-adds left": rows[2]}
            for name, rows in found.items()
        },
        title="Zeros in groups save work, others hardly",
        y="share of the dense network",
        span=(0, 1),
        about="With groups, and in a small network, weights and multiplications fall alike; "
        "with L1 the weights fall and the multiplications stay, or fall far less.",
    )
)
claim("every-zero", np.abs(work["groups"] - weights["groups"]) < 0.02)
claim("saves", work["groups"] < work["L1"] - 0.2)
claim("same-function", all(same))
