# High-order residual binarization with torchao: the greedy `LSBQuantizer` of its PARQ prototype
# takes a tensor's signs, scaled by the mean absolute value, then those of what is left, and so on.
# It is made for weights and needs no training here; Li et al. 2017 treat the activations in this
# way.

import copy
from importlib.metadata import version

import torch
from torch import nn
from torchao.prototype.parq.quant import LSBQuantizer

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, ORDERS = range(3), (1, 2, 3, 4)
print(f"with torch {torch.__version__}, torchao {version('torchao')}")


found = {order: ([], []) for order in (32, *ORDERS)}
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
    net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    train(net, x, y, 15, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9))
    found[32][0].append(accuracy(net, test_x, test_y))
    found[32][1].append(0.0)
    for order in ORDERS:
        small, left = copy.deepcopy(net), []
        for layer in (small[0], small[2]):
            weight = layer.weight.data
            layer.weight.data, levels = LSBQuantizer().quantize(
                weight, order, dim=1
            )  # one scale for each row and order
            assert levels.shape[1] == 2**order
            left.append(((weight - layer.weight.data).norm() / weight.norm()).item())
        found[order][0].append(accuracy(small, test_x, test_y))
        found[order][1].append(left[0])

rows = [
    ("float32" if order == 32 else f"order {order}", scores, left, f"{32 / order:.1f}x")
    for order, (scores, left) in found.items()
]
table(("weights", "accuracy", "error left in layer 1", "smaller"), rows)
mean = {order: sum(scores) / len(scores) for order, (scores, _) in found.items()}
assert mean[1] < mean[2] and mean[3] > mean[32] - 0.01
assert all(sum(found[order + 1][1]) < sum(found[order][1]) for order in (1, 2, 3))
