"""The comments of a YAML file, each tied to the key or item that it speaks of."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from kb.source.parser import tokens

Keys = tuple[str | int, ...]
_COMMENT = re.compile(r"#[^\n]*")
_BLOCK_HEADER = re.compile(r"[^#\n]*(#[^\n]*)?")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment.

    ``trailing`` means that it shares its line with what it speaks of; without ``keys`` it ends the
    file. ``line`` counts from 0.
    """

    text: str
    trailing: bool
    keys: Keys | None
    line: int


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a key or an item begins; a ``block`` has its own keys or items, even on that line."""

    line: int
    keys: Keys
    block: bool


def comments(text: str, root: Node) -> list[Comment]:
    """All comments of ``text``, whose only line ends are line feeds. ``root`` is its node graph."""
    spots = list(_spots(text))
    if not spots:
        return []
    starts = sorted(_starts(root, ()), key=lambda start: (start.line, len(start.keys)))
    lines = [start.line for start in starts]
    found, number, counted = [], 0, 0
    for offset, said in spots:
        number += text.count("\n", counted, offset)
        counted = offset
        alone = not text[text.rfind("\n", 0, offset) + 1 : offset].strip(" -?:")
        trailing, keys = _tied(starts, lines, number, alone)
        found.append(Comment(said.rstrip(), trailing, keys, number))
    return found


def _spots(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each comment: they stand between tokens and behind the mark of a block."""
    end = 0
    for token in tokens(text):
        start = token.start_mark.index
        if start > end and text.find("#", end, start) >= 0:
            yield from ((match.start(), match[0]) for match in _COMMENT.finditer(text, end, start))
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = _BLOCK_HEADER.match(text, start)
            if header and header[1]:
                yield header.start(1), header[1]
        end = max(end, token.end_mark.index)


def _starts(node: Node, keys: Keys) -> Iterator[_Start]:
    for key, mark, value in _children(node):
        here = (*keys, key)
        yield _Start(mark.start_mark.line, here, _is_block(value))
        yield from _starts(value, here)


def _children(node: Node) -> Iterator[tuple[str | int, Node, Node]]:
    """The key or number of each child, the node at which it begins, and its value."""
    if isinstance(node, MappingNode):
        yield from ((key.value, key, value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from ((number, item, item) for number, item in enumerate(node.value))


def _is_block(node: Node) -> bool:
    return isinstance(node, CollectionNode) and not node.flow_style


def _tied(
    starts: list[_Start], lines: list[int], line: int, alone: bool
) -> tuple[bool, Keys | None]:
    """Whether a comment on ``line`` trails, and what it speaks of."""
    after = bisect_right(lines, line)
    if alone or not after:
        return False, starts[after].keys if after < len(starts) else None
    first = bisect_right(lines, lines[after - 1] - 1)
    while starts[first].block and first + 1 < after:
        first += 1
    return True, starts[first].keys
