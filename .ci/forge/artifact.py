"""The artifact of a pull request as data: what it may hold, and why it is refused. Pure.

A stranger's code wrote it, so nothing in it is believed: every text is one line of what `kb`
itself would print, and whatever is quoted stands where it can neither call nor command anybody.
"""

import io
import json
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

NAME, MEMBER = "change", "change.json"
LARGEST = 1_000_000
"""Bytes of the artifact, packed and unpacked."""
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How the forge packs; the other ways may ask for any amount of memory."""
_CORRUPT = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError),
    *(ValueError, LookupError, OverflowError, struct.error),
)
"""What `zipfile` raises for bytes that are no archive."""
_SHA = re.compile(r"[0-9a-f]{40}")
_PATH = re.compile(r"catalog(?:/(?!\.)[^/`\\]+)+")
"""A file of any name, as beginners give them; shown as code, which it cannot end."""
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"KB\d{3}")
_SPECIAL = r"\\`*_{}\[\]()<>#+!|~@&:\-"
_CALL = r"(?:&\#64;|\\\#(?=&\#8203;\d)|[Gg][Hh]\\-(?=&\#8203;\d))&\#8203;"
_IDLE = rf"(?!\\@|\\\#\d|[Gg][Hh]\\-\d|[Ww]{{3}}\.)(?:\\[{_SPECIAL}.]|&lt;|[^{_SPECIAL}])"
_ESCAPED = rf"(?:{_CALL}|{_IDLE})*"
"""What `kb` escapes: nothing that links, calls somebody or names an issue."""
_LINE = re.compile(rf"(?:\#\#\# (?:Findings|Changes))?|none|- \*\*[A-Za-z0-9 \-]+\*\* {_ESCAPED}")


class Refused(Exception):
    """The artifact is not one that `kb` makes of this pull request; the message says why."""


@dataclass(frozen=True)
class Finding:
    """A finding of `kb check`."""

    path: str
    line: int
    code: str
    name: str
    message: str
    hint: str


@dataclass(frozen=True)
class Suggestion:
    """The lines ``start`` to ``end`` of a file, which are ``old``, become ``new``."""

    path: str
    start: int
    end: int
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Links:
    """New links, each with the verdict on it. ``unread`` says why they could not be looked at."""

    unread: str
    seen: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Artifact:
    """What a pull request changes. ``unread`` says why that could not be looked at, if so."""

    head: str
    number: int
    unread: str
    findings: tuple[Finding, ...]
    changes: tuple[tuple[str, str], ...]
    rendered: str
    suggestions: tuple[Suggestion, ...]
    links: Links


def unpacked(content: bytes) -> bytes:
    """The one file of the packed artifact ``content``. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if [one.filename for one in members] != [MEMBER]:
                raise Refused(f"it does not hold `{MEMBER}` alone")
            if members[0].compress_type not in _PACKINGS:
                raise Refused("it is packed in another way than the forge packs")
            with archive.open(members[0]) as stream:
                inner = stream.read(LARGEST + 1)
    except _CORRUPT:
        raise Refused("it cannot be unpacked") from None
    if len(inner) > LARGEST:
        raise Refused(f"it has more than {LARGEST:,} bytes")
    return inner


def read(content: bytes) -> Artifact:
    """The artifact in the JSON ``content``. Raises Refused."""
    if len(content) > LARGEST:
        raise Refused(f"it has more than {LARGEST:,} bytes")
    try:
        data = json.loads(content.decode("utf-8"), parse_constant=_constant)
    except (ValueError, RecursionError):
        raise Refused("it is not JSON") from None
    if not isinstance(data, dict) or data.keys() != set(_FIELDS):
        raise Refused(f"its fields are not {', '.join(_FIELDS)}")
    if data["version"] != 1:
        raise Refused("it is of another version")
    return Artifact(
        _match(data["head"], _SHA),
        _number(data["number"], 10**9),
        _said(data["unread"]),
        tuple(map(_finding, _list(data["findings"], 1_000))),
        tuple(map(_change, _list(data["changes"], 20_000))),
        _rendered(data["rendered"]),
        tuple(map(_suggestion, _list(data["suggestions"], 200))),
        _links(data["links"]),
    )


_FIELDS = (
    *("version", "head", "number", "unread"),
    *("findings", "changes", "rendered", "suggestions", "links"),
)


def nameable(path: str) -> bool:
    """Whether a suggestion may name the file at ``path``."""
    shown = len(path) <= 300 and path.isprintable() and "##[" not in path
    return shown and bool(_PATH.fullmatch(path))


def _links(value: object) -> Links:
    record = _record(value, "unread", "seen")
    looks = [_record(one, "url", "verdict") for one in _list(record["seen"], 1_000)]
    seen = tuple((_said(one["url"]), _match(one["verdict"], _WORD)) for one in looks)
    return Links(_said(record["unread"]), seen)


def _constant(word: str) -> float:
    raise ValueError(word)


def _list(value: object, most: int) -> list[object]:
    if not isinstance(value, list) or len(value) > most:
        raise Refused(f"a list is none, or has more than {most:,} items")
    return value


def _record(value: object, *fields: str) -> dict[str, object]:
    if not isinstance(value, dict) or value.keys() != set(fields):
        raise Refused(f"the fields of a part are not {', '.join(fields)}")
    return value


def _match(value: object, shape: re.Pattern[str]) -> str:
    if not isinstance(value, str) or len(value) > 300 or not shape.fullmatch(value):
        raise Refused("a word in it has another form than `kb` gives it")
    return value


def _number(value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise Refused("a number in it is none")
    return value


def _said(value: object, longest: int = 500) -> str:
    """One printable line that starts no workflow command."""
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise Refused("a text in it is not one printable line")
    if value.lstrip().startswith("::") or "##[" in value:
        raise Refused("a text in it is a workflow command")
    return value


def _finding(value: object) -> Finding:
    fields = ("path", "line", "code", "name", "message", "hint")
    one = _record(value, *fields)
    return Finding(
        _said(one["path"]),
        _number(one["line"], 10**6),
        _match(one["code"], _CODE),
        _match(one["name"], _WORD),
        _said(one["message"]),
        _said(one["hint"]),
    )


def _change(value: object) -> tuple[str, str]:
    one = _record(value, "change", "id")
    return _match(one["change"], _WORD), _said(one["id"])


def _rendered(value: object) -> str:
    """What `kb diff --format markdown` prints: a few headings and escaped lines, nothing else."""
    if not isinstance(value, str):
        raise Refused("the rendered change is no text")
    for line in value.split("\n"):
        if (line and not line.isprintable()) or not _LINE.fullmatch(line):
            raise Refused("the rendered change is not what `kb diff` prints")
    return value


def _suggestion(value: object) -> Suggestion:
    one = _record(value, "path", "start", "end", "old", "new")
    start, end = _number(one["start"], 10**6), _number(one["end"], 10**6)
    old = tuple(map(_held, _list(one["old"], 60)))
    new = tuple(map(_code, _list(one["new"], 60)))
    if len(old) != end - start + 1:
        raise Refused("a suggestion has other lines than it says")
    path = _said(one["path"])
    if not nameable(path):
        raise Refused("a suggestion is for no file of the catalogue")
    return Suggestion(path, start, end, old, new)


def _held(value: object) -> str:
    """One line of a file as it is: it is compared, never shown."""
    if not isinstance(value, str) or len(value) > 2_000 or "\n" in value:
        raise Refused("a line in it is not one line")
    return value


def _code(value: object) -> str:
    """One line to write into a file."""
    if not isinstance(value, str) or len(value) > 2_000 or not (value.isprintable() or not value):
        raise Refused("a suggested line is not one printable line")
    return value
