"""Gradients against finite differences, convolutions against plain sums, and layers' promises."""

import numpy as np
import pytest

from kb.lab import (
    Branch,
    Conv,
    Dense,
    Layer,
    Net,
    Permute,
    Relu,
    Reshape,
    Scale,
    Through,
    conv_net,
    cross_entropy,
    dense_net,
)


def doubled(net: Net) -> Net:
    """The same network in float64, for differences of 1e-6."""
    for layer in net.weighted:
        layer.parameters = [array.astype(float) for array in layer.parameters]
    return net


def slope(
    net: Net,
    x: np.ndarray,
    labels: np.ndarray,
    array: np.ndarray,
    place: tuple[int, ...],
    step: float = 1e-6,
) -> float:
    losses = []
    for side in (step, -step):
        array[place] += side
        losses.append(cross_entropy(net(x), labels)[0])
        array[place] -= side
    return (losses[0] - losses[1]) / (2 * step)


NETS = {
    "dense": lambda: dense_net(64, 7, 5, 10),
    "places that share a weight": lambda: Net(
        [Reshape(4, 16), *dense_net(16, 3).layers, Relu(), Reshape(-1), *dense_net(12, 10).layers]
    ),
    "channels in another order, and scaled": lambda: Net(
        [
            *dense_net(64, 8).layers,
            Permute(np.random.default_rng(3).permutation(8)),
            Branch([Relu()], [Scale(-2), Relu()], join="concatenate"),
            *dense_net(16, 10).layers,
        ]
    ),
    "convolutions of stride 2": lambda: conv_net(3, 4),
    "convolution of stride 1": lambda: Net(
        [
            Reshape(1, 8, 8),
            Conv(np.random.default_rng(1).standard_normal((2, 1, 5, 5)) / 5, np.zeros(2)),
            Relu(),
            Reshape(-1),
            Dense(np.random.default_rng(2).standard_normal((10, 128)) / 10, np.zeros(10)),
        ]
    ),
}


@pytest.mark.parametrize("make", NETS.values(), ids=NETS.keys())
def test_gradients_are_the_slopes_of_the_loss(make):
    random = np.random.default_rng(0)
    net, x, labels = doubled(make()), random.standard_normal((6, 64)), np.arange(6)
    net.backward(cross_entropy(net(x), labels)[1])
    for array, gradient in zip(net.parameters, [g.copy() for g in net.gradients], strict=True):
        for _ in range(8):
            place = tuple(int(random.integers(size)) for size in array.shape)
            assert gradient[place] == pytest.approx(slope(net, x, labels, array, place), abs=1e-7)


def test_a_layer_may_come_to_stand_behind_another():
    random = np.random.default_rng(0)
    net, x, labels = doubled(dense_net(5, 10)), random.standard_normal((6, 5)), np.arange(6)
    net.backward(cross_entropy(net(x), labels)[1])
    net.layers = [*doubled(dense_net(5, 5, seed=1)).layers, Relu(), *net.layers]
    net.backward(cross_entropy(net(x), labels)[1])
    assert net.layers[0].gradients[0][2, 3] == pytest.approx(
        slope(net, x, labels, net.parameters[0], (2, 3)), abs=1e-7
    )


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_gradient_by_a_convolutions_input_is_right_for_every_stride(stride):
    random = np.random.default_rng(0)
    layer = Conv(random.standard_normal((3, 2, 3, 3)), random.standard_normal(3), stride)
    x = random.standard_normal((2, 2, 5, 7))
    weights = random.standard_normal(layer.forward(x).shape)
    gradient = layer.backward(weights)
    for place in [(0, 0, 0, 0), (1, 1, 4, 6), (0, 1, 2, 3), (1, 0, 3, 0)]:
        moved = x.copy()
        moved[place] += 1
        assert gradient[place] == pytest.approx(
            ((layer.forward(moved) - layer.forward(x)) * weights).sum()
        )


@pytest.mark.parametrize("stride", [1, 2])
def test_a_convolution_is_the_sum_over_its_window(stride):
    random = np.random.default_rng(0)
    weight, bias, x = (
        random.standard_normal((3, 2, 3, 3)),
        random.standard_normal(3),
        random.standard_normal((1, 2, 8, 8)),
    )
    found = Conv(weight, bias, stride).forward(x)
    around = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    assert found.shape == (1, 3, 8 // stride, 8 // stride)
    for unit, row, column in [(0, 0, 0), (1, 1, 3), (2, 3, 2)]:
        window = around[
            0, :, row * stride : row * stride + 3, column * stride : column * stride + 3
        ]
        assert found[0, unit, row, column] == pytest.approx(
            (window * weight[unit]).sum() + bias[unit]
        )


def test_rows_times_weight_are_the_outputs_of_a_convolution():
    layer = conv_net(4, 6).weighted[1]
    x = np.random.default_rng(0).standard_normal((5, 4, 4, 4)).astype(np.float32)
    by_rows = layer.rows(x) @ layer.weight.reshape(6, -1).T + layer.bias
    assert by_rows.reshape(5, 2, 2, 6).transpose(0, 3, 1, 2) == pytest.approx(
        layer.forward(x), abs=1e-6
    )


def test_a_transform_changes_the_output_and_leaves_weight_and_gradient_straight_through():
    layer = Dense(np.array([[0.3, -0.7]]), np.zeros(1))
    layer.transform = np.sign
    x = np.array([[2.0, 5.0]])
    assert layer.forward(x) == pytest.approx(np.array([[-3.0]]))
    assert layer.backward(np.array([[1.0]])) == pytest.approx(np.array([[1.0, -1.0]]))
    assert layer.gradients[0] == pytest.approx(x)
    assert layer.weight == pytest.approx(np.array([[0.3, -0.7]]))


def test_through_rounds_forward_and_lets_the_gradient_pass():
    layer = Through(np.round)
    assert layer.forward(np.array([0.4, 1.6])).tolist() == [0.0, 2.0]
    assert layer.backward(np.array([3.0, 4.0])).tolist() == [3.0, 4.0]


def test_a_plain_layer_passes_everything_through_and_has_nothing_to_train():
    layer, x = Layer(), np.ones((2, 3))
    assert layer.forward(x) is x and layer.backward(x) is x and layer.parameters == []


def test_a_copy_has_arrays_of_its_own():
    net = dense_net(64, 4, 10)
    other = net.copy()
    other.weighted[0].weight[:] = 0
    assert np.abs(net.weighted[0].weight).sum() > 0


def test_weights_begin_with_the_variance_of_he():
    assert dense_net(64, 500, 10).weighted[0].weight.var() == pytest.approx(2 / 64, rel=0.05)


def test_networks_compute_in_single_precision():
    for net in (dense_net(64, 8, 10), conv_net(4, 8)):
        assert {output.dtype for output in net.outputs(np.zeros((2, 64), np.float32))} == {
            np.dtype(np.float32)
        }
