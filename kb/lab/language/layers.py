"""The parts of a transformer, as layers of the lab: forward, backward, parameters and gradients.

Arrays are (n, t, d): n windows of t places with d channels. All follow `kb.lab.Layer`, so that
they can stand in a `kb.lab.Net` and be trained by `kb.lab.Adam`.
"""

import math
from collections.abc import Callable

import numpy as np

from kb.lab.compose import Composite, backward, forward
from kb.lab.layers import Layer, Relu, WithWeight
from kb.lab.product import product

_EPSILON = 1e-5


class Linear(WithWeight):
    """x W^T with weight (outputs, inputs) and no bias, for x (..., inputs).

    ``around``: None or what is done to the input first, such as rounding it; the gradient passes
    straight through. After a forward pass ``x`` is the input as it came, before ``around``.
    """

    def __init__(self, weight: np.ndarray) -> None:
        super().__init__(weight)
        self.around: Callable[[np.ndarray], np.ndarray] | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        self._read = x if self.around is None else self.around(x).astype(x.dtype, copy=False)
        self._w = self.used()
        return product(self._read, self._w.T)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        self.gradients = [product(_flat(gradient).T, _flat(self._read))]
        return product(gradient, self._w)


class RMSNorm(Layer):
    """RMSNorm (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + 1e-5), times a gain a channel."""

    def __init__(self, gain: np.ndarray) -> None:
        self.parameters, self.gradients = [gain], []

    @property
    def gain(self) -> np.ndarray:
        """The gain (channels,). Assigning replaces it."""
        return self.parameters[0]

    @gain.setter
    def gain(self, new: np.ndarray) -> None:
        self.parameters[0] = np.asarray(new, self.parameters[0].dtype)

    def forward(self, x: np.ndarray) -> np.ndarray:
        self._scale = 1 / np.sqrt(np.mean(x * x, -1, keepdims=True) + x.dtype.type(_EPSILON))
        self._unit = x * self._scale
        scaled: np.ndarray = self._unit * self.gain
        return scaled

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        self.gradients = [_flat(gradient * self._unit).sum(0)]
        inner = gradient * self.gain
        aligned = np.mean(inner * self._unit, -1, keepdims=True)
        passed: np.ndarray = self._scale * (inner - self._unit * aligned)
        return passed


class Cache:
    """Keys and values of all places so far, one pair of arrays (n, heads, t, d_head) a block.

    Replace them in place of what a method stores: rounded, merged, or fewer of them.
    """

    def __init__(self) -> None:
        self.keys: list[np.ndarray] = []
        self.values: list[np.ndarray] = []
        self.seen = 0
        """How many places have been read."""


class Attention(Composite):
    """Causal attention: each place reads those before it and itself, in ``heads`` heads.

    softmax(q k^T / sqrt(d_head)) v (Vaswani et al. 2017), then a linear layer. ``into`` makes
    queries, keys and values side by side: its weight is (3 d, d). After a forward pass ``q``,
    ``k``, ``v`` (n, heads, t, d_head) and ``p`` (n, heads, t, t), the shares, can be looked at.
    """

    def __init__(self, into: Linear, out: Linear, heads: int) -> None:
        self.into, self.out, self.heads = into, out, heads
        self.paths = [[into, out]]

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self._attend(*self._parts(x))

    def remember(self, x: np.ndarray, cache: Cache, block: int) -> np.ndarray:
        """`forward` for new places ``x`` (n, t, d) after those in ``cache``, which then has them
        too.
        """
        q, k, v = self._parts(x)
        for stored, new in ((cache.keys, k), (cache.values, v)):
            if block == len(stored):
                stored.append(new)
            else:
                stored[block] = np.concatenate([stored[block], new], 2)
        return self._attend(q, cache.keys[block], cache.values[block])

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        gradient = self._split(self.out.backward(gradient))
        by_v = self.p.swapaxes(-1, -2) @ gradient
        by_p = gradient @ self.v.swapaxes(-1, -2)
        by_scores = self.p * (by_p - (by_p * self.p).sum(-1, keepdims=True)) / self._root()
        parts = (by_scores @ self.k, by_scores.swapaxes(-1, -2) @ self.q, by_v)
        return self.into.backward(np.concatenate([_joined(part) for part in parts], -1))

    def _parts(self, x: np.ndarray) -> list[np.ndarray]:
        return [self._split(part) for part in np.split(self.into.forward(x), 3, -1)]

    def _attend(self, q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
        self.q, self.k, self.v = q, k, v
        scores = q @ k.swapaxes(-1, -2) / self._root()
        later = k.shape[2] - q.shape[2] + 1  # the last query sees all keys
        scores += np.triu(np.full(scores.shape[-2:], -1e9, scores.dtype), later)
        powers = np.exp(scores - scores.max(-1, keepdims=True))
        self.p = powers / powers.sum(-1, keepdims=True)
        return self.out.forward(_joined(self.p @ v))

    def _split(self, x: np.ndarray) -> np.ndarray:
        return x.reshape(*x.shape[:2], self.heads, -1).transpose(0, 2, 1, 3)

    def _root(self) -> np.float32:
        return np.float32(math.sqrt(self.q.shape[-1]))


class Mlp(Composite):
    """Two linear layers with a ReLU between them."""

    def __init__(self, up: Linear, down: Linear) -> None:
        self.up, self.down = up, down
        self.paths = [[up, Relu(), down]]

    def forward(self, x: np.ndarray) -> np.ndarray:
        return forward(self.paths[0], x)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        return backward(self.paths[0], gradient)


class Embedding(Layer):
    """Tokens (n, t), whole numbers, to channels (n, t, d): one row a letter plus one a place."""

    def __init__(self, letters: np.ndarray, places: np.ndarray) -> None:
        self.parameters, self.gradients = [letters, places], []
        self.start = 0
        """The place of the first token, for windows that go on."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        letters, places = self.parameters
        self._tokens = x
        found: np.ndarray = letters[x] + places[self.start : self.start + x.shape[1]]
        return found

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        by_letter, by_place = (np.zeros_like(array) for array in self.parameters)
        np.add.at(by_letter, self._tokens, gradient)
        by_place[self.start : self.start + gradient.shape[1]] = gradient.sum(0)
        self.gradients = [by_letter, by_place]
        return gradient


def _joined(x: np.ndarray) -> np.ndarray:
    """Heads side by side: (n, heads, t, d_head) to (n, t, d)."""
    found: np.ndarray = x.transpose(0, 2, 1, 3).reshape(x.shape[0], x.shape[2], -1)
    return found


def _flat(x: np.ndarray) -> np.ndarray:
    found: np.ndarray = x.reshape(-1, x.shape[-1])
    return found
