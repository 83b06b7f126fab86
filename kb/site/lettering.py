"""Labels in drawings: broken into lines by a guess of their width, never stretched. Pure."""

from collections.abc import Iterator

_WIDE = 1.8
"""How much wider a Chinese character is than the mean of Latin letters."""


def lines(words: str, room: float, letter: float, most: int = 2) -> list[str]:
    """``words`` in lines of at most ``room``, where a mean Latin letter is ``letter`` wide.

    What does not fit into the ``most`` lines ends in an ellipsis.
    """
    found = [""]
    for piece in _pieces(words):
        if found[-1] and _width(found[-1] + piece.rstrip(), letter) > room:
            found.append("")
        found[-1] += piece
    shown = [line.strip() for line in found]
    if len(shown) > most:
        shown[most - 1] = _ended(" ".join(shown[most - 1 :]), room, letter)
    elif _width(shown[-1], letter) > room:
        shown[-1] = _ended(shown[-1], room, letter)
    return shown[:most]


def _pieces(words: str) -> Iterator[str]:
    """Where a line may end: after each word, and after each Chinese character."""
    piece = ""
    for one in words:
        if one >= "\u2e80":
            yield from filter(None, (piece, one))
            piece = ""
        elif one in " -":
            yield piece + one
            piece = ""
        else:
            piece += one
    if piece:
        yield piece


def _ended(line: str, room: float, letter: float) -> str:
    while line and _width(line + "…", letter) > room:
        line = line[:-1]
    return line.rstrip() + "…"


def _width(words: str, letter: float) -> float:
    return sum(letter * (_WIDE if one >= "\u2e80" else 1) for one in words)
