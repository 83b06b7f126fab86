"""Units that are 0 on every image of an epoch: no gradient reaches them, they learn nothing."""

import warnings

import numpy as np

from kb.lab.layers import Relu, Weighted
from kb.lab.net import Net

warned = False
"""Whether this process was told; once is enough."""


class Watch:
    """Which units of the ReLUs of ``net`` were above zero on any image so far."""

    def __init__(self, net: Net) -> None:
        self._net = net
        self._fired: dict[int, np.ndarray] = {}

    def see(self) -> None:
        """Take in the batch that the network has just seen."""
        for index, layer in enumerate(self._net.every):
            if isinstance(layer, Relu):
                units = np.moveaxis(layer.positive, 1, 0).reshape(layer.positive.shape[1], -1)
                before = self._fired.get(index, np.zeros(len(units), bool))
                if len(before) == len(units):
                    self._fired[index] = np.asarray(before | units.any(1))

    def warn(self) -> None:
        """Warn of the first layer with dead units, once a process.

        A unit under a mask, or without any weight, is not one of them: somebody wanted that.
        """
        global warned  # noqa: PLW0603  a warning that comes for each seed is not read
        for index, fired in self._fired.items():
            dead = ~fired & self._weighted(index, len(fired))
            if dead.any() and not warned:
                warned = True
                warnings.warn(
                    f"{dead.sum()} of {dead.size} units of layer {index} are 0 on all training "
                    "images and learn nothing; centre the input (`centred`) or lower the rate",
                    stacklevel=3,
                )

    def _weighted(self, index: int, units: int) -> np.ndarray:
        """Which units of the ReLU at ``index`` have a weight, as far as that can be told."""
        before = self._net.every[index - 1] if index else None
        if not isinstance(before, Weighted) or len(before.weight) != units:
            return np.ones(units, bool)
        if before.mask is not None:
            return np.zeros(units, bool)
        return np.asarray(before.used().reshape(units, -1).any(1))
