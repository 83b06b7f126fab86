"""The plot of a technique's own figure without its words, small, to stand in a card.

It becomes part of the page, while the figure is an image: so of what may come from a stranger only
shapes are kept, and of their attributes only those that draw.
"""

import re
from collections.abc import Iterator

from kb.code import Figure
from kb.site.html import tag

_PLOT = re.compile(r'<svg\b[^>]*\bviewBox="([\d. -]+)"[^>]*>(.*)</svg>\s*</svg>', re.S)
_SHAPE = re.compile(r'<(path|rect|circle|line)((?:\s+[\w-]+="[^"<>]*")*)\s*/?>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"<>]*)"')
_DRAWS = frozenset(
    (
        "class d fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray transform "
        "x y width height rx cx cy r x1 y1 x2 y2"
    ).split()
)
_VALUE = re.compile(r"[\w#.,()% +-]*")
_CLASS = re.compile(r"(?:[sf]\d+|ink|grid)(?: (?:[sf]\d+|ink|grid))*")


def thumbnail(figure: Figure | None) -> str:
    """The plot of ``figure`` as one line of SVG, which says nothing to a screen reader.

    Nothing without a figure, or where its plot cannot be told from its words.
    """
    found = _PLOT.search(figure.svg.split(">", 1)[1]) if figure else None
    if not found:
        return ""
    return tag(
        "svg",
        *_shapes(found[2]),
        class_="kb-thumb",
        viewBox=found[1],
        aria_hidden="true",
        focusable="false",
        xmlns="http://www.w3.org/2000/svg",
    )


def _shapes(plot: str) -> Iterator[str]:
    for shape in _SHAPE.finditer(plot):
        kept = [
            f' {name}="{value}"'
            for name, value in _ATTRIBUTE.findall(shape[2])
            if name in _DRAWS and (_CLASS if name == "class" else _VALUE).fullmatch(value)
        ]
        yield f"<{shape[1]}{''.join(kept)}></{shape[1]}>"
