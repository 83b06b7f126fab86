# SmoothQuant with torchao: a first `quantize_` puts an observer on each linear layer, some inputs
# are shown, a second one divides channels by their factors and stores 8-bit weights; inputs get a
# scale a row as they come. Where 3 of 128 channels are 60 times as loud the error falls to a third,
# and the best alpha lies inside; where none is loud there is nothing to gain.

from importlib.metadata import version

import torch
from torch import nn
from torchao.prototype.smoothquant import SmoothQuantConfig
from torchao.quantization import Int8DynamicActivationInt8WeightConfig, quantize_

from kb.lab import table

SEEDS, CHANNELS, LOUD, TIMES = range(3), 128, 3, 60
ALPHAS = (None, 0.0, 0.25, 0.5, 0.75, 1.0)  # None leaves out the factors
print(f"with torch {torch.__version__}, torchao {version('torchao')}")


def inputs(times, count, loud):
    """Rows of normal numbers, some of whose channels are ``times`` as large."""
    x = torch.randn(count, CHANNELS)
    x[:, loud] *= times
    return x


def quantized(layer, shown, alpha):
    """The layer in 8 bits, its factors from the inputs ``shown``."""
    net = nn.Sequential(nn.Linear(CHANNELS, CHANNELS, bias=False))
    net.load_state_dict({"0.weight": layer.weight})
    base = Int8DynamicActivationInt8WeightConfig(version=2)
    quantize_(net, SmoothQuantConfig(base, step="prepare", alpha=alpha))
    net(shown)
    quantize_(net, SmoothQuantConfig(base, step="convert", alpha=alpha))
    return net


found = {times: {alpha: [] for alpha in ALPHAS} for times in (1, TIMES)}
for seed in SEEDS:
    torch.manual_seed(seed)
    layer = nn.Linear(CHANNELS, CHANNELS, bias=False)
    nn.init.normal_(layer.weight)
    loud = torch.randperm(CHANNELS)[:LOUD]
    with torch.no_grad():
        for times, errors in found.items():
            shown, x = inputs(times, 256, loud), inputs(times, 256, loud)
            wanted = layer(x)
            for alpha, scores in errors.items():
                off = quantized(layer, shown, alpha)(x) - wanted
                scores.append(float(off.norm() / wanted.norm()))

table(
    ("relative error, alpha", *("no factors" if a is None else f"{a:g}" for a in ALPHAS)),
    [
        (f"{LOUD} channels x{times}" if times > 1 else "none louder", *errors.values())
        for times, errors in found.items()
    ],
)
mean = {
    times: {alpha: sum(scores) / len(scores) for alpha, scores in errors.items()}
    for times, errors in found.items()
}
loud, even = mean[TIMES], mean[1]
assert min(loud, key=loud.get) in (0.25, 0.5, 0.75)
assert loud[0.5] < 0.5 * loud[None] and loud[0.5] < 1.5 * even[None]
assert abs(even[0.5] - even[None]) < 0.2 * even[None]
