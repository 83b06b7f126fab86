"""The characters of a file: how bytes become them, and those that no text should have."""

import re

from kb.findings import Edit, Finding
from kb.source.faults import FAULTS
from kb.source.parser import stuck

MOST_FAULTS = 100
"""How many unreadable values of one file are reported; more would teach nothing new."""
BOM = "\ufeff"
LOST = "\ufffd"
"""What stands for a character that could not be read."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff]")
UNREADABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff]")
_INDENTING = re.compile(r"^[ ]*\t", re.MULTILINE)


def decoded(path: str, content: bytes) -> str | Finding:
    """The text of ``content``, or why it has none."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        return FAULTS["not-utf-8"].at(
            path,
            place(before, len(before)),
            f"byte `0x{content[error.start]:02x}` is not valid UTF-8",
            f"save the file as UTF-8{_other_encoding(content)}",
        )


def _other_encoding(content: bytes) -> str:
    """Which encoding ``content`` seems to have, in words, or nothing."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "; it seems to be UTF-16"
    fit = [name for name, encoding in _OF_WINDOWS.items() if _reads_as_text(content, encoding)]
    if len(fit) == 1:
        return f"; it seems to be {fit[0]}, the encoding of a Chinese or Japanese Windows"
    return f"; it may be {' or '.join(fit)}" if fit else ""


_OF_WINDOWS = {"GB18030": "gb18030", "Big5": "big5", "Shift-JIS": "cp932"}
_WRITING = re.compile("[\u4e00-\u9fff\u3040-\u30ff]{2}|[\uff0c\u3002]")
_RARE = re.compile("[\ue000-\uf8ff\uff61-\uff9f\u3400-\u4dbf\U00010000-\U0010ffff]")
"""What stands in no usual text, but in one that is read with the encoding of another country."""


def _reads_as_text(content: bytes, encoding: str) -> bool:
    """Whether ``content`` can be a Chinese or Japanese text in ``encoding``."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return bool(_WRITING.search(text)) and not _RARE.search(text)


def bad(path: str, text: str) -> list[Finding]:
    """The findings on characters of ``text`` that no file should have."""
    found = []
    if text.startswith(BOM):
        found.append(
            FAULTS["byte-order-mark"].at(
                path,
                (1, 1),
                "the file begins with a byte order mark",
                "run `kb fmt`, or save it as UTF-8 without byte order mark",
            )
        )
    if "\r" in text:
        found.append(
            FAULTS["carriage-return"].at(
                path,
                place(text, text.index("\r")),
                "the file has Windows line ends"
                if "\r\n" in text
                else "lines end with a carriage return alone, as on old computers",
                "run `kb fmt`, or save it with LF line ends",
            )
        )
    if "\t" in text:
        found.append(_tabs(path, text))
    return (
        found
        + [
            FAULTS["control-character"].at(
                path, (number, control.start() + 1), *unreadable(control)
            )
            for number, line in enumerate(text.split("\n") if _CONTROL.search(text) else (), 1)
            if (control := _CONTROL.search(line))
        ][:MOST_FAULTS]
    )


def unreadable(found: re.Match[str]) -> tuple[str, str]:
    """What is wrong with a character that no text should have, and what to do."""
    if found[0] == LOST:
        return f"`U+{ord(LOST):04X}` stands where a character was lost", "write that character"
    return f"control character `U+{ord(found[0]):04X}`", "delete it"


def _tabs(path: str, text: str) -> Finding:
    """The finding on tabs, with the edits if the text can be read with blanks in their place."""
    rows = text.split("\n")
    places = [(n, at) for n, row in enumerate(rows) for at, one in enumerate(row) if one == "\t"]
    edits = tuple(
        Edit((n + 1, at + 1), (n + 1, at + 2), " " if rows[n][:at].strip() else "  ")
        for n, at in places[:MOST_FAULTS]
    )
    spaced = re.sub(r"^[ \t]+", lambda m: m[0].replace("\t", "  "), text, flags=re.MULTILINE)
    proved = len(places) <= MOST_FAULTS and stuck(spaced.replace("\t", " ")) is None
    return FAULTS["tab"].at(
        path,
        place(text, text.index("\t")),
        "a tab character",
        "use spaces, two for each level",
        edits if proved else (),
    )


def cleaned(text: str) -> str:
    """``text`` without bad characters, each value where it was; nothing if that cannot be.

    It cannot if tabs indent, since nobody knows by how much, nor if too much is bad.
    """
    text = text.removeprefix(BOM).replace("\r\n", "\n")
    if "\r" in text or _INDENTING.search(text) or len(_CONTROL.findall(text)) > MOST_FAULTS:
        return ""
    return _CONTROL.sub(LOST, text).replace("\t", " ")


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of what stands in ``text`` at ``offset``."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
