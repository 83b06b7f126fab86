"""The canonical form of an entry: fields in the order of the schema, short values on one line, comments kept.

What fits into `WIDTH` columns (a Chinese character takes two) stands on one line; lists of mappings never do. Longer
text is folded, Chinese is not: it has no blanks to fold at. Nothing that the file says changes: the result is read again and compared before it is returned.
"""

import json
import re
import types
import typing
from collections.abc import Iterator
from unicodedata import east_asian_width

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kb.kinds import KINDS
from kb.schema import Topic
from kb.schema.parts import Part, field_order
from kb.source.comments import Comment, Keys, comments
from kb.source.files import RawFile
from kb.source.reader import Document, compose, is_plain, read
from kb.source.scalars import plain

WIDTH = 120
_HEADER = "# yaml-language-server:"
_UNSAFE_START = re.compile(r"[-?:](?=\s|$)|[\s,\[\]{}#&*!|>'\"%@`]")
_UNSAFE = re.compile(r": | #|:$|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}:#?]")
_Model = type[Part] | None


def formatted(file: RawFile) -> bytes | None:
    """The canonical bytes of ``file``; None if it cannot be read (then `kb check` says why)."""
    content = file.content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    document = read(file.path, content)
    if not isinstance(document, Document):
        return None
    new = _text(file, document).encode()
    again = read(file.path, new)
    return new if isinstance(again, Document) and again.data == document.data else None


def schema_line(path: str, kind: str) -> str:
    """The first line of an entry at ``path``, which tells editors its schema."""
    return f"{_HEADER} $schema={'../' * path.count('/')}docs/schema/{'topics' if kind == 'topics' else kind}.json"


def _text(file: RawFile, document: Document) -> str:
    root = compose(document.text)
    kept = [
        comment for comment in comments(document.text, root) if not comment.text.startswith(_HEADER)
    ]
    model = None if file.kind == "topics" else KINDS[file.kind].model
    lines = list(_Emitter(kept).mapping(root, model, (), 0))
    last = [comment.text for comment in kept if comment.keys is None]
    return "\n".join([schema_line(file.path, file.kind), *lines, *last]) + "\n"


class _Emitter:
    """Writes nodes as lines; hands out each comment where the thing it speaks of is written."""

    def __init__(self, kept: list[Comment]) -> None:
        self.kept = [comment for comment in kept if comment.keys is not None]

    def mapping(self, node: MappingNode, model: _Model, keys: Keys, indent: int) -> Iterator[str]:
        """A mapping, one key a line or block."""
        for key, value in _ordered(node, model):
            below = Topic if not keys and model is None else _model_of(model, key.value)
            yield from self.entry(
                f"{' ' * indent}{_word(key.value, True)}:", value, below, (*keys, key.value), indent
            )

    def sequence(self, node: SequenceNode, model: _Model, keys: Keys, indent: int) -> Iterator[str]:
        """A sequence, one item a line or block."""
        for number, item in enumerate(node.value):
            here = (*keys, number)
            line = _flow(item, model)
            if isinstance(item, ScalarNode) or _fits(f"{' ' * indent}- {line}", item):
                yield from self.entry(f"{' ' * indent}-", item, model, here, indent)
                continue
            yield from self.above(here, indent, whole=False)
            block = self.mapping if isinstance(item, MappingNode) else self.sequence
            first, *rest = self._uncommented(block(item, model, here, indent + 2), indent)
            yield from first if isinstance(first, list) else [first]
            yield from rest

    def _uncommented(self, lines: Iterator[str], indent: int) -> list[typing.Any]:
        """The lines of an item, its dash put before the first that is no comment."""
        every = list(lines)
        at = next(number for number, line in enumerate(every) if not line.lstrip().startswith("#"))
        above = [" " * indent + line.lstrip() for line in every[:at]]
        return [[*above, f"{' ' * indent}- {every[at].lstrip()}"], *every[at + 1 :]]

    def entry(
        self, head: str, value: Node, model: _Model, keys: Keys, indent: int
    ) -> Iterator[str]:
        """``head`` and its value, on one line if it fits."""
        line = f"{head} {_flow(value, model, block=isinstance(value, ScalarNode))}"
        if _fits(line, value):
            trailing = "".join(
                f"  {comment.text}" for comment in self._at(keys, True) if comment.trailing
            )
            yield from self.above(keys, indent, whole=True, trailing=False)
            yield line + trailing
            return
        yield from self.above(keys, indent, whole=False)
        if isinstance(value, ScalarNode):
            yield from _long(head, value.value, line, indent + 2)
        else:
            yield head
            block = self.mapping if isinstance(value, MappingNode) else self.sequence
            yield from block(value, model, keys, indent + 2)

    def above(self, keys: Keys, indent: int, whole: bool, trailing: bool = True) -> Iterator[str]:
        """The comments that stand above the thing at ``keys``."""
        return (
            " " * indent + comment.text
            for comment in self._at(keys, whole)
            if trailing or not comment.trailing
        )

    def _at(self, keys: Keys, whole: bool) -> list[Comment]:
        return [
            comment
            for comment in self.kept
            if comment.keys == keys or (whole and comment.keys[: len(keys)] == keys)
        ]


def _ordered(node: MappingNode, model: _Model) -> list[tuple[Node, Node]]:
    order = field_order(model) if model else []
    return sorted(
        node.value,
        key=lambda pair: order.index(pair[0].value) if pair[0].value in order else len(order),
    )


def _model_of(model: _Model, key: str) -> _Model:
    """The model of a field's value, or of its items."""
    field = model.model_fields.get(key) if model else None
    return _part(field.annotation) if field else None


def _part(annotation: typing.Any) -> _Model:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, Part) else None
    return next((part for inner in typing.get_args(annotation) if (part := _part(inner))), None)


def _fits(line: str, value: Node) -> bool:
    return not _must_stand_in_a_block(value) and _width(line) <= WIDTH


def _must_stand_in_a_block(node: Node) -> bool:
    if isinstance(node, ScalarNode):
        return "\n" in node.value
    if isinstance(node, SequenceNode):
        return any(
            isinstance(item, MappingNode) or _must_stand_in_a_block(item) for item in node.value
        )
    return any(_must_stand_in_a_block(value) for _, value in node.value)


def _width(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def _flow(node: Node, model: _Model, block: bool = False) -> str:
    """``node`` on one line; ``block`` means that a scalar stands outside brackets."""
    if isinstance(node, ScalarNode):
        return _scalar(node, block)
    if isinstance(node, SequenceNode):
        return f"[{', '.join(_flow(item, model) for item in node.value)}]"
    pairs = (
        f"{_word(key.value, False)}: {_flow(value, _model_of(model, key.value))}"
        for key, value in _ordered(node, model)
    )
    return f"{{{', '.join(pairs)}}}"


def _scalar(node: ScalarNode, block: bool) -> str:
    if is_plain(node) and not isinstance(plain(node.value), str):
        return node.value or "null"
    return _word(node.value, block)


def _word(text: str, block: bool) -> str:
    """``text`` unquoted where every YAML version reads it as the same text, quoted elsewhere."""
    safe = (
        text
        and isinstance(plain(text), str)
        and not _UNSAFE_START.match(text)
        and not _UNSAFE.search(text)
    )
    return text if safe and (block or not _UNSAFE_IN_FLOW.search(text)) else _quoted(text)


def _quoted(text: str) -> str:
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", escaped
    )


def _long(head: str, text: str, line: str, indent: int) -> Iterator[str]:
    """A text that does not fit: folded at its blanks; as it is if it has none; line by line if it has line breaks."""
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
    return (
        text[:1].strip() != ""
        and not text.endswith(" ")
        and not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|  |\n ", text)
    )


def _is_chinese(text: str) -> bool:
    return 2 * (_width(text) - len(text)) > len(text)


def _fold(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and _width(line) + 1 + _width(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
