"""Counts against sums worked out by hand."""

import pytest

from kb.lab import bits, conv_net, dense_net, layer_macs, layer_masks, macs, parameters, prune

DENSE = 64 * 32 + 32 * 10
CONV = [16 * 8 * 1 * 9, 4 * 16 * 8 * 9, 64 * 10]


def test_parameters_are_weights_and_biases():
    assert parameters(dense_net(64, 32, 10)) == DENSE + 42
    assert parameters(conv_net(8, 16)) == 8 * 9 + 16 * 8 * 9 + 640 + 8 + 16 + 10


def test_a_fully_connected_layer_multiplies_with_each_weight_once():
    assert macs(dense_net(64, 32, 10)) == DENSE


def test_a_convolution_multiplies_with_each_weight_once_for_each_place():
    assert layer_macs(conv_net(8, 16)) == CONV
    assert macs(conv_net(8, 16)) == sum(CONV)


def test_what_is_pruned_is_not_counted_if_asked():
    net = dense_net(64, 32, 10)
    prune(net, layer_masks(net, 0.75))
    assert macs(net, nonzero=True) == DENSE / 4 and macs(net) == DENSE
    assert parameters(net, nonzero=True) == DENSE / 4 + 42


BITS = {
    "float": ({}, 32 * (DENSE / 4 * 4 + 42)),
    "8 bits": ({"weight": 8}, 8 * DENSE + 32 * 42),
    "sparse": ({"weight": 4, "index": 5}, 9 * DENSE / 4 + 32 * 42),
    "small biases": ({"weight": 2, "bias": 8}, 2 * DENSE + 8 * 42),
}


@pytest.mark.parametrize(("how", "expected"), BITS.values(), ids=BITS.keys())
def test_bits_to_store_are_those_of_what_is_stored(how, expected):
    net = dense_net(64, 32, 10)
    prune(net, layer_masks(net, 0.75))
    assert bits(net, **how) == expected
