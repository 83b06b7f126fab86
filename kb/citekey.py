"""The id of a paper, which is its BibTeX key: surname, year, first word of the title."""

import re
import unicodedata

SKIPPED = frozenset(("a", "an", "the", "on", "to"))
"""Words with which no id ends."""
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_LETTERS = re.compile(r"[a-z0-9]+")
_BETWEEN = re.compile(r"[,\uff0c\u3001;\uff1b&]| and ")


def citekeys(author: str, year: int, title: str) -> list[str]:
    """The ids that a paper of a first ``author`` may have, the usual one first.

    None if that cannot be told.
    """
    surname = family(author)
    words = [
        word for word in re.split(r"[^0-9A-Za-z]+", unicodedata.normalize("NFKD", title)) if word
    ]
    first = next((word for word in words if word.casefold() not in SKIPPED), "")
    joined = _ascii(next((word for word in title.split() if word.casefold() not in SKIPPED), ""))
    return [f"{surname}{year}{word}" for word in (_ascii(first), joined) if surname and word]


def variants(id: str) -> list[str]:
    """The ids for a second, third … work of the same surname, year and word."""
    return [f"{id}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"]


def family(author: str) -> str:
    """The surname of ``author`` as an id has it."""
    return _ascii(_surname(author))


def _surname(author: str) -> str:
    """The surname of ``author``, the first if several were joined; reads `Family, Given`, too."""
    words = (_BETWEEN.split(author)[0] or author).split()
    while len(words) > 1 and _ascii(words[-1]) in _SUFFIXES:
        words.pop()
    return words[-1] if words else ""


def _ascii(word: str) -> str:
    plain = word if word.isascii() else unicodedata.normalize("NFKD", word)
    return "".join(_LETTERS.findall(plain.casefold()))
