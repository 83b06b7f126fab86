# Wavelet-like auto-encoder (Chen et al. 2018, WAE): a learned transform splits a picture into a
# coarse and a detail one of half the side. A decoder must restore the picture from both, and the
# detail one is to have little energy. The large network sees only the coarse one, a light one adds
# what the detail tells: VGG-16 at a quarter of the work loses 0.2%, on smaller pictures 4.1%.
#
# Here: 8x8 digits to two of 4x4 by linear maps (the paper's have several layers), small dense
# networks, all trained at once, against the same split without the terms of the loss. Products are
# those of the whole network. That the terms help accuracy does not show.

import numpy as np

from kb.lab import SGD, Conv, Layer, Net, accuracy, bars, centred, claim, dense_net, macs, paired
from kb.lab import seeds, show, table, train

ENERGY = 0.03
EPOCHS, RESTORE = 6, 0.1


def prepare(images):
    """For each of 4x4 places the 3x3 pixels that the encoder sees and the 2x2 to be restored."""
    seen = Conv(np.zeros((1, 1, 3, 3)), np.zeros(1), stride=2).rows(images.reshape(-1, 1, 8, 8))
    block = images.reshape(-1, 4, 2, 4, 2).transpose(0, 1, 3, 2, 4).reshape(-1, 4)
    return np.hstack([seen, block]).reshape(len(images), -1)


class AutoEncoder(Layer):
    """A 3x3 convolution of stride 2 to two pictures, and from each place back to 2x2 pixels."""

    def __init__(self, random, restore, energy):
        self.parameters = [
            np.float32(random.standard_normal((9, 2)) / 3),
            np.float32(random.standard_normal((2, 4)) / np.sqrt(2)),
        ]
        self.restore, self.energy = restore, energy

    def forward(self, x):
        encoder, decoder = self.parameters
        rows = x.reshape(-1, 13)
        self.seen, self.block = rows[:, :9], rows[:, 9:]
        self.code = self.seen @ encoder  # columns: coarse, detail
        self.error = self.code @ decoder - self.block
        return self.code.reshape(-1, 16, 2).transpose(0, 2, 1).reshape(-1, 32)

    def backward(self, gradient):
        by_code = gradient.reshape(-1, 2, 16).transpose(0, 2, 1).reshape(-1, 2)
        by_block = self.restore * 2 / len(gradient) * self.error
        by_code = by_code + by_block @ self.parameters[1].T
        by_code[:, 1] += self.energy * 2 / len(gradient) * self.code[:, 1]
        self.gradients = [self.seen.T @ by_code, self.code.T @ by_block]

    def restored(self):
        """The share of the pixels' energy that the best linear decoder gets back."""
        best = np.linalg.lstsq(self.code, self.block, rcond=None)[0]
        return 1 - np.square(self.code @ best - self.block).sum() / np.square(self.block).sum()


class Branches(Layer):
    """A larger network for the coarse picture; a light one adds what the detail tells."""

    def __init__(self, seed):
        self.nets, self.share = (dense_net(16, 32, 10, seed=seed), dense_net(16, 10, seed=seed)), 1
        self.parameters = [array for net in self.nets for array in net.parameters]

    def forward(self, code):
        return self.nets[0](code[:, :16]) + self.share * self.nets[1](code[:, 16:])

    def backward(self, gradient):
        parts = [gradient, gradient]
        for i, net in enumerate(self.nets):
            for layer in reversed(net.layers):
                parts[i] = layer.backward(parts[i])
        self.gradients = [array for net in self.nets for array in net.gradients]
        return np.hstack(parts)


def haar(images):  # the coarse picture of Haar's wavelets
    return images.reshape(-1, 4, 2, 4, 2).sum((2, 4)).reshape(-1, 16) / 2


PLAIN = {"all pixels": ((64, 32, 10), np.asarray), "Haar's coarse one": ((16, 48, 10), haar)}
SPLITS = {"to classify": (0, 0), "and to restore": (RESTORE, 0), "WAE": (RESTORE, ENERGY)}
found, costs = {name: [] for name in (*PLAIN, *SPLITS)}, {}
for seed in seeds():
    data = centred(seed)
    for name, (sizes, see) in PLAIN.items():
        net = dense_net(*sizes, seed=seed)
        view = data._replace(x=see(data.x), test_x=see(data.test_x))
        train(net, view, EPOCHS, batch=64, seed=seed, optimizer=SGD(0.05))
        found[name].append(accuracy(net, view))
        costs[name] = macs(net, pixels=sizes[0])
    view = data._replace(x=prepare(data.x), test_x=prepare(data.test_x))
    for name, weights in SPLITS.items():
        net = Net([AutoEncoder(np.random.default_rng(seed), *weights), Branches(seed)])
        coder, branches = net.layers
        train(net, view, EPOCHS, batch=64, seed=seed, optimizer=SGD(0.05))
        whole, energy = accuracy(net, view), np.square(coder.code).sum(0)
        branches.share = 0
        found[name].append([whole, accuracy(net, view), coder.restored(), energy[1] / energy.sum()])
        costs[name] = 16 * 9 * 2 + sum(macs(net, pixels=16) for net in branches.nets)

found = {name: np.array(rows) for name, rows in found.items()}
table(
    ("", "products", "accuracy", "coarse only", "restored", "energy of detail"),
    [
        (name, costs[name], *(rows.T if rows.ndim > 1 else (rows, "", "", "")))
        for name, rows in found.items()
    ],
)
classified, restored, wae = (found[name].T for name in SPLITS)
paired("coarse only, WAE over no energy term", wae[1], restored[1])
paired("restored, with the term over without", restored[2], classified[2])
paired("accuracy, WAE over Haar's coarse one", wae[0], found["Haar's coarse one"])
paired("accuracy, WAE over the split to classify", wae[0], classified[0])
show(
    bars(
        {
            name: {
                "accuracy": found[name][:, 0],
                "coarse one only": found[name][:, 1],
                "energy restored": found[name][:, 2],
            }
            for name in SPLITS
        },
        y="share",
        span=(0, 1),
        title="Each term of the loss does its part",
        about="Trained to classify only, the split restores less. With the energy term, and not "
        "before, the coarse picture alone says nearly all.",
    )
)
claim("gathered", wae[1].mean() > restored[1].mean())
claim("restored", restored[2] > classified[2])
claim("emptier", wae[3].mean() < restored[3].mean())
