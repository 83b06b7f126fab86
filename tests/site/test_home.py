"""The home page: its weight matrix shows what was recorded, its lists what is there."""

import re
from dataclasses import replace
from functools import cache

import pytest

from kb.code import Code
from kb.site.language import Language
from kb.site.pages import cutting
from kb.site.pages.thumbnail import thumbnail
from kb.snippets.read import read
from tests.catalogs import ROOT

ID = cutting.TECHNIQUE


@cache
def code():
    return read(ROOT / "catalog", [ID])[0][ID]


def drawn(panel):
    """(sign, step at which it goes, whether it is hidden, how many weights) of each path."""
    found = re.findall(r'<path class="(\w+)( gone)?" data-gone="(\d+)" d="([^"]*)"', panel)
    return [(sign, int(step), bool(gone), cells.count("M")) for sign, gone, step, cells in found]


def test_every_value_of_the_knob_has_its_recorded_answer():
    found = cutting.points(code())
    assert [one.sparsity for one in found] == [0, *range(50, 99, 4)]
    row = next(one for one in found if one.sparsity == 90)
    said = rf"90% +{re.escape(str(row.cut))} +{re.escape(str(row.again))} .* {row.stored:,}$"
    assert re.search(said, code().output, re.M)
    assert [one.stored for one in found] == sorted((one.stored for one in found), reverse=True)


def test_the_panel_opens_as_recorded_and_hides_what_that_sparsity_cuts():
    panel = cutting.panel(Language.ENGLISH, code(), "there/")
    paths = drawn(panel)
    shown = sum(count for _, _, gone, count in paths if not gone)
    assert sum(count for *_, count in paths) == 2_048
    assert shown == pytest.approx(0.1 * 2_048, abs=2)
    assert '<dd data-put="share">90%</dd>' in panel and "style=" not in panel


@pytest.mark.parametrize(
    "broken",
    [
        Code(),
        replace(code(), grid=None),
        replace(code(), weights=()),
        replace(code(), output="something else\n"),
    ],
    ids=["nothing", "no grid", "no weights", "another table"],
)
def test_what_was_not_recorded_is_left_out(broken):
    assert cutting.panel(Language.ENGLISH, broken, "there/") == ""


def test_a_thumbnail_is_the_plot_without_words_or_styles():
    small = thumbnail(code().figure)
    assert "<path" in small and 'viewBox="0 63 480 214"' in small
    assert not re.search("<(text|style|title|desc)|style=", small)
    assert "share of each layer" in code().figure.svg
    assert small.count("<svg") == small.count("</svg>") == 1


def test_every_recorded_figure_has_a_thumbnail():
    techniques = [path.parent.name for path in (ROOT / "catalog").glob("techniques/*/figure.svg")]
    codes = read(ROOT / "catalog", techniques)[0]
    assert [id for id, one in codes.items() if not thumbnail(one.figure)] == []


@pytest.mark.parametrize(
    "hostile",
    [
        "<title><![CDATA[x><img src=y onerror=z>]]></title>",
        "<style>body{display:none}</style>",
        '<path id="__drawer" class="md-overlay" onclick="x()" style="fill:red"/>',
        "<text><![CDATA[</svg><script>1</script>]]></text>",
        '<path d="M0 0" fill="url(https://evil.example)"/>',
    ],
    ids=["markup in a title", "a style", "attributes that do not draw", "an end", "an address"],
)
def test_a_thumbnail_keeps_only_what_draws(hostile):
    figure = code().figure
    small = thumbnail(replace(figure, svg=figure.svg.replace("</svg>", f"{hostile}</svg>", 1)))
    assert thumbnail(figure)[:-6] in small
    found = re.search(r"img|script|style|onclick|id=|md-|evil|CDATA", small)
    assert not found and small.count("<svg") == small.count("</svg>") == 1
