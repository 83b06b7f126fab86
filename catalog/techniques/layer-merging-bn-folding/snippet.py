# Layer merging (Li et al. 2018, DeepRebirth): pooling and normalisation hold hardly any weights but
# take much of the time on a phone. Normalisation is folded into the convolution before it, which is
# exact; convolution, ReLU and pooling become one convolution of larger stride, which is tuned.
#
# Here: one such block on 600 of the 8x8 digits. What is counted is not time but numbers that layers
# read and write. Folding changes nothing. Merging keeps the accuracy; whether it is worth more than
# training the small network for as many epochs in all does not show.

import numpy as np

from kb.lab import SGD, Layer, Relu, Reshape, accuracy, bars, centred, claim, conv_net, macs
from kb.lab import paired, parameters, reconstruct, seeds, show, table, train

IMAGES, CHANNELS, EPOCHS, TUNING, EPSILON = 600, 8, 5, 2, 1e-5


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


scores, off = {}, []  # accuracies by network; largest change of a score by folding
for seed in seeds():
    data, net = centred(seed), conv_net(CHANNELS, seed=seed)
    data = data._replace(x=data.x[:IMAGES], y=data.y[:IMAGES])
    net.layers[1].stride = 1
    net.layers[2:3] = [norm := Norm(), Relu(), Pool()]
    train(net, data, EPOCHS, batch=50, seed=seed)
    net(data.x)  # now its statistics are those of all images
    norm.training = False
    folded = fold(net)
    off.append(np.abs(folded(data.test_x) - net(data.test_x)).max())
    merged = merge(folded, data.x, seed)
    tuned, short, long = merged.copy(), small(seed), small(seed)
    train(tuned, data, TUNING, optimizer=SGD(0.03), batch=50, seed=seed, before_step=faster)
    train(short, data, TUNING, batch=50, seed=seed)
    train(long, data, EPOCHS + TUNING, batch=50, seed=seed)
    nets = {
        "as trained": net,
        "folded": folded,
        "merged": merged,
        "merged and tuned": tuned,
        f"anew, {TUNING} epochs": short,
        f"anew, {EPOCHS + TUNING} epochs": long,
    }
    for name, one in nets.items():
        scores.setdefault(name, []).append(accuracy(one, data))

scores = {name: np.array(found) for name, found in scores.items()}
more = {name: 2 * CHANNELS if name == "as trained" else 0 for name in nets}  # of the norm
traffic = {name: sum(moved(net).values()) for name, net in nets.items()}
rows = [(n, scores[n], parameters(net) + more[n], macs(net), traffic[n]) for n, net in nets.items()]
table(("", "accuracy", "parameters", "MACs", "numbers moved"), rows)
plain, _, _, tuned, short, long = scores.values()
paired("merged and tuned over as trained", tuned, plain)
paired(f"merged and tuned over anew, {TUNING} epochs", tuned, short)
paired(f"merged and tuned over anew, {EPOCHS + TUNING} epochs", tuned, long)
print(f"folding moves no score by more than 0.0001: {max(off) < 1e-4}")
show(
    bars(
        {name: moved(nets[name]) for name in ("as trained", "folded", "merged")},
        title="Layers without weights move most of the numbers",
        y="numbers read and written for one image",
        about="Normalization, ReLU and pooling move most of the numbers. Folding removes the "
        "normalization; merging also removes pooling, and the rest works on a quarter.",
    )
)
claim("same", np.array(off) < 1e-4)
claim("fewer-moved", traffic["merged"] < traffic["folded"] < traffic["as trained"])
claim("kept", tuned > plain - 0.04)
claim("head-start", tuned > short)
