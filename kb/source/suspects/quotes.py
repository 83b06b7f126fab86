"""Suspects among quotation marks: open, missing, or around a backslash; and accents of LaTeX."""

import json
import re
from collections.abc import Iterator
from itertools import islice

from kb import meant
from kb.source.suspects.guess import (
    ITEM,
    KEY,
    LONG_LINE,
    Guess,
    closing,
    holds_text,
    left_open,
)


def quotes_open(rows: list[str], last: int) -> list[int]:
    """The nearest lines up to ``last`` on which a quotation mark is opened and not closed.

    The text goes on to the next mark, so the trouble shows far below.
    """
    above = (n for n in range(min(last, len(rows) - 1), -1, -1) if len(rows[n]) <= LONG_LINE)
    return list(islice((n for n in above if next(quote_open(rows, n), None)), 3))


def quote_open(rows: list[str], number: int) -> Iterator[Guess]:
    """A quotation mark that is opened here and not closed."""
    line = rows[number].rstrip()
    for mark in ('"', "'"):
        unescaped = re.sub(r"\\.", "  ", line) if mark == '"' else line
        opened = re.search(rf"(?:[:,\[{{-] *){mark}", line)
        if unescaped.count(mark) % 2 and opened:
            last = unescaped.rindex(mark)
            inside = bool(left_open(line[:last], []))
            ends = dict.fromkeys((len(line), len(line.rstrip("]}")), len(line.rstrip("]},"))))
            for end in ends:
                text = line[last + 1 : end]
                yield Guess(
                    end,
                    end,
                    mark,
                    "a quotation mark that is not closed",
                    f"write `{mark}` where the text ends",
                    sure=not (inside and "," in text) and " #" not in text,
                )


def accents(rows: list[str], number: int) -> Iterator[Guess]:
    """An accent of LaTeX."""
    line = rows[number]
    if found := list(meant.accents(line)):
        start, end, letter = found[0]
        yield Guess(
            start,
            len(line),
            meant.letters(line[start:]),
            f"an accent of LaTeX: `{line[start:end]}`",
            f"write the letter itself: {letter}",
        )


_MEANT_OTHERWISE = frozenset("@`%&*!,[]{}?:-#")
"""What no text can begin with that stands without quotes."""


def value_without_quotes(rows: list[str], number: int) -> Iterator[Guess]:
    """A text that has to stand in quotes and does not."""
    line = rows[number].rstrip()
    found = re.match(rf"({ITEM}: +|^ *- +)(\S.*)$", line)
    if not found:
        return
    value, why = found[2], ""
    closed = closing(value, 0) if value[0] in "[{\"'" else 0
    if value[0] in "|>" or closed == len(value) or value[closed:].lstrip()[:1] == "#":
        return
    if value[0] in "[{" and not (closed and holds_text(found[1])):
        return
    if value[0] in "“”„‘’":
        whole = value[-1] in "“”„‘’" and not re.search("[“”„]", value[1:-1])
        value, why = value[1:-1] if whole else value, "curly quotation marks do not quote"
    elif value[0] in "\"'":
        if not closed:
            return
        inner = value[1:-1] if value[-1] == value[0] else value
        value, why = inner, "quotation marks inside of a text that is not quoted as a whole"
    elif re.search(r":( |$)", value):
        why = "a text with a colon and a blank (`: `) stands without quotes"
    elif value[0] in _MEANT_OTHERWISE:
        why = f"a text that begins with `{value[0]}` stands without quotes"
    else:
        return
    quoted = json.dumps(value, ensure_ascii=False)
    yield Guess(
        found.start(2), len(line), quoted, why, f"put quotes around it: {quoted}",
        sure=" #" not in value,
    )  # fmt: skip


def value_in_brackets_without_quotes(rows: list[str], number: int) -> Iterator[Guess]:
    """`{en: one: two, zh: …}`."""
    line = rows[number]
    rest = rf"(?:(?!, *{KEY}: )[^{{}}\[\]\"'])"
    for found in re.finditer(rf"(?<=[{{,]) *{KEY}: ({rest}*: {rest}*)(?=, *{KEY}: |}})", line):
        quoted = json.dumps(found[1].strip(), ensure_ascii=False)
        yield Guess(
            found.start(1),
            found.end(1),
            quoted,
            "a text with a colon and a blank (`: `) stands without quotes",
            f"put quotes around it: {quoted}",
        )


_HEX = r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}"
_NO_ESCAPE = re.compile(rf"""(?<!\\)(?:\\\\)*\\(?!["\\/ 0abtnvfreN_LP]|{_HEX})""")
"""A backslash with which no escape sequence of YAML begins; what can be read is left alone."""


def backslash(rows: list[str], number: int) -> Iterator[Guess]:
    """A backslash with which no escape sequence begins, in double quotes."""
    line = rows[number]
    for found in re.finditer(r'"(?:\\.|[^"\\])*"', line):
        doubled = re.sub(r"\\(?![\\\"/])", r"\\\\", found[0])
        if _NO_ESCAPE.search(found[0]):
            yield Guess(
                found.start(),
                found.end(),
                doubled,
                "a backslash inside of quotation marks",
                f"write it twice: {doubled}",
            )
