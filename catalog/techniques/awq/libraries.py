# AWQ with torchao: a first `quantize_` watches what each linear layer reads, a second one tries
# powers of the mean size of every channel, keeps the best factors and stores the weights in 4 bits,
# in groups of 32. The layout is the one that multiplies on a CPU. Where 3 of 128 channels are 20
# times as loud the error halves. Where none is louder the factors gain nothing, and factors from
# inputs whose other channels are loud gain nothing either.

from importlib.metadata import version

import torch
from torch import nn
from torchao.prototype.awq import AWQConfig
from torchao.prototype.quantization.int4.inference_workflow import PrototypeInt4WeightOnlyConfig
from torchao.quantization import quantize_

from kb.lab import table

SEEDS, CHANNELS, LOUD, GROUP = range(3), 128, 3, 32
print(f"with torch {torch.__version__}, torchao {version('torchao')}")


def linear(weight):
    net = nn.Sequential(nn.Linear(CHANNELS, CHANNELS, bias=False, dtype=weight.dtype))
    net.load_state_dict({"0.weight": weight})
    return net


def rounded(weight):
    """The layer in 4 bits, nearest."""
    net = linear(weight)
    quantize_(net, PrototypeInt4WeightOnlyConfig(GROUP))
    return net


def scaled(weight, shown):
    """The layer in 4 bits, after the factors that suit the inputs ``shown`` (n, channels) best."""
    net, base = linear(weight), PrototypeInt4WeightOnlyConfig(GROUP)
    quantize_(net, AWQConfig(base, step="prepare"))
    net(shown)
    quantize_(net, AWQConfig(base, step="convert"))
    return net


def inputs(times, loud):
    x = torch.randn(256, CHANNELS, dtype=torch.bfloat16)
    x[:, loud] *= times
    return x


found = {times: {name: [] for name in ("nearest", "AWQ", "other channels")} for times in (1, 5, 20)}
for seed in SEEDS:
    torch.manual_seed(seed)
    weight = torch.randn(CHANNELS, CHANNELS).to(torch.bfloat16)
    order = torch.randperm(CHANNELS)
    with torch.no_grad():
        for times, errors in found.items():
            shown, x = inputs(times, order[:LOUD]), inputs(times, order[:LOUD])
            other = inputs(times, order[LOUD : 2 * LOUD])  # other channels are loud
            wanted = x.float() @ weight.float().T
            nets = rounded(weight), scaled(weight, shown), scaled(weight, other)
            for scores, net in zip(errors.values(), nets):
                scores.append(float((net(x).float() - wanted).norm() / wanted.norm()))

table(
    ("relative error", *found[1]),
    [
        (f"{LOUD} channels x{times}" if times > 1 else "none louder", *errors.values())
        for times, errors in found.items()
    ],
)
mean = {
    times: {name: sum(scores) / len(scores) for name, scores in errors.items()}
    for times, errors in found.items()
}
assert mean[20]["AWQ"] < 0.6 * mean[20]["nearest"]
assert mean[20]["other channels"] > 0.95 * mean[20]["nearest"]
assert abs(mean[1]["AWQ"] / mean[1]["nearest"] - 1) < 0.1
