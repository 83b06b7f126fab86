"""Where each value of a file stands, and what the file may hold: looked up once, when asked."""

import re
from functools import cached_property

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kb.source.reader import Keys, compose

_Children = dict[str | int, tuple[Node, Node]]


class Places:
    """The places of all values of one text, which is parsed again when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._children: dict[int, _Children] = {}
        self._held: dict[re.Pattern[str], bool] = {}

    def may_hold(self, pattern: re.Pattern[str]) -> bool:
        """Whether a value may match ``pattern``, which is no longer than a line; one look a file.

        Only an escape sequence puts into a value what its file does not show.
        """
        if pattern not in self._held:
            self._held[pattern] = "\\" in self._text or bool(pattern.search(self._text))
        return self._held[pattern]

    def at(self, keys: Keys) -> tuple[int, int]:
        """Line and column, from 1, of the value at ``keys``, or of its nearest parent if absent."""
        node, mark = self._root, _mark(self._root)
        for key in keys:
            found = self._of(node).get(key)
            if found is None:
                break
            at, node = found
            mark = _mark(at)
        return mark

    @cached_property
    def _root(self) -> Node | None:
        try:
            return compose(self._text)
        except (yaml.YAMLError, ValueError, RecursionError):
            return None

    def _of(self, node: Node | None) -> _Children:
        if id(node) not in self._children:
            self._children[id(node)] = _children(node)
        return self._children[id(node)]


def _children(node: Node | None) -> _Children:
    """Key to (what marks the place, value), the first of equal keys."""
    if isinstance(node, MappingNode):
        pairs = reversed(node.value)
        return {key.value: (key, value) for key, value in pairs if isinstance(key, ScalarNode)}
    if isinstance(node, SequenceNode):
        return {number: (item, item) for number, item in enumerate(node.value)}
    return {}


def _mark(node: Node | None) -> tuple[int, int]:
    if node is None or not node.start_mark:
        return 1, 1
    return node.start_mark.line + 1, node.start_mark.column + 1
