"""Slips of the hand that keep YAML from being read: recognized, and mended where that is proved.

What a line was meant to be is a guess of `kb.source.suspects`; a guess is an edit only if the text
can be read with it, at least beyond the line in question.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kb.findings import Edit
from kb.source.suspects import blanks, brackets, quotes
from kb.source.suspects.guess import LONG_LINE, Guess, Suspect

Place = tuple[int, int]
_Reads = Callable[[str], Place | None]
_END = (1 << 30, 0)
_LONG_TEXT, _MANY_LINES = 100_000, 5_000
"""Beyond so many characters or lines nothing is guessed: each guess costs a look at all of them."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What was done at ``place``, what to write instead, and the edits if they are proved."""

    place: Place
    message: str
    hint: str
    edits: tuple[Edit, ...] = ()


def foreign(text: str) -> Slip | None:
    """What of ``text`` is no YAML at all: another format, or a merge that was not finished."""
    if (at := text.find("<<<<<<< ")) >= 0 and (at == 0 or text[at - 1] == "\n"):
        return Slip(
            (text.count("\n", 0, at) + 1, 1),
            "a merge conflict that is not resolved",
            "keep one side, and delete the lines that begin with `<<<<<<<`, `=======`, `>>>>>>>`",
        )
    return None


def pasted(text: str) -> Slip | None:
    """A record of another format in place of an entry."""
    for number, line in enumerate(text.split("\n")[:200], 1):
        for pattern, message, hint in _FORMATS:
            if re.match(pattern, line, re.IGNORECASE):
                return Slip((number, 1), message, hint)
    return None


_AS_FIELDS = (
    "write `title: …`, `authors: [Given Family, …]`, `year: …`; `kb add` makes an entry of a record"
)
_FORMATS = (
    (r"\s*@[a-z]+\s*\{", "a BibTeX record, not an entry", _AS_FIELDS),
    (r"\s*TY  - ", "a RIS record, not an entry", _AS_FIELDS),
    (r"\s*<(!doctype|html|\?xml)", "a web page, not an entry", _AS_FIELDS),
    (r"\s*```", "a fence of Markdown, which is no YAML", "delete the lines with the backquotes"),
)


def recognize(text: str, lines: list[int], reads: _Reads) -> Slip | None:
    """The slip that keeps ``text`` from being read; the trouble shows in ``lines``, from 0.

    ``reads`` says where a text cannot be read, None if it can.
    """
    if len(text) > _LONG_TEXT or text.count("\n") > _MANY_LINES:
        return None
    rows = text.split("\n")
    at = max(lines)
    near = dict.fromkeys([*lines, *range(at, at - 4, -1), *quotes.quotes_open(rows, at)])
    lines = [n for n in near if 0 <= n < len(rows) and len(rows[n]) <= LONG_LINE]
    left = max(4, min(40, 400_000 // (len(text) + 1)))
    before = reads(text) or _END
    first: Slip | None = None
    for suspect in _SUSPECTS:
        for number in lines:
            for guess in suspect(rows, number):
                left -= 1
                if left < 0:
                    return first
                slip = Slip((number + 1, guess.start + 1), guess.message, guess.hint)
                edits = _proved(before, rows, number, guess, suspect, reads)
                if edits:
                    return replace(slip, edits=edits) if guess.sure else slip
                first = first or (slip if suspect in _TELLING else None)
    return first


def _proved(
    before: Place,
    rows: list[str],
    number: int,
    guess: Guess,
    suspect: Suspect,
    reads: _Reads,
) -> tuple[Edit, ...]:
    """The edit of ``guess``, with those of its kind in all other lines if it takes them, too.

    ``before`` is where the text cannot be read without.
    """
    reached = reads(_with(rows, {number: guess})) or _END
    if reached == _END:
        return (guess.edit(number),)
    if suspect in _EVERYWHERE:
        everywhere = {
            n: found
            for n, row in enumerate(rows)
            if len(row) <= LONG_LINE
            and (found := guess if n == number else next(suspect(rows, n), None))
            and found.sure
        }
        if reads(_with(rows, everywhere)) is None:
            return tuple(one.edit(n) for n, one in everywhere.items())
    return (guess.edit(number),) if reached[0] > max(before[0], number + 1) else ()


def _with(rows: list[str], guesses: dict[int, Guess]) -> str:
    new = list(rows)
    for number, guess in guesses.items():
        new[number] = new[number][: guess.start] + guess.text + new[number][guess.end :]
    return "\n".join(new)


_SUSPECTS: tuple[Suspect, ...] = (
    brackets.behind_closed,
    blanks.wide_colon,
    blanks.odd_blanks,
    blanks.odd_blank_behind_colon,
    brackets.wide_in_brackets,
    brackets.bracket_open,
    quotes.quote_open,
    brackets.bracket_wrong,
    quotes.accents,
    quotes.backslash,
    blanks.no_blank_behind_colon,
    blanks.no_blank_behind_dash,
    blanks.equals_sign,
    blanks.indentation,
    brackets.comma_missing,
    quotes.value_in_brackets_without_quotes,
    quotes.value_without_quotes,
    blanks.no_colon,
)
_EVERYWHERE = frozenset(
    {
        blanks.wide_colon,
        blanks.odd_blanks,
        blanks.odd_blank_behind_colon,
        brackets.wide_in_brackets,
        blanks.no_blank_behind_colon,
        blanks.no_blank_behind_dash,
        blanks.equals_sign,
        quotes.value_in_brackets_without_quotes,
        quotes.value_without_quotes,
        quotes.accents,
        quotes.backslash,
        brackets.behind_closed,
    }
)
"""Who slips so once does so again."""
_TELLING = frozenset(
    {
        brackets.behind_closed,
        blanks.wide_colon,
        blanks.odd_blanks,
        brackets.wide_in_brackets,
        brackets.bracket_open,
        quotes.quote_open,
    }
)
"""Suspects that are worth naming even if there is no proof."""
_SAID = (
    ("mapping values are not allowed", "a `: ` where none can stand",
     "put quotes around text that holds `: `, or mend the indentation of this line"),
    ("',' or ']'", "a list in brackets that does not end, or lacks a comma",
     "close it with `]`, and put `, ` between the items"),
    ("',' or '}'", "a part in braces that does not end, or lacks a comma",
     "close it with `}`, and put `, ` between the parts"),
    ("expected ':'", "a line without `: `", "write `key: value`, or indent what goes on"),
    ("end of stream", "a quotation mark that is not closed", "close it where the text ends"),
    ("document separator", "a quotation mark that is not closed", "close it where the text ends"),
    ("cannot start any token", "a text begins with a character that has a meaning of its own",
     "put quotes around the text"),
    ("escape character", "a backslash inside of quotation marks", "write it twice: `\\\\`"),
    ("block sequence entries", "a `- ` where no list can begin",
     "begin the list on a line of its own, indented by two blanks"),
    ("expected", "a line that does not fit below those above it",
     "mend its indentation, two blanks for each level, and its quotation marks"),
)  # fmt: skip


def described(problem: str) -> tuple[str, str]:
    """Message and hint for what the parser calls ``problem``."""
    return next(
        ((message, hint) for part, message, hint in _SAID if part in problem),
        ("not readable as YAML from here on", "mend indentation, brackets and quotation marks"),
    )
