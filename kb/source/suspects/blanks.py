"""Suspects among blanks, colons and dashes: missing, full-width, or of another sort.

Each suspect looks at one line, by its number from 0.
"""

import re
from collections.abc import Iterator

from kb.source.suspects.guess import ITEM, KEY, ODD_BLANKS, Guess, fields


def wide_colon(rows: list[str], number: int) -> Iterator[Guess]:
    """`title：Folding Networks`, with a full-width colon."""
    found = re.match(rf"({ITEM})[ {ODD_BLANKS}]*：[ {ODD_BLANKS}]*", rows[number])
    if found:
        key = found[1].split()[-1]
        yield Guess(
            found.end(1),
            found.end(),
            ": " if found.end() < len(rows[number]) else ":",
            f"a full-width colon (U+FF1A) after `{key}`",
            f"write `{key}: ` with an ASCII colon and a blank",
        )


def odd_blanks(rows: list[str], number: int) -> Iterator[Guess]:
    """Indented with blanks of another sort."""
    found = re.match(rf"[ {ODD_BLANKS}]*[{ODD_BLANKS}][ {ODD_BLANKS}]*", rows[number])
    if found:
        odd = next(one for one in found[0] if one != " ")
        name = "full-width (ideographic) blank" if odd == "\u3000" else "blank of another sort"
        for wide in (1, 2):
            yield Guess(
                0,
                found.end(),
                " " * sum(wide if one == "\u3000" else one != "\u200b" for one in found[0]),
                f"indented with a {name} (U+{ord(odd):04X})",
                "indent with ordinary blanks, two for each level",
            )


def odd_blank_behind_colon(rows: list[str], number: int) -> Iterator[Guess]:
    """A blank of another sort behind the colon of a key."""
    found = re.match(rf"{ITEM}:([{ODD_BLANKS}][ {ODD_BLANKS}]*)", rows[number])
    if found:
        yield Guess(
            found.start(1),
            found.end(1),
            " ",
            f"a blank of another sort (U+{ord(found[1][0]):04X}) behind the colon",
            "write an ordinary blank there",
        )


def no_blank_behind_colon(rows: list[str], number: int) -> Iterator[Guess]:
    """`year:2019`."""
    found = re.match(rf"({ITEM}):(?=[^\s:/])", rows[number])
    if found:
        key = found[1].split()[-1]
        yield Guess(
            found.end(),
            found.end(),
            " ",
            f"no blank behind the colon of `{key}`",
            f"write `{key}: ` with a blank",
        )


def no_blank_behind_dash(rows: list[str], number: int) -> Iterator[Guess]:
    """`-text`, or a dash of another sort."""
    found = re.match(r" *[-–—－](?=[^\s-])|( *)[–—－](?= )", rows[number])
    if found:
        new = found[0][:-1] + ("-" if found[1] is not None else "- ")
        yield Guess(0, found.end(), new, "a dash without a blank behind it", "write `- ` there")


def equals_sign(rows: list[str], number: int) -> Iterator[Guess]:
    """`year = 2019`."""
    found = re.match(rf"({ITEM}) *= *(?=\S)", rows[number])
    if found:
        yield Guess(found.end(1), found.end(), ": ", "`=` between key and value", "write `: `")


def no_colon(rows: list[str], number: int) -> Iterator[Guess]:
    """`year 2019`: a field without its colon."""
    found = re.match(rf" *(?:- +)?({KEY}) +(?=\S)", rows[number])
    if found and found[1] in fields():
        yield Guess(
            found.end(1),
            found.end(),
            ": ",
            f"no colon behind `{found[1]}`",
            f"write `{found[1]}: `",
        )


def indentation(rows: list[str], number: int) -> Iterator[Guess]:
    """A line that stands between two levels."""
    line = rows[number]
    own = len(line) - len(line.lstrip(" "))
    if not re.match(rf" *(?:- |{KEY}:)", line):
        return
    above = next((row for row in reversed(rows[:number]) if row.strip()), "")
    below = next((row for row in rows[number + 1 :] if row.strip()), "")
    for row in (above, below):
        start = re.match(r" *(?:- +)?", row)
        for wanted in dict.fromkeys((len(row) - len(row.lstrip(" ")), start.end() if start else 0)):
            if wanted != own and abs(wanted - own) <= 3:
                yield Guess(
                    0,
                    own,
                    " " * wanted,
                    f"this line is indented by {own} blanks, which fits no line above",
                    f"indent it by {wanted}",
                )
