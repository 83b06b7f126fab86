"""Whether a recorded figure is a picture and nothing else.

It may come from a stranger, and it is served from our own origin.
"""

import re
from xml.etree import ElementTree

from kb.code import Figure

SIZE = 400_000
_DRAWN = frozenset(
    [
        *("svg", "title", "desc", "style", "g", "defs"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("clipPath", "marker", "linearGradient", "stop"),
    ]
)
_SPACE = "{http://www.w3.org/2000/svg}"
_REACHES_OUT = re.compile(
    r"@import|@namespace|expression|javascript:|https?:|//|\\|url\s*\(\s*(?![\"']?#)", re.I
)


class UnsafeSvg(ValueError):
    """An SVG that holds more than a drawing; the message says what."""


def figure(svg: str) -> Figure:
    """``svg`` with its title and description.

    Raises UnsafeSvg unless it only draws: no script, no link, no other file, no entity.
    """
    if len(svg) > SIZE:
        raise UnsafeSvg(f"more than {SIZE:,} characters")
    if "<!" in svg or "<?" in svg:
        raise UnsafeSvg("a declaration, comment or instruction")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise UnsafeSvg(f"not valid XML: {error}") from None
    if root.tag != f"{_SPACE}svg":
        raise UnsafeSvg("its root is not `svg`")
    for element in root.iter():
        _drawn(element)
    return Figure(
        svg, _line(root.findtext(f"{_SPACE}title")), _line(root.findtext(f"{_SPACE}desc"))
    )


def _drawn(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(_SPACE)
    if name not in _DRAWN:
        raise UnsafeSvg(f"an element `{name}`")
    for key, value in element.attrib.items():
        if (
            key.lower().startswith("on")
            or "href" in key.lower()
            or key.startswith("{")
            or _REACHES_OUT.search(value)
        ):
            raise UnsafeSvg(f"an attribute `{key}` that does more than draw")
    if name == "style" and _REACHES_OUT.search(element.text or ""):
        raise UnsafeSvg("a style that reaches for another file")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
