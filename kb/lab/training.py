"""Training by minibatches: the loss, two optimizers, and a loop that a technique can step into."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from kb.lab.dead import Watch
from kb.lab.digits import Digits
from kb.lab.net import Net, learning

Arrays = list[np.ndarray]
Hook = Callable[[Net, float], None]


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities (n, classes) from scores (n, classes)."""
    powers: np.ndarray = np.exp(scores - scores.max(1, keepdims=True))
    chances: np.ndarray = powers / powers.sum(1, keepdims=True)
    return chances


def cross_entropy(scores: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean loss in nats, and its gradient by the scores (n, classes).

    ``labels`` are classes (n,) or, for soft targets, probabilities (n, classes).
    """
    chances = softmax(scores)
    if labels.ndim == 2:
        loss = -float(np.sum(labels * np.log(np.maximum(chances, 1e-30)))) / len(scores)
        return loss, (chances - labels) / len(scores)
    right = np.arange(len(labels)), labels
    loss = -float(np.sum(np.log(np.maximum(chances[right], 1e-30)))) / len(scores)
    chances[right] -= 1
    return loss, chances / len(scores)


class Optimizer(Protocol):
    """Something that turns gradients into steps."""

    def start(self, parameters: Arrays) -> None:
        """Forget all former steps; ``parameters`` are the arrays that will be trained."""

    def step(self, parameters: Arrays, gradients: Arrays, scale: float) -> None:
        """Change ``parameters`` in place; ``scale`` multiplies the learning rate."""


class SGD:
    """Stochastic gradient descent: v = momentum v + gradient + decay w, then w = w - rate v."""

    def __init__(self, rate: float = 0.1, momentum: float = 0.9, decay: float = 0.0) -> None:
        self.rate, self.momentum, self.decay = rate, momentum, decay

    def start(self, parameters: Arrays) -> None:
        self._speed = [np.zeros_like(array) for array in parameters]

    def step(self, parameters: Arrays, gradients: Arrays, scale: float) -> None:
        for array, gradient, speed in zip(parameters, gradients, self._speed, strict=True):
            speed *= self.momentum
            speed += gradient + self.decay * array if self.decay else gradient
            array -= np.float32(self.rate * scale) * speed


class Adam:
    """Adam (Kingma and Ba 2015) with its usual constants; ``decay`` is decoupled as in AdamW."""

    def __init__(self, rate: float = 0.01, decay: float = 0.0) -> None:
        self.rate, self.decay = rate, decay

    def start(self, parameters: Arrays) -> None:
        self._mean, self._square = (
            [np.zeros_like(array) for array in parameters],
            [np.zeros_like(array) for array in parameters],
        )
        self._count = 0

    def step(self, parameters: Arrays, gradients: Arrays, scale: float) -> None:
        self._count += 1
        rate = self.rate * scale
        size = np.float32(rate * np.sqrt(1 - 0.999**self._count) / (1 - 0.9**self._count))
        for array, gradient, mean, square in zip(
            parameters, gradients, self._mean, self._square, strict=True
        ):
            mean += np.float32(0.1) * (gradient - mean)
            square += np.float32(0.001) * (gradient * gradient - square)
            if self.decay:
                array *= np.float32(1 - rate * self.decay)
            array -= size * mean / (np.sqrt(square) + np.float32(1e-8))


def train(  # noqa: PLR0913  all but the first three are keywords
    net: Net,
    data: Digits,
    epochs: int = 10,
    *,
    optimizer: Optimizer | None = None,
    batch: int = 32,
    seed: int = 0,
    loss: Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]] = cross_entropy,
    before_step: Hook | None = None,
    after_step: Hook | None = None,
) -> list[float]:
    """Train ``net`` in place on the training part; return the mean loss of each epoch.

    The learning rate falls from the optimizer's own (`SGD()`, if none is given) to zero along half
    a cosine. ``seed`` orders the images. Ten epochs of 1,347 images bring ``dense_net(64, 32, 10)``
    and ``conv_net(8, 16)`` to about .966. The hooks get the network and the share of training that
    is done, from 0 to below 1: ``before_step`` finds fresh gradients and may change them,
    ``after_step`` may change weights or masks. Weights under a mask stay zero.

    Raises FloatingPointError at the first step whose loss is infinite or not a number. Warns once
    of units that are 0 on all images of the last epoch.
    """
    optimizer = optimizer or SGD()
    optimizer.start(net.parameters)
    random = np.random.default_rng(seed)
    starts = range(0, len(data.x), batch)
    history = []
    watch = Watch(net)
    for epoch in range(epochs):
        order = random.permutation(len(data.x))
        x, y = data.x[order], data.y[order]
        total = 0.0
        for count, start in enumerate(starts):
            done = (epoch + count / len(starts)) / epochs
            with learning(net):
                value, gradient = loss(net(x[start : start + batch]), y[start : start + batch])
                if not np.isfinite(value):
                    step = epoch * len(starts) + count
                    raise FloatingPointError(_diverged(value, optimizer, step))
                if epoch == epochs - 1:
                    watch.see()
                net.backward(gradient)
            if before_step:
                before_step(net, done)
            optimizer.step(net.parameters, net.gradients, (1 + np.cos(np.pi * done)) / 2)
            apply_masks(net)
            if after_step:
                after_step(net, done)
            total += value
        history.append(total / len(starts))
    watch.warn()
    return history


def _diverged(value: float, optimizer: Optimizer, step: int) -> str:
    rate = getattr(optimizer, "rate", None)
    named = "" if rate is None else f" at a rate of {rate:g}"
    return (
        f"the loss is {value:g} at step {step}{named}; lower the rate or look for a division by 0"
    )


def apply_masks(net: Net) -> None:
    """Set every weight under a mask to zero."""
    for layer in net.weighted:
        if layer.mask is not None:
            layer.weight *= layer.mask


def accuracy(net: Net, data: Digits) -> float:
    """The share of test images whose highest score is the right class, from 0 to 1."""
    return float(np.mean(net(data.test_x).argmax(1) == data.test_y))
