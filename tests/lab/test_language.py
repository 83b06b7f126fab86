"""The tiny language model: right gradients, a cache that changes nothing, changes without effect,
and weights that are what they are said to be.
"""

import gzip
import io
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from kb.code import Code
from kb.lab.language import (
    CONTEXT,
    LETTERS,
    bits_per_character,
    characters,
    decoded,
    encoded,
    fresh,
    inputs,
    loss,
    make,
    model,
    plant,
    random_rotation,
    rotate,
    tiny_lm,
    windows,
)
from kb.lab.language.layers import Cache
from kb.site import shelf

SEEDS = range(8)
LETTER_FREQUENCIES, PAIRS = 4.4, 3.6
"""Bits a character of the two simplest models of the text, rounded up."""


@pytest.fixture(scope="module")
def held():
    return windows(characters()[1], 40)


def in_doubles(net):
    for layer in [net.embedding, *net.linears, net.norm, net.head]:
        layer.parameters[:] = [array.astype(float) for array in layer.parameters]
    for norm, _ in net.readers:
        norm.parameters[:] = [array.astype(float) for array in norm.parameters]
    return net


def test_every_gradient_is_the_slope_of_the_loss(held):
    net, seen = in_doubles(fresh(3)), held[:2]
    _, gradient = loss(net(seen[:, :-1]), seen[:, 1:])
    net.backward(gradient)
    pairs = list(zip(net.parameters, [one.copy() for one in net.gradients], strict=True))
    assert len(pairs) == 2 + 2 * (1 + 2 + 1 + 2) + 2
    for array, found in pairs:
        for at in (np.unravel_index(np.abs(found).argmax(), found.shape), (0,) * found.ndim):
            old, slopes = array[at], []
            for step in (1e-5, -1e-5):
                array[at] = old + step
                slopes.append(loss(net(seen[:, :-1]), seen[:, 1:])[0])
            array[at] = old
            assert (slopes[0] - slopes[1]) / 2e-5 == pytest.approx(found[at], rel=1e-3, abs=1e-7)


def test_a_gradient_passes_through_what_stands_around_a_layer(held):
    net = tiny_lm()
    layer = net.linears[0]
    layer.around, layer.transform = np.round, np.round
    _, gradient = loss(net(held[:, :-1]), held[:, 1:])
    net.backward(gradient)
    assert not np.array_equal(layer.x, np.round(layer.x))
    assert layer.gradients[0].shape == layer.weight.shape and layer.gradients[0].any()


@pytest.mark.parametrize("steps", [(32,), (1,) * 32, (5, 1, 26)])
def test_a_cache_changes_no_score(held, steps):
    net, tokens, cache, at, found = tiny_lm(), held[:3, :-1], Cache(), 0, []
    for count in steps:
        found.append(net.next(tokens[:, at : at + count], cache))
        at += count
    assert np.concatenate(found, 1) == pytest.approx(net(tokens), abs=2e-4)
    assert cache.keys[0].shape == (3, 4, CONTEXT, 8)
    with pytest.raises(ValueError, match="sees 32 characters"):
        net.next(tokens[:, :1], cache)


def test_nobody_sees_what_comes_later(held):
    net, tokens = tiny_lm(), held[:2, :-1]
    other = tokens.copy()
    other[:, 20:] = 0
    assert np.array_equal(net(tokens)[:, :20], net(other)[:, :20])
    assert not np.array_equal(net(tokens)[:, 20:], net(other)[:, 20:])


def test_planted_outliers_change_no_answer_and_are_there(held):
    net = tiny_lm(1)
    before, quiet = bits_per_character(net, held), np.abs(inputs(net, net.linears[0], held)).max(0)
    plant(net, seed=5)
    loud = np.abs(inputs(net, net.linears[0], held)).max(0)
    assert bits_per_character(net, held) == pytest.approx(before, abs=1e-5)
    assert sorted(np.round(loud / quiet))[-3:] == [1, 60, 60]


def test_a_rotation_changes_no_answer_and_every_number(held):
    net = tiny_lm(2)
    scores, old = net(held[:, :-1]), net.linears[0].weight.copy()
    turn = random_rotation(7)
    assert turn @ turn.T == pytest.approx(np.eye(32), abs=1e-12)
    rotate(net, turn)
    assert net(held[:, :-1]) == pytest.approx(scores, abs=2e-3)
    assert np.abs(net.linears[0].weight - old).mean() > 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_each_seed_has_learned_the_language(seed):
    bits = bits_per_character(tiny_lm(seed), windows(characters()[1]))
    assert 2.1 < bits < 2.3 < PAIRS


def test_the_networks_differ_and_a_large_seed_takes_its_remainder():
    first = [tiny_lm(seed).head.weight for seed in (*SEEDS, 11)]
    assert all(not np.array_equal(first[0], other) for other in first[1:])
    assert np.array_equal(first[8], first[3])


def test_a_copy_has_weights_of_its_own():
    net = tiny_lm()
    other = net.copy()
    other.linears[2].weight = other.linears[2].weight * 0
    assert other.blocks[0].mlp.up.weight.max() == 0 < net.blocks[0].mlp.up.weight.max()


@pytest.mark.parametrize("at", [0, 1_000, 57_407])
def test_a_changed_byte_is_refused(at, tmp_path, monkeypatch):
    for path in model.FOLDER.glob("tiny*.f16"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    content = bytearray((tmp_path / "tiny0.f16").read_bytes())
    content[at] ^= 1
    (tmp_path / "tiny0.f16").write_bytes(content)
    monkeypatch.setattr(model, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="its sha256 differs"):
        tiny_lm()
    tiny_lm(1)


def test_the_text_is_what_the_model_can_write():
    train, held = characters()
    assert len(train) == pytest.approx(9 * len(held), abs=9)
    text = decoded(train[:200])
    assert set(text) <= set(LETTERS) and np.array_equal(encoded(text), train[:200])
    assert encoded("Ünknown, 4-bit!").tolist() == encoded("nknown, 4-bit").tolist()
    shares = np.bincount(train, minlength=len(LETTERS)) / len(train)
    assert -np.sum(shares * np.log2(np.maximum(shares, 1e-30))) < LETTER_FREQUENCIES
    assert windows(held).shape[1] == CONTEXT + 1 and len(windows(held, 3, start=7)) == 3


@pytest.mark.lab
def test_training_again_gives_the_same_model_within_a_hair():
    again = bits_per_character(make.trained(0), windows(characters()[1]))
    kept = bits_per_character(tiny_lm(0), windows(characters()[1]))
    assert again == pytest.approx(kept, abs=0.03)


def test_what_travels_is_enough_and_refuses_no_seed(tmp_path):
    for packed in shelf.travelling(tmp_path).values():
        zipfile.ZipFile(io.BytesIO(gzip.decompress(packed))).extractall(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from kb.lab.language import bits_per_character, characters, tiny_lm, windows\n"
        "held = windows(characters()[1], 70)\n"
        "print(*(round(bits_per_character(tiny_lm(seed), held), 1) for seed in range(4)))\n"
    )
    said = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    bits = said.stdout.split()
    assert len(bits) == 4 and bits[3] == bits[0] and all(2 < float(one) < 2.4 for one in bits)


def test_a_notebook_takes_the_model_along_only_if_it_is_used():
    codes = {
        "with": Code(source="# It.\nfrom kb.lab.language import tiny_lm\n"),
        "without": Code(source="# It.\nfrom kb.lab import digits\n"),
    }
    made = shelf.files(codes)
    assert "tiny2.f16" in made["techniques/with/with.ipynb"]
    assert "tiny3.f16" not in made["techniques/with/with.ipynb"]
    assert "kb/lab/language" not in made["techniques/without/without.ipynb"]
