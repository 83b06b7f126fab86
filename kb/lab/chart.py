"""Small charts as SVG text: lines and bars with the spread over seeds, for light and dark pages.

Colours are written as attributes for a light card; a style sheet inside the picture turns the card
dark where the page is. Series differ in marker and dash as well as in colour. No script, no font,
no address of another file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

import numpy as np

Samples = float | Sequence[float] | np.ndarray

WIDTH, HEIGHT = 480, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 466, 68, 272
_PAPER, _INK, _GRID = ("#ffffff", "#1e2129"), ("#333333", "#d8dae0"), ("#e2e2e2", "#3d414c")
_COLOURS = (
    ("#1f6fb4", "#6db3f2"),
    ("#c8384c", "#ff8f9b"),
    ("#2a7d46", "#7fd49a"),
    ("#8150b3", "#c9a5f0"),
    ("#a86400", "#f0b85c"),
    ("#2b7f8a", "#7fd6e0"),
)
_DASHES = ("", "6 3", "2 3", "9 3 2 3", "4 2", "1 2")
_MARKERS = (
    "M-3-3h6v6h-6z",
    "M0-4l4 7h-8z",
    "M0-4l4 4l-4 4l-4-4z",
    "M-3-3l6 6m0-6l-6 6",
    "M0-4v8m-4-4h8",
    "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Maps values from ``low`` to ``high`` to pixels from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    @property
    def span(self) -> tuple[float, float]:
        """Its ends, as powers of ten on a logarithmic axis."""
        return (log10(self.low), log10(self.high)) if self.log else (self.low, self.high)

    def at(self, value: float) -> float:
        low, high, value = (
            (log10(v) for v in (self.low, self.high, value))
            if self.log
            else (self.low, self.high, value)
        )
        return round(self.start + (value - low) / (high - low) * (self.end - self.start), 1)


def lines(  # noqa: PLR0913  all but the first are keywords
    series: Mapping[str, tuple[Sequence[float], Samples | Sequence[Samples]]],
    *,
    title: str,
    x: str,
    y: str,
    about: str = "",
    log_x: bool = False,
    span: tuple[float, float] | None = None,
    markers: bool = True,
    at: float | None = None,
) -> str:
    """A line for each name in ``series``: its places (n,), and its heights (n,) or (seeds, n).

    Heights of several seeds are shown as their mean with a band of one standard deviation.

    ``x`` and ``y`` name the axes with their units, ``about`` says in a sentence what is to be seen
    (for screen readers), ``span`` fixes the lowest and highest height, ``at`` is the place that the
    claims are about, such as the value of a knob. Returns SVG.
    """
    drawn = {
        name: (np.asarray(places, float), np.atleast_2d(np.asarray(heights, float)))
        for name, (places, heights) in series.items()
    }
    places = np.unique(np.concatenate([p for p, _ in drawn.values()]))
    across = _Axis(places[0], places[-1], _LEFT + 12, _RIGHT - 12, log_x)
    up = _upright(
        np.concatenate(
            [(h.mean(0) + side * h.std(0)) for _, h in drawn.values() for side in (-1, 1)]
        ),
        span,
    )
    body = [
        _line(number, across, up, p, h, markers) for number, (p, h) in enumerate(drawn.values())
    ]
    if at is not None:
        body.insert(0, _place(across.at(at)))
    ticks = places if len(places) <= 9 else _ticks(across)
    labels = [_text(across.at(tick), _BOTTOM + 16, _number(tick), "middle") for tick in ticks]
    return _page(
        title,
        about,
        [
            *_grid(up),
            *labels,
            *_captions(x, y),
            *_legend(list(drawn), _line_key),
            *_inside(body, up, across),
        ],
    )


def bars(
    values: Mapping[str, Samples | Mapping[str, Samples]],
    *,
    title: str,
    y: str,
    about: str = "",
    span: tuple[float, float] | None = None,
) -> str:
    """A bar for each name, or a group of bars if the values are mappings, all with the same names.

    A value is a number or one for each seed; then the bar is their mean and the whisker one
    standard deviation to each side. Bars begin at zero; if ``span`` begins elsewhere, dots are
    drawn instead of bars, whose length would mislead. Returns SVG.
    """
    groups = {
        name: value if isinstance(value, Mapping) else {"": value} for name, value in values.items()
    }
    names = list(dict.fromkeys(inner for group in groups.values() for inner in group))
    found = [
        np.atleast_1d(np.asarray(value, float))
        for group in groups.values()
        for value in group.values()
    ]
    up = _upright(
        np.array([0.0, *(v.mean() + side * v.std() for v in found for side in (-1, 1))]), span
    )
    width = (_RIGHT - _LEFT) / len(groups)
    body = []
    for place, group in enumerate(groups.values()):
        left, each = _LEFT + width * (place + 0.1), width * 0.8 / len(names)
        body += [
            _bar(
                names.index(inner),
                up,
                left + each * names.index(inner),
                each,
                np.atleast_1d(np.asarray(value, float)),
            )
            for inner, value in group.items()
        ]
    labels = [
        _text(_LEFT + width * (place + 0.5), _BOTTOM + 16, name, "middle")
        for place, name in enumerate(groups)
    ]
    legend = _legend(names, _dot_key if up.low > 0 else _bar_key) if names != [""] else []
    return _page(
        title, about, [*_grid(up), *labels, *_captions("", y), *legend, *_inside(body, up)]
    )


def _upright(heights: np.ndarray, span: tuple[float, float] | None) -> _Axis:
    low, high = span or (float(heights.min()), float(heights.max()))
    room = 0 if span else 0.06 * ((high - low) or 1)
    return _Axis(0.0 if not span and low == 0 else low - room, high + room, _BOTTOM, _TOP)


def _ticks(axis: _Axis) -> list[float]:
    """Round numbers on the axis, four to eight."""
    if axis.log:
        return [10.0**power for power in range(ceil(log10(axis.low)), floor(log10(axis.high)) + 1)]
    rough = (axis.high - axis.low) / 7
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    return [
        round(count * step, 10)
        for count in range(ceil(axis.low / step - 1e-9), floor(axis.high / step + 1e-9) + 1)
    ]


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 10_000 else f"{value:,.0f}"


def _line(
    number: int, across: _Axis, up: _Axis, places: np.ndarray, heights: np.ndarray, markers: bool
) -> str:
    mean, spread = heights.mean(0), heights.std(0)
    points = [(across.at(p), up.at(h)) for p, h in zip(places, mean, strict=True)]
    band = ""
    if len(heights) > 1:
        edge = [
            (across.at(p), up.at(h))
            for p, h in [
                *zip(places, mean - spread, strict=True),
                *zip(places[::-1], (mean + spread)[::-1], strict=True),
            ]
        ]
        band = (
            f'<path class="f{number % 6}" d="{_path(edge)}z" fill="{_colour(number)}" '
            'fill-opacity=".16"/>'
        )
    dots = "".join(_marker(number, *point) for point in points) if markers else ""
    return (
        f'{band}<path class="s{number % 6}" d="{_path(points)}" fill="none" '
        f'stroke="{_colour(number)}" stroke-width="2"{_dash(number)}/>{dots}'
    )


def _place(across: float) -> str:
    return (
        f'<path class="ink" d="M{across:g} {_TOP}V{_BOTTOM}" stroke="{_INK[0]}" '
        'stroke-opacity=".55"/>'
    )


def _bar(number: int, up: _Axis, left: float, width: float, value: np.ndarray) -> str:
    mean, spread, middle = value.mean(), value.std(), round(left + width / 2, 1)
    top, foot = sorted((up.at(mean), up.at(max(0.0, up.low))))
    whisker = (
        (
            f'<path class="ink" d="M{middle} '
            f'{up.at(mean - spread)}V{up.at(mean + spread)}" stroke="{_INK[0]}" '
            'stroke-width="1.5"/>'
        )
        if len(value) > 1
        else ""
    )
    if up.low > 0:
        return whisker + _marker(number, middle, up.at(mean), 1.5)
    return (
        f'<rect class="f{number % 6}" x="{left + width * 0.05:.1f}" y="{top:.1f}" '
        f'width="{width * 0.9:.1f}" '
        f'height="{foot - top:.1f}" fill="{_colour(number)}"/>{whisker}'
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{across:g} {up:g}" for across, up in points)


def _marker(number: int, across: float, up: float, size: float = 1) -> str:
    colour, scale = _colour(number), f" scale({size:g})" if size != 1 else ""
    return (
        f'<path class="s{number % 6} f{number % 6}" transform="translate({across:g} '
        f'{up:g}){scale}" d="{_MARKERS[(number + 5) % 6]}" fill="{colour}" '
        f'stroke="{colour}"/>'
    )


def _dash(number: int) -> str:
    return f' stroke-dasharray="{_DASHES[number % 6]}"' if _DASHES[number % 6] else ""


def _colour(number: int) -> str:
    return _COLOURS[number % 6][0]


def _grid(up: _Axis) -> list[str]:
    found = []
    for tick in _ticks(up):
        found.append(
            f'<path class="grid" d="M{_LEFT} {up.at(tick)}H{_RIGHT}" stroke="{_GRID[0]}"/>'
        )
        found.append(_text(_LEFT - 6, up.at(tick) + 4, _number(tick), "end"))
    return found


def _captions(x: str, y: str) -> list[str]:
    across = _text((_LEFT + _RIGHT) / 2, HEIGHT - 12, x, "middle") if x else ""
    middle = (_TOP + _BOTTOM) / 2
    return [
        across,
        f'<g transform="rotate(-90 14 {middle:g})">{_text(14, middle, y, "middle")}</g>',
    ]


def _legend(names: Sequence[str], key: Callable[[int, float, float], str]) -> list[str]:
    """Names with their keys in one row, or in two if they do not fit."""
    widths = [46 + 6.4 * len(name) for name in names]
    rows = 1 if sum(widths) <= WIDTH - _LEFT + 14 else 2
    found, left, up = [], float(_LEFT), 46.0 if rows == 1 else 40.0
    for number, (name, width) in enumerate(zip(names, widths, strict=True)):
        if rows == 2 and number == ceil(len(names) / 2):
            left, up = float(_LEFT), 56.0
        found.append(key(number, left, up - 4) + _text(left + 28, up, name))
        left += width
    return found


def _line_key(number: int, left: float, up: float) -> str:
    return (
        f'<path class="s{number % 6}" d="M{left:g} {up:g}h22" stroke="{_colour(number)}" '
        f'stroke-width="2"{_dash(number)}/>{_marker(number, left + 11, up)}'
    )


def _dot_key(number: int, left: float, up: float) -> str:
    return _marker(number, left + 16, up, 1.5)


def _bar_key(number: int, left: float, up: float) -> str:
    return (
        f'<rect class="f{number % 6}" x="{left + 10:g}" y="{up - 6:g}" width="12" '
        f'height="12" fill="{_colour(number)}"/>'
    )


def _inside(body: Sequence[str], up: _Axis, across: _Axis | None = None) -> list[str]:
    """``body`` cut off at the edges of the plot, with room for half a marker.

    It says what its axes span, and between which pixels, so that the page can lay one plot over
    another.
    """
    top, height = _TOP - 5, _BOTTOM - _TOP + 10
    spans = "".join(
        f' data-{name}="{axis.span[0]:.6g} {axis.span[1]:.6g} {axis.start:g} {axis.end:g}"'
        for name, axis in (("x", across), ("y", up))
        if axis
    )
    box = f'y="{top}" width="{WIDTH}" height="{height}" viewBox="0 {top} {WIDTH} {height}"'
    return [f"<svg {box}{spans}>", *body, "</svg>"]


def _text(across: float, up: float, words: str, anchor: str = "start") -> str:
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text class="txt" x="{across:g}" y="{up:g}"{where} '
        f'fill="{_INK[0]}">{escape(words, quote=False)}</text>'
    )


def _page(title: str, about: str, body: Sequence[str]) -> str:
    dark = (
        f".paper{{fill:{_PAPER[1]}}}.txt{{fill:{_INK[1]}}}.ink{{stroke:{_INK[1]}}}.grid{{stroke:{_GRID[1]}}}"
        + "".join(
            f".s{number}{{stroke:{dark}}}.f{number}{{fill:{dark}}}"
            for number, (_, dark) in enumerate(_COLOURS)
        )
    )
    return "\n".join(
        (
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
                'role="img" font-family="system-ui, sans-serif" font-size="12">'
            ),
            f"<title>{escape(title, quote=False)}</title>",
            f"<desc>{escape(about, quote=False)}</desc>",
            f"<style>@media (prefers-color-scheme: dark){{{dark}}}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{_PAPER[0]}"/>',
            (
                f'<text class="txt" x="{_LEFT}" y="22" font-size="14" font-weight="600" '
                f'fill="{_INK[0]}">{escape(title, quote=False)}</text>'
            ),
            *[part for part in body if part],
            "</svg>",
            "",
        )
    )
