# Training the pruned architecture from scratch with Torch-Pruning: the library really removes
# channels, so a copy of what is left with fresh weights is the control experiment. It is trained
# for as many epochs as the large network and its fine-tuning, or for as much arithmetic.

import copy
from importlib.metadata import version

import torch
import torch_pruning as tp
from torch import nn

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, EPOCHS, TUNING = range(3), 8, 4
print(f"with torch {torch.__version__}, torch-pruning {version('torch-pruning')}")


found = {
    name: [] for name in ("dense", "fine-tuned", "scratch, same epochs", "scratch, same arithmetic")
}
left = []
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
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
    train(net, x, y, EPOCHS, torch.optim.Adam(net.parameters(), 0.005), size=64)
    found["dense"].append(accuracy(net, test_x, test_y))
    macs, _ = tp.utils.count_ops_and_params(net, x[:1])
    pruner = tp.pruner.MagnitudePruner(
        net,
        x[:1],
        importance=tp.importance.MagnitudeImportance(p=1),
        pruning_ratio=0.5,
        ignored_layers=[net[-1]],
    )
    pruner.step()
    left.append(tp.utils.count_ops_and_params(net, x[:1])[0] / macs)
    plan = {
        "fine-tuned": TUNING,
        "scratch, same epochs": EPOCHS + TUNING,
        "scratch, same arithmetic": TUNING + round(EPOCHS / left[-1]),
    }
    for name, epochs in plan.items():
        small = copy.deepcopy(net)
        if name != "fine-tuned":
            small.apply(
                lambda part: part.reset_parameters() if hasattr(part, "reset_parameters") else None
            )
        rate = 0.002 if name == "fine-tuned" else 0.005
        train(small, x, y, epochs, torch.optim.Adam(small.parameters(), rate), size=64)
        found[name].append(accuracy(small, test_x, test_y))

table(("", "accuracy"), found.items())
print(f"multiply-adds left: {sum(left) / len(left):.2f}")
mean = {name: sum(scores) / len(scores) for name, scores in found.items()}
assert sum(left) / len(left) < 0.35
assert mean["scratch, same arithmetic"] > mean["fine-tuned"] - 0.01
