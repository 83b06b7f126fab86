# Depth-increasing sparsity, the "triangle" of the reading list: leave the first layers alone and
# prune more towards the output, where a classifier has weights to spare. The list names the catch:
# most of the compute sits in the first layers, so little of it is saved.
#
# Here: two convolutions and two dense layers on 8x8 digits, as many weights removed each way. The
# catch is arithmetic: little more than a third of the multiplications go. And the idea does not
# hold to the end: the output layer has few weights, and a triangle that spares it is better.

import numpy as np

from kb.lab import SGD, Conv, Dense, Net, Relu, Reshape, accuracy, bars, centred, claim
from kb.lab import keep_largest, layer_macs, layer_masks, macs, paired, parameters, prune, seeds
from kb.lab import show, table, train

LAYERS = ("conv 1", "conv 2", "dense", "output")
TOP, A, B, HIDDEN = 0.9, 4, 8, 32  # sparsity of the last layer; filters, filters, units


def network(seed):
    """As in AlexNet: convolutions on large maps first, wide dense layers at the end."""
    random = np.random.default_rng(seed)

    def start(kind, *shape, **options):
        weight = random.standard_normal(shape) * np.sqrt(2 / np.prod(shape[1:]))
        return kind(weight.astype(np.float32), np.zeros(shape[0], np.float32), **options)

    return Net(
        [
            Reshape(1, 8, 8),
            start(Conv, A, 1, 3, 3),
            Relu(),
            start(Conv, B, A, 3, 3, stride=2),
            Relu(),
            Reshape(-1),
            start(Dense, HIDDEN, 16 * B),
            Relu(),
            start(Dense, 10, HIDDEN),
        ]
    )


def triangle(layers):
    """s_l = s_max (l - 1) / (L - 1) for the layers l = 1 to L."""
    return TOP * np.arange(layers) / (layers - 1)


def alone(net, data, share=0.8):
    """Accuracy with each layer pruned alone."""
    found = []
    for layer in net.weighted:
        whole = layer.weight
        layer.weight = whole * keep_largest(np.abs(whole), share)
        found.append(accuracy(net, data))
        layer.weight = whole
    return found


weights = np.array([layer.weight.size for layer in network(0).weighted])
muls = np.array(layer_macs(network(0)))
rising = triangle(len(weights))
total = weights @ rising / weights.sum()  # removed by each of the schedules
spared = np.append(triangle(len(weights) - 1), 0)  # a triangle that ends before the output
spared *= total * weights.sum() / (weights @ spared)
SCHEDULES = {"triangle": rising, "output spared": spared, "uniform": np.full(len(weights), total)}
cut, tuned = {name: [] for name in SCHEDULES}, {name: [] for name in SCHEDULES}
dense, bears = [], []
for seed in seeds():
    data, net = centred(seed), network(seed)
    train(net, data, 4, batch=64, seed=seed)
    dense.append(accuracy(net, data))
    bears.append(alone(net, data))
    for name, shares in SCHEDULES.items():
        small = net.copy()
        prune(small, layer_masks(small, shares.tolist()))
        cut[name].append(accuracy(small, data))
        train(small, data, 1, batch=64, seed=seed, optimizer=SGD(0.05))
        tuned[name].append(accuracy(small, data))

saved, rows = {}, [("nothing", "", "0%", dense, "")]
for name, shares in SCHEDULES.items():
    saved[name] = muls @ shares / muls.sum()
    by_layer = " ".join(f"{share:3.0%}" for share in shares)
    rows.append((name, by_layer, f"{saved[name]:.0%}", cut[name], tuned[name]))
table((f"{total:.0%} of weights gone", "by layer", "MACs gone", "cut", "cut, retrained"), rows)
print("each layer alone at 80%: " + " ".join(f"{found:.2f}" for found in np.mean(bears, 0)))
counted = 1 - macs(small, nonzero=True) / muls.sum()  # of the last network, made uniform
print(f"counted in the masks {counted:.0%}; {parameters(small, nonzero=True):,} parameters left")
cut, tuned = ({name: np.array(found) for name, found in of.items()} for of in (cut, tuned))
paired("cut, output spared over triangle", cut["output spared"], cut["triangle"])
paired("retrained, output spared over triangle", tuned["output spared"], tuned["triangle"])
paired("retrained, output spared over uniform", tuned["output spared"], tuned["uniform"])
columns = zip(weights / weights.sum(), muls / muls.sum(), rising)
parts = ("weights", "multiplications", "sparsity of the triangle")
show(
    bars(
        {name: dict(zip(parts, column)) for name, column in zip(LAYERS, columns)},
        title="Weights sit late, multiplications early",
        y="share of the whole, and sparsity",
        span=(0, 1),
        about="The convolutions have 7% of the weights and 61% of the multiplications; the wide "
        "dense layer has 86% and 36%. The triangle prunes the output hardest, which has "
        "little of either.",
    )
)
claim("saves-less", saved["triangle"] < 0.7 * saved["uniform"])
claim("spare-output", tuned["output spared"] > tuned["triangle"])
