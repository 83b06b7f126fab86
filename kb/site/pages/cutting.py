"""The weight matrix of the home page, and what magnitude pruning leaves of it: recorded."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from kb.code import Code
from kb.site.html import link, tag
from kb.site.language import Language
from kb.words import home
from kb.words.pair import Pair

TECHNIQUE, KNOB = "uniform-magnitude-pruning", "SPARSITY"
"""The technique whose answers are shown, and the knob that the slider turns."""
_ACROSS, _PIXELS, _CELL, _GAP = 8, 8, 4, 4
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 332, 24, 232
_SPREAD = r"(\d\.\d+) ± (\d\.\d+)"
_DENSE = re.compile(rf"^0% +{_SPREAD} +([\d,]+)$", re.M)


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation of an accuracy over the seeds, as the snippet printed them."""

    mean: str
    deviation: str

    def __str__(self) -> str:
        return f"{self.mean} ± {self.deviation}"


@dataclass(frozen=True, slots=True)
class Point:
    """What the snippet printed for one sparsity (in percent): three accuracies and the bytes."""

    sparsity: int
    cut: Spread
    again: Spread
    random: Spread
    stored: int


def points(code: Code) -> list[Point]:
    """The recorded answers at every value of the knob, the whole network first.

    Nothing if they were not recorded or are not in the form that is known here.
    """
    if not code.grid or not code.output or not (dense := _DENSE.search(code.output)):
        return []
    whole = Spread(dense[1], dense[2])
    found = [Point(0, whole, whole, whole, _number(dense[3]))]
    for value, output in sorted(_outputs(code.grid.text, code.output, code.grid.knobs[KNOB])):
        line = rf"^{value}% +{_SPREAD} +{_SPREAD} +{_SPREAD} +([\d,]+)$"
        if row := re.search(line, output, re.M):
            spreads = (Spread(row[1], row[2]), Spread(row[3], row[4]), Spread(row[5], row[6]))
            found.append(Point(value, *spreads, _number(row[7])))
    return found if len(found) > 1 else []


def _outputs(grid: str, recorded: str, at: float) -> Iterable[tuple[int, str]]:
    """What was printed at each value of the knob, which is a share; the value in percent."""
    yield round(100 * at), recorded
    for name, row in json.loads(grid)["rows"].items():
        knob, _, value = name.partition("=")
        if knob == KNOB:
            yield round(100 * float(value)), _applied(row["output"], recorded)


def _applied(change: object, recorded: str) -> str:
    """``recorded`` with the lines that ``change`` names by number; a whole text is its own."""
    if isinstance(change, str):
        return change
    lines = recorded.split("\n")
    for number, line in cast(Mapping[str, str], change).items():
        lines[int(number)] = line
    return "\n".join(lines)


def _number(printed: str) -> int:
    return int(printed.replace(",", ""))


def panel(language: Language, code: Code, address: str) -> str:
    """The panel as it stands at the recorded sparsity; a script adds the slider.

    ``address`` is that of the technique's page. Nothing without answers or without weights.
    """
    found = points(code)
    if not found or not code.weights or not code.grid:
        return ""
    opening = round(100 * code.grid.knobs[KNOB])
    at = next(number for number, one in enumerate(found) if one.sparsity == opening)
    steps = [one.sparsity for one in found]
    return tag(
        "div",
        tag("p", tag("strong", language.say(home.CUT_TITLE)), class_="kb-cut-title"),
        _readings(language, found[0], found[at]),
        tag(
            "div",
            _matrix(language, code.weights, steps, at),
            tag("div", _chart(language, found, at), class_="kb-cut-axis"),
            class_="kb-cut-grid",
        ),
        _caption(language, code.weights, address),
        class_="kb-panel kb-cut",
        data_kb_cut=_for_the_script(language, found, at),
    )


def _readings(language: Language, whole: Point, point: Point) -> str:
    read = (
        tag(
            "div", tag("dt", language.say(name)), tag("dd", value, data_put=put), class_=f"is-{put}"
        )
        for put, name, value in zip(
            ("share", "cut", "again", "random", "stored"),
            home.CUT_READINGS,
            _said(language, whole, point),
            strict=True,
        )
    )
    return tag("dl", *read, class_="kb-reads")


def _said(language: Language, whole: Point, point: Point) -> list[str]:
    stored = home.CUT_STORED.fill(
        bytes=f"{point.stored:,}", part=f"{whole.stored / point.stored:.1f}"
    )
    if point is whole:
        stored = home.CUT_WHOLE.fill(bytes=f"{point.stored:,}")
    spreads = map(str, (point.cut, point.again, point.random))
    return [f"{point.sparsity}%", *spreads, language.say(stored)]


def _for_the_script(language: Language, found: Sequence[Point], at: int) -> str:
    """What every position of the slider puts into the panel."""
    states = [
        {"say": _said(language, found[0], one), "y": [_y(each.mean) for each in _three(one)]}
        for one in found
    ]
    x = [_x(number, len(found)) for number in range(len(found))]
    label = language.say(home.CUT_SLIDER)
    return json.dumps({"at": at, "states": states, "x": x, "label": label}, ensure_ascii=False)


def _three(point: Point) -> tuple[Spread, Spread, Spread]:
    return point.random, point.cut, point.again


def _matrix(
    language: Language, units: Sequence[Sequence[int]], steps: Sequence[int], at: int
) -> str:
    """A tile for each unit, a square for each weight: those that go at one step are one path."""
    down = -(-len(units) // _ACROSS)
    side = _PIXELS * _CELL + _GAP
    groups: dict[tuple[int, bool], list[str]] = {}
    for unit, row in enumerate(units):
        for pixel, weight in enumerate(row):
            x = unit % _ACROSS * side + pixel % _PIXELS * _CELL
            y = unit // _ACROSS * side + pixel // _PIXELS * _CELL + _CELL // 2
            gone = _step(abs(weight), steps)
            groups.setdefault((gone, weight > 0), []).append(f"M{x} {y}h{_CELL}")
    paths = [
        tag("path", class_=_name(gone, positive, gone <= at), data_gone=gone, d="".join(cells))
        for (gone, positive), cells in sorted(groups.items())
    ]
    return tag(
        "svg",
        *paths,
        class_="kb-matrix",
        viewBox=f"0 0 {_ACROSS * side - _GAP} {down * side - _GAP}",
        role="img",
        aria_label=language.say(home.CUT_MATRIX.fill(units=len(units))),
        xmlns="http://www.w3.org/2000/svg",
    )


def _step(sparsity: int, steps: Sequence[int]) -> int:
    """The first of the ``steps`` at which a weight is gone; their number if it stays to the end."""
    return next((number for number, one in enumerate(steps) if one >= sparsity), len(steps))


def _name(gone: int, positive: bool, is_gone: bool) -> str:
    sign = "positive" if positive else "negative"
    return f"{sign} gone" if is_gone and gone else sign


def _chart(language: Language, found: Sequence[Point], at: int) -> str:
    """Accuracy over sparsity: the steps are equally far apart, since most happens at the end."""
    curves = zip(("random", "cut", "again"), zip(*map(_three, found), strict=True), strict=True)
    drawn = {name: list(spreads) for name, spreads in curves}
    grid = [_tick(value) for value in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    lines = [tag("path", class_=f"line is-{name}", d=_line(one)) for name, one in drawn.items()]
    x = _x(at, len(found))
    dots = [
        tag("circle", class_=f"dot is-{name}", cx=x, cy=_y(one[at].mean), r=5)
        for name, one in drawn.items()
    ]
    return tag(
        "svg",
        *grid,
        tag("path", class_="band", d=_band(drawn["again"])),
        *lines,
        tag("path", class_="cursor", d=f"M{x} {_TOP}V{_BOTTOM}"),
        *dots,
        *_shares(found),
        class_="kb-curves",
        viewBox="0 0 350 256",
        role="img",
        aria_label=language.say(home.CUT_CHART),
        xmlns="http://www.w3.org/2000/svg",
    )


def _tick(value: float) -> str:
    y = _y(value)
    line = tag("path", class_="grid", d=f"M{_LEFT} {y}H{_RIGHT}")
    return line + tag("text", f"{value:g}", x=_LEFT - 6, y=y + 4, text_anchor="end")


def _shares(found: Sequence[Point]) -> list[str]:
    """The sparsities below the chart, every second one, so that none touches its neighbour."""
    last = len(found) - 1
    return [
        tag("text", f"{one.sparsity}%", x=_x(number, len(found)), y=252, text_anchor="middle")
        for number, one in enumerate(found)
        if (last - number) % 2 == 0
    ]


def _line(spreads: Sequence[Spread]) -> str:
    return "M" + "L".join(
        f"{_x(number, len(spreads))} {_y(one.mean)}" for number, one in enumerate(spreads)
    )


def _band(spreads: Sequence[Spread]) -> str:
    """From one standard deviation above the mean, along it and back below it."""
    count = len(spreads)
    above = [
        f"{_x(i, count)} {_y(float(one.mean) + float(one.deviation))}"
        for i, one in enumerate(spreads)
    ]
    below = [
        f"{_x(i, count)} {_y(float(one.mean) - float(one.deviation))}"
        for i, one in enumerate(spreads)
    ]
    return f"M{'L'.join([*above, *reversed(below)])}z"


def _x(number: int, count: int) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * number / (count - 1), 1)


def _y(accuracy: float | str) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * float(accuracy), 1)


def _caption(language: Language, units: Sequence[Sequence[int]], address: str) -> str:
    said: Pair = home.CUT_CAPTION.fill(weights=f"{sum(map(len, units)):,}")
    return tag(
        "p",
        language.say(said),
        " ",
        link(language.say(home.CUT_MORE), address),
        class_="kb-what",
    )
