"""Optimizers against steps worked out by hand, and the promises of the training loop."""

import numpy as np
import pytest

from kb.lab import (
    SGD,
    Adam,
    Digits,
    accuracy,
    centred,
    conv_net,
    cross_entropy,
    dense_net,
    digits,
    prune,
    random_masks,
    softmax,
    sparsity,
    train,
    tuning,
)


def test_the_digits_are_what_they_are_said_to_be():
    data = digits(seed=3)
    assert [array.shape for array in data] == [(1347, 64), (1347,), (450, 64), (450,)]
    assert data.x.dtype == np.float32 and 0 == data.x.min() < data.x.max() == 1
    assert np.bincount(np.concatenate([data.y, data.test_y])).tolist() == [
        178,
        182,
        177,
        183,
        181,
        182,
        181,
        179,
        174,
        180,
    ]


def test_a_seed_gives_the_same_split_again_and_another_seed_another():
    assert (digits(1).test_y == digits(1).test_y).all()
    assert (digits(1).test_y != digits(2).test_y).any()


def test_softmax_survives_large_scores():
    assert softmax(np.array([[1000.0, 1000.0], [0.0, np.log(3)]])) == pytest.approx(
        np.array([[0.5, 0.5], [0.25, 0.75]])
    )


def test_the_loss_of_an_undecided_network_is_the_logarithm_of_the_number_of_classes():
    loss, gradient = cross_entropy(np.zeros((2, 10)), np.array([3, 4]))
    assert loss == pytest.approx(np.log(10))
    assert gradient[0, 3] == pytest.approx(-0.9 / 2) and gradient[0, 0] == pytest.approx(0.1 / 2)


def test_soft_targets_that_are_certain_are_labels():
    scores, labels = np.random.default_rng(0).standard_normal((4, 10)), np.array([1, 2, 3, 4])
    for hard, soft in zip(
        cross_entropy(scores, labels), cross_entropy(scores, np.eye(10)[labels]), strict=True
    ):
        assert hard == pytest.approx(soft)


STEPS = {
    "plain": (SGD(0.1, momentum=0), [1 - 0.1 * 2, 1 - 0.1 * 4]),
    "momentum": (SGD(0.1, momentum=0.5), [1 - 0.1 * 2, 1 - 0.1 * 2 - 0.1 * 3]),
    "decay": (SGD(0.1, momentum=0, decay=1.0), [1 - 0.1 * 3, 0.7 - 0.1 * 2.7]),
    "adam": (Adam(0.1), [0.9, 0.8]),
    "adam with decay": (Adam(0.1, decay=1.0), [0.8, 0.62]),
}


@pytest.mark.parametrize(("optimizer", "expected"), STEPS.values(), ids=STEPS.keys())
def test_two_steps_along_a_gradient_of_two_end_where_the_formula_says(optimizer, expected):
    array = np.ones(1)
    optimizer.start([array])
    for value in expected:
        optimizer.step([array], [np.array([2.0])], 1.0)
        assert array[0] == pytest.approx(value, abs=1e-6)


@pytest.mark.filterwarnings("ignore:.*units of layer")
@pytest.mark.parametrize(
    ("make", "least"),
    [(lambda: dense_net(64, 32, 10), 0.95), (lambda: conv_net(8, 16), 0.94)],
    ids=["dense", "convolutional"],
)
def test_ten_epochs_learn_the_digits(make, least):
    data, net = centred(), make()
    history = train(net, data)
    assert len(history) == 10 and history[-1] < 0.1 < history[0]
    assert accuracy(net, data) > least


def test_training_twice_with_one_seed_gives_the_same_weights():
    nets = [dense_net(64, 8, 10), dense_net(64, 8, 10)]
    for net in nets:
        train(net, centred(), epochs=1, seed=5)
    assert (nets[0].weighted[0].weight == nets[1].weighted[0].weight).all()


@pytest.mark.parametrize("optimizer", [SGD(), Adam()], ids=["sgd", "adam"])
def test_weights_under_a_mask_stay_zero(optimizer):
    net = dense_net(64, 16, 10)
    prune(net, random_masks(net, 0.75))
    train(net, centred(), epochs=1, optimizer=optimizer)
    assert sparsity(net) == pytest.approx(0.75)


def test_hooks_see_the_share_of_training_that_is_done():
    seen, data = [], centred()
    small = Digits(data.x[:100], data.y[:100], data.test_x, data.test_y)
    train(
        dense_net(64, 4, 10),
        small,
        epochs=2,
        batch=50,
        before_step=lambda net, done: seen.append(done),
        after_step=lambda net, done: seen.append(done),
    )
    assert seen == [0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75]


def test_before_step_may_change_gradients():
    net = dense_net(64, 4, 10)
    start = net.weighted[0].weight.copy()

    def still(net, done):
        for gradient in net.gradients:
            gradient[:] = 0

    train(net, centred(), epochs=1, before_step=still)
    assert (net.weighted[0].weight == start).all()


def test_a_run_that_diverges_stops_with_its_rate_and_step():
    def broken(scores, labels):
        return float("nan"), np.zeros_like(scores)

    with pytest.raises(FloatingPointError, match=r"the loss is nan at step 0 at a rate of 0\.1; "):
        train(dense_net(64, 4, 10), centred(), epochs=1, loss=broken)


def test_pixels_are_centred_on_the_training_part_alone():
    raw, data = digits(3), centred(3)
    assert np.abs(data.x.mean(0)).max() < 1e-5
    assert np.allclose(data.test_x - raw.test_x, -raw.x.mean(0))
    assert data.x.dtype == data.test_x.dtype == np.float32


def test_centred_pixels_leave_no_small_network_with_dead_units():
    nets = [dense_net(64, 4, 10, seed=seed) for seed in range(2)]
    for seed, net in enumerate(nets):
        train(net, centred(seed), seed=seed, batch=64)
        assert net.outputs(centred(seed).x)[1].max(0).min() > 0


def test_what_is_chosen_with_has_nothing_of_the_test_part():
    data = centred(3)
    part = tuning(data)
    assert [len(one) for one in part] == [1047, 1047, 300, 300]
    assert (np.concatenate([part.x, part.test_x]) == data.x).all()
    assert (np.concatenate([part.y, part.test_y]) == data.y).all()
