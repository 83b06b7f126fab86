"""How the nodes of an entry are written as lines, and a text as a scalar.

What fits into `WIDTH` columns (a Chinese character takes two) stands on one line; lists of mappings
never do, nor do mappings whose keys the entry chooses. Longer text is folded, Chinese is not: it
has no spaces to fold at.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import east_asian_width

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from kb.schema.parts import Keyed, Place, below, field_order
from kb.source.comments import Comment, Keys
from kb.source.reader import is_plain
from kb.source.scalars import plain

WIDTH = 120
_UNSAFE_START = re.compile(r"[-?:](?=\s|$)|[\s,\[\]{}#&*!|>'\"%@`]")
_INVISIBLE = (
    r"\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f"
)
_UNSAFE = re.compile(rf": | #|:$|\s$|[\x00-\x1f{_INVISIBLE}]")
_ESCAPED = re.compile(rf"[{_INVISIBLE}]")
_NOT_IN_A_BLOCK = re.compile(rf"[\x00-\x09\x0b-\x1f{_INVISIBLE}]|  |\n ")
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}:#?]")


class Emitter:
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
            head = f"{' ' * indent}{_key(key.value, True)}:"
            yield from self.entry(head, value, below(model, key.value), (*keys, key.value), indent)

    def sequence(self, node: SequenceNode, model: Place, keys: Keys, indent: int) -> Iterator[str]:
        """A sequence, one item a line or block."""
        for number, item in enumerate(node.value):
            here = (*keys, number)
            head = f"{' ' * indent}-"
            whole = isinstance(item, ScalarNode) or _fits(_line(head, item, model), item)
            if whole and not self._inside(item, here):
                yield from self.entry(head, item, model, here, indent)
            else:
                yield from _above(self.of[here], indent)
                yield from _dashed(self.block(item, model, here, indent + 2), indent)

    def entry(self, head: str, value: Node, model: Place, keys: Keys, indent: int) -> Iterator[str]:
        """``head`` and its value, on one line if it fits."""
        line = _line(head, value, model)
        in_a_block = (isinstance(model, Keyed) and value.value) or self._inside(value, keys)
        if _fits(line, value) and not in_a_block:
            yield from _beside(line, self.below[keys], indent)
            return
        yield from _above(self.of[keys], indent)
        if isinstance(value, ScalarNode):
            yield from _long(head, value.value, line, indent + 2)
        else:
            yield head
            yield from self.block(value, model, keys, indent + 2)

    def _inside(self, value: Node, keys: Keys) -> bool:
        """Whether a comment trails something inside of the block ``value`` at ``keys``.

        It stays behind that: what it may have cut off is seen there only.
        """
        if not isinstance(value, CollectionNode) or value.flow_style:
            return False
        return any(comment.trailing and comment.keys != keys for comment in self.below[keys])

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
    """``head`` and its value on one line; nothing if several of them cannot stand on one."""
    if isinstance(value, ScalarNode):
        return f"{head} {_flow(value, model, block=True)}"
    return f"{head} {_flow(value, model)}" if _least(value) <= WIDTH else ""


def _fits(line: str, value: Node) -> bool:
    if isinstance(value, ScalarNode) and "\n" in value.value:
        return False
    return not value.value or (line != "" and _width(line) <= WIDTH)


_NEVER = WIDTH + 1


def _least(node: Node) -> int:
    """How many columns ``node`` takes on one line, at the least; `_NEVER` or more for none.

    Most of what does not fit is found too wide long before all of it was written.
    """
    if isinstance(node, ScalarNode):
        return _NEVER if "\n" in node.value else len(node.value)
    if len(node.value) > WIDTH:
        return _NEVER
    total = 0
    if isinstance(node, SequenceNode):
        for item in node.value:
            total += _NEVER if isinstance(item, MappingNode) else 2 + _least(item)
            if total > WIDTH:
                break
    else:
        for key, value in node.value:
            total += len(key.value) + 4 + _least(value)
            if total > WIDTH:
                break
    return total


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
            f"{_key(key.value, False)}: {_flow(value, below(model, key.value))}"
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


@lru_cache(maxsize=4096)
def _key(text: str, block: bool) -> str:
    """``text`` as a key; the same few are written over and over."""
    return word(text, block)


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
