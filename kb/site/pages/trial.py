"""What can be tried with a snippet: its claims, its knobs and its experiments.

All of it can be read without JavaScript; the script makes sliders and buttons of it.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping

from kb.code import Code, Grid, Told
from kb.schema.technique import Agreement, Experiment, Knob, Snippet
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import escape, prose
from kb.words import captions

_KNOB = re.compile(r"\{(\w+)\}")
_PLOT = re.compile(r'<svg [^>]*data-x="(\S+) (\S+) (\S+) (\S+)"')
_PLACE = re.compile(r'<path class="ink" d="M([\d.]+) 68V272"')
_NEAR = 0.6
"""Pixels within which a mark stands where a value belongs."""


def section(language: Language, code: Code, texts: Snippet) -> str:
    """Claims as they were recorded, and what there is to try. Nothing for a snippet without."""
    if not texts.claims:
        return ""
    at = code.grid.knobs if code.grid else {}
    inside = _claims(language, code, texts, at) + _tries(language, texts)
    for_the_script = _for_the_script(language, code, texts, at)
    grid = "grid.json" if code.grid and code.figure else None
    return tag("kb-trial", inside, data_grid=grid, **for_the_script)


def axis(code: Code, knob: Knob) -> tuple[float, float] | None:
    """Between which pixels of the recorded figure ``knob`` moves, if it is the chart's x axis.

    It is if the chart is linear and every recorded value of the knob has its mark in the figure
    where that value belongs.
    """
    if code.grid is None or code.figure is None:
        return None
    plot = _PLOT.search(code.figure.svg)
    if plot is None:
        return None
    low, high, start, end = map(float, plot.groups())
    if not low < high or knob.low < low or knob.high > high:
        return None

    def pixel(value: float) -> float:
        return start + (value - low) / (high - low) * (end - start)

    found = dict(_places(code.figure.svg, code.grid, knob.constant))
    if len(found) < 2 or not all(abs(pixel(at) - found[at]) <= _NEAR for at in found):
        return None
    return pixel(knob.low), pixel(knob.high)


def _places(svg: str, grid: Grid, constant: str) -> Iterator[tuple[float, float]]:
    """The values of a knob that are recorded, each with the pixel at which its figure has a mark;
    one that is nowhere for a figure without."""
    recorded = _PLACE.search(svg)
    if constant in grid.knobs:
        yield grid.knobs[constant], float(recorded[1]) if recorded else math.nan
    for name, row in json.loads(grid.text)["rows"].items():
        knob, _, value = name.partition("=")
        if knob == constant and value:
            yield float(value), _place(row.get("figure", ""))


def _place(figure: str | Mapping[str, str]) -> float:
    text = figure if isinstance(figure, str) else "\n".join(figure.values())
    found = _PLACE.search(text)
    return float(found[1]) if found else math.nan


def agreement(language: Language, said: Agreement | None) -> str:
    """How far the toy agrees with the paper, in three labelled parts."""
    if said is None:
        return ""
    parts = (
        (captions.REPRODUCED, said.reproduced),
        (captions.NOT_REPRODUCED, said.not_reproduced),
        (captions.WHY, said.why),
    )
    return "".join(
        f"{language.say(captions.PART).format(language.say(label))}{prose(language.say(text))}\n\n"
        for label, text in parts
        if text
    )


def _for_the_script(
    language: Language, code: Code, texts: Snippet, at: Mapping[str, float]
) -> dict[str, str]:
    knobs = [
        {
            "constant": knob.constant,
            "from": knob.low,
            "to": knob.high,
            "step": knob.step,
            "value": at[knob.constant],
            "label": language.say(knob.label),
            "axis": axis(code, knob),
        }
        for knob in texts.knobs
        if knob.constant in at
    ]
    return {"data_knobs": _json(knobs), "data_words": _json(texts.figure)}


def _claims(language: Language, code: Code, texts: Snippet, at: Mapping[str, float]) -> str:
    told = {one.name: one for one in (code.grid.claims if code.grid else ())}
    items = (
        _claim(language, name, language.say(text), at, told.get(name))
        for name, text in texts.claims.items()
    )
    return tag("ul", *items, class_="kb-claims", aria_label=language.say(captions.CLAIMED))


def _claim(
    language: Language, name: str, text: str, at: Mapping[str, float], told: Told | None
) -> str:
    state, verdict = _state(language, told)
    sentence = tag("span", prose(_filled(text, at)), class_="kb-sentence")
    return tag(
        "li",
        tag("span", class_="kb-sign", aria_hidden="true"),
        tag("span", sentence, " ", tag("small", verdict, class_="kb-verdict")),
        data_claim=name,
        data_text=text,
        class_=state,
    )


def _filled(text: str, at: Mapping[str, float]) -> str:
    """``text`` with the recorded value of each knob that it names; without one, its name."""
    return _KNOB.sub(lambda found: f"{at[found[1]]:g}" if found[1] in at else found[1], text)


def _state(language: Language, told: Told | None) -> tuple[str, str]:
    """How a claim is marked, and what is said of it."""
    if told is None:
        return "untold", ""
    if not told.holds:
        return "falls", language.say(captions.FALLS.fill(on=told.on, of=told.of))
    if told.of == 1:
        return "holds", language.say(captions.HOLDS_ONCE)
    verdict = language.say(captions.HOLDS.fill(on=told.on, of=told.of))
    return "holds" if told.on == told.of else "mostly", verdict


def _tries(language: Language, texts: Snippet) -> str:
    if not texts.experiments:
        return ""
    head = tag("p", language.say(captions.TRIES), class_="kb-caption")
    found = (_try(language, one) for one in texts.experiments)
    return tag("div", head, *found, class_="kb-tries")


def _try(language: Language, one: Experiment) -> str:
    change = tag("code", escape(one.change.old)) + " → " + tag("code", escape(one.change.new))
    return tag(
        "details",
        tag("summary", prose(language.say(one.label))),
        tag("p", prose(language.say(one.because)), class_="kb-because"),
        tag("p", language.say(captions.CHANGE), " ", change, class_="kb-change"),
        data_try=one.name,
        data_from=json.dumps(one.change.old),
        data_to=json.dumps(one.change.new),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
