"""What an unquoted word means: YAML 1.2's core schema plus dates; what is ambiguous is refused."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]+)?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_ODD_NUMBER = re.compile(
    r"""[-+]? (
        0[xob][0-9a-f_]+
      | [0-9][0-9_]* (:[0-5]?[0-9])+
      | [0-9][0-9_]* (\.[0-9_]*)? (e[-+]?[0-9]+)?
      | \.[0-9][0-9_]*
      | \.(inf|nan)
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_ODD_WORDS = (
    frozenset(
        variant
        for word in ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
        for variant in (word, word.title(), word.upper())
    )
    - _WORDS.keys()
)
_YES, _NO = frozenset(("yes", "on", "y", "true")), frozenset(("no", "off", "n", "false"))
_NUMERIC_START = frozenset("0123456789+-.")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """An unquoted word that YAML versions read differently; never a valid value of any field."""

    word: str


def plain(word: str) -> Any:
    """The value of the unquoted ``word``: text, number, truth value, date or `Ambiguous`."""
    if word and word[0] not in _NUMERIC_START:
        if len(word) > 5:
            return word
        if word in _ODD_WORDS:
            return Ambiguous(word)
        return _WORDS.get(word, word)
    if word in _WORDS:
        return _WORDS[word]
    return _numeric(word)


def truth(word: str) -> bool | None:
    """Whether ``word`` says yes or no, in whatever way YAML versions know; None if it does not."""
    folded = word.casefold()
    return True if folded in _YES else False if folded in _NO else None


def is_date(word: str) -> bool:
    """Whether ``word`` has the form of a day, of the calendar or not."""
    return bool(_DATE.match(word))


def _numeric(word: str) -> Any:
    if _INT.match(word):
        return int(word) if len(word) < 19 else Ambiguous(word)
    if _DATE.match(word):
        return _date(word)
    if _FLOAT.match(word):
        return _float(word)
    return Ambiguous(word) if _ODD_NUMBER.match(word) else word


def _float(word: str) -> Any:
    value = float(word)
    return value if abs(value) != float("inf") else Ambiguous(word)


def _date(word: str) -> Any:
    try:
        return datetime.date.fromisoformat(word)
    except ValueError:
        return Ambiguous(word)
