"""The canonical form of an entry: fields in schema order, short values on one line, comments.

What fits into `WIDTH` columns (a Chinese character takes two) stands on one line; lists of mappings
never do, nor do mappings whose keys the entry chooses. Longer text is folded, Chinese is not: it
has no spaces to fold at. Neither what the file says nor its comments change: the result is read
again and compared before it is returned.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import east_asian_width

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kb.findings import Finding
from kb.kinds import KINDS, tables
from kb.schema.parts import Keyed, Place, below, field_order
from kb.source.comments import Comment, Keys, comments
from kb.source.faults import FAULTS
from kb.source.files import RawFile
from kb.source.parser import compose
from kb.source.reader import MAX_BYTES, Document, is_plain, read
from kb.source.scalars import plain

WIDTH = 120
_SCHEMA = "# yaml-language-server: $schema="
_HEADER = re.compile(re.escape(_SCHEMA) + r"\S+")
_UNSAFE_START = re.compile(r"[-?:](?=\s|$)|[\s,\[\]{}#&*!|>'\"%@`]")
_INVISIBLE = (
    r"\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f"
)
_UNSAFE = re.compile(rf": | #|:$|\s$|[\x00-\x1f{_INVISIBLE}]")
_ESCAPED = re.compile(rf"[{_INVISIBLE}]")
_NOT_IN_A_BLOCK = re.compile(rf"[\x00-\x09\x0b-\x1f{_INVISIBLE}]|  |\n ")
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}:#?]")


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
    content = file.content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    document = read(file.path, content)
    if not isinstance(document, Document):
        return Unformattable("it cannot be read; `kb check` shows why", tuple(document))
    root = _root(document)
    kept = _comments(document, root)
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
        now = _comments(again, form)
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


_SUSPICIOUS = (b" \n", b"\n\n", b": '", b"- '", b"['", b":  ", b"-  ", b"\r", b"{ ", b"[ ")


def suspicious(file: RawFile) -> bool:
    """Whether ``file`` does not look canonical: a look at its bytes, not a proof."""
    content = file.content
    return (
        not content.startswith(_SCHEMA.encode())
        or not content.endswith(b"\n")
        or any(map(content.__contains__, _SUSPICIOUS))
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


def _comments(document: Document, root: MappingNode) -> list[Comment]:
    """All comments but the line that tells editors the schema, which is written anew."""
    found = comments(document.text, root)
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
    for line in _Emitter(kept).mapping(root, model, (), 0):
        lines.append(line)
        size += len(line)
        if size > MAX_BYTES:
            return None
    last = [comment.text for comment in kept if comment.keys is None]
    return "\n".join([schema_line(file.path, file.kind), *lines, *last]) + "\n"


class _Emitter:
    """Writes nodes as lines; hands out each comment where the thing it speaks of is written."""

    def __init__(self, kept: list[Comment]) -> None:
        self.of: dict[Keys, list[Comment]] = defaultdict(list)
        self.below: dict[Keys, list[Comment]] = defaultdict(list)
        for comment in kept:
            if comment.keys is not None:
                self.of[comment.keys].append(comment)
                for length in range(1, len(comment.keys) + 1):
                    self.below[comment.keys[:length]].append(comment)

    def mapping(self, node: MappingNode, model: Place, keys: Keys, indent: int) -> Iterator[str]:
        """A mapping, one key a line or block."""
        for key, value in _ordered(node, model):
            head = f"{' ' * indent}{word(key.value, True)}:"
            yield from self.entry(head, value, below(model, key.value), (*keys, key.value), indent)

    def sequence(self, node: SequenceNode, model: Place, keys: Keys, indent: int) -> Iterator[str]:
        """A sequence, one item a line or block."""
        for number, item in enumerate(node.value):
            here = (*keys, number)
            head = f"{' ' * indent}-"
            if isinstance(item, ScalarNode) or _fits(_line(head, item, model), item):
                yield from self.entry(head, item, model, here, indent)
            else:
                yield from _above(self.of[here], indent)
                yield from _dashed(self.block(item, model, here, indent + 2), indent)

    def entry(self, head: str, value: Node, model: Place, keys: Keys, indent: int) -> Iterator[str]:
        """``head`` and its value, on one line if it fits."""
        line = _line(head, value, model)
        if _fits(line, value) and not (isinstance(model, Keyed) and value.value):
            yield from _beside(line, self.below[keys], indent)
            return
        yield from _above(self.of[keys], indent)
        if isinstance(value, ScalarNode):
            yield from _long(head, value.value, line, indent + 2)
        else:
            yield head
            yield from self.block(value, model, keys, indent + 2)

    def block(self, node: Node, model: Place, keys: Keys, indent: int) -> Iterator[str]:
        """A mapping or a sequence, over several lines."""
        if isinstance(node, MappingNode):
            return self.mapping(node, model, keys, indent)
        if isinstance(node, SequenceNode):
            return self.sequence(node, model, keys, indent)
        raise TypeError("a scalar is not a block")


def _beside(line: str, comments: list[Comment], indent: int) -> Iterator[str]:
    """``line`` with its comments: one may trail, all others stand above."""
    trailing = [comment for comment in comments if comment.trailing]
    if len(trailing) == 1:
        yield from _above([comment for comment in comments if not comment.trailing], indent)
        yield f"{line}  {trailing[0].text}"
    else:
        yield from _above(comments, indent)
        yield line


def _above(comments: list[Comment], indent: int) -> Iterator[str]:
    return (" " * indent + comment.text for comment in comments)


def _dashed(lines: Iterator[str], indent: int) -> Iterator[str]:
    """The lines of an item, its dash put before the first that is no comment."""
    for line in lines:
        own = line.lstrip()
        if own.startswith("#"):
            yield " " * indent + own
        else:
            yield f"{' ' * indent}- {own}"
            break
    yield from lines


def _ordered(node: MappingNode, model: Place) -> list[tuple[Node, Node]]:
    order = _ranks(model)
    return sorted(node.value, key=lambda pair: order.get(pair[0].value, len(order)))


@cache
def _ranks(model: Place) -> dict[str, int]:
    return {name: at for at, name in enumerate(field_order(model))}


def _line(head: str, value: Node, model: Place) -> str:
    """``head`` and its value on one line, or only ``head`` if the value never fits."""
    if isinstance(value, ScalarNode):
        return f"{head} {_flow(value, model, block=True)}"
    return head if _must_stand_in_a_block(value) else f"{head} {_flow(value, model)}"


def _fits(line: str, value: Node) -> bool:
    return not value.value or (not _must_stand_in_a_block(value) and _width(line) <= WIDTH)


def _must_stand_in_a_block(node: Node) -> bool:
    if isinstance(node, ScalarNode):
        return "\n" in node.value
    if len(node.value) > WIDTH:
        return True
    if isinstance(node, SequenceNode):
        return any(
            isinstance(item, MappingNode) or _must_stand_in_a_block(item) for item in node.value
        )
    return any(_must_stand_in_a_block(value) for _, value in node.value)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(map("WF".__contains__, map(east_asian_width, text)))


def _flow(node: Node, model: Place, block: bool = False) -> str:
    """``node`` on one line; ``block`` means that a scalar stands outside brackets."""
    if isinstance(node, ScalarNode):
        return _scalar(node, block)
    if isinstance(node, MappingNode):
        pairs = (
            f"{word(key.value, False)}: {_flow(value, below(model, key.value))}"
            for key, value in _ordered(node, model)
        )
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(_flow(item, model) for item in node.value)}]"


def _scalar(node: ScalarNode, block: bool) -> str:
    if is_plain(node) and not isinstance(plain(node.value), str):
        return node.value or "null"
    return word(node.value, block)


def quoted_if_needed(text: str) -> str:
    """``text`` as a scalar that reads as this text wherever it stands."""
    return word(text, block=False)


def word(text: str, block: bool) -> str:
    """``text`` unquoted where every YAML version reads it as the same text, quoted elsewhere."""
    safe = (
        text
        and isinstance(plain(text), str)
        and not _UNSAFE_START.match(text)
        and not _UNSAFE.search(text)
    )
    return text if safe and (block or not _UNSAFE_IN_FLOW.search(text)) else _quoted(text)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _long(head: str, text: str, line: str, indent: int) -> Iterator[str]:
    """A text that does not fit: folded at its spaces if any, line by line if it has line breaks."""
    if "\n" in text:
        yield from _literal(head, text, line, indent)
        return
    folded = list(_fold(text, WIDTH - indent))
    if len(folded) == 1 or not _foldable(text) or _is_chinese(text):
        yield line
        return
    yield f"{head} >-"
    yield from (" " * indent + part for part in folded)


def _literal(head: str, text: str, line: str, indent: int) -> Iterator[str]:
    body = text.removesuffix("\n")
    if (
        not _foldable(text)
        or body.endswith("\n")
        or any(part != part.rstrip() for part in body.split("\n"))
    ):
        yield line
        return
    yield f"{head} {'|' if text.endswith(chr(10)) else '|-'}"
    yield from (" " * indent + part if part else "" for part in body.split("\n"))


def _foldable(text: str) -> bool:
    return text[:1].strip() != "" and not text.endswith(" ") and not _NOT_IN_A_BLOCK.search(text)


def _is_chinese(text: str) -> bool:
    return 2 * (_width(text) - len(text)) > len(text)


def _fold(text: str, width: int) -> Iterator[str]:
    """The words of ``text`` in lines of at most ``width`` columns, or of one longer word."""
    line: list[str] = []
    used = 0
    for word in text.split(" "):
        wide = _width(word)
        if line and used + 1 + wide > width:
            yield " ".join(line)
            line, used = [], 0
        used += wide + (1 if line else 0)
        line.append(word)
    yield " ".join(line)
