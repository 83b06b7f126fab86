"""Layers made of layers: around a shortcut, side by side; and layers that normalize.

Each finds the gradients of what is inside, so that snippets need not write backward passes.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import numpy as np

from kb.lab.layers import Layer

Join = Literal["add", "concatenate"]


def forward(layers: Iterable[Layer], x: np.ndarray) -> np.ndarray:
    """What ``layers`` make of ``x``, one after another."""
    for layer in layers:
        x = layer.forward(x)
    return x


def backward(layers: Sequence[Layer], gradient: np.ndarray) -> np.ndarray:
    """The gradient by the input of ``layers``, given that by their output."""
    for layer in reversed(layers):
        gradient = layer.backward(gradient)
    return gradient


class Composite(Layer):
    """Layers in one: ``paths`` are lists of layers that all begin with its input."""

    paths: Sequence[Sequence[Layer]] = ()

    @property
    def inside(self) -> list[Layer]:
        """The layers of all paths."""
        return [layer for path in self.paths for layer in path]

    @property
    def parameters(self) -> list[np.ndarray]:  # type: ignore[override]  # of the layers inside
        """All trained arrays of the layers inside."""
        return [array for layer in self.inside for array in layer.parameters]

    @property
    def gradients(self) -> list[np.ndarray]:  # type: ignore[override]  # of the layers inside
        """Their gradients, in the same order."""
        return [array for layer in self.inside for array in layer.gradients]


class Residual(Composite):
    """x + f(x), with f the ``layers`` one after another; they must keep the shape of x."""

    def __init__(self, *layers: Layer) -> None:
        self.paths = [layers]

    def forward(self, x: np.ndarray) -> np.ndarray:
        out: np.ndarray = x + forward(self.paths[0], x)
        return out

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        back: np.ndarray = gradient + backward(self.paths[0], gradient)
        return back


class Branch(Composite):
    """Several ``paths`` for the same input, each a list of layers; an empty one passes it through.

    ``join`` says whether their outputs are added, or concatenated along axis 1 (channels).
    """

    def __init__(self, *paths: Sequence[Layer], join: Join = "add") -> None:
        self.paths, self.join = paths, join

    def forward(self, x: np.ndarray) -> np.ndarray:
        found = [forward(path, x) for path in self.paths]
        self._sizes = [one.shape[1] for one in found]
        if self.join == "concatenate":
            return np.concatenate(found, 1)
        return _sum(found)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        back = [
            backward(path, part)
            for path, part in zip(self.paths, self._parts(gradient), strict=True)
        ]
        return _sum(back)

    def _parts(self, gradient: np.ndarray) -> list[np.ndarray]:
        if self.join == "add":
            return [gradient] * len(self.paths)
        return np.split(gradient, np.cumsum(self._sizes)[:-1], axis=1)


class _Norm(Layer):
    """Gain times the normalized input plus shift, one of each for every channel (axis 1)."""

    def __init__(self, channels: int) -> None:
        self.parameters = [np.ones(channels, np.float32), np.zeros(channels, np.float32)]
        self.gradients = []

    def scaled(self, x: np.ndarray) -> np.ndarray:
        """``x``, normalized already, with gain and shift."""
        gain, shift = (_along(array, x.ndim) for array in self.parameters)
        self._seen = x
        out: np.ndarray = x * gain + shift
        return out

    def unscaled(self, gradient: np.ndarray) -> np.ndarray:
        """The gradient by what was normalized; fills the gradients of gain and shift."""
        others = tuple(axis for axis in range(gradient.ndim) if axis != 1)
        self.gradients = [(gradient * self._seen).sum(others), gradient.sum(others)]
        back: np.ndarray = gradient * _along(self.parameters[0], gradient.ndim)
        return back

    def through(self, gradient: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
        """The gradient by the input that was normalized over ``axes`` to `_seen`."""
        mean = gradient.mean(axes, keepdims=True)
        tilt = (gradient * self._seen).mean(axes, keepdims=True)
        back: np.ndarray = (gradient - mean - self._seen * tilt) / self._spread
        return back

    def normal(self, x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
        """``x`` with mean 0 and variance 1 over ``axes``."""
        self._mean = x.mean(axes, keepdims=True)
        self._spread = np.sqrt(x.var(axes, keepdims=True) + np.asarray(1e-5, x.dtype))
        out: np.ndarray = (x - self._mean) / self._spread
        return out


class BatchNorm(_Norm):
    """Each channel (axis 1) normalized over the batch (Ioffe and Szegedy 2015).

    While `train` runs, by the batch's own mean and variance; afterwards by ``mean`` and
    ``variance`` (channels,), running averages of those.
    """

    def __init__(self, channels: int, momentum: float = 0.9) -> None:
        super().__init__(channels)
        self.momentum = momentum
        self.mean, self.variance = np.zeros(channels, np.float32), np.ones(channels, np.float32)

    def forward(self, x: np.ndarray) -> np.ndarray:
        axes = (0, *range(2, x.ndim))
        if self.is_training:
            out = self.normal(x, axes)
            keep = np.asarray(self.momentum, x.dtype)
            self.mean = keep * self.mean + (1 - keep) * self._mean.ravel()
            self.variance = keep * self.variance + (1 - keep) * self._spread.ravel() ** 2
        else:
            self._spread = np.sqrt(_along(self.variance, x.ndim) + np.asarray(1e-5, x.dtype))
            out = (x - _along(self.mean, x.ndim)) / self._spread
        return self.scaled(out)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        back = self.unscaled(gradient)
        if not self.is_training:
            fixed: np.ndarray = back / self._spread
            return fixed
        return self.through(back, (0, *range(2, gradient.ndim)))


class LayerNorm(_Norm):
    """Each image normalized over its channels and places (Ba et al. 2016)."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.scaled(self.normal(x, tuple(range(1, x.ndim))))

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        return self.through(self.unscaled(gradient), tuple(range(1, gradient.ndim)))


def every(layers: Iterable[Layer]) -> Iterator[Layer]:
    """``layers`` and all layers inside of them, each before what it holds."""
    for layer in layers:
        yield layer
        if isinstance(layer, Composite):
            yield from every(layer.inside)


def traced(layers: Iterable[Layer], x: np.ndarray) -> Iterator[tuple[Layer, np.ndarray]]:
    """Every layer with what it puts out for ``x``, also those inside of others."""
    for layer in layers:
        if isinstance(layer, Composite):
            for path in layer.paths:
                yield from traced(path, x)
        x = layer.forward(x)
        yield layer, x


def _sum(arrays: Sequence[np.ndarray]) -> np.ndarray:
    total = arrays[0]
    for array in arrays[1:]:
        total = total + array
    return total


def _along(array: np.ndarray, axes: int) -> np.ndarray:
    """``array`` (channels,) along axis 1 of something with so many ``axes``."""
    return array.reshape(1, -1, *[1] * (axes - 2))
