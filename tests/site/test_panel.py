"""The panel of a technique: when a slider is the chart's x axis, and what stands before what."""

import json

import pytest

from kb.code import Code, Figure, Grid
from kb.schema.technique import Knob
from kb.site.pages.trial import axis

KNOB = Knob.model_validate(
    {"constant": "BITS", "from": 2, "to": 8, "step": 1, "label": {"en": "bits", "zh": "比特数"}}
)


def figure(at, plot="2 8 70 454"):
    """A figure whose chart goes over ``plot``, with a mark at the pixel ``at``."""
    mark = f'<path class="ink" d="M{at} 68V272"/>' if at else ""
    return f'<svg><svg y="63" width="480" height="214" data-x="{plot}">{mark}</svg></svg>'


AXES = {
    "every value has its mark": (figure(70), {"BITS=5": {"1": figure(262)}}, (70, 454)),
    "a whole figure for a value": (figure(70), {"BITS=8": figure(454)}, (70, 454)),
    "a mark that stays": (figure(70), {"BITS=5": {"1": figure(70)}}, None),
    "a value without a mark": (figure(70), {"BITS=5": {"1": "<rect/>"}}, None),
    "no mark at all": (figure(None), {"BITS=5": {"1": "<rect/>"}}, None),
    "a chart that is not linear": (figure(70), {"BITS=4": {"1": figure(262)}}, None),
    "a chart that ends before the knob": (
        figure(70, "2 4 70 454"),
        {"BITS=3": {"1": figure(262)}},
        None,
    ),
    "a chart without an x axis": ("<svg/>", {"BITS=5": {"1": figure(262)}}, None),
    "nothing recorded of the knob": (figure(70), {"STEPS=5": {"1": figure(262)}}, None),
}


@pytest.mark.parametrize(("svg", "rows", "expected"), AXES.values(), ids=AXES.keys())
def test_a_slider_is_the_axis_of_a_chart_that_follows_it(svg, rows, expected):
    text = json.dumps({"rows": {name: {"figure": one} for name, one in rows.items()}})
    code = Code(figure=Figure(svg, "t", "a"), grid=Grid(text, (), {"BITS": 2}))
    assert axis(code, KNOB) == expected
