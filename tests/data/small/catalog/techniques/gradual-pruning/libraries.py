# Gradual pruning with coreai-opt, Apple's library: `MagnitudePruner` raises the sparsity along a
# polynomial, here the cubic one of Zhu and Gupta 2017. Against it the same number of training
# steps with all weights cut in the first one.

from importlib.metadata import version

import torch
from coreai_opt import ExportBackend
from coreai_opt.pruning import (
    MagnitudePruner,
    MagnitudePrunerConfig,
    ModuleMagnitudePrunerConfig,
    PruningSpec,
)
from coreai_opt.pruning.config.sparsity_schedule import (
    ConstantSparsitySchedule,
    PolynomialDecaySchedule,
)
from torch import nn

from kb.lab import digits, table

SEEDS, EPOCHS, STEPS, SHARE = range(3), 10, 43, 0.96  # 43 steps of 32 images are one epoch
SCHEDULES = {
    "at once": ConstantSparsitySchedule(),
    "gradually": PolynomialDecaySchedule(total_iters=6 * STEPS, power=3.0, update_frequency=10),
}
print(f"with torch {torch.__version__}, coreai-opt {version('coreai-opt')}")


def train(net, x, y, epochs, after_step=lambda: None):
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9)
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(32):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x[batch]), y[batch]).backward()
            optimizer.step()
            after_step()


def accuracy(net, x, y):
    with torch.no_grad():
        return (net(x).argmax(1) == y).float().mean().item()


found = {name: [] for name in ("dense", *SCHEDULES)}
zeros = {name: [] for name in found}
for seed in SEEDS:
    x, y, test_x, test_y = map(torch.from_numpy, digits(seed))
    for name, schedule in {"dense": None, **SCHEDULES}.items():
        torch.manual_seed(seed)
        net = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
        train(net, x, y, epochs=5)
        if schedule is None:
            train(net, x, y, epochs=EPOCHS)
        else:
            config = ModuleMagnitudePrunerConfig(
                op_state_spec={"weight": PruningSpec(target_sparsity=SHARE)},
                sparsity_schedule=schedule,
            )
            pruner = MagnitudePruner(net, MagnitudePrunerConfig(global_config=config))
            net = pruner.prepare((x[:1],))
            train(net, x, y, EPOCHS, after_step=pruner.step)
            net = pruner.finalize(backend=ExportBackend.Torch)
        found[name].append(accuracy(net, test_x, test_y))
        weights = [layer.weight for layer in net if isinstance(layer, nn.Linear)]
        zeros[name].append(
            float(sum((w == 0).sum() for w in weights) / sum(w.numel() for w in weights))
        )

table(("", "accuracy", "zeros"), [(name, found[name], zeros[name]) for name in found])
mean = {name: sum(scores) / len(scores) for name, scores in found.items()}
assert min(zeros["gradually"]) > SHARE - 0.01
assert mean["gradually"] > mean["at once"]
