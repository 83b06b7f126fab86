# NestDNN (Fang et al. 2018): one stored model that contains smaller ones. Prune filters in steps to
# a small core, freeze it, and grow the pruned filters back in stages, each trained around what is
# frozen. All capacities share weights, so a switch at run time only loads or drops filters.
#
# Here: hidden units of a 64-32-32-10 network on 8x8 digits, four capacities. Nesting works: a bare
# cut would be useless, and four capacities need the memory of one. Freezing keeps the small ones as
# they are and leaves larger ones a little behind models pruned one by one. Frame rates, energy and
# several applications at once are the paper's alone.

import numpy as np

from kb.lab import accuracy, centred, claim, dense_net, keep_units, lines, paired, parameters
from kb.lab import seeds, show, table, train

EPOCHS, SIZES = 4, (32, 24, 16, 8)  # of each stage; hidden units of each capacity


def importance(net, data, random):
    """For each hidden unit of each layer: how much more its answers differ between images of two
    classes than between two images of one class, as a share of its mean square."""
    other = random.permutation(len(data.y))
    same, scores = data.y[other] == data.y, []
    for answers in net.outputs(data.x)[1:-1:2]:
        gap = (answers - answers[other]) ** 2 / (np.mean(answers**2, 0) + 1e-9)
        scores.append(gap[~same].mean(0) - gap[same].mean(0))
    return scores


def narrower(net, kept):
    return keep_units(keep_units(net, 0, kept[0]), 1, kept[1])


def descend(net, data, seed):
    """Prune to each size and retrain; return the networks, and all units, the last to go first."""
    random, nets, orders = np.random.default_rng(seed), [net], [np.arange(SIZES[0])] * 2
    for size in SIZES[1:]:
        ranks = [np.argsort(-score) for score in importance(nets[-1], data, random)]
        nets.append(narrower(nets[-1], [rank[:size] for rank in ranks]))
        train(nets[-1], data, epochs=EPOCHS, batch=64, seed=seed)
        orders = [
            np.concatenate([order[rank], order[len(rank) :]]) for order, rank in zip(orders, ranks)
        ]
    return nets, orders


def block(layer, size):
    """The part of a weight that the model of this capacity uses."""
    outputs, inputs = layer.weight.shape
    return np.s_[: outputs if outputs == 10 else size, : inputs if inputs == 64 else size]


def put(net, part, size):
    """Write the model of this capacity into the larger one."""
    for layer, small in zip(net.weighted, part.weighted):
        layer.weight[block(layer, size)] = small.weight
        layer.bias[block(layer, size)[0]] = small.bias


def take(net, size):
    """The model of this capacity, as it would be loaded."""
    return narrower(net, [np.arange(size)] * 2)


def grow(full, core, orders, data, seed, frozen):
    """Put the core into the full network, then train stage after stage around what is there."""
    net = narrower(full, orders)
    put(net, core, SIZES[-1])
    for before, size in zip(SIZES[::-1], SIZES[-2::-1]):

        def freeze(stage, done):
            for layer in stage.weighted:
                layer.gradients[0][block(layer, before)] = 0
                layer.gradients[1][block(layer, before)[0]] = 0

        stage = take(net, size)
        train(
            stage, data, epochs=EPOCHS, batch=64, seed=seed, before_step=freeze if frozen else None
        )
        put(net, stage, size)
    return net


names = "cut", "separate", "nested", "not frozen"
scores = {name: [] for name in names}  # (seeds, capacities)
for seed in seeds():
    data, full = centred(seed), dense_net(64, SIZES[0], SIZES[0], 10, seed=seed)
    train(full, data, batch=64, seed=seed)
    alone, orders = descend(full, data, seed)
    cut = narrower(full, orders)
    nested, loose = (grow(full, alone[-1], orders, data, seed, frozen) for frozen in (True, False))
    for name, nets in zip(names, ([cut] * 4, alone, [nested] * 4, [loose] * 4)):
        found = [accuracy(take(net, size), data) for net, size in zip(nets, SIZES)]
        scores[name].append(found)

scores = {name: np.array(found) for name, found in scores.items()}
stored = [parameters(take(nested, size)) for size in SIZES]
rows = [
    (f"{size} units", *(scores[name][:, i] for name in names), stored[i])
    for i, size in enumerate(SIZES)
]
table(("", *names, "parameters"), rows[::-1])
print(f"all four capacities: nested {stored[0]:,} parameters, separate {sum(stored):,}")
nested, loose, cut, alone = (scores[name] for name in ("nested", "not frozen", "cut", "separate"))
paired("8 units, nested over not frozen", nested[:, -1], loose[:, -1])
paired("16 units, nested over cut", nested[:, 2], cut[:, 2])
paired("32 units, separate over nested", alone[:, 0], nested[:, 0])
show(
    lines(
        {name: (SIZES[::-1], scores[name][:, ::-1]) for name in names[1:]},
        title="Freezing saves the core, at a small price",
        x="hidden units in each layer",
        y="test accuracy",
        span=(0.6, 1),
        about="Frozen, the nested model gains with each capacity and stays a little behind "
        "separate models; not frozen, it catches up at the top and ruins its own core.",
    )
)
claim("core", nested[:, -1].mean() > loose[:, -1].mean() + 0.02)
claim("over-cut", nested[:, 2] > cut[:, 2])
claim("grows", nested[:, 0] > nested[:, -1])
