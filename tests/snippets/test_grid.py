"""The grid: values of a knob, code with a knob turned, and what is recorded of it."""

import json
from pathlib import Path

import pytest

from kb.code import Told
from kb.schema.technique import Knob, Snippet
from kb.snippets import find
from kb.snippets.experiments import UnfitChange
from kb.snippets.grid import SIZE, delta, opened, packed, turned, values, ways
from kb.snippets.run import Run, Way

CODE = "# BITS = 9\nBITS, RATE = 2, 0.5  # 2 bits\nfor BITS_ in (BITS,):\n    print(BITS)\n"


def knob(low=2, high=8, step=1, constant="BITS"):
    label = {"en": "bits", "zh": "比特数"}
    said = {"constant": constant, "from": low, "to": high, "step": step, "label": label}
    return Knob.model_validate(said)


VALUES = {
    "whole numbers": ((2, 5, 1), [2, 3, 4, 5]),
    "tenths that are no sums of rounding errors": ((0.1, 0.4, 0.1), [0.1, 0.2, 0.3, 0.4]),
    "below zero": ((-1, 1, 1), [-1, 0, 1]),
    "steps of a half": ((1, 2, 0.5), [1, 1.5, 2]),
}


@pytest.mark.parametrize(("spread", "expected"), VALUES.values(), ids=VALUES.keys())
def test_values_of_a_knob(spread, expected):
    assert values(knob(*spread)) == expected


def test_turning_a_knob_changes_its_number_and_nothing_else():
    assert turned(CODE, knob(), 4) == CODE.replace("= 2, 0.5", "= 4, 0.5")
    assert turned(CODE, knob(constant="RATE"), 0.25) == CODE.replace("2, 0.5", "2, 0.25")
    assert turned("字 = 1; BITS = 2\n", knob(), 3) == "字 = 1; BITS = 3\n"


UNFIT = {
    "steps that miss the end": (CODE, knob(2, 8, 5), "`to` is no whole number of steps"),
    "no range": (CODE, knob(2, 2, 1), "`to` is no whole number of steps"),
    "no such constant": (CODE, knob(constant="WIDTH"), "the code has no single line `WIDTH = 3`"),
    "given twice": (f"BITS = 3\n{CODE}", knob(), "the code has no single line"),
    "no plain number": ("BITS = len('ab')\n", knob(), "the code has no single line"),
    "between two values": (CODE, knob(1, 9, 2), "the code says 2, which is not one of its values"),
    "outside": (CODE, knob(3, 8, 1), "the code says 2, which is not one of its values"),
    "no Python": ("BITS = \n", knob(), "the code cannot be read"),
    "too many": (CODE, knob(2, 99, 1), "97 rows; give the knobs fewer values"),
}


@pytest.mark.parametrize(("code", "one", "said"), UNFIT.values(), ids=UNFIT.keys())
def test_a_knob_that_does_not_fit_the_code(code, one, said):
    with pytest.raises(UnfitChange) as refused:
        ways(code, Snippet(knobs=(one,)))
    assert said in str(refused.value)


def test_knobs_are_turned_one_at_a_time_and_the_recorded_value_is_no_row():
    found = ways(CODE, Snippet(knobs=(knob(2, 4), knob(0, 1, 0.5, "RATE"))))
    assert [way.name for way in found] == ["BITS=3", "BITS=4", "RATE=0", "RATE=1"]


def done(output, svg, holds=True, name=""):
    snippet = find.SnippetFile("one", Path("snippet.py"))
    told = (Told("small", 8 if holds else 2, 8, holds),)
    return Run(
        snippet,
        "ran",
        0.1,
        output,
        svg,
        claims=told,
        way=Way(name=name, source=name.replace("=", " = ")),
    )


def test_a_row_holds_only_what_differs():
    base = done("a\nb\n", "<svg>\nx\n</svg>\n")
    other = done("a\nc\n", "<svg>\ny\nz\n</svg>\n", holds=False, name="BITS=3")
    assert json.loads(packed("code", Snippet(), base, [other]))["rows"] == {
        "recorded": {"code": {}, "claims": [["small", 8, 8, True]], "output": {}, "figure": {}},
        "BITS=3": {
            "code": {"0": "BITS = 3"},
            "claims": [["small", 2, 8, False]],
            "output": {"1": "c"},
            "figure": "<svg>\ny\nz\n</svg>\n",
        },
    }


def test_a_grid_that_is_too_large_is_refused():
    noise = [done("", "".join(f"{i * i % 9973}," for i in range(n, n + 9000))) for n in (1, 2)]
    with pytest.raises(UnfitChange, match=r"the grid takes [\d,]+ bytes when packed"):
        packed("code", Snippet(), *noise[:1], noise[1:] * 3)
    assert SIZE == 10_000


def test_lines_that_differ_are_told_by_number():
    assert delta("a\nb\nc", "a\nx\nc") == {"1": "x"}
    assert delta("a\nb", "a\nb\nc") == "a\nb\nc"


OPENED = json.loads(packed("code", Snippet(), done("a", "<svg/>"), []))
SVG = '<svg xmlns="http://www.w3.org/2000/svg">\n</svg>'
ROW = {"code": {}, "claims": [], "output": {}, "figure": {}}
STRANGE = {
    "no JSON": ("{", "Expecting property name"),
    "a list": ("[]", "it is not a grid"),
    "no rows": ({**OPENED, "rows": {}}, "it is not a grid"),
    "other code": ({**OPENED, "code": "0"}, "it was recorded with other code"),
    "claims of another shape": (
        {**OPENED, "rows": {"recorded": {"claims": [["small", "8", 8, True]]}}},
        "a claim in it has not a name",
    ),
    "a figure that does more than draw": (
        {**OPENED, "rows": {**OPENED["rows"], "x": {**ROW, "figure": {"0": "<svg><a/></svg>"}}}},
        "not valid XML",
    ),
    "a script in a line": (
        {
            **OPENED,
            "rows": {
                **OPENED["rows"],
                "x": {**ROW, "figure": {"1": "<script>alert(1)</script></svg>"}},
            },
        },
        "an element `script`",
    ),
    "a line beyond the end": (
        {**OPENED, "rows": {**OPENED["rows"], "x": {**ROW, "figure": {"9": "x"}}}},
        "it is not a grid",
    ),
    "a row without a figure": (
        {**OPENED, "rows": {**OPENED["rows"], "x": {}}},
        "a row in it has no figure",
    ),
}


@pytest.mark.parametrize(("text", "said"), STRANGE.values(), ids=STRANGE.keys())
def test_a_grid_from_a_stranger_is_what_it_should_be_or_left_out(text, said):
    with pytest.raises(ValueError, match=said):
        opened(text if isinstance(text, str) else json.dumps(text), "code", SVG)


def test_a_grid_tells_the_recorded_claims_and_knobs():
    texts = Snippet(knobs=(knob(),))
    found = opened(packed(CODE, texts, done("a", SVG), []), CODE, SVG)
    assert found.claims == (Told("small", 8, 8, True),) and found.knobs == {"BITS": 2}
