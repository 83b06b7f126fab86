# A lottery ticket with `torch.nn.utils.prune`: `l1_unstructured` drops the smallest weights of what
# is left, round after round, and keeps the weights themselves as `weight_orig`, so that they can be
# put back to where they started. `custom_from_mask` sets the same mask on a fresh network.

import copy

import torch
from torch import nn
from torch.nn.utils import prune

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, ROUNDS, CUT, EPOCHS, LAYERS = range(3), 3, 0.57, 6, (0, 2)
print(f"with torch {torch.__version__}")


def fresh():
    return nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))


def trained(net, data, seed):
    """Train in place, in the same order for each network; the test accuracy."""
    x, y, test_x, test_y = data
    torch.manual_seed(seed)
    train(net, x, y, EPOCHS, torch.optim.SGD(net.parameters(), 0.1, momentum=0.9), size=64)
    return accuracy(net, test_x, test_y)


def under(net, masks):
    """A copy of ``net`` with only the weights that the ``masks`` let through."""
    net = copy.deepcopy(net)
    for i, mask in zip(LAYERS, masks):
        prune.custom_from_mask(net[i], "weight", mask)
    return net


def rewound(net, start):
    """Weights and biases back to the start; the masks stay."""
    for name, value in net.named_parameters():
        value.data.copy_(start[name.removesuffix("_orig")])


found = {"ticket": [], "same mask, fresh start": [], "random mask": []}
dense, left = [], []
for seed in SEEDS:
    data = tensors(seed)
    torch.manual_seed(seed)
    net, other = fresh(), fresh()
    first, start = copy.deepcopy(net), copy.deepcopy(net.state_dict())
    dense.append(trained(net, data, seed))
    for _ in range(ROUNDS):
        for i in LAYERS:
            prune.l1_unstructured(net[i], "weight", amount=CUT)  # of what earlier rounds left
        rewound(net, start)
        assert all(torch.equal(net[i].weight_orig, start[f"{i}.weight"]) for i in LAYERS)
        score = trained(net, data, seed)
    masks = [net[i].weight_mask for i in LAYERS]
    lot = [mask.flatten()[torch.randperm(mask.numel())].view_as(mask) for mask in masks]
    found["ticket"].append(score)
    found["same mask, fresh start"].append(trained(under(other, masks), data, seed))
    found["random mask"].append(trained(under(first, lot), data, seed))
    again = trained(under(first, masks), data, seed)
    assert abs(again - score) < 0.02  # the mask and the start are all there is to a ticket
    for i in LAYERS:
        prune.remove(net[i], "weight")
    zeros = sum(int((net[i].weight == 0).sum()) for i in LAYERS)
    left.append(1 - zeros / sum(net[i].weight.numel() for i in LAYERS))

share = sum(left) / len(left)
table(
    ("", "weights left", "accuracy"),
    [
        ("dense", 1.0, dense),
        *((name, share, scores) for name, scores in found.items()),
    ],
)
mean = {name: sum(scores) / len(scores) for name, scores in found.items()}
assert abs(share - (1 - CUT) ** ROUNDS) < 0.002
assert mean["ticket"] > mean["same mask, fresh start"] + 0.1
assert mean["ticket"] > mean["random mask"] + 0.2
