"""Slips of the hand that keep YAML from being read: recognized, and mended where that is proved.

What a line was meant to be is a guess; a guess is an edit only if the text can be read with it, at
least beyond the line in question.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from kb import kinds, meant
from kb.findings import Edit

Place = tuple[int, int]
_Reads = Callable[[str], Place | None]
_END = (1 << 30, 0)
_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_ITEM = rf"^ *(?:- +)*{_KEY}"
_ODD_BLANKS = "\u3000\u00a0\u2000-\u200b\u202f\u205f\ufeff"
_WIDE = {"，": ",", "：": ":", "；": ";", "［": "[", "］": "]", "｛": "{", "｝": "}", "、": ","}
_CLOSES = {"[": "]", "{": "}"}
_LONG_TEXT, _MANY_LINES = 100_000, 5_000
"""Beyond so many characters or lines nothing is guessed: each guess costs a look at all of them."""
_LONG_LINE = 2_000
"""A line as long as that was not typed by hand, and suspects may look at it over and over."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What was done at ``place``, what to write instead, and the edits if they are proved."""

    place: Place
    message: str
    hint: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Guess:
    """In one line, from ``start`` up to ``end``, ``text`` was meant; columns from 0.

    Not ``sure``: with ``text`` the line can be read, but something else may be meant.
    """

    start: int
    end: int
    text: str
    message: str
    hint: str
    sure: bool = True

    def edit(self, number: int) -> Edit:
        return Edit((number + 1, self.start + 1), (number + 1, self.end + 1), self.text)


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
    near = dict.fromkeys([*lines, *range(at, at - 4, -1), *_quotes_open(rows, at)])
    lines = [n for n in near if 0 <= n < len(rows) and len(rows[n]) <= _LONG_LINE]
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
    guess: _Guess,
    suspect: "_Suspect",
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
            if len(row) <= _LONG_LINE
            and (found := guess if n == number else next(suspect(rows, n), None))
            and found.sure
        }
        if reads(_with(rows, everywhere)) is None:
            return tuple(one.edit(n) for n, one in everywhere.items())
    return (guess.edit(number),) if reached[0] > max(before[0], number + 1) else ()


def _with(rows: list[str], guesses: dict[int, _Guess]) -> str:
    new = list(rows)
    for number, guess in guesses.items():
        new[number] = new[number][: guess.start] + guess.text + new[number][guess.end :]
    return "\n".join(new)


# Each suspect looks at one line, by its number from 0.

_Suspect = Callable[[list[str], int], Iterator[_Guess]]


def _wide_colon(rows: list[str], number: int) -> Iterator[_Guess]:
    found = re.match(rf"({_ITEM})[ {_ODD_BLANKS}]*：[ {_ODD_BLANKS}]*", rows[number])
    if found:
        key = found[1].split()[-1]
        yield _Guess(
            found.end(1),
            found.end(),
            ": " if found.end() < len(rows[number]) else ":",
            f"a full-width colon (U+FF1A) after `{key}`",
            f"write `{key}: ` with an ASCII colon and a blank",
        )


def _wide_in_brackets(rows: list[str], number: int) -> Iterator[_Guess]:
    line = rows[number]
    opened = re.search(r"(?:^|[:-]) *([\[{［｛])", line)
    if not opened:
        return
    start = opened.start(1)
    part = re.sub(rf"[，、；](?=\s*{_KEY}\s*[:：])", ", ", line[start:])
    part = re.sub(rf"([\[{{［｛,]\s*{_KEY})\s*：\s*", r"\1: ", part)
    part = re.sub(r"^[［｛]|[］｝](?=\s*$)", lambda m: _WIDE[m[0]], part)
    if part != line[start:]:
        yield _Guess(
            start,
            len(line),
            re.sub(r",  +", ", ", part),
            "full-width punctuation between the brackets",
            "write ASCII `,` `:` `[` `]` `{` `}` with a blank behind `,` and `:`",
        )


def _odd_blanks(rows: list[str], number: int) -> Iterator[_Guess]:
    found = re.match(rf"[ {_ODD_BLANKS}]*[{_ODD_BLANKS}][ {_ODD_BLANKS}]*", rows[number])
    if found:
        odd = next(one for one in found[0] if one != " ")
        name = "full-width (ideographic) blank" if odd == "\u3000" else "blank of another sort"
        for wide in (1, 2):
            yield _Guess(
                0,
                found.end(),
                " " * sum(wide if one == "\u3000" else one != "\u200b" for one in found[0]),
                f"indented with a {name} (U+{ord(odd):04X})",
                "indent with ordinary blanks, two for each level",
            )


def _odd_blank_behind_colon(rows: list[str], number: int) -> Iterator[_Guess]:
    found = re.match(rf"{_ITEM}:([{_ODD_BLANKS}][ {_ODD_BLANKS}]*)", rows[number])
    if found:
        yield _Guess(
            found.start(1),
            found.end(1),
            " ",
            f"a blank of another sort (U+{ord(found[1][0]):04X}) behind the colon",
            "write an ordinary blank there",
        )


def _no_blank_behind_colon(rows: list[str], number: int) -> Iterator[_Guess]:
    found = re.match(rf"({_ITEM}):(?=[^\s:/])", rows[number])
    if found:
        key = found[1].split()[-1]
        yield _Guess(
            found.end(),
            found.end(),
            " ",
            f"no blank behind the colon of `{key}`",
            f"write `{key}: ` with a blank",
        )


def _no_blank_behind_dash(rows: list[str], number: int) -> Iterator[_Guess]:
    found = re.match(r" *[-–—－](?=[^\s-])|( *)[–—－](?= )", rows[number])
    if found:
        new = found[0][:-1] + ("-" if found[1] is not None else "- ")
        yield _Guess(0, found.end(), new, "a dash without a blank behind it", "write `- ` there")


def _equals_sign(rows: list[str], number: int) -> Iterator[_Guess]:
    found = re.match(rf"({_ITEM}) *= *(?=\S)", rows[number])
    if found:
        yield _Guess(found.end(1), found.end(), ": ", "`=` between key and value", "write `: `")


def _no_colon(rows: list[str], number: int) -> Iterator[_Guess]:
    found = re.match(rf" *(?:- +)?({_KEY}) +(?=\S)", rows[number])
    if found and found[1] in _fields():
        yield _Guess(
            found.end(1),
            found.end(),
            ": ",
            f"no colon behind `{found[1]}`",
            f"write `{found[1]}: `",
        )


@cache
def _fields() -> frozenset[str]:
    """The names of fields of entries."""
    return frozenset(name for model in kinds.models().values() for name in model.model_fields)


def _bracket_open(rows: list[str], number: int) -> Iterator[_Guess]:
    """A bracket that is opened here: it may be closed at the end of this line or of the next."""
    line = rows[number]
    if not re.search(r"(?:[:-]|^) *[\[{]", line):
        return
    waiting: list[str] = []
    for offset, row in enumerate(rows[number : number + 6]):
        if offset and re.match(rf" *{_KEY}:( |$)", row) and waiting[:1] != ["}"]:
            return
        if len(row) > _LONG_LINE:
            return
        comment = _comment(row)
        waiting = _left_open(row.removesuffix(comment), waiting)
        if not waiting:
            return
        if offset == 0:
            end = len(line.rstrip())
            closing = "".join(reversed(waiting))
            opening = "[" if waiting[0] == "]" else "{"
            kind = "bracket" if opening == "[" else "brace"
            if comment:
                yield _Guess(
                    len(line) - len(comment),
                    len(line),
                    closing,
                    f"the {kind} `{opening}` is not closed before the comment `{comment.strip()}`",
                    "put quotes around the text if that belongs to it",
                    sure=False,
                )
                return
            yield _Guess(
                end,
                end,
                closing,
                f"the {kind} `{opening}` is not closed",
                f"write `{closing}` where it ends",
            )


_QUOTED_OR_COMMENT = re.compile(r"""(?<!\w)"(?:\\.|[^"\\])*"|(?<!\w)'(?:[^']|'')*'| +#""")


def _comment(row: str) -> str:
    """The comment behind what ``row`` says, with the blanks before it."""
    found = (one for one in _QUOTED_OR_COMMENT.finditer(row) if one[0].endswith("#"))
    return next((row[one.start() :] for one in found), "")


def _left_open(row: str, waiting: list[str]) -> list[str]:
    """What has to close the brackets that are still open behind ``row``."""
    waiting = list(waiting)
    for one in re.sub(r'"(\\.|[^"\\])*"|(?<![\w])\'[^\']*\'', "", row):
        if one in _CLOSES:
            waiting.append(_CLOSES[one])
        elif waiting and one == waiting[-1]:
            waiting.pop()
    return waiting


def _bracket_wrong(rows: list[str], number: int) -> Iterator[_Guess]:
    """One closing bracket too many at the end of the line, or one of the other sort."""
    line = rows[number].rstrip()
    if not re.search(r"[:-] *[\[{].*[\]}]$", line):
        return
    end = len(line)
    said = f"a closing `{line[-1]}` that nothing opened"
    yield _Guess(end - 1, end, "", said, "delete it, or open what it closes")
    waiting = _left_open(line[:-1], [])
    if waiting:
        yield _Guess(
            end - 1, end, waiting[-1], f"`{line[-1]}` closes what `{waiting[-1]}` must close",
            f"write `{waiting[-1]}`",
        )  # fmt: skip


def _quotes_open(rows: list[str], last: int) -> list[int]:
    """The nearest lines up to ``last`` on which a quotation mark is opened and not closed.

    The text goes on to the next mark, so the trouble shows far below.
    """
    above = (n for n in range(min(last, len(rows) - 1), -1, -1) if len(rows[n]) <= _LONG_LINE)
    return list(islice((n for n in above if next(_quote_open(rows, n), None)), 3))


def _quote_open(rows: list[str], number: int) -> Iterator[_Guess]:
    line = rows[number].rstrip()
    for mark in ('"', "'"):
        unescaped = re.sub(r"\\.", "  ", line) if mark == '"' else line
        opened = re.search(rf"(?:[:,\[{{-] *){mark}", line)
        if unescaped.count(mark) % 2 and opened:
            last = unescaped.rindex(mark)
            inside = bool(_left_open(line[:last], []))
            ends = dict.fromkeys((len(line), len(line.rstrip("]}")), len(line.rstrip("]},"))))
            for end in ends:
                text = line[last + 1 : end]
                yield _Guess(
                    end,
                    end,
                    mark,
                    "a quotation mark that is not closed",
                    f"write `{mark}` where the text ends",
                    sure=not (inside and "," in text) and " #" not in text,
                )


def _behind_closed(rows: list[str], number: int) -> Iterator[_Guess]:
    """Something behind a list, braces or quotation marks that are closed."""
    line = rows[number].rstrip()
    found = re.match(rf"(?:{_ITEM}: +|^ *(?:- +)+)(?=([\[{{\"']))", line)
    end = _closing(line, found.end()) if found else 0
    rest = line[end:]
    if not found or not end or not rest or re.match(" +#| *:", rest):
        return
    if trailing := re.fullmatch(r" *([,;，；、])[ ,;，；、]*", rest):
        said = f"`{trailing[1]}` behind a value that is closed"
        yield _Guess(end, len(line), "", said, "delete it")
    elif comment := re.fullmatch(r"[ ,;，；、]*// *(.*)", rest):
        new = f"  # {comment[1]}".rstrip()
        said = "a comment that begins with `//`"
        yield _Guess(end, len(line), new, said, f"begin it with a blank and `#`: `{new}`")
    elif found[1] in _CLOSES and not _holds_text(found[0]):
        kind = "list" if found[1] == "[" else "braces"
        yield _Guess(
            end,
            len(line),
            "",
            f"`{rest.strip()}` behind the `{_CLOSES[found[1]]}` that closes the {kind}",
            f"move it before the `{_CLOSES[found[1]]}`, or behind ` # ` as a comment",
            sure=False,
        )


_PIECES = re.compile(r"""(?<!\w)"(?:\\.|[^"\\])*"|(?<!\w)'(?:[^']|'')*'|[\[\]{}]""")


def _closing(line: str, start: int) -> int:
    """Where in ``line`` that ends which a bracket or a quotation mark opens at ``start``.

    0 if it does not.
    """
    waiting: list[str] = []
    for found in _PIECES.finditer(line, start):
        if found[0] in _CLOSES:
            waiting.append(_CLOSES[found[0]])
        elif found[0] in "]}" and (not waiting or waiting.pop() != found[0]):
            return 0
        if not waiting:
            return found.end()
    return 0


def _holds_text(start: str) -> bool:
    """Whether the value of the key that ``start`` ends with is a running text or a name."""
    return start.replace(":", " ").split()[-1] in _TEXTS


_TEXTS = frozenset(
    "title title_en title_zh name en zh where note why publisher model metric dataset".split()
)


def _accents(rows: list[str], number: int) -> Iterator[_Guess]:
    line = rows[number]
    if found := list(meant.accents(line)):
        start, end, letter = found[0]
        yield _Guess(
            start,
            len(line),
            meant.letters(line[start:]),
            f"an accent of LaTeX: `{line[start:end]}`",
            f"write the letter itself: {letter}",
        )


_MEANT_OTHERWISE = frozenset("@`%&*!,[]{}?:-#")
"""What no text can begin with that stands without quotes."""


def _value_without_quotes(rows: list[str], number: int) -> Iterator[_Guess]:
    line = rows[number].rstrip()
    found = re.match(rf"({_ITEM}: +|^ *- +)(\S.*)$", line)
    if not found:
        return
    value, why = found[2], ""
    closed = _closing(value, 0) if value[0] in "[{\"'" else 0
    if value[0] in "|>" or closed == len(value) or value[closed:].lstrip()[:1] == "#":
        return
    if value[0] in "[{" and not (closed and _holds_text(found[1])):
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
    yield _Guess(
        found.start(2), len(line), quoted, why, f"put quotes around it: {quoted}",
        sure=" #" not in value,
    )  # fmt: skip


def _comma_missing(rows: list[str], number: int) -> Iterator[_Guess]:
    """`{id: arxiv year: 2024}`."""
    for found in re.finditer(rf"(?<=[{{,]) *{_KEY}: [^\s{{}}\[\],:]+( +)({_KEY}): ", rows[number]):
        if found[2] in _fields():
            yield _Guess(
                found.start(1),
                found.end(1),
                ", ",
                f"no comma before `{found[2]}`",
                f"write `, ` before `{found[2]}`",
            )


def _value_in_brackets_without_quotes(rows: list[str], number: int) -> Iterator[_Guess]:
    """`{en: one: two, zh: …}`."""
    line = rows[number]
    rest = rf"(?:(?!, *{_KEY}: )[^{{}}\[\]\"'])"
    for found in re.finditer(rf"(?<=[{{,]) *{_KEY}: ({rest}*: {rest}*)(?=, *{_KEY}: |}})", line):
        quoted = json.dumps(found[1].strip(), ensure_ascii=False)
        yield _Guess(
            found.start(1),
            found.end(1),
            quoted,
            "a text with a colon and a blank (`: `) stands without quotes",
            f"put quotes around it: {quoted}",
        )


_HEX = r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}"
_NO_ESCAPE = re.compile(rf"""(?<!\\)(?:\\\\)*\\(?!["\\/ 0abtnvfreN_LP]|{_HEX})""")
"""A backslash with which no escape sequence of YAML begins; what can be read is left alone."""


def _backslash(rows: list[str], number: int) -> Iterator[_Guess]:
    line = rows[number]
    for found in re.finditer(r'"(?:\\.|[^"\\])*"', line):
        doubled = re.sub(r"\\(?![\\\"/])", r"\\\\", found[0])
        if _NO_ESCAPE.search(found[0]):
            yield _Guess(
                found.start(),
                found.end(),
                doubled,
                "a backslash inside of quotation marks",
                f"write it twice: {doubled}",
            )


def _indentation(rows: list[str], number: int) -> Iterator[_Guess]:
    line = rows[number]
    own = len(line) - len(line.lstrip(" "))
    if not re.match(rf" *(?:- |{_KEY}:)", line):
        return
    above = next((row for row in reversed(rows[:number]) if row.strip()), "")
    below = next((row for row in rows[number + 1 :] if row.strip()), "")
    for row in (above, below):
        start = re.match(r" *(?:- +)?", row)
        for wanted in dict.fromkeys((len(row) - len(row.lstrip(" ")), start.end() if start else 0)):
            if wanted != own and abs(wanted - own) <= 3:
                yield _Guess(
                    0,
                    own,
                    " " * wanted,
                    f"this line is indented by {own} blanks, which fits no line above",
                    f"indent it by {wanted}",
                )


_SUSPECTS: tuple[_Suspect, ...] = (
    _behind_closed,
    _wide_colon,
    _odd_blanks,
    _odd_blank_behind_colon,
    _wide_in_brackets,
    _bracket_open,
    _quote_open,
    _bracket_wrong,
    _accents,
    _backslash,
    _no_blank_behind_colon,
    _no_blank_behind_dash,
    _equals_sign,
    _indentation,
    _comma_missing,
    _value_in_brackets_without_quotes,
    _value_without_quotes,
    _no_colon,
)
_EVERYWHERE = frozenset(
    {
        _wide_colon,
        _odd_blanks,
        _odd_blank_behind_colon,
        _wide_in_brackets,
        _no_blank_behind_colon,
        _no_blank_behind_dash,
        _equals_sign,
        _value_in_brackets_without_quotes,
        _value_without_quotes,
        _accents,
        _backslash,
        _behind_closed,
    }
)
"""Who slips so once does so again."""
_TELLING = frozenset(
    {_behind_closed, _wide_colon, _odd_blanks, _wide_in_brackets, _bracket_open, _quote_open}
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
