"""Masks, groups, cutting units out, and least squares: each against what the definition says."""

import numpy as np
import pytest

from kb.lab import (
    accuracy,
    centred,
    conv_net,
    dense_net,
    global_masks,
    group_norms,
    input_of,
    keep_largest,
    keep_units,
    layer_masks,
    layer_sparsities,
    least_squares,
    macs,
    prune,
    random_masks,
    reconstruct,
    shrink_groups,
    sparsity,
    train,
)


@pytest.fixture(scope="module", params=["dense", "convolutional"])
def trained(request):
    net = dense_net(64, 16, 12, 10) if request.param == "dense" else conv_net(6, 8)
    train(net, centred(), epochs=3)
    return net


KEPT = {
    "none": (0.0, [1, 1, 1, 1]),
    "one": (0.25, [1, 0, 1, 1]),
    "half": (0.5, [1, 0, 0, 1]),
    "all": (1.0, [0, 0, 0, 0]),
}


@pytest.mark.parametrize(("share", "expected"), KEPT.values(), ids=KEPT.keys())
def test_the_smallest_scores_go_first(share, expected):
    assert keep_largest(np.array([4.0, 1.0, 2.0, 3.0]), share).astype(int).tolist() == expected


def test_equal_scores_still_give_the_exact_share():
    assert keep_largest(np.ones((4, 5)), 0.5).sum() == 10


def test_layer_masks_give_each_layer_its_share(trained):
    net, shares = trained.copy(), [0.25, 0.5, 0.75]
    prune(net, layer_masks(net, shares))
    assert layer_sparsities(net) == pytest.approx(shares, abs=0.02)


def test_global_masks_drop_the_smallest_of_all_layers_together(trained):
    net = trained.copy()
    prune(net, global_masks(net, 0.7))
    left = np.concatenate([np.abs(layer.weight[layer.weight != 0]) for layer in net.weighted])
    gone = np.concatenate(
        [
            np.abs(old.weight[new.weight == 0])
            for old, new in zip(trained.weighted, net.weighted, strict=True)
        ]
    )
    assert sparsity(net) == pytest.approx(0.7, abs=0.01) and gone.max() <= left.min()


def test_random_masks_depend_on_the_seed_only(trained):
    one, same, other = (random_masks(trained, 0.5, seed)[0] for seed in (1, 1, 2))
    assert (one == same).all() and (one != other).any()


def test_norms_of_filters_and_channels_are_those_of_their_slices():
    weight = np.random.default_rng(0).standard_normal((4, 3, 2, 2))
    assert group_norms(weight, 0) == pytest.approx([np.linalg.norm(weight[i]) for i in range(4)])
    assert group_norms(weight, 1) == pytest.approx([np.linalg.norm(weight[:, i]) for i in range(3)])


def test_shrinking_groups_shortens_each_and_stops_at_zero():
    weight = np.array([[3.0, 4.0], [0.3, 0.4]])
    assert shrink_groups(weight, 1.0) == pytest.approx(np.array([[2.4, 3.2], [0.0, 0.0]]))
    assert group_norms(shrink_groups(weight, 0.1, axis=1), 1) == pytest.approx(
        group_norms(weight, 1) - 0.1
    )


@pytest.mark.parametrize("index", [0, 1])
def test_cutting_out_dead_units_changes_nothing_but_the_cost(trained, index):
    net, x = trained.copy(), centred().test_x
    layer = net.weighted[index]
    layer.weight[[1, 4]] = 0
    layer.bias[[1, 4]] = 0
    smaller = keep_units(
        net, index, [unit for unit in range(len(layer.weight)) if unit not in (1, 4)]
    )
    assert smaller(x) == pytest.approx(net(x), abs=1e-4)
    assert len(smaller.weighted[index].weight) == len(layer.weight) - 2 and macs(smaller) < macs(
        net
    )


@pytest.mark.filterwarnings("ignore:.*units of layer")
def test_units_may_be_named_by_a_mask_and_take_their_masks_along(trained):
    net = trained.copy()
    prune(net, layer_masks(net, 0.5))
    smaller = keep_units(
        net, 0, group_norms(net.weighted[0].weight) > np.median(group_norms(net.weighted[0].weight))
    )
    assert [layer.mask.shape for layer in smaller.weighted] == [
        layer.weight.shape for layer in smaller.weighted
    ]
    train(smaller, centred(), epochs=1)
    assert accuracy(smaller, centred()) > 0.5


def test_least_squares_finds_the_map_that_made_the_data():
    random = np.random.default_rng(0)
    weight, bias, x = (
        random.standard_normal((3, 5)),
        random.standard_normal(3),
        random.standard_normal((50, 5)),
    )
    found = least_squares(x, x @ weight.T + bias)
    assert found[0] == pytest.approx(weight, abs=1e-6) and found[1] == pytest.approx(bias, abs=1e-6)


def test_reconstruction_makes_good_for_most_of_a_lost_channel(trained):
    net, x = trained.copy(), centred().x[:300]
    layer = net.weighted[1]
    seen = input_of(net, layer, x)
    wanted = layer.forward(seen)
    seen = seen.copy()
    seen[:, int(np.argmax(seen.mean(tuple(axis for axis in range(seen.ndim) if axis != 1))))] = 0
    before = np.square(layer.forward(seen) - wanted).mean()
    reconstruct(layer, seen, wanted)
    assert np.square(layer.forward(seen) - wanted).mean() < before / 2
