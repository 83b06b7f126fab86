"""What counts as the same output."""

import pytest

from kb.snippets.compare import compare, without_versions

SAME = {
    "itself": ("bits 8  accuracy 0.962 ± 0.004\n", "bits 8  accuracy 0.962 ± 0.004\n"),
    "near in absolute terms": ("accuracy 0.962", "accuracy 0.935"),
    "near in relative terms": ("24.1x smaller", "25.0x smaller"),
    "thousands": ("2,368 weights", "2,400 weights"),
    "other blanks": ("a  0.9", "a 0.91"),
    "below zero": ("loss -1.00", "loss -1.02"),
    "powers of ten": ("error 1.0e-05", "error 2e-5"),
    "percent": ("95%", "96%"),
    "signs of zero": ("-0.00", "0.00"),
    "in brackets": ("(0.91, 0.92)", "(0.93, 0.90)"),
}
OTHER = {
    "a word": ("int8 0.9", "int4 0.9", ["line 1: `int4 0.9` found, `int8 0.9` expected"]),
    "a number too far": (
        "accuracy 0.96",
        "accuracy 0.90",
        ["line 1: `accuracy 0.90` found, `accuracy 0.96` expected"],
    ),
    "a whole number": ("8 bits", "7 bits", ["line 1: `7 bits` found, `8 bits` expected"]),
    "a sign": ("gain 0.50", "gain -0.50", ["line 1: `gain -0.50` found, `gain 0.50` expected"]),
    "a line more": ("a\n", "a\nb\n", ["line 2: `b` found, nothing expected"]),
    "a line less": ("a\nb\n", "a\n", ["line 2: nothing found, `b` expected"]),
    "a word in place of a number": (
        "loss 0.1",
        "loss nan",
        ["line 1: `loss nan` found, `loss 0.1` expected"],
    ),
    "a cell more": ("0.9 0.8", "0.9", ["line 1: `0.9` found, `0.9 0.8` expected"]),
    "hyphens are no signs": ("2-3", "2-9", ["line 1: `2-9` found, `2-3` expected"]),
}


@pytest.mark.parametrize(("recorded", "fresh"), SAME.values(), ids=SAME.keys())
def test_this_is_the_same(recorded, fresh):
    assert compare(recorded, fresh) == []


@pytest.mark.parametrize(("recorded", "fresh", "expected"), OTHER.values(), ids=OTHER.keys())
def test_this_is_not_the_same(recorded, fresh, expected):
    assert compare(recorded, fresh) == expected


def test_the_tolerance_can_be_tightened():
    assert compare("0.962", "0.961", absolute=0.0001, relative=0) != []


FIRST_LINES = {
    "one library": ("with torch 2.13.0+cpu\naccuracy 0.9\n", "with torch\naccuracy 0.9\n"),
    "several": (
        "with torch 2.13.0, torch-pruning 1.6.1, kmeans1d 0.5rc1\n",
        "with torch, torch-pruning, kmeans1d\n",
    ),
    "nothing below": ("with torch 2.13.0", "with torch"),
    "no version": ("with torch\naccuracy 0.9\n", "with torch\naccuracy 0.9\n"),
    "another line": ("torch 2.13.0\n", "torch 2.13.0\n"),
    "more than versions": ("with torch 2.13.0 accuracy 0.9\n", "with torch 2.13.0 accuracy 0.9\n"),
    "versions further down": (
        "accuracy 0.9\nwith torch 2.13.0\n",
        "accuracy 0.9\nwith torch 2.13.0\n",
    ),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("output", "expected"), FIRST_LINES.values(), ids=FIRST_LINES.keys())
def test_versions_go_from_the_first_line_alone(output, expected):
    assert without_versions(output) == expected
