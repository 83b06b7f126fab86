"""Changes to the model that change none of its answers: planted outliers, and a rotation."""

import numpy as np

from kb.lab.language.model import CHANNELS, TinyLM


def plant(net: TinyLM, seed: int = 0, channels: int = 2, times: float = 60.0) -> None:
    """Make ``channels`` inputs behind each norm ``times`` as large, and what reads them as much
    smaller: the same function, with outliers.

    So small a model grows none of its own; large ones do (Dettmers et al. 2022). A page that uses
    this says that they are planted.
    """
    random = np.random.default_rng(seed)
    for norm, layer in net.readers:
        loud = random.choice(CHANNELS, channels, replace=False)
        gain, weight = norm.gain.copy(), layer.weight.copy()
        gain[loud] *= times
        weight[:, loud] /= times
        norm.gain, layer.weight = gain, weight


def rotate(net: TinyLM, rotation: np.ndarray) -> None:
    """Turn the residual stream by ``rotation`` (channels, channels), orthogonal: the same function.

    The gains of the norms are first folded into what reads them, as RMSNorm without a gain does
    not notice a rotation (Ashkboos et al. 2024).
    """
    turn = rotation.astype(np.float64)
    for norm, layer in [*net.readers, (net.norm, net.head)]:
        layer.weight = (layer.weight * norm.gain) @ turn.T
        norm.gain = np.ones_like(norm.gain)
    for block in net.blocks:
        for layer in (block.attention.out, block.mlp.down):
            layer.weight = turn @ layer.weight
    for array in net.embedding.parameters:
        array[...] = array @ turn.T


def random_rotation(seed: int = 0, size: int = CHANNELS) -> np.ndarray:
    """An orthogonal matrix (size, size), uniform over all of them."""
    random = np.random.default_rng(seed)
    q, r = np.linalg.qr(random.standard_normal((size, size)))
    rotation: np.ndarray = q * np.sign(np.diag(r))
    return rotation
