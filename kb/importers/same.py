"""When two records, or a record and an entry, speak of the same: titles, names. Pure."""

import difflib
import re
import unicodedata

from kb.importers.record import AuthorName
from kb.names import Inverted, Organization, Person, read

ALIKE, SURELY = 0.75, 0.9
"""From these on, two titles may be, and are most likely, one that was typed twice."""


def folded(text: str) -> str:
    """``text`` without case, accents, blanks and punctuation; Chinese stays."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in plain if one.isalnum())


def likeness(one: str, other: str) -> float:
    """How alike two titles are, from 0 to 1; a title and the same without its subtitle are."""
    a, b = folded(one), folded(other)
    if not a or not b:
        return 0.0
    short, long = sorted((_head(one), _head(other)), key=len)
    if len(short) >= 12 and short == long and (short in (a, b)):
        return 0.9
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _head(title: str) -> str:
    return folded(re.split(r"[:：]|\s[-–—]\s", title)[0])


def same_people(one: tuple[AuthorName, ...], other: tuple[AuthorName, ...]) -> bool:
    """Whether two lists name the same people in the same order; given names may be initials."""
    return len(one) == len(other) and all(map(same_name, one, other))


def same_name(one: AuthorName, other: AuthorName) -> bool:
    """Whether two names can be those of one person."""
    (a_given, a_family), (b_given, b_family) = _parts(one), _parts(other)
    if a_family != b_family:
        return folded(printed(one)) == folded(printed(other)) or (
            sorted(_words(printed(one))) == sorted(_words(printed(other)))
        )
    short, long = sorted((a_given, b_given), key=len)
    return not short or (
        _starts_alike(short[0], long[0])
        and all(initial in "".join(w[0] for w in long) for initial in (w[0] for w in short))
    )


def printed(name: AuthorName) -> str:
    """``name`` in its own order."""
    if name.organization or name.plain:
        found = read(name.plain) if name.plain else None
        return found.instead if isinstance(found, Inverted) else name.organization or name.plain
    return " ".join(filter(None, (name.given, name.family, name.suffix)))


def surname(name: AuthorName) -> str:
    """The family name without accents and case."""
    return _parts(name)[1]


def _parts(name: AuthorName) -> tuple[list[str], str]:
    """Given names, one a word, and the family name, all folded."""
    if name.family:
        return _words(name.given), folded(name.family)
    match read(printed(name)):
        case Person(given, family):
            return _words(given), folded(family)
        case Organization(whole):
            return [], folded(whole)
    return [], folded(name.plain)


def _words(text: str) -> list[str]:
    return [word for part in re.split(r"[\s.\-]+", text) if (word := folded(part))]


def _starts_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) if len(short) == 1 else short == long or long.startswith(short)
