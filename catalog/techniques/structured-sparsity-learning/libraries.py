# Structured sparsity learning with Torch-Pruning: `GroupNormPruner` adds the pull of a group norm
# to the gradients, over everything that hangs on one channel, and then takes the weakest channels
# out of the network: no masks, smaller layers. Trained without the pull, the same cut does far
# more harm.

from importlib.metadata import version

import torch
import torch_pruning as tp
from torch import nn

from kb.lab import digits, table

SEEDS = range(3)
print(f"with torch {torch.__version__}, torch-pruning {version('torch-pruning')}")


def train(net, x, y, epochs, rate=0.005, before_step=lambda: None):
    optimizer = torch.optim.Adam(net.parameters(), rate)
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(64):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x[batch]), y[batch]).backward()
            before_step()
            optimizer.step()


def accuracy(net, x, y):
    with torch.no_grad():
        return (net(x).argmax(1) == y).float().mean().item()


found = {
    name: {"accuracy": [], "cut": [], "retrained": [], "MACs left": [], "parameters left": []}
    for name in ("plainly", "with group norms")
}
for seed in SEEDS:
    x, y, test_x, test_y = map(torch.from_numpy, digits(seed))
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
        train(net, x, y, epochs=4)
        pruner = tp.pruner.GroupNormPruner(
            net,
            x[:1],
            importance=tp.importance.GroupMagnitudeImportance(p=2),
            pruning_ratio=0.3,
            global_pruning=True,
            reg=4e-3,
            ignored_layers=[net[-1]],
        )
        pull = (lambda: pruner.regularize(net)) if name == "with group norms" else (lambda: None)
        train(net, x, y, epochs=8, before_step=pull)
        result["accuracy"].append(accuracy(net, test_x, test_y))
        macs, parameters = tp.utils.count_ops_and_params(net, x[:1])
        pruner.step()
        fewer, smaller = tp.utils.count_ops_and_params(net, x[:1])
        result["cut"].append(accuracy(net, test_x, test_y))
        train(net, x, y, epochs=3, rate=0.002)
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
