"""The comments of a YAML file, each tied to the key or item that it speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

Keys = tuple[str | int, ...]
_HASH = re.compile(r"(?:^|(?<=\s))#.*")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. ``trailing`` means that it shares its line with what it speaks of; without ``keys`` it ends the file."""

    text: str
    trailing: bool
    keys: Keys | None


def comments(text: str, root: Node) -> list[Comment]:
    """All comments of ``text``, in order. ``root`` is its node graph."""
    starts = sorted(_starts(root, ()), key=lambda start: (start[0], len(start[1])))
    scalars = [
        (token.start_mark, token.end_mark)
        for token in yaml.scan(text, Loader=yaml.CLoader)
        if isinstance(token, yaml.ScalarToken)
    ]
    inside = [((a.line, a.column), (b.line, b.column)) for a, b in scalars]
    found = []
    for number, line in enumerate(text.split("\n")):
        for match in _HASH.finditer(line):
            if not any(a <= (number, match.start()) < b for a, b in inside):
                found.append(
                    _tied(match[0].rstrip(), number, not line[: match.start()].strip(), starts)
                )
                break
    return found


def _starts(node: Node, keys: Keys) -> Iterator[tuple[int, Keys]]:
    """The line at which each key and each item begins."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key.start_mark.line, (*keys, key.value)
            yield from _starts(value, (*keys, key.value))
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            yield item.start_mark.line, (*keys, number)
            yield from _starts(item, (*keys, number))


def _tied(text: str, line: int, alone: bool, starts: list[tuple[int, Keys]]) -> Comment:
    if alone:
        return Comment(text, False, next((keys for at, keys in starts if at > line), None))
    before = [start for start in starts if start[0] <= line]
    last = before[-1][0] if before else 0
    return Comment(text, True, next((keys for at, keys in before if at == last), None))
