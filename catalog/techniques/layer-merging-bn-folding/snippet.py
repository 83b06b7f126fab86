# Layer merging (Li et al. 2018, DeepRebirth): pooling and normalisation hold hardly any weights but
# take much of the time on a phone. Normalisation is folded into the convolution before it, which is
# exact; convolution, ReLU and pooling become one convolution of larger stride, which is tuned.
#
# Here: one such block on 900 of the 8x8 digits, 3 seeds. What is counted is not time but numbers
# that layers read and write. Folding changes nothing. Merging keeps the accuracy, but the same
# small network gets as far from scratch in as many epochs: here, imitation only saves training.

import numpy as np

from kb.lab import SGD, Layer, Relu, Reshape, accuracy, bars, conv_net, digits, macs
from kb.lab import reconstruct, show, table, train

SEEDS, IMAGES, CHANNELS, EPOCHS, TUNING, EPSILON = range(3), 900, 8, 4, 2, 1e-5


class Norm(Layer):  # of the batch; once trained, of the last batch that it saw
    training = True

    def __init__(self):
        self.parameters = [np.ones(CHANNELS, np.float32), np.zeros(CHANNELS, np.float32)]

    def forward(self, x):
        rows, (gamma, beta) = x.transpose(0, 2, 3, 1).reshape(-1, CHANNELS), self.parameters
        if self.training:
            each = np.full(len(rows), 1 / len(rows), np.float32)
            self.mean, self.variance = each @ rows, each @ np.square(rows - each @ rows)
        self.scale = 1 / np.sqrt(self.variance + EPSILON)
        self.normal = (rows - self.mean) * self.scale
        return (gamma * self.normal + beta).reshape(-1, 8, 8, CHANNELS).transpose(0, 3, 1, 2)

    def backward(self, gradient):
        rows = gradient.transpose(0, 2, 3, 1).reshape(-1, CHANNELS)
        each = np.ones(len(rows), np.float32)
        by_gamma, by_beta = self.gradients = [each @ (rows * self.normal), each @ rows]
        rows = rows - (by_beta + self.normal * by_gamma) / len(rows)
        rows *= self.parameters[0] * self.scale
        return rows.reshape(-1, 8, 8, CHANNELS).transpose(0, 3, 1, 2)


class Pool(Layer):  # the mean of each 2x2 tile
    def forward(self, x):
        return sum(x[:, :, i::2, j::2] for i in (0, 1) for j in (0, 1)) / 4

    def backward(self, gradient):
        return gradient.repeat(2, 2).repeat(2, 3) / 4


def small(seed):  # what merging ends with, untrained
    net, random = conv_net(CHANNELS, seed=seed), np.random.default_rng(seed)
    net.layers[1].weight = random.standard_normal((CHANNELS, 1, 5, 5)) * np.sqrt(2) / 5
    return net


def fold(net):
    folded = net.copy()
    conv, norm = folded.layers[1], folded.layers.pop(2)
    gamma, beta = norm.parameters
    scale = gamma / np.sqrt(norm.variance + EPSILON)
    conv.weight = scale[:, None, None, None] * conv.weight
    conv.bias = beta + scale * (conv.bias - norm.mean)
    return folded


def merge(folded, x, seed):  # least squares to what three layers gave
    merged = small(seed)
    merged.layers[-1] = folded.copy().layers[-1]
    reconstruct(merged.layers[1], x.reshape(-1, 1, 8, 8), folded.outputs(x)[3])
    return merged


def faster(net, done):  # ten times the rate for the new layer
    net.layers[1].gradients = [10 * gradient for gradient in net.layers[1].gradients]


def moved(net):  # numbers read and written for one image
    sizes = [64, *(output.size for output in net.outputs(np.zeros((1, 64))))]
    return {
        type(layer).__name__: sum(sizes[i : i + 2])
        for i, layer in enumerate(net.layers)
        if not isinstance(layer, Reshape)
    }


scores = {}
for seed in SEEDS:
    data, net = digits(seed, test=1797 - IMAGES), conv_net(CHANNELS, seed=seed)
    net.layers[1].stride = 1
    net.layers[2:3] = [norm := Norm(), Relu(), Pool()]
    train(net, data, EPOCHS, batch=64, seed=seed)
    net(data.x)  # now its statistics are those of all images
    norm.training = False
    folded = fold(net)
    assert np.abs(folded(data.test_x) - net(data.test_x)).max() < 1e-4
    merged = merge(folded, data.x, seed)
    tuned, short, long = merged.copy(), small(seed), small(seed)
    train(tuned, data, TUNING, optimizer=SGD(0.03), batch=64, seed=seed, before_step=faster)
    train(short, data, TUNING, batch=64, seed=seed)
    train(long, data, EPOCHS + TUNING, batch=64, seed=seed)
    nets = {
        "as trained": net,
        "folded": folded,
        "merged": merged,
        "merged and tuned": tuned,
        "anew, 2 epochs": short,
        "anew, 6 epochs": long,
    }
    for name, one in nets.items():
        scores.setdefault(name, []).append(accuracy(one, data))

table(
    ("", "accuracy", "multiplications", "numbers moved"),
    ((name, scores[name], macs(net), sum(moved(net).values())) for name, net in nets.items()),
)
mean = {name: np.mean(found) for name, found in scores.items()}
assert min(mean["merged and tuned"], mean["merged"] + 0.02) > mean["as trained"] - 0.025
assert mean["anew, 2 epochs"] + 0.04 < mean["merged and tuned"] < mean["anew, 6 epochs"] + 0.015
show(
    bars(
        {name: moved(nets[name]) for name in ("as trained", "folded", "merged")},
        title="Layers without weights move most of the numbers",
        y="numbers read and written for one image",
        about="Normalisation, ReLU and pooling move 2,688 of 3,402 numbers. Folding removes the "
        "normalisation; merging also removes pooling, and the rest works on a quarter.",
    )
)
