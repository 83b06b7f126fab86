"""What a network costs: numbers to store, bits to store them in, multiplications for one image."""

import numpy as np

from kb.lab.compose import traced
from kb.lab.net import Net


def parameters(net: Net, *, nonzero: bool = False) -> int:
    """All numbers that are trained; with ``nonzero``, weights that are zero are not counted."""
    everything = sum(array.size for array in net.parameters)
    zeros = sum(layer.weight.size - int(np.count_nonzero(layer.weight)) for layer in net.weighted)
    return everything - zeros if nonzero else everything


def bits(net: Net, weight: float = 32, *, index: float = 0, bias: float = 32) -> float:
    """Bits to store the network: ``weight`` bits for each weight, ``bias`` bits for each other
    number, such as biases.

    With ``index`` > 0 only the weights that are not zero are stored, each with ``index`` bits more
    that say where it stands. Codebooks and scales come on top; whoever uses them adds them.
    """
    others = parameters(net) - sum(layer.weight.size for layer in net.weighted)
    stored = parameters(net, nonzero=index > 0) - others
    return stored * (weight + index) + bias * others


def macs(net: Net, *, nonzero: bool = False, pixels: int = 64) -> int:
    """Multiply-adds for one image of ``pixels`` numbers; with ``nonzero``, by nonzero weights.

    Biases are not counted.

    A fully connected layer needs one for each weight, a convolution one for each weight and place
    of the output. FLOPs, where an addition counts by itself, are twice as many.
    """
    return sum(layer_macs(net, nonzero=nonzero, pixels=pixels))


def layer_macs(net: Net, *, nonzero: bool = False, pixels: int = 64) -> list[int]:
    """The same for each layer that has a weight, from input to output."""
    outputs = dict(traced(net.layers, np.zeros((1, pixels), np.float32)))
    weights = [
        int(np.count_nonzero(layer.weight)) if nonzero else layer.weight.size
        for layer in net.weighted
    ]
    return [
        layer.uses(outputs[layer]) * count
        for layer, count in zip(net.weighted, weights, strict=True)
    ]
