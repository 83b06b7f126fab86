"""Suspects among brackets and braces: what closes, what goes on behind, what parts the items."""

import re
from collections.abc import Iterator

from kb.source.suspects.guess import (
    CLOSES,
    ITEM,
    KEY,
    LONG_LINE,
    Guess,
    closing,
    fields,
    holds_text,
    left_open,
)

_WIDE = {"［": "[", "］": "]", "｛": "{", "｝": "}"}


def wide_in_brackets(rows: list[str], number: int) -> Iterator[Guess]:
    """Full-width punctuation in a list or in braces."""
    line = rows[number]
    opened = re.search(r"(?:^|[:-]) *([\[{［｛])", line)
    if not opened:
        return
    start = opened.start(1)
    part = re.sub(rf"[，、；](?=\s*{KEY}\s*[:：])", ", ", line[start:])
    part = re.sub(rf"([\[{{［｛,]\s*{KEY})\s*：\s*", r"\1: ", part)
    part = re.sub(r"^[［｛]|[］｝](?=\s*$)", lambda m: _WIDE[m[0]], part)
    if part != line[start:]:
        yield Guess(
            start,
            len(line),
            re.sub(r",  +", ", ", part),
            "full-width punctuation between the brackets",
            "write ASCII `,` `:` `[` `]` `{` `}` with a blank behind `,` and `:`",
        )


def bracket_open(rows: list[str], number: int) -> Iterator[Guess]:
    """A bracket that is opened here: it may be closed at the end of this line or of the next."""
    line = rows[number]
    if not re.search(r"(?:[:-]|^) *[\[{]", line):
        return
    waiting: list[str] = []
    for offset, row in enumerate(rows[number : number + 6]):
        if offset and re.match(rf" *{KEY}:( |$)", row) and waiting[:1] != ["}"]:
            return
        if len(row) > LONG_LINE:
            return
        comment = _comment(row)
        waiting = left_open(row.removesuffix(comment), waiting)
        if not waiting:
            return
        if offset == 0:
            end = len(line.rstrip())
            closing = "".join(reversed(waiting))
            opening = "[" if waiting[0] == "]" else "{"
            kind = "bracket" if opening == "[" else "brace"
            if comment:
                yield Guess(
                    len(line) - len(comment),
                    len(line),
                    closing,
                    f"the {kind} `{opening}` is not closed before the comment `{comment.strip()}`",
                    "put quotes around the text if that belongs to it",
                    sure=False,
                )
                return
            yield Guess(
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


def bracket_wrong(rows: list[str], number: int) -> Iterator[Guess]:
    """One closing bracket too many at the end of the line, or one of the other sort."""
    line = rows[number].rstrip()
    if not re.search(r"[:-] *[\[{].*[\]}]$", line):
        return
    end = len(line)
    said = f"a closing `{line[-1]}` that nothing opened"
    yield Guess(end - 1, end, "", said, "delete it, or open what it closes")
    waiting = left_open(line[:-1], [])
    if waiting:
        yield Guess(
            end - 1, end, waiting[-1], f"`{line[-1]}` closes what `{waiting[-1]}` must close",
            f"write `{waiting[-1]}`",
        )  # fmt: skip


def behind_closed(rows: list[str], number: int) -> Iterator[Guess]:
    """Something behind a list, braces or quotation marks that are closed."""
    line = rows[number].rstrip()
    found = re.match(rf"(?:{ITEM}: +|^ *(?:- +)+)(?=([\[{{\"']))", line)
    end = closing(line, found.end()) if found else 0
    rest = line[end:]
    if not found or not end or not rest or re.match(" +#| *:", rest):
        return
    if trailing := re.fullmatch(r" *([,;，；、])[ ,;，；、]*", rest):
        said = f"`{trailing[1]}` behind a value that is closed"
        yield Guess(end, len(line), "", said, "delete it")
    elif comment := re.fullmatch(r"[ ,;，；、]*// *(.*)", rest):
        new = f"  # {comment[1]}".rstrip()
        said = "a comment that begins with `//`"
        yield Guess(end, len(line), new, said, f"begin it with a blank and `#`: `{new}`")
    elif found[1] in CLOSES and not holds_text(found[0]):
        kind = "list" if found[1] == "[" else "braces"
        yield Guess(
            end,
            len(line),
            "",
            f"`{rest.strip()}` behind the `{CLOSES[found[1]]}` that closes the {kind}",
            f"move it before the `{CLOSES[found[1]]}`, or behind ` # ` as a comment",
            sure=False,
        )


def comma_missing(rows: list[str], number: int) -> Iterator[Guess]:
    """`{id: arxiv year: 2024}`."""
    for found in re.finditer(rf"(?<=[{{,]) *{KEY}: [^\s{{}}\[\],:]+( +)({KEY}): ", rows[number]):
        if found[2] in fields():
            yield Guess(
                found.start(1),
                found.end(1),
                ", ",
                f"no comma before `{found[2]}`",
                f"write `, ` before `{found[2]}`",
            )
