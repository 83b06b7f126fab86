"""The recorded weights: those that the snippet trains, and no file that is anything else."""

import pytest

from kb.lab import centred, dense_net, train
from kb.snippets.weights import opened
from tests.catalogs import ROOT

FILE = ROOT / "catalog" / "techniques" / "uniform-magnitude-pruning" / "weights.txt"


def trained():
    """At which sparsity each weight of the first layer goes, in percent, with its sign."""
    data, net = centred(0), dense_net(64, 32, 10, seed=0)
    train(net, data, batch=64, seed=0)
    units = net.weighted[0].weight
    order = abs(units).ravel().argsort().argsort().reshape(units.shape)
    return (100 * order // units.size + 1) * (1 - 2 * (units < 0))


def test_they_are_those_of_the_network_that_the_snippet_cuts(request):
    now = trained().tolist()
    if request.config.getoption("--update-golden"):
        FILE.write_text("".join(f"{' '.join(map(str, row))}\n" for row in now), encoding="utf-8")
    kept = opened(FILE.read_text(encoding="utf-8"))
    pairs = [pair for rows in zip(now, kept, strict=True) for pair in zip(*rows, strict=True)]
    assert all(abs(one - other) <= 2 for one, other in pairs)  # machines round differently


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "equally many"),
        ("\n\n", "equally many"),
        ("1 2\n3\n", "equally many"),
        ("1 0\n", "`0` is neither"),
        ("1 101\n", "`101` is neither"),
        ("1 <script>\n", "invalid literal"),
        ("1 " * 5_000, "more than 4,096"),
    ],
    ids=["empty", "blank", "ragged", "zero", "too large", "no number", "too many"],
)
def test_what_is_no_such_file_is_refused(text, wrong):
    with pytest.raises(ValueError, match=wrong):
        opened(text)
