"""What code with PyTorch shares: the digits as tensors, training, accuracy. Not for browsers."""

import torch
from torch import Tensor, nn

from kb.lab.digits import digits


def tensors(seed: int) -> tuple[Tensor, ...]:
    """What `digits` gives for ``seed``, as tensors: images (images, 64) and labels (images,), to
    train on and to test with.
    """
    return tuple(map(torch.from_numpy, digits(seed)))


def train(
    net: nn.Module,
    x: Tensor,
    y: Tensor,
    epochs: int,
    optimizer: torch.optim.Optimizer,
    size: int = 32,
) -> None:
    """Train ``net`` on ``x`` (images, ...) and labels ``y`` (images,) by cross-entropy, in batches
    of ``size``. The order is drawn from PyTorch's generator; ``optimizer`` may have hooks.
    """
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(size):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x[batch]), y[batch]).backward()
            optimizer.step()


def accuracy(net: nn.Module, x: Tensor, y: Tensor) -> float:
    """The share of ``x`` (images, ...) that ``net`` gives its label in ``y`` (images,)."""
    with torch.no_grad():
        return float((net(x).argmax(1) == y).float().mean())
