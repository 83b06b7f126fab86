# Structured sparsity learning with Torch-Pruning: `GroupNormPruner` adds the pull of a group norm
# to the gradients, over everything that hangs on one channel, and then takes the weakest channels
# out of the network: no masks, smaller layers. Trained without the pull, the same cut does far
# more harm.

from functools import partial
from importlib.metadata import version

import torch
import torch_pruning as tp
from torch import nn

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS = range(3)
print(f"with torch {torch.__version__}, torch-pruning {version('torch-pruning')}")


found = {
    name: {"accuracy": [], "cut": [], "retrained": [], "MACs left": [], "parameters left": []}
    for name in ("plainly", "with group norms")
}
for seed in SEEDS:
    x, y, test_x, test_y = tensors(seed)
    for name, result in found.items():
        torch.manual_seed(seed)
        net = nn.Sequential(
            nn.Unflatten(1, (1, 8, 8)),
            nn.Conv2d(1, 12, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(12, 24, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(96, 10),
        )
        train(net, x, y, 4, torch.optim.Adam(net.parameters(), 0.005), size=64)
        pruner = tp.pruner.GroupNormPruner(
            net,
            x[:1],
            importance=tp.importance.GroupMagnitudeImportance(p=2),
            pruning_ratio=0.3,
            global_pruning=True,
            reg=4e-3,
            ignored_layers=[net[-1]],
        )
        optimizer = torch.optim.Adam(net.parameters(), 0.005)
        if name == "with group norms":
            pull = partial(pruner.regularize, net)
            optimizer.register_step_pre_hook(lambda *_, pull=pull: pull())
        train(net, x, y, 8, optimizer, size=64)
        result["accuracy"].append(accuracy(net, test_x, test_y))
        macs, parameters = tp.utils.count_ops_and_params(net, x[:1])
        pruner.step()
        fewer, smaller = tp.utils.count_ops_and_params(net, x[:1])
        result["cut"].append(accuracy(net, test_x, test_y))
        train(net, x, y, 3, torch.optim.Adam(net.parameters(), 0.002), size=64)
        result["retrained"].append(accuracy(net, test_x, test_y))
        result["MACs left"].append(fewer / macs)
        result["parameters left"].append(smaller / parameters)

table(("trained", *found["plainly"]), [(name, *result.values()) for name, result in found.items()])
mean = {
    name: {what: sum(numbers) / len(numbers) for what, numbers in result.items()}
    for name, result in found.items()
}
assert mean["with group norms"]["cut"] > mean["plainly"]["cut"] + 0.2
assert mean["with group norms"]["MACs left"] < 0.6 and mean["with group norms"]["retrained"] > 0.93
