"""The Chinese of a figure: the same picture with other words."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

ABOUT = "about"
"""Under this name stands the Chinese of the figure's description."""

_WORDS = re.compile(r"(<(title|desc|text)\b[^>]*)>([^<]+)(?=</\2>)")
_LATIN, _HAN, _ROOM = 6.4, 12.0, 12.0


def chinese(svg: str, words: Mapping[str, str]) -> str:
    """``svg`` with each of its ``words`` replaced; what has no pair stays as it is.

    A text that becomes much wider than it was is drawn no wider than there is room for.
    """

    def said(found: re.Match[str]) -> str:
        head, kind, text = found.groups()
        old = unescape(text)
        new = words.get(ABOUT if kind == "desc" else old, old)
        room = _LATIN * len(old) + _ROOM
        squeezed = kind == "text" and new != old and _width(new) > room and "anchor" not in head
        limit = f' textLength="{room:.0f}" lengthAdjust="spacingAndGlyphs"' if squeezed else ""
        return f"{head}{limit}>{escape(new, quote=False)}"

    return _WORDS.sub(said, svg)


def without_pair(svg: str, words: Mapping[str, str]) -> list[str]:
    """What is wrong between the words of ``svg`` and their pairs, one sentence each."""
    found = dict.fromkeys(_said(svg))
    return [
        *(f"`{one}` in the figure has no Chinese" for one in found if one not in words),
        *(f"`{one}` is not in the figure" for one in words if one not in found),
    ]


def _said(svg: str) -> Iterator[str]:
    """The words of a figure that need a pair; numbers, with or without their unit, do not."""
    for _, kind, text in _WORDS.findall(svg):
        word = unescape(text).strip()
        if any(map(str.isalpha, word)):
            yield ABOUT if kind == "desc" else word


def _width(text: str) -> float:
    return sum(_LATIN if ord(one) < 0x2E80 else _HAN for one in text)
