# Channel shuffle with PyTorch: `nn.ChannelShuffle` between two 1x1 convolutions in groups. How many
# input channels an output depends on is read off its gradient. torchvision has ShuffleNet V2.

import torch
from torch import nn

from kb.lab import table

SEEDS, GROUPS, WIDTH = range(3), 4, 48
print(f"with torch {torch.__version__}")


def pair(*between, groups):
    def conv():
        return nn.Conv2d(WIDTH, WIDTH, 1, groups=groups, bias=False)

    return nn.Sequential(conv(), *between, conv())


def seen(net):
    """Of the 48 input channels, those that reach an output; the least over all outputs."""
    found = []
    for output in range(WIDTH):
        x = torch.randn(1, WIDTH, 4, 4, requires_grad=True)
        net(x)[0, output].sum().backward()
        found.append(int((x.grad.abs().sum((0, 2, 3)) > 0).sum()))
    return min(found)


def numbers(net):
    return sum(array.numel() for array in net.parameters())


x = torch.arange(WIDTH, dtype=torch.float32).reshape(1, WIDTH, 1, 1)
table_order = x.reshape(1, GROUPS, -1, 1, 1).transpose(1, 2).reshape(x.shape)
same = bool((nn.ChannelShuffle(GROUPS)(x) == table_order).all())
print(f"a table, transposed, is the same order: {same}")
reach = {}
for seed in SEEDS:
    torch.manual_seed(seed)
    nets = {
        "no shuffle": pair(groups=GROUPS),
        "shuffle": pair(nn.ChannelShuffle(GROUPS), groups=GROUPS),
        "one group": pair(groups=1),
    }
    for name, net in nets.items():
        reach.setdefault(name, []).append(seen(net))
table(("", "channels seen", "numbers"), [(n, min(reach[n]), numbers(nets[n])) for n in nets])
assert same and set(reach["shuffle"]) == {WIDTH}
assert set(reach["no shuffle"]) == {WIDTH // GROUPS}
