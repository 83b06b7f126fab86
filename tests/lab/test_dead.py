"""Units that learn nothing are told of, once, and those that somebody removed are not."""

import warnings

import numpy as np
import pytest

from kb.lab import centred, conv_net, dead, dense_net, layer_masks, prune, train


@pytest.fixture(autouse=True)
def untold(monkeypatch):
    monkeypatch.setattr(dead, "warned", False)


def drowned(net, units):
    """``net`` with such biases that the first ``units`` of its first layer are never above zero."""
    net.weighted[0].bias[:units] = -1e3
    return net


NETS = {
    "dense": (lambda: dense_net(64, 8, 10), "2 of 8 units of layer 1 "),
    "convolution": (lambda: conv_net(4, 8), "2 of 4 units of layer 2 "),
}


@pytest.mark.parametrize(("net", "said"), NETS.values(), ids=NETS.keys())
def test_dead_units_are_told_of_once(net, said):
    with pytest.warns(UserWarning, match=said) as heard:
        train(drowned(net(), 2), centred(), epochs=1)
    assert len(heard) == 1 and heard[0].filename == __file__
    silent(drowned(net(), 2))


def silent(net):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        train(net, centred(), epochs=1)


def test_a_network_that_learns_is_not_complained_of():
    silent(dense_net(64, 8, 10))


def test_a_unit_without_weights_was_removed_on_purpose():
    net = drowned(dense_net(64, 8, 10), 2)
    net.weighted[0].transform = lambda weight: weight * (np.arange(8) > 1)[:, None]
    silent(net)


def test_what_dies_under_a_mask_is_the_price_of_pruning():
    net = drowned(dense_net(64, 8, 10), 2)
    prune(net, layer_masks(net, 0.5))
    silent(net)
