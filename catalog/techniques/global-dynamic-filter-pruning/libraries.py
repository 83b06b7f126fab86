# The global half of global and dynamic filter pruning with Torch-Pruning: `GroupTaylorImportance`
# scores a channel by the first-order change of the loss, `global_pruning` compares the channels of
# all layers. Channels go for good; none comes back, as the paper's masked filters can. In so small
# a network the global ranking changes the widths and gains no accuracy.

from importlib.metadata import version

import torch
import torch_pruning as tp
from torch import nn

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, STEPS = range(3), 4
print(f"with torch {torch.__version__}, torch-pruning {version('torch-pruning')}")


found = {name: [] for name in ("dense", "layer by layer", "global")}
widths = {name: set() for name in found}
for seed in SEEDS:
    x, y, test_x, test_y = tensors(seed)
    for name, rows in found.items():
        torch.manual_seed(seed)
        net = nn.Sequential(
            nn.Unflatten(1, (1, 8, 8)),
            nn.Conv2d(1, 16, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(256, 10),
        )
        train(net, x, y, 8, torch.optim.Adam(net.parameters(), 0.005), size=64)
        before = tp.utils.count_ops_and_params(net, x[:1])
        if name != "dense":
            pruner = tp.pruner.BasePruner(
                net,
                x[:1],
                importance=tp.importance.GroupTaylorImportance(),
                pruning_ratio=0.6,
                max_pruning_ratio=0.9,
                iterative_steps=STEPS,
                global_pruning=name == "global",
                ignored_layers=[net[-1]],
            )
            for _ in range(STEPS):
                net.zero_grad()
                nn.functional.cross_entropy(
                    net(x), y
                ).backward()  # the gradients that the scores need
                pruner.step()
                train(net, x, y, 1, torch.optim.Adam(net.parameters(), 0.002), size=64)
        left = (now / was for now, was in zip(tp.utils.count_ops_and_params(net, x[:1]), before))
        rows.append((accuracy(net, test_x, test_y), *left))
        widths[name].add(tuple(layer.out_channels for layer in net if isinstance(layer, nn.Conv2d)))

table(
    ("", "accuracy", "MACs left", "parameters left"),
    [(name, *zip(*rows)) for name, rows in found.items()],
)
mean = {name: torch.tensor(rows).mean(0) for name, rows in found.items()}
assert mean["global"][2] < 0.25 and mean["global"][0] > mean["dense"][0] - 0.05
assert len(widths["layer by layer"]) == 1 and not widths["global"] & widths["layer by layer"]
