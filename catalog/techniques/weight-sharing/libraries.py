# Weight sharing with coremltools, Apple's converter, which calls it palettization: the palettizer
# clusters the weights of a layer by k-means, so that a table of 2**bits values and an index for
# each weight are left. The values stay as k-means found them; Han et al. 2016 train them on after
# that.

import copy
from importlib.metadata import version

import torch
from coremltools.optimize.torch.palettization import (
    PostTrainingPalettizer,
    PostTrainingPalettizerConfig,
)
from torch import nn

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, BITS = range(3), (4, 3, 2)
print(f"with torch {torch.__version__}, coremltools {version('coremltools')}")


def shared(net, bits):
    """A copy of net with at most 2**bits different weights in each layer."""
    config = PostTrainingPalettizerConfig.from_dict(
        {"global_config": {"n_bits": bits, "granularity": "per_tensor"}}
    )
    return PostTrainingPalettizer(copy.deepcopy(net), config).compress()


found = {bits: [] for bits in (32, *BITS)}
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
    net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10)).eval()
    train(net, x, y, 15, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9))
    found[32].append(accuracy(net, test_x, test_y))
    for bits in BITS:
        small = shared(net, bits)
        assert all(len(layer.weight.unique()) <= 2**bits for layer in (small[0], small[2]))
        found[bits].append(accuracy(small, test_x, test_y))

weights = 64 * 128 + 128 * 10
size = {
    bits: weights * bits // 8 + (2 * 4 * 2**bits if bits < 32 else 0) for bits in found
}  # two tables of floats
table(
    ("bits", "accuracy", "bytes of weights"),
    [(str(bits), scores, size[bits]) for bits, scores in found.items()],
)
assert sum(found[4]) > sum(found[32]) - 0.01 * len(SEEDS) and size[4] < size[32] / 7
