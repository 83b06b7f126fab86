"""The plot of a technique's own figure without its words, small, to stand in a card."""

import re

from kb.code import Figure
from kb.site.html import tag

_PLOT = re.compile(r'<svg\b[^>]*\bviewBox="([\d. -]+)"[^>]*>(.*)</svg>\s*</svg>', re.S)
_MARKS = re.compile(r"<text\b.*?</text>", re.S)


def thumbnail(figure: Figure | None) -> str:
    """The plot of ``figure`` as one line of SVG, which says nothing to a screen reader.

    Nothing without a figure, or where its plot cannot be told from its words.
    """
    found = _PLOT.search(figure.svg.split(">", 1)[1]) if figure else None
    if not found:
        return ""
    drawing = " ".join(_MARKS.sub("", found[2]).split())
    return tag(
        "svg",
        drawing,
        class_="kb-thumb",
        viewBox=found[1],
        aria_hidden="true",
        focusable="false",
        xmlns="http://www.w3.org/2000/svg",
    )
