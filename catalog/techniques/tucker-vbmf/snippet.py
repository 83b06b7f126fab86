# Tucker decomposition with VBMF ranks (Kim et al. 2016): take a kernel for a signal of low rank in
# noise. Empirical variational Bayes (Nakajima et al. 2013) says for each of its two channel modes
# which singular values noise alone cannot explain; that many directions stay. The layer becomes
# three, 1x1, 3x3 and 1x1, and the network is fine-tuned once. Nothing is searched.
#
# Here: one 3x3 layer from 16 to 24 channels on 8x8 digits, 3 seeds. VBMF finds nothing in fresh
# weights and a few directions in trained ones. Cut to these and tuned, the network is nearly what
# it was, and better than the same three layers from fresh weights; filters pruned by norm to the
# same cost do as well, which is no surprise in so small a net. Time and energy cannot show.

import numpy as np

from kb.lab import (
    Conv,
    Net,
    accuracy,
    conv_net,
    digits,
    group_norms,
    keep_units,
    layer_macs,
    lines,
    show,
    table,
    train,
)

SEEDS = range(3)


def unfold(kernel, mode):
    """The kernel as a matrix with one row for each output (mode 0) or each input (mode 1)."""
    return np.moveaxis(kernel, mode, 0).reshape(kernel.shape[mode], -1)


def spectrum(matrix):
    """Singular values, largest first, and left singular vectors."""
    squares, vectors = np.linalg.eigh(matrix @ matrix.T)
    return np.sqrt(squares[::-1]), vectors[:, ::-1]


def vbmf(matrix):
    """The rank that empirical variational Bayes keeps, and the singular value it takes to stay."""
    rows, columns = matrix.shape  # at least as many columns as rows
    alpha = rows / columns
    tau = 2.5129 * np.sqrt(alpha)
    edge = (1 + tau) * (1 + alpha / tau)
    power = spectrum(matrix)[0] ** 2 / columns
    rest = power[int(np.ceil(rows / (1 + alpha))) - 1 :]  # so many at least are noise
    noise = np.geomspace(max(rest[0] / edge, rest.mean()), power.mean(), 300)[:, None]
    x = power / noise  # (guesses of the variance, directions)
    gap = np.where(x > edge, x - 1 - alpha, 2 * np.sqrt(alpha))
    signal = (gap + np.sqrt(gap**2 - 4 * alpha)) / 2
    gain = np.log(signal + 1) + alpha * np.log(signal / alpha + 1) - signal
    energy = (x - np.log(x) + np.where(x > edge, gain, 0)).sum(1)
    variance = noise[energy.argmin(), 0]
    return int((power > edge * variance).sum()), np.sqrt(edge * variance * columns)


def tucker(layer, outputs, inputs):
    """Three layers for one: to `inputs` directions, the core, and from `outputs` directions."""
    kernel = layer.weight
    u, v = (spectrum(unfold(kernel, mode))[1][:, :r] for mode, r in enumerate((outputs, inputs)))
    core = np.einsum("tsij,tp,sq->pqij", kernel, u, v)
    zeros = np.zeros(max(outputs, inputs), np.float32)
    return [
        Conv(v.T[:, :, None, None], zeros[:inputs]),
        Conv(core, zeros[:outputs], layer.stride),
        Conv(u[:, :, None, None], layer.bias),
    ]


def pruned(net, inputs, outputs):
    """The rival: whole filters go, those of the smallest norm, before and behind the layer."""
    for index, kept in enumerate((inputs, outputs)):
        net = keep_units(net, index, np.argsort(-group_norms(net.weighted[index].weight))[:kept])
    return net


names = ("whole", "Tucker, cut", "Tucker, tuned", "same layers, fresh", "filters pruned, tuned")
scores, costs = {name: [] for name in names}, {name: [] for name in names}
ranks, edges, spectra = [], [], {"fresh": [], "trained": []}
for seed in SEEDS:
    data, net = digits(seed), conv_net(16, 24, seed=seed)
    fresh = net.weighted[1].weight.copy()
    train(net, data, epochs=3, batch=32, seed=seed)
    layer = net.layers[3]
    (outputs, edge), (inputs, _) = (vbmf(unfold(layer.weight, mode)) for mode in (0, 1))
    assert [vbmf(unfold(fresh, mode))[0] for mode in (0, 1)] == [0, 0]
    cut = Net([*net.layers[:3], *tucker(layer, outputs, inputs), *net.layers[4:]]).copy()
    tuned, anew, rival = cut.copy(), cut.copy(), pruned(net, 6, 8)
    random = np.random.default_rng(seed)
    for part in anew.layers[3:6]:
        part.weight = random.standard_normal(part.weight.shape) / np.sqrt(part.weight[0].size)
    for learner in (tuned, anew, rival):
        train(learner, data, epochs=2, batch=64, seed=seed)
    for name, one in zip(names, (net, cut, tuned, anew, rival)):
        scores[name].append(accuracy(one, data))
        costs[name].append(sum(layer_macs(one)[1:-1]))
    ranks.append((outputs, inputs))
    edges.append(edge)
    for name, kernel in (("fresh", fresh), ("trained", layer.weight)):
        spectra[name].append(spectrum(unfold(kernel, 0))[0])

table(("", "multiplications", "accuracy"), [(name, costs[name], scores[name]) for name in names])
print("ranks for outputs and inputs: fresh weights (0, 0), trained", *ranks)
mean, cost = ({name: np.mean(found) for name, found in by.items()} for by in (scores, costs))
assert cost["Tucker, tuned"] < cost["whole"] / 5
assert mean["Tucker, tuned"] > max(mean["Tucker, cut"] + 0.08, mean["same layers, fresh"])
assert mean["Tucker, tuned"] > mean["whole"] - 0.05
assert abs(mean["Tucker, tuned"] - mean["filters pruned, tuned"]) < 0.03
places = np.arange(1, 25)
series = {name: (places, found) for name, found in spectra.items()}
show(
    lines(
        {**series, "VBMF's edge": (places, np.repeat(edges, 24).reshape(-1, 24))},
        title="Training writes a few directions above the noise",
        x="direction among the 24 output channels",
        y="singular value",
        about="Before training all singular values lie below the edge that VBMF computes; after "
        "it four or five stand above, and the others have moved little.",
    )
)
