# PACT and SAWB with fms-model-optimizer, the library of IBM, where both were invented: `PACT`
# learns where activations are clipped, `SAWB` computes the scale of the weights from their
# moments. Here all weights and hidden activations get 2 bits; in place of either stands the widest
# range.

import copy
from importlib.metadata import version

import torch
from fms_mo.quant.quantizers import PACT, SAWB, Qmax
from torch import nn
from torch.nn.utils.parametrize import register_parametrization

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, BITS = range(3), 2
print(f"with torch {torch.__version__}, fms-model-optimizer {version('fms-model-optimizer')}")


def optimizer(net, rate, decay=0.0):
    clips = [part.clip_val for part in net.modules() if isinstance(part, PACT)]
    others = [value for name, value in net.named_parameters() if not name.endswith("clip_val")]
    groups = [{"params": others}, {"params": clips, "weight_decay": decay}]
    return torch.optim.SGD(groups, rate, momentum=0.9)


def quantized(net, x, sawb, pact):
    small = copy.deepcopy(net)
    for i in (0, 2, 4):
        register_parametrization(
            small[i], "weight", SAWB(BITS) if sawb else Qmax(BITS, align_zero=False), unsafe=True
        )
    for i in (1, 3):
        small[i] = nn.Sequential(
            nn.ReLU(), PACT(BITS, init_clip_val=net[: i + 1](x).max().item()).requires_grad_(pact)
        )
    return small


found = {name: [] for name in ("float32", "neither", "SAWB", "PACT", "both")}
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
    net = nn.Sequential(
        nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)
    )
    train(net, x, y, 12, optimizer(net, 0.05))
    found["float32"].append(accuracy(net, test_x, test_y))
    for name in ("neither", "SAWB", "PACT", "both"):
        small = quantized(net, x, sawb=name in ("SAWB", "both"), pact=name in ("PACT", "both"))
        train(small, x, y, 6, optimizer(small, 0.01, decay=0.05))
        found[name].append(accuracy(small, test_x, test_y))
        assert all(len(small[i].weight.unique()) <= 2**BITS for i in (0, 2, 4))

table(("2 bits", "accuracy"), found.items())
mean = {name: sum(scores) / len(scores) for name, scores in found.items()}
assert (
    mean["both"] > max(mean["SAWB"], mean["neither"] + 0.03)
    and mean["both"] > mean["float32"] - 0.03
)
