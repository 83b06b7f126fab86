"""What a network costs: numbers to store, bits to store them in, multiplications for one image."""

import numpy as np

from kb.lab.net import Net


def parameters(net: Net, *, nonzero: bool = False) -> int:
    """The number of weights and biases; with ``nonzero``, of nonzero weights and all biases."""
    weights = sum(
        int(np.count_nonzero(layer.weight)) if nonzero else layer.weight.size
        for layer in net.weighted
    )
    return weights + sum(layer.bias.size for layer in net.weighted)


def bits(net: Net, weight: float = 32, *, index: float = 0, bias: float = 32) -> float:
    """Bits to store the network: ``weight`` bits for each weight, ``bias`` bits for each bias.

    With ``index`` > 0 only the weights that are not zero are stored, each with ``index`` bits more
    that say where it stands. Codebooks and scales come on top; whoever uses them adds them.
    """
    stored = parameters(net, nonzero=index > 0) - sum(layer.bias.size for layer in net.weighted)
    return stored * (weight + index) + bias * sum(layer.bias.size for layer in net.weighted)


def macs(net: Net, *, nonzero: bool = False, pixels: int = 64) -> int:
    """Multiply-adds for one image of ``pixels`` numbers; with ``nonzero``, by nonzero weights.

    Biases are not counted.

    A fully connected layer needs one for each weight, a convolution one for each weight and place
    of the output. FLOPs, where an addition counts by itself, are twice as many.
    """
    return sum(layer_macs(net, nonzero=nonzero, pixels=pixels))


def layer_macs(net: Net, *, nonzero: bool = False, pixels: int = 64) -> list[int]:
    """The same for each layer that has a weight, from input to output."""
    outputs = dict(zip(net.layers, net.outputs(np.zeros((1, pixels), np.float32)), strict=True))
    return [
        layer.uses(outputs[layer])
        * int(np.count_nonzero(layer.weight) if nonzero else layer.weight.size)
        for layer in net.weighted
    ]
