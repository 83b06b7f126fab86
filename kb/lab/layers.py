"""Layers: what each computes going forward, and how it passes gradients back.

A layer is anything with ``forward(x)``, ``backward(gradient)``, and two lists of arrays of the same
shapes: ``parameters`` and, after a backward pass, ``gradients``. Snippets write their own by
inheriting from `Layer`.
"""

import math
from collections.abc import Callable

import numpy as np

from kb.lab.product import product


class Layer:
    """A layer without parameters that passes everything through."""

    # A layer with parameters has lists of its own; these are never changed.
    parameters: list[np.ndarray] = []  # noqa: RUF012
    gradients: list[np.ndarray] = []  # noqa: RUF012
    is_first = False
    """Whether no layer before this one has parameters, so that `backward` need not find the
    gradient by its input. Set by `Net.backward`.
    """
    is_training = False
    """Whether `train` is at work: for layers that then do something else. Set by `train`."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        """The output for a batch ``x``, whose first axis counts the images."""
        return x

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """The loss's gradient by the last input, given the ``gradient`` by the last output."""
        return gradient


class WithWeight(Layer):
    """A layer whose first parameter is a weight (outputs, inputs, …).

    ``transform``: None or a function from the weight to the one that is used in its place. The
    gradient passes straight through it: what `backward` finds for the transformed weight is taken
    for the weight's own (straight-through estimator).
    """

    def __init__(self, weight: np.ndarray) -> None:
        self.parameters, self.gradients = [weight], []
        self.transform: Callable[[np.ndarray], np.ndarray] | None = None

    @property
    def weight(self) -> np.ndarray:
        """The weight as it is stored and trained. Assigning replaces it; the shape may change."""
        return self.parameters[0]

    @weight.setter
    def weight(self, new: np.ndarray) -> None:
        self.parameters[0] = np.asarray(new, self.parameters[0].dtype)

    def used(self) -> np.ndarray:
        """The weight that the forward pass multiplies with."""
        return (
            self.weight
            if self.transform is None
            else self.transform(self.weight).astype(self.weight.dtype, copy=False)
        )


class Weighted(WithWeight):
    """A layer with a weight and a bias (outputs,).

    ``mask``: None or an array of the weight's shape; after each step of `train` the weight is
    multiplied by it.
    """

    def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
        super().__init__(weight)
        self.parameters.append(bias)
        self.mask: np.ndarray | None = None

    @property
    def bias(self) -> np.ndarray:
        """The bias (outputs,). Assigning replaces it."""
        return self.parameters[1]

    @bias.setter
    def bias(self, new: np.ndarray) -> None:
        self.parameters[1] = np.asarray(new, self.parameters[1].dtype)

    def rows(self, x: np.ndarray) -> np.ndarray:
        """The input as rows (n, fan-in).

        ``rows(x) @ used.reshape(outputs, fan-in).T + bias`` are all outputs.
        """
        raise NotImplementedError

    def uses(self, output: np.ndarray) -> int:
        """How often each weight is multiplied for one image, given that image's output."""
        raise NotImplementedError


class Dense(Weighted):
    """Fully connected: x (n, inputs) to x W^T + b (n, outputs), with weight (outputs, inputs).

    An input (n, places, inputs) is treated place by place, with the same weight.
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        self._x, self._w = x, self.used()
        scores: np.ndarray = product(x, self._w.T) + self.bias
        return scores

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        outputs, inputs = self._w.shape
        flat = gradient.reshape(-1, outputs)
        self.gradients = [product(flat.T, self._x.reshape(-1, inputs)), flat.sum(0)]
        return gradient if self.is_first else product(gradient, self._w)

    def rows(self, x: np.ndarray) -> np.ndarray:
        return x.reshape(-1, x.shape[-1])

    def uses(self, output: np.ndarray) -> int:
        return math.prod(output.shape[1:-1])


class Conv(Weighted):
    """Convolution: x (n, inputs, height, width) with weight (outputs, inputs, k, k).

    The input is padded with zeros; windows are ``stride`` apart.

    k is odd; with k // 2 zeros on each side, height and width become (size - 1) // stride + 1.
    """

    def __init__(self, weight: np.ndarray, bias: np.ndarray, stride: int = 1) -> None:
        super().__init__(weight, bias)
        self.stride = stride

    def forward(self, x: np.ndarray) -> np.ndarray:
        self._w, self._shape = self.used(), x.shape
        windows = self._windows(x)
        self._grid = windows.shape[:3]
        self._rows = windows.reshape(-1, self._w[0].size)
        sums: np.ndarray = product(self._rows, self._flat().T) + self.bias
        return sums.reshape(*self._grid, -1).transpose(0, 3, 1, 2)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        flat = gradient.transpose(0, 2, 3, 1).reshape(-1, len(self._w))
        self.gradients = [product(flat.T, self._rows).reshape(self._w.shape), flat.sum(0)]
        if self.is_first:
            return gradient
        weight = self._w.transpose(0, 2, 3, 1).reshape(len(self._w), -1)
        return self._scattered(product(flat, weight))

    def rows(self, x: np.ndarray) -> np.ndarray:
        return self._windows(x).reshape(-1, self.weight[0].size)

    def uses(self, output: np.ndarray) -> int:
        _, _, height, width = output.shape
        return int(height * width)

    def _flat(self) -> np.ndarray:
        return self._w.reshape(len(self._w), -1)

    def _windows(self, x: np.ndarray) -> np.ndarray:
        """What each output sees: (n, height, width, inputs, k, k)."""
        k, s = self.weight.shape[2], self.stride
        windows = np.lib.stride_tricks.sliding_window_view(_padded(x, k // 2), (k, k), axis=(2, 3))
        return windows[:, :, ::s, ::s].transpose(0, 2, 3, 1, 4, 5)

    def _scattered(self, rows: np.ndarray) -> np.ndarray:
        """The sum of all windows, each at its place.

        Channels are last here, so that numbers that are added lie side by side.
        """
        n, channels, height, width = self._shape
        k, s, (_, down, across) = self.weight.shape[2], self.stride, self._grid
        windows = rows.reshape(n, down, across, k, k, channels)
        whole = np.zeros((n, height + k - 1, width + k - 1, channels), rows.dtype)
        for i in range(k):
            for j in range(k):
                whole[:, i : i + s * down : s, j : j + s * across : s] += windows[:, :, :, i, j]
        return whole[:, k // 2 : k // 2 + height, k // 2 : k // 2 + width].transpose(0, 3, 1, 2)


class Relu(Layer):
    """max(x, 0). ``positive`` says where the last input was above zero, in its shape."""

    positive: np.ndarray

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.positive = x > 0
        kept: np.ndarray = x * self.positive
        return kept

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        passed: np.ndarray = gradient * self.positive
        return passed


class Reshape(Layer):
    """Each image in another shape: ``Reshape(1, 8, 8)`` for pictures, ``Reshape(-1)`` for rows."""

    def __init__(self, *shape: int) -> None:
        self.shape = shape

    def forward(self, x: np.ndarray) -> np.ndarray:
        self._before = x.shape
        return x.reshape(len(x), *self.shape)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        return gradient.reshape(self._before)


class Permute(Layer):
    """Channels (axis 1) in another order: output i is input ``order[i]``."""

    def __init__(self, order: np.ndarray) -> None:
        self.order = order

    def forward(self, x: np.ndarray) -> np.ndarray:
        moved: np.ndarray = x[:, self.order]
        return moved

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        back: np.ndarray = gradient[:, np.argsort(self.order)]
        return back


class Scale(Layer):
    """The input times a constant ``factor``."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def forward(self, x: np.ndarray) -> np.ndarray:
        scaled: np.ndarray = x * np.asarray(self.factor, x.dtype)
        return scaled

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        return self.forward(gradient)


class Through(Layer):
    """Any function of the activations whose gradient is taken as one: rounding, for example."""

    def __init__(self, function: Callable[[np.ndarray], np.ndarray]) -> None:
        self.function = function

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.function(x).astype(x.dtype, copy=False)


def _padded(x: np.ndarray, width: int) -> np.ndarray:
    if not width:
        return x
    n, channels, height, breadth = x.shape
    whole = np.zeros((n, channels, height + 2 * width, breadth + 2 * width), x.dtype)
    whole[:, :, width:-width, width:-width] = x
    return whole
