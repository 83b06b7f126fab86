"""Where each value of a file stands, and what the file may hold: looked up once, when asked."""

import re
from functools import cached_property

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kb.findings import Edit
from kb.source.parser import compose
from kb.source.reader import Keys, is_plain

_ESCAPED = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ /\n])",
)
"""What puts a letter, a mark or a blank into a value that its file does not show."""
_COMMENT = re.compile(r" +(#.*)")
_Children = dict[str | int, tuple[Node, Node]]


class Places:
    """The places of all values of one text, which is parsed again when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._children: dict[int, _Children] = {}
        self._held: dict[re.Pattern[str] | tuple[str, ...], bool] = {}

    def may_hold(self, pattern: re.Pattern[str]) -> bool:
        """Whether a value may match ``pattern``, no longer than a line; one look a file."""
        if pattern not in self._held:
            self._held[pattern] = self._escaped or bool(pattern.search(self._text))
        return self._held[pattern]

    def may_say(self, words: tuple[str, ...]) -> bool:
        """Whether a value may hold one of ``words``, which are in lower case; one look a file.

        Looks at bytes: to put a text with Chinese into lower case takes longer.
        """
        if words not in self._held:
            text = self._text.encode().lower()
            self._held[words] = self._escaped or any(word.encode() in text for word in words)
        return self._held[words]

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

    def replaced(self, keys: Keys, text: str) -> tuple[Edit, ...]:
        """The edit that writes ``text`` for the value at ``keys``; none if it is not there.

        A value over several lines has no place of its own: it is replaced up to its last character.
        """
        node = self._node(keys)
        return () if node is None else (Edit(_mark(node), self._end(node), text),)

    def renamed(self, keys: Keys, key: str) -> tuple[Edit, ...]:
        """The edit that writes ``key`` for the last of ``keys``; none if it is not there."""
        node = self._node(keys[:-1])
        found = self._of(node).get(keys[-1])
        if found is None or found[0] is found[1]:
            return ()
        return (Edit(_mark(found[0]), self._end(found[0]), key),)

    def written(self, keys: Keys) -> str:
        """The scalar at ``keys`` as it was typed, without quotes; nothing if there is none."""
        node = self._node(keys)
        return node.value if isinstance(node, ScalarNode) else ""

    def comment_behind(self, keys: Keys) -> str:
        """The comment right behind the text at ``keys``, if that stands without quotes."""
        node = self._node(keys)
        if not isinstance(node, ScalarNode) or not is_plain(node):
            return ""
        line, column = self._end(node)
        found = _COMMENT.match(self._lines[line - 1], column - 1)
        return found[1].rstrip() if found else ""

    def in_brackets(self, keys: Keys) -> bool:
        """Whether the value at ``keys`` stands inside brackets or braces."""
        return any(
            getattr(self._node(keys[:length]), "flow_style", False) for length in range(len(keys))
        )

    def indented(self, keys: Keys, blanks: int) -> tuple[Edit, ...]:
        """The edits that put the key at ``keys`` and its value ``blanks`` to the right."""
        lines = self._lines_of(keys)
        if blanks < 0:
            return tuple(Edit((n, 1), (n, 1 - blanks), "") for n in lines)
        return tuple(Edit((n, 1), (n, 1), " " * blanks) for n in lines)

    def removed(self, keys: Keys) -> tuple[Edit, ...]:
        """The edit that deletes the lines of the key at ``keys``; none inside of brackets."""
        lines = self._lines_of(keys)
        if not lines or self.in_brackets(keys):
            return ()
        return (Edit((lines[0], 1), (lines[-1] + 1, 1), ""),)

    def _lines_of(self, keys: Keys) -> range:
        """The numbers, from 1, of the lines of a key and its value; none if it begins no line."""
        found = self._of(self._node(keys[:-1])).get(keys[-1])
        if found is None:
            return range(0)
        line, column = _mark(found[0])
        begins = not self._lines[line - 1][: column - 1].strip()
        return range(line, self._end(found[1])[0] + 1) if begins else range(0)

    def _node(self, keys: Keys) -> Node | None:
        node = self._root
        for key in keys:
            found = self._of(node).get(key)
            if found is None:
                return None
            node = found[1]
        return node

    def _end(self, node: Node) -> tuple[int, int]:
        """Where ``node`` ends: behind its last character that is no blank and no comment."""
        start, end = node.start_mark, node.end_mark
        line, column = end.line, end.column
        if column == 0 or not self._lines[line][:column].strip():
            while line > start.line and not self._lines[line][:column].split("#")[0].strip():
                line -= 1
                column = len(self._lines[line].rstrip())
        return line + 1, column + 1

    @cached_property
    def _escaped(self) -> bool:
        return bool(_ESCAPED.search(self._text))

    @cached_property
    def _lines(self) -> list[str]:
        return [*self._text.split("\n"), ""]

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
