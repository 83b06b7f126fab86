# Data-free depthwise decomposition (DAC, Li et al. 2019): for each input channel the kernels of all
# output channels are a matrix, outputs by nine places. Its best approximation of rank r, by SVD, is
# r spatial filters, a depthwise layer, and how much of each every output takes, a pointwise layer.
# VGG-16 saves 53% of its FLOPs for 2% of accuracy, with neither data nor training.
#
# Here: the 3x3 layer from 16 to 24 channels of networks trained on 8x8 digits, 3 seeds; nothing is
# tuned afterwards. Accuracy falls little by little, and less than with filters that are the same
# for all channels. Half of the cost for 2% does not show: kernels of one channel share little
# in so small a network. Low rank across channels, which needs no data either, does better here.

import numpy as np

from kb.lab import Conv, Layer, Net, accuracy, conv_net, digits, input_of, lines, show, table, train

SEEDS, RANKS = range(3), (1, 2, 3, 4, 5, 6)


class Separable(Layer):
    """Filters (inputs, r, 9), r for each channel, and mixing (inputs, r, outputs); forward only."""

    def __init__(self, filters, mixing, like):
        self.filters, self.mixing, self.like = filters, mixing, like

    def forward(self, x):
        inputs, _, outputs = self.mixing.shape
        seen = self.like.rows(x).reshape(-1, inputs, 9).transpose(1, 0, 2)
        depthwise = seen @ self.filters.transpose(0, 2, 1)
        pointwise = (depthwise @ self.mixing).sum(0) + self.like.bias
        side = int(np.sqrt(len(pointwise) // len(x)))
        return pointwise.reshape(len(x), side, side, outputs).transpose(0, 3, 1, 2)


def by_channel(kernel):
    """(outputs, inputs, 3, 3) to (inputs, outputs, 9)."""
    return kernel.transpose(1, 0, 2, 3).reshape(kernel.shape[1], -1, 9)


def dac(layer, rank):
    """Split each channel's matrix: v are the filters, u s is how much of them each output takes."""
    u, s, v = np.linalg.svd(by_channel(layer.weight), full_matrices=False)
    return [Separable(v[:, :rank], (u * s[:, None])[:, :, :rank].transpose(0, 2, 1), layer)]


def shared(layer, rank):
    """A rival: the same filters for all channels, the best for all kernels together."""
    filters = np.linalg.svd(layer.weight.reshape(-1, 9), full_matrices=False)[2][:rank]
    filters = np.repeat(filters[None], layer.weight.shape[1], 0)
    return [Separable(filters, filters @ by_channel(layer.weight).transpose(0, 2, 1), layer)]


def across(layer, rank):
    """Another: low rank across channels, a 3x3 layer to fewer outputs and then 1x1, as costly."""
    outputs, inputs = layer.weight.shape[:2]
    kept = round(rank * inputs * (9 + outputs) / (9 * inputs + outputs))
    u, s, v = np.linalg.svd(layer.weight.reshape(outputs, -1), full_matrices=False)
    first = Conv(v[:kept].reshape(kept, inputs, 3, 3), np.zeros(kept, np.float32), layer.stride)
    return [first, Conv((u * s)[:, :kept, None, None], layer.bias)]


WAYS = {"DAC": dac, "same filters for all": shared, "across channels": across}
scores, whole, energies = {name: [] for name in WAYS}, [], {"fresh": [], "trained": []}
for seed in SEEDS:
    data, net = digits(seed), conv_net(16, 24, seed=seed)
    fresh = net.weighted[1].weight.copy()
    train(net, data, epochs=4, batch=64, seed=seed)
    whole.append(accuracy(net, data))
    layer, rest = net.layers[3], net.layers[4:]
    data = data._replace(test_x=input_of(net, layer, data.test_x))
    assert np.isclose(accuracy(Net([*dac(layer, 9), *rest]), data), whole[-1], atol=0.005)
    for name, way in WAYS.items():
        layers = [way(layer, rank) for rank in RANKS]
        scores[name].append([accuracy(Net([*one, *rest]), data) for one in layers])
    for name, kernel in (("fresh", fresh), ("trained", layer.weight)):
        energy = (np.linalg.svd(by_channel(kernel), compute_uv=False) ** 2).sum(0)
        energies[name].append(energy / energy.sum())

scores = {name: np.array(found) for name, found in scores.items()}
costs = [rank * (1 / layer.weight.shape[0] + 1 / 9) for rank in RANKS]
rows = [
    (f"rank {rank}, {cost:.0%}", *(found[:, i] for found in scores.values()))
    for i, (rank, cost) in enumerate(zip(RANKS, costs))
]
table(("rank, multiplications", *WAYS), [*rows, ("whole layer", whole, "", "")])
for name, found in energies.items():
    print(f"{name} weights, energy of a channel's nine filters:", *np.mean(found, 0).round(2))
mean = {name: found.mean(0) for name, found in scores.items()}
assert (mean["DAC"][1:5] > mean["same filters for all"][1:5] + 0.03).all()
assert np.mean(whole) - 0.1 < mean["DAC"][2] < mean["across channels"][2] - 0.02
assert mean["DAC"][4] > np.mean(whole) - 0.04
show(
    lines(
        {name: (np.round(100 * np.array(costs)), found) for name, found in scores.items()},
        title="Filters chosen for each channel beat one set for all",
        x="multiplications, % of the layer's",
        y="test accuracy without any tuning",
        about="At any cost, filters chosen for each channel keep more of the accuracy than one "
        "set of filters for all; low rank across channels keeps most.",
    )
)
