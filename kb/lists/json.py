"""Addresses in JSON and in JSON Lines: those in its strings, with the titles beside them."""

import json
from collections.abc import Iterator
from json import decoder

from kb.lists import record
from kb.lists.mention import Found, Unreadable

Pairs = tuple[tuple[str, object], ...]
Place = tuple[int, int]


def addresses(text: str) -> Found:
    """Each address in the strings of the JSON ``text``. Raises Unreadable."""
    yield from record.addresses(events(text))


def events(text: str) -> Iterator[record.Event]:
    """The JSON ``text`` from left to right. Raises Unreadable."""
    return _events(_loaded(text, 1), _literals(text, 1))


def addresses_of_lines(text: str) -> Found:
    """Each address in ``text``, which has a JSON value on each line. Raises Unreadable."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield from record.addresses(_events(_loaded(line, number), _literals(line, number)))


def _loaded(text: str, first: int) -> object:
    """The value of ``text``, its objects as tuples of pairs, so that no string is lost."""
    try:
        return json.loads(text, object_pairs_hook=tuple)
    except RecursionError:
        raise Unreadable("it is nested too deeply; give a flatter file") from None
    except json.JSONDecodeError as error:
        line, said = first + error.lineno - 1, error.msg[:1].lower() + error.msg[1:]
        raise Unreadable(
            f"line {line} is not JSON: {said}; correct it, or add `--as text`"
        ) from None
    except ValueError:
        raise Unreadable("it has a number of too many digits; shorten it") from None


def _literals(text: str, line: int) -> Iterator[Place]:
    """Where each string of ``text`` starts, in order: valid JSON has quotes nowhere else."""
    at, before = 0, -1
    while (quote := text.find('"', at)) >= 0:
        if breaks := text.count("\n", at, quote):
            line += breaks
            before = text.rfind("\n", at, quote)
        yield line, quote - before
        at = _string_end(text, quote + 1)


def _string_end(text: str, start: int) -> int:
    """The end of the string that begins at ``start``; the standard library has no stub for this."""
    end: int = decoder.scanstring(text, start)[1]  # type: ignore[attr-defined]
    return end


def _events(value: object, literals: Iterator[Place]) -> Iterator[record.Event]:
    """``value`` read from left to right, each string with its place."""
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        key, one = waiting.pop()
        if one is record.Mark.CLOSE:
            yield record.Mark.CLOSE
        elif isinstance(one, tuple | list):
            yield record.Mark.OPEN
            waiting.append(("", record.Mark.CLOSE))
            waiting += reversed(list(_members(one)))
        elif isinstance(one, str):
            yield record.Scalar(one, *next(literals), key)


def _members(value: "Pairs | list[object]") -> Iterator[tuple[str, object]]:
    """The members of a list; the keys and values of an object."""
    if isinstance(value, list):
        yield from (("", one) for one in value)
        return
    for key, one in value:
        yield "", key
        yield key, one
