"""Networks: layers in a row, and the two small ones that most snippets use."""

import copy
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import numpy as np

from kb.lab.compose import every
from kb.lab.layers import Conv, Dense, Layer, Relu, Reshape, Weighted


class Net:
    """Layers, one after another. ``net(x)`` gives the scores (n, 10) of images x (n, 64)."""

    def __init__(self, layers: Iterable[Layer]) -> None:
        self.layers = list(layers)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, gradient: np.ndarray) -> None:
        """Fill the ``gradients`` of all layers, given the loss's gradient by the last scores.

        It ends at the first layer that has parameters: nobody asks for the gradient by the pixels.
        """
        first = next(
            (index for index, layer in enumerate(self.layers) if layer.parameters), len(self.layers)
        )
        for index in range(len(self.layers) - 1, first - 1, -1):
            self.layers[index].is_first = index == first
            gradient = self.layers[index].backward(gradient)

    def outputs(self, x: np.ndarray) -> list[np.ndarray]:
        """What each layer puts out for images ``x``; entry i - 1 is the input of layer i."""
        found = []
        for layer in self.layers:
            x = layer.forward(x)
            found.append(x)
        return found

    @property
    def weighted(self) -> list[Weighted]:
        """The layers that have a weight, from input to output, also those inside of others."""
        return [layer for layer in self.every if isinstance(layer, Weighted)]

    @property
    def every(self) -> list[Layer]:
        """All layers, also those inside of others."""
        return list(every(self.layers))

    @property
    def parameters(self) -> list[np.ndarray]:
        """All trained arrays, layer by layer."""
        return [array for layer in self.layers for array in layer.parameters]

    @property
    def gradients(self) -> list[np.ndarray]:
        """Their gradients after a backward pass, in the same order."""
        return [array for layer in self.layers for array in layer.gradients]

    def copy(self) -> "Net":
        """A network with arrays of its own."""
        return copy.deepcopy(self)


@contextmanager
def learning(net: Net) -> Iterator[None]:
    """Tells all layers of ``net`` that it is trained, for as long as this lasts."""
    layers = net.every
    for layer in layers:
        layer.is_training = True
    try:
        yield
    finally:
        for layer in layers:
            layer.is_training = False


def dense_net(*sizes: int, seed: int = 0) -> Net:
    """Fully connected layers with ReLU between them.

    ``dense_net(64, 32, 10)`` has weights (32, 64) and (10, 32).

    Weights are normal with variance 2 / fan-in (He et al. 2015), biases zero, both float32.
    """
    random = np.random.default_rng(seed)
    layers: list[Layer] = []
    for inputs, outputs in pairwise(sizes):
        layers += [Dense(_he(random, outputs, inputs), np.zeros(outputs, np.float32)), Relu()]
    return Net(layers[:-1])


def conv_net(*channels: int, seed: int = 0) -> Net:
    """3 by 3 convolutions of stride 2 with ReLU, then one fully connected layer to the 10 scores.

    ``conv_net(8, 16)`` has weights (8, 1, 3, 3), (16, 8, 3, 3) and (10, 64); pictures shrink from
    8 to 4 to 2 pixels a side.
    """
    random = np.random.default_rng(seed)
    layers: list[Layer] = [Reshape(1, 8, 8)]
    side = 8
    for inputs, outputs in pairwise((1, *channels)):
        layers += [
            Conv(_he(random, outputs, inputs, 3, 3), np.zeros(outputs, np.float32), stride=2),
            Relu(),
        ]
        side = (side + 1) // 2
    return Net(
        [
            *layers,
            Reshape(-1),
            Dense(_he(random, 10, channels[-1] * side * side), np.zeros(10, np.float32)),
        ]
    )


def _he(random: np.random.Generator, *shape: int) -> np.ndarray:
    fan_in = int(np.prod(shape[1:]))
    drawn = random.standard_normal(shape) * math.sqrt(2 / fan_in)
    return drawn.astype(np.float32)
