"""The lab: data, small networks, training, costs and charts that all snippets share.

NumPy only; `README.md` beside this file shows it all.
"""

from kb.lab.chart import bars, lines
from kb.lab.claims import claim
from kb.lab.compose import BatchNorm, Branch, LayerNorm, Residual
from kb.lab.costs import bits, layer_macs, macs, parameters
from kb.lab.digits import Digits, centred, digits, tuning
from kb.lab.draws import seeds
from kb.lab.figure import show
from kb.lab.layers import Conv, Dense, Layer, Permute, Relu, Reshape, Scale, Through, Weighted
from kb.lab.net import Net, conv_net, dense_net
from kb.lab.pruning import (
    global_masks,
    group_norms,
    input_of,
    keep_largest,
    keep_units,
    layer_masks,
    layer_sparsities,
    least_squares,
    prune,
    random_masks,
    reconstruct,
    shrink_groups,
    sparsity,
)
from kb.lab.table import paired, table
from kb.lab.training import SGD, Adam, accuracy, apply_masks, cross_entropy, softmax, train

__all__ = [
    "SGD",
    "Adam",
    "BatchNorm",
    "Branch",
    "Conv",
    "Dense",
    "Digits",
    "Layer",
    "LayerNorm",
    "Net",
    "Permute",
    "Relu",
    "Reshape",
    "Residual",
    "Scale",
    "Through",
    "Weighted",
    "accuracy",
    "apply_masks",
    "bars",
    "bits",
    "centred",
    "claim",
    "conv_net",
    "cross_entropy",
    "dense_net",
    "digits",
    "global_masks",
    "group_norms",
    "input_of",
    "keep_largest",
    "keep_units",
    "layer_macs",
    "layer_masks",
    "layer_sparsities",
    "least_squares",
    "lines",
    "macs",
    "paired",
    "parameters",
    "prune",
    "random_masks",
    "reconstruct",
    "seeds",
    "show",
    "shrink_groups",
    "softmax",
    "sparsity",
    "table",
    "train",
    "tuning",
]
