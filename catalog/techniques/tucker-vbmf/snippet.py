# Tucker decomposition with VBMF ranks (Kim et al. 2016): take a kernel for a signal of low rank in
# noise. Empirical variational Bayes (Nakajima et al. 2013) says for each of its two channel modes
# which singular values noise alone cannot explain; that many directions stay. The layer becomes
# three, 1x1, 3x3 and 1x1, and the network is fine-tuned once. Nothing is searched.
#
# Here: one 3x3 layer from 16 to 24 channels on 8x8 digits, against random directions of the same
# ranks, tuned as long, and against filters pruned by norm to about the same cost. Costs are those
# of the whole network. That it beats pruning filters does not show, nor time and energy.

import numpy as np

from kb.lab import Conv, Net, accuracy, centred, claim, conv_net, group_norms, keep_units, lines
from kb.lab import macs, paired, parameters, seeds, show, table, train


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


def loudest(matrix, rank):
    """The directions (rows, rank) of the largest singular values."""
    return spectrum(matrix)[1][:, :rank]


def tucker(layer, outputs, inputs, directions=loudest):
    """Three layers for one: to `inputs` directions, the core, and from `outputs` directions."""
    kernel = layer.weight
    u, v = (directions(unfold(kernel, mode), r) for mode, r in enumerate((outputs, inputs)))
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


def lot(random):
    """Without the idea: as many orthonormal directions, drawn at random."""
    return lambda matrix, rank: np.linalg.qr(random.standard_normal((len(matrix), rank)))[0]


def whole(net, three):
    return Net([*net.layers[:3], *three, *net.layers[4:]]).copy()


names = ("whole", "random, cut", "Tucker, cut", "random, tuned", "Tucker, tuned", "filters, tuned")
scores, costs, ranks, edges = [], [], [], []  # (seeds, names), (seeds, names, 2), (seeds, 4)
spectra = {"fresh": [], "trained": []}
for seed in seeds():
    data, net, random = centred(seed), conv_net(16, 24, seed=seed), np.random.default_rng(seed)
    fresh = net.weighted[1].weight.copy()
    train(net, data, epochs=5, batch=64, seed=seed)
    layer = net.layers[3]
    (outputs, edge), (inputs, _) = (vbmf(unfold(layer.weight, mode)) for mode in (0, 1))
    ranks.append((*(vbmf(unfold(fresh, mode))[0] for mode in (0, 1)), outputs, inputs))
    outputs, inputs = max(1, outputs), max(1, inputs)  # a layer needs something to pass on
    cut = whole(net, tucker(layer, outputs, inputs))
    drawn = whole(net, tucker(layer, outputs, inputs, lot(random)))
    rest = (drawn.copy(), cut.copy(), pruned(net, 8, 10))
    for one in rest:
        train(one, data, epochs=1, batch=64, seed=seed)
    nets = (net, drawn, cut, *rest)
    scores.append([accuracy(one, data) for one in nets])
    costs.append([(macs(one), parameters(one)) for one in nets])
    edges.append(edge)
    for name, kernel in (("fresh", fresh), ("trained", layer.weight)):
        spectra[name].append(spectrum(unfold(kernel, 0))[0])

scores, costs, ranks = np.array(scores).T, np.array(costs).T, np.array(ranks).T
table(
    ("", "multiplications", "numbers", "accuracy"),
    [(name, costs[0, i], costs[1, i], scores[i]) for i, name in enumerate(names)],
)
print(
    "ranks of trained weights, outputs and inputs:", ", ".join(f"{a} {b}" for a, b in ranks[2:].T)
)
full, random_cut, cut, random_tuned, tuned, filters = scores
paired("cut, Tucker over random", cut, random_cut)
paired("tuned, Tucker over random", tuned, random_tuned)
paired("tuned, Tucker over pruned filters", tuned, filters)
places = np.arange(1, 25)
series = {name: (places, np.array(found)) for name, found in spectra.items()}
show(
    lines(
        {**series, "VBMF's edge": (places, np.repeat(edges, 24).reshape(-1, 24))},
        title="Training writes a few directions above the noise",
        x="direction among the 24 output channels",
        y="singular value",
        about="Before training all singular values lie below the edge that VBMF computes; after "
        "it a few stand above, and the others have moved little.",
    )
)
claim("directions", cut > random_cut)
claim("tuned", tuned > random_tuned)
claim("silent", ranks[:2].max(0) == 0)
claim("heard", ranks[2:].min(0) > 0)
claim("cheap", costs[0, 4] < costs[0, 0] / 2)
