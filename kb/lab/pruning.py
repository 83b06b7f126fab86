"""Removing weights: masks, groups that shrink together, and units that are really cut out."""

from collections.abc import Iterable, Sequence

import numpy as np

from kb.lab.layers import Conv, Layer, Weighted
from kb.lab.net import Net

Masks = list[np.ndarray]


def keep_largest(scores: np.ndarray, sparsity: float) -> np.ndarray:
    """A mask of the shape of ``scores``, True for what stays.

    It drops the share ``sparsity`` with the smallest scores, rounded to whole numbers.
    """
    dropped = round(sparsity * scores.size)
    mask = np.ones(scores.size, bool)
    mask[np.argsort(scores, axis=None, kind="stable")[:dropped]] = False
    return mask.reshape(scores.shape)


def layer_masks(net: Net, sparsity: float | Sequence[float]) -> Masks:
    """For each weight a mask that drops its smallest magnitudes; one share for all, or one each."""
    shares = [sparsity] * len(net.weighted) if isinstance(sparsity, int | float) else sparsity
    return [
        keep_largest(np.abs(layer.weight), share)
        for layer, share in zip(net.weighted, shares, strict=True)
    ]


def global_masks(net: Net, sparsity: float) -> Masks:
    """Masks that drop the share ``sparsity`` of all weights with the smallest magnitudes."""
    sizes = [layer.weight.size for layer in net.weighted]
    kept = keep_largest(
        np.concatenate([np.abs(layer.weight).ravel() for layer in net.weighted]), sparsity
    )
    parts = np.split(kept, np.cumsum(sizes)[:-1])
    return [
        part.reshape(layer.weight.shape) for part, layer in zip(parts, net.weighted, strict=True)
    ]


def random_masks(net: Net, sparsity: float, seed: int = 0) -> Masks:
    """Masks that drop a random share ``sparsity`` of each weight."""
    random = np.random.default_rng(seed)
    return [keep_largest(random.random(layer.weight.shape), sparsity) for layer in net.weighted]


def prune(net: Net, masks: Iterable[np.ndarray | None]) -> None:
    """Give each weighted layer its mask (None: no mask) and set the weights under it to zero.

    Training keeps them there.
    """
    for layer, mask in zip(net.weighted, masks, strict=True):
        layer.mask = mask
        if mask is not None:
            layer.weight = layer.weight * mask


def sparsity(net: Net) -> float:
    """The share of all weights that are zero; biases are not counted."""
    return 1 - sum(np.count_nonzero(layer.weight) for layer in net.weighted) / sum(
        layer.weight.size for layer in net.weighted
    )


def layer_sparsities(net: Net) -> list[float]:
    """The same for each layer that has a weight."""
    return [1 - np.count_nonzero(layer.weight) / layer.weight.size for layer in net.weighted]


def group_norms(weight: np.ndarray, axis: int = 0) -> np.ndarray:
    """The Euclidean norm of each group (size of ``axis``,).

    Groups are filters for axis 0 and input channels for axis 1.
    """
    others = tuple(other for other in range(weight.ndim) if other != axis)
    norms: np.ndarray = np.sqrt((weight.astype(float) ** 2).sum(others))
    return norms


def shrink_groups(weight: np.ndarray, amount: float, axis: int = 0) -> np.ndarray:
    """Every group shortened by ``amount``, but not below zero: w max(0, 1 - amount / |w|).

    The proximal step of the group lasso (Yuan and Lin 2006): called after each step of training
    with rate times strength, it brings whole groups to exactly zero.
    """
    norms = group_norms(weight, axis)
    scale = np.maximum(0, 1 - amount / np.maximum(norms, 1e-12))
    along = [-1 if other == axis else 1 for other in range(weight.ndim)]
    shorter: np.ndarray = weight * scale.reshape(along)
    return shorter.astype(weight.dtype)


def keep_units(net: Net, index: int, kept: Sequence[int] | np.ndarray) -> Net:
    """A smaller network that has only the units (filters) ``kept`` of weighted layer ``index``.

    Their rows stay in that layer's weight, bias and mask; the inputs that they feed stay in the
    next weighted layer. A channel that a `Reshape` spreads over several inputs keeps all of these.
    The last layer, whose units are the classes, is not to be cut.
    """
    smaller = net.copy()
    layer, following = smaller.weighted[index], smaller.weighted[index + 1]
    wanted = np.flatnonzero(kept) if np.asarray(kept).dtype == bool else np.asarray(kept, int)
    spread = following.weight.shape[1] // len(layer.weight)
    inputs = (wanted[:, None] * spread + np.arange(spread)).ravel()
    layer.bias = layer.bias[wanted]
    _cut(layer, wanted, 0)
    _cut(following, inputs, 1)
    return smaller


def _cut(layer: Weighted, kept: np.ndarray, axis: int) -> None:
    layer.weight = layer.weight.take(kept, axis)
    if layer.mask is not None:
        layer.mask = layer.mask.take(kept, axis)


def least_squares(
    inputs: np.ndarray, outputs: np.ndarray, ridge: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Weight (m, k) and bias (m,) that bring inputs (n, k) nearest to outputs (n, m).

    Nearest in squares: the distance of inputs times weight^T plus bias from the outputs.

    ``ridge`` times the mean square of the inputs is added to the diagonal, so that inputs which
    depend on each other do no harm.
    """
    x, y = inputs.astype(float), outputs.astype(float)
    mean_x, mean_y = x.mean(0), y.mean(0)
    x, y = x - mean_x, y - mean_y
    square = x.T @ x
    square += (ridge * np.trace(square) / len(square) + 1e-9) * np.eye(len(square))
    weight = np.linalg.solve(square, x.T @ y).T
    return weight, mean_y - weight @ mean_x


def reconstruct(layer: Weighted, x: np.ndarray, wanted: np.ndarray, ridge: float = 1e-3) -> None:
    """Set weight and bias so that ``layer`` turns ``x`` into ``wanted``, by least squares.

    Shapes are those of ``layer.forward(x)``. Used after channels were removed from x, to make good
    for them.
    """
    flat = (
        wanted.transpose(0, 2, 3, 1).reshape(-1, wanted.shape[1])
        if isinstance(layer, Conv)
        else wanted
    )
    weight, bias = least_squares(layer.rows(x), flat, ridge)
    layer.weight, layer.bias = weight.reshape(layer.weight.shape), bias


def input_of(net: Net, layer: Layer, x: np.ndarray) -> np.ndarray:
    """What ``layer`` of ``net`` gets to see for images ``x`` (n, 64)."""
    for earlier in net.layers[: net.layers.index(layer)]:
        x = earlier.forward(x)
    return x
