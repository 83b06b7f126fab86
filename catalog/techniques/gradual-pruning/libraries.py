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

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, EPOCHS, STEPS, SHARE = range(3), 10, 43, 0.96  # 43 steps of 32 images are one epoch
SCHEDULES = {
    "at once": ConstantSparsitySchedule(),
    "gradually": PolynomialDecaySchedule(total_iters=6 * STEPS, power=3.0, update_frequency=10),
}
print(f"with torch {torch.__version__}, coreai-opt {version('coreai-opt')}")


found = {name: [] for name in ("dense", *SCHEDULES)}
zeros = {name: [] for name in found}
for seed in SEEDS:
    x, y, test_x, test_y = tensors(seed)
    for name, schedule in {"dense": None, **SCHEDULES}.items():
        torch.manual_seed(seed)
        net = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
        train(net, x, y, 5, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9))
        if schedule is None:
            train(net, x, y, EPOCHS, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9))
        else:
            config = ModuleMagnitudePrunerConfig(
                op_state_spec={"weight": PruningSpec(target_sparsity=SHARE)},
                sparsity_schedule=schedule,
            )
            pruner = MagnitudePruner(net, MagnitudePrunerConfig(global_config=config))
            net = pruner.prepare((x[:1],))
            optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9)
            optimizer.register_step_post_hook(lambda *_, pruner=pruner: pruner.step())
            train(net, x, y, EPOCHS, optimizer)
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
