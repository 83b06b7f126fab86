# Structural re-parameterization with PyTorch: a block of RepVGG's form, 3x3, 1x1 and identity, each
# with batch normalization. `fuse_conv_bn_weights` folds each branch, and their kernels are added.
# timm does the same to whole networks with `timm.utils.reparameterize_model`.

import torch
from torch import nn
from torch.nn.functional import pad
from torch.nn.utils.fusion import fuse_conv_bn_weights

from kb.lab import table

SEEDS, CHANNELS = range(3), 16
print(f"with torch {torch.__version__}")


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(
            nn.Conv2d(CHANNELS, CHANNELS, size, padding=size // 2, bias=False) for size in (3, 1)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(CHANNELS) for _ in range(3))

    def forward(self, x):
        inputs = (*(conv(x) for conv in self.convs), x)
        return sum(norm(one) for norm, one in zip(self.norms, inputs))


def merged(block):
    identity = torch.eye(CHANNELS)[:, :, None, None]
    kernels = (*(conv.weight for conv in block.convs), identity)
    weight, bias = 0, 0
    for kernel, norm in zip(kernels, block.norms):
        rule = norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias
        folded, shift = fuse_conv_bn_weights(kernel, None, *rule)
        weight = weight + pad(folded, [(3 - folded.shape[2]) // 2] * 4)
        bias = bias + shift
    conv = nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1)
    conv.weight, conv.bias = nn.Parameter(weight.detach()), nn.Parameter(bias.detach())
    return conv


def size(net):
    return sum(array.numel() for array in net.parameters())


rows, off = [], []
for seed in SEEDS:
    torch.manual_seed(seed)
    block, x = Block(), torch.randn(64, CHANNELS, 8, 8)
    for _ in range(20):  # in training mode: the running averages settle
        block(x)
    for norm in block.norms:
        nn.init.uniform_(norm.weight, 0.5, 1.5)
        nn.init.uniform_(norm.bias, -0.5, 0.5)
    plain = merged(block.eval())
    with torch.no_grad():
        off.append((plain(x) - block(x)).abs().max().item())
    rows.append((f"draw {seed}", size(block), size(plain), str(off[-1] < 1e-5)))
table(("", "numbers, branches", "merged", "same to 0.00001"), rows)
assert max(off) < 1e-5
