"""What a snippet shows: its table and its figure."""

from xml.etree import ElementTree

import numpy as np
import pytest

from kb.lab import bars, figure, lines, paired, show, table
from kb.lab.table import shown

CELLS = {
    "text": ("int8", "int8"),
    "whole": (12345, "12,345"),
    "small": (0.96249, "0.962"),
    "larger": (12.34, "12.3"),
    "large": (1234.5, "1,234"),
    "seeds": ([0.96, 0.98], "0.970 ± 0.010"),
    "one seed": ([0.5], "0.500"),
    "spread as its mean": ([100.0, 300.0], "200.0 ± 100.0"),
}


@pytest.mark.parametrize(("cell", "expected"), CELLS.values(), ids=CELLS.keys())
def test_a_cell_is_shown_as_a_reader_needs_it(cell, expected):
    assert shown(cell) == expected


def test_a_table_is_aligned(capsys):
    table(("bits", "accuracy"), [("8", [0.9, 0.9]), ("float", 1.0)])
    assert (
        capsys.readouterr().out
        == "bits        accuracy\n8      0.900 ± 0.000\nfloat          1.000\n"
    )


CHARTS = {
    "lines": lines(
        {"a <b>": ([1, 2, 4], [[0.1, 0.2, 0.3], [0.2, 0.3, 0.4]]), "c": ([1, 4], [0.5, 0.1])},
        title="A & B",
        x="bits",
        y="accuracy",
        about="up",
    ),
    "a logarithmic axis": lines(
        {"a": ([0.01, 1, 1000], [1, 2, 3])}, title="t", x="x", y="y", log_x=True
    ),
    "a flat line": lines({"a": ([1, 2], [5, 5])}, title="t", x="x", y="y"),
    "many places": lines(
        {"a": (np.arange(50), np.arange(50.0))}, title="t", x="x", y="y", markers=False
    ),
    "bars": bars({"a": [1.0, 2.0], "b": 3.0}, title="t", y="y"),
    "bars below zero": bars({"a": -1.0, "b": 3.0}, title="t", y="y"),
    "groups": bars({"a": {"x": 1.0, "y": [2.0, 3.0]}, "b": {"x": 1.0, "y": 2.0}}, title="t", y="y"),
    "dots": bars({"a": [0.95, 0.96]}, title="t", y="y", span=(0.9, 1)),
}


@pytest.mark.parametrize("svg", CHARTS.values(), ids=CHARTS.keys())
def test_a_chart_is_a_small_closed_picture_with_title_and_description(svg):
    root = ElementTree.fromstring(svg)
    assert (
        root.find("{*}title").text
        and root.find("{*}desc") is not None
        and root.get("role") == "img"
    )
    assert len(svg) < 12_000 and "nan" not in svg and "script" not in svg and "href" not in svg


def test_names_are_escaped():
    assert "a &lt;b&gt;" in CHARTS["lines"] and "A &amp; B" in CHARTS["lines"]


def test_bars_begin_at_zero_and_dots_are_no_bars():
    heights = [
        float(bar.get("height"))
        for bar in ElementTree.fromstring(CHARTS["bars"]).findall(".//{*}svg/{*}rect")
    ]
    assert heights[1] == pytest.approx(2 * heights[0], rel=0.01)
    assert not ElementTree.fromstring(CHARTS["dots"]).findall(".//{*}svg/{*}rect")


def test_show_hands_the_figure_to_the_sink_and_to_nobody_without(monkeypatch):
    seen = []
    show("<svg/>")
    monkeypatch.setattr(figure, "sink", seen.append)
    show("<svg/>")
    assert seen == ["<svg/>"]


PAIRS = {
    "all alike": ([0.5, 0.7], [0.4, 0.5], "kept  +.150 ± .071, 2 of 2\n"),
    "one against": ([0.1, 0.2, 0.9], [0.2, 0.4, 0.5], "kept  +.033 ± .321, 1 of 3\n"),
    "downwards": ([0.0, 1.0], [1.5, 3.5], "kept  -2.000 ± .707, 2 of 2\n"),
    "no difference": ([0.5, 0.5], [0.5, 0.5], "kept  +.000 ± .000, 0 of 2\n"),
}


@pytest.mark.parametrize(("a", "b", "printed"), PAIRS.values(), ids=PAIRS.keys())
def test_differences_are_taken_seed_by_seed(a, b, printed, capsys):
    paired("kept", a, b)
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize(("a", "b"), [([1.0], [2.0]), ([1.0, 2.0], [1.0, 2.0, 3.0])])
def test_sides_that_do_not_pair_are_refused(a, b):
    with pytest.raises(ValueError, match="`kept` needs one number a seed on both sides"):
        paired("kept", a, b)
