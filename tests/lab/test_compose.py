"""Layers made of layers: gradients against finite differences, costs, training, copies."""

import numpy as np
import pytest

from kb.lab import (
    BatchNorm,
    Branch,
    Conv,
    Dense,
    Layer,
    LayerNorm,
    Net,
    Relu,
    Reshape,
    Residual,
    accuracy,
    centred,
    cross_entropy,
    layer_macs,
    parameters,
    train,
)
from kb.lab.net import learning


def conv(outputs, inputs, seed, k=3):
    size = np.sqrt(2 / (inputs * k * k))
    weight = np.random.default_rng(seed).standard_normal((outputs, inputs, k, k)) * size
    return Conv(weight, np.zeros(outputs))


def dense(outputs, inputs, seed=0):
    weight = np.random.default_rng(seed).standard_normal((outputs, inputs)) / np.sqrt(inputs)
    return Dense(weight, np.zeros(outputs))


def net(*inside: Layer, channels: int = 3) -> Net:
    ends = [Reshape(-1), dense(10, channels * 64)]
    return Net([Reshape(1, 8, 8), conv(3, 1, 1), *inside, *ends])


NETS = {
    "a shortcut": lambda: net(Residual(conv(3, 3, 2), Relu(), conv(3, 3, 3))),
    "paths that are added": lambda: net(Branch([conv(3, 3, 2)], [conv(3, 3, 3, k=1), Relu()], [])),
    "paths side by side": lambda: net(
        Branch([conv(2, 3, 2)], [], [conv(1, 3, 3)], join="concatenate"), channels=6
    ),
    "a shortcut within a path": lambda: net(Branch([Residual(conv(3, 3, 2))], [conv(3, 3, 4)])),
    "batch norm": lambda: net(BatchNorm(3), Relu()),
    "layer norm": lambda: net(LayerNorm(3), Relu()),
    "batch norm of rows": lambda: Net([dense(5, 64), BatchNorm(5), Relu(), dense(10, 5)]),
    "a block at the start": lambda: Net([Residual(dense(64, 64), LayerNorm(64)), dense(10, 64)]),
}


def doubled(made: Net) -> Net:
    for layer in made.every:
        if vars(layer).get("parameters"):
            layer.parameters = [array.astype(float) for array in layer.parameters]
    return made


@pytest.mark.parametrize("training", [True, False], ids=["training", "at rest"])
@pytest.mark.parametrize("make", NETS.values(), ids=NETS.keys())
def test_gradients_are_the_slopes_of_the_loss(make, training):
    random = np.random.default_rng(0)
    made, x, labels = doubled(make()), random.standard_normal((6, 64)), np.arange(6)

    def loss():
        if not training:
            return cross_entropy(made(x), labels)
        with learning(made):
            return cross_entropy(made(x), labels)

    if training:
        with learning(made):
            made.backward(cross_entropy(made(x), labels)[1])
    else:
        made.backward(loss()[1])
    for array, gradient in zip(made.parameters, [g.copy() for g in made.gradients], strict=True):
        for _ in range(5):
            place = tuple(int(random.integers(size)) for size in array.shape)
            sides = []
            for step in (1e-6, -1e-6):
                array[place] += step
                sides.append(loss()[0])
                array[place] -= step
            assert gradient[place] == pytest.approx((sides[0] - sides[1]) / 2e-6, abs=1e-7)


def test_the_whole_network_is_counted():
    made = net(Residual(conv(3, 3, 2), BatchNorm(3)))
    assert layer_macs(made) == [64 * 27, 64 * 81, 1920]
    assert parameters(made) == (27 + 3) + (81 + 3) + 6 + (1920 + 10)


def test_a_network_of_blocks_learns_and_its_copy_is_its_own():
    made = net(Residual(conv(3, 3, 2), BatchNorm(3), Relu()), Relu())
    for layer in made.every:
        if vars(layer).get("parameters"):
            layer.parameters = [array.astype(np.float32) for array in layer.parameters]
    other = made.copy()
    train(made, centred(), epochs=2)
    assert accuracy(made, centred()) > 0.85 > accuracy(other, centred())
    assert not any(layer.is_training for layer in made.every)


def test_batch_norm_gives_each_channel_mean_0_and_variance_1_and_remembers_both():
    layer, x = BatchNorm(3, momentum=0), np.random.default_rng(0).normal(4, 2, (50, 3, 4, 4))
    layer.is_training = True
    out = layer.forward(x)
    assert np.allclose(out.mean((0, 2, 3)), 0) and np.allclose(out.var((0, 2, 3)), 1, atol=1e-4)
    layer.is_training = False
    assert np.allclose(layer.forward(x), out, atol=1e-4)
    assert np.allclose(layer.forward(x[:1]), out[:1], atol=1e-4)  # whatever else is in the batch
