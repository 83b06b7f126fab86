"""The canonical form of an entry: fields in schema order, short values on one line, comments.

Neither what the file says nor its comments change: the result is read again and compared before it
is returned.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from yaml.nodes import MappingNode

from kb.findings import Finding
from kb.kinds import KINDS, tables
from kb.schema.parts import Keyed, Place, field_order
from kb.source.comments import Comment, comments
from kb.source.faults import FAULTS
from kb.source.files import RawFile
from kb.source.layout import Emitter
from kb.source.parser import compose
from kb.source.reader import MAX_BYTES, Document, read

_SCHEMA = "# yaml-language-server: $schema="
_HEADER = re.compile(re.escape(_SCHEMA) + r"\S+")


@dataclass(frozen=True, slots=True)
class Formatted:
    """The canonical bytes of a file."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Unformattable:
    """A file that has no canonical form, and why; ``findings`` are what makes it unreadable."""

    reason: str
    findings: tuple[Finding, ...] = ()


def formatted(file: RawFile) -> Formatted | Unformattable:
    """The canonical form of ``file``. It says the same, keeps all comments and is its own form."""
    content = file.content.removeprefix(b"\xef\xbb\xbf")
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    document = read(file.path, content)
    if not isinstance(document, Document):
        return Unformattable("it cannot be read; `kb check` shows why", tuple(document))
    root = _root(document)
    kept = _comments(document.text, root)
    text = _text(file, root, kept)
    if text is None or len(text.encode()) > MAX_BYTES:
        return Unformattable(f"its canonical form would have more than {MAX_BYTES:,} bytes")
    if text == document.text:
        return Formatted(content)
    again = read(file.path, text.encode())
    if not isinstance(again, Document) or again.data != document.data:
        return Unformattable("its canonical form would not say the same")
    if kept:
        form = _root(again)
        now = _comments(again.text, form)
        if Counter(map(_said, now)) != Counter(map(_said, kept)):
            return Unformattable("its canonical form would lose a comment")
        if _text(file, form, now) != text:
            return Unformattable(
                "its comments have no stable place; put each above what it speaks of"
            )
    return Formatted(text.encode())


def misformatted(file: RawFile) -> Finding | None:
    """What keeps ``file`` from being canonical, at the first line that would change.

    None if it is canonical, or if it cannot be read: then reading it gives the findings.
    """
    match formatted(file):
        case Unformattable(reason, findings):
            message, hint = f"not in canonical form: {reason}", "rearrange the entry by hand"
            return (
                None if findings else FAULTS["not-canonical"].at(file.path, (1, 1), message, hint)
            )
        case Formatted(content) if content != file.content:
            line = _first_difference(file.content.splitlines(True), content.splitlines(True))
            return FAULTS["not-canonical"].at(
                file.path, (line, 1), "not in canonical form from here on", "run `kb fmt`"
            )
    return None


@lru_cache(maxsize=2048)
def canonical(file: RawFile) -> bool:
    """Whether ``file``, which must be one that can be read, has no other form than its own.

    The comparison of `formatted` without what only a change needs. A run of `kb fix` asks several
    times, of files of which few have changed.
    """
    if b"\r" in file.content:
        return False
    text = file.content.decode()
    root = compose(text)
    if not isinstance(root, MappingNode):
        return False
    body = text[len(first[0]) :] if (first := _HEADER.match(text)) else text
    return _text(file, root, _comments(text, root) if "#" in body else []) == text


_SUSPICIOUS = (
    *(b" \n", b"\n\n", b"\r", b":  ", b"-  ", b"{ ", b"[ ", b": '", b"- '", b"['"),
    *(b"\n? ", b"\n...", b"\n---", b"\ntopics:\n", b"\nvenue:\n"),
)
_NEEDLESS = re.compile(rb'[:-] "[A-Za-z]{4,} [A-Za-z ]+"\n')
"""Words in quotes that have nothing to be quoted for."""


def suspicious(file: RawFile) -> bool:
    """Whether ``file`` does not look canonical: a look at its bytes, not a proof."""
    content = file.content
    return (
        not content.startswith(_SCHEMA.encode())
        or not content.endswith(b"\n")
        or any(map(content.__contains__, _SUSPICIOUS))
        or bool(_NEEDLESS.search(content))
        or not _in_order(file)
    )


def _in_order(file: RawFile) -> bool:
    """Whether the fields of an entry stand in the order of writing."""
    if file.kind not in KINDS:
        return True
    order = _orders(file.kind)
    tops = [line for line in file.content.split(b"\n") if line[:1] > b"Z"]
    places = [order.get(line.partition(b":")[0], 0) for line in tops]
    return places == sorted(places)


@cache
def _orders(kind: str) -> dict[bytes, int]:
    return {name.encode(): at for at, name in enumerate(field_order(KINDS[kind].model), 1)}


def _first_difference(old: list[bytes], new: list[bytes]) -> int:
    """The number, from 1, of the first line of ``old`` that is not the same in ``new``."""
    same = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    return max(1, min(same + 1, len(old)))


def schema_line(path: str, kind: str) -> str:
    """The first line of an entry at ``path``, which tells editors its schema."""
    return f"{_SCHEMA}{'../' * path.count('/')}docs/schema/{kind}.json"


def _root(document: Document) -> MappingNode:
    root = compose(document.text)
    if not isinstance(root, MappingNode):
        raise TypeError("a document is a mapping")
    return root


def _comments(text: str, root: MappingNode) -> list[Comment]:
    """All comments but the line that tells editors the schema, which is written anew."""
    found = comments(text, root)
    first = root.value[0][0].start_mark.line if root.value else 0
    header = next((one for one in found if one.line < first and _HEADER.fullmatch(one.text)), None)
    return [one for one in found if one is not header]


def _said(comment: Comment) -> str:
    return comment.text


def _text(file: RawFile, root: MappingNode, kept: list[Comment]) -> str | None:
    """The canonical text; None as soon as it is larger than a file may be."""
    table = tables().get(file.kind)
    model: Place = Keyed(table) if table else KINDS[file.kind].model
    lines, size = [], 0
    for line in Emitter(kept).mapping(root, model, (), 0):
        lines.append(line)
        size += len(line)
        if size > MAX_BYTES:
            return None
    last = [comment.text for comment in kept if comment.keys is None]
    return "\n".join([schema_line(file.path, file.kind), *lines, *last]) + "\n"
