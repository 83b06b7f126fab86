"""Small edits of a YAML text at places that are named by keys; all else stays as it is.

Each edit is a splice of the text, so that several can be made of one reading.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from kb.source.files import RawFile
from kb.source.format import Formatted, formatted
from kb.source.layout import quoted_if_needed
from kb.source.parser import compose
from kb.source.reader import Keys


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """``new`` in the place of the text from ``start`` to before ``end``."""

    start: int
    end: int
    new: str


class Editor:
    """Makes the splices of one text, which must be valid."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = compose(text)

    def holds(self, keys: Keys) -> bool:
        """Whether something stands at ``keys``."""
        return self._at(keys) is not None

    def value(self, keys: Keys, new: str) -> Splice:
        """``new`` in the place of the scalar at ``keys``. Raises KeyError if there is none."""
        return self.scalar(keys, quoted_if_needed(new))

    def scalar(self, keys: Keys, new: str) -> Splice:
        """``new``, which is YAML, in the place of the scalar at ``keys``. Raises KeyError."""
        node = self._at(keys)
        if not isinstance(node, ScalarNode):
            raise KeyError(keys)
        return _over(node, new)

    def key(self, keys: Keys, new: str) -> Splice:
        """``new`` in the place of the last of ``keys`` itself. Raises KeyError if it is none."""
        parent = self._at(keys[:-1])
        pairs = parent.value if isinstance(parent, MappingNode) else []
        for key, _ in pairs:
            if key.value == keys[-1]:
                return _over(key, quoted_if_needed(new))
        raise KeyError(keys)

    def appended(self, keys: Keys, item: str) -> Splice:
        """``item`` as the last one of the list at ``keys``, which is made if it is not there.

        Raises KeyError if something else stands there, or at the keys above.
        """
        word, node = quoted_if_needed(item), self._at(keys)
        if node is None:
            return self.added(keys, f"[{word}]")
        if not isinstance(node, SequenceNode):
            raise KeyError(keys)
        if not node.value:
            return _over(node, f"[{word}]")
        end = node.value[-1].end_mark.index
        if node.flow_style:
            return Splice(end, end, f", {word}")
        return Splice(end, end, f"\n{' ' * node.start_mark.column}- {word}")

    def added(self, keys: Keys, value: str) -> Splice:
        """A new key with ``value``, which is YAML, behind the first key whose end is plain.

        Raises KeyError if no mapping stands at the keys above.
        """
        parent = self._at(keys[:-1])
        if not isinstance(parent, MappingNode):
            raise KeyError(keys)
        if parent.flow_style or not parent.value:
            start = parent.start_mark.index + 1
            return Splice(start, start, f"{keys[-1]}: {value}{', ' if parent.value else ''}")
        line = f"{keys[-1]}: {value}\n"
        for key, one in parent.value:
            if _ends_plainly(one):
                end = self._text.find("\n", one.end_mark.index) + 1
                start = end or len(self._text)
                lead = "" if end else "\n"
                return Splice(start, start, f"{lead}{' ' * key.start_mark.column}{line}")
        first = parent.value[0][0].start_mark
        return Splice(first.index, first.index, f"{line}{' ' * first.column}")

    def _at(self, keys: Keys) -> Node | None:
        node: Node | None = self._root
        for key in keys:
            node = _child(node, key)
        return node


def applied(text: str, splices: Iterable[Splice]) -> str:
    """``text`` with all ``splices``, which must not overlap, in the order of their places."""
    parts, done = [], 0
    for one in sorted(set(splices)):
        parts += [text[done : one.start], one.new]
        done = one.end
    return "".join([*parts, text[done:]])


def canonical_if(file: RawFile, new: str) -> bytes:
    """``new`` in its canonical form if ``file`` was in its own, else as it is."""
    match formatted(file):
        case Formatted(content) if content == file.content:
            changed = formatted(RawFile(file.path, file.kind, file.id, new.encode()))
            return changed.content if isinstance(changed, Formatted) else new.encode()
    return new.encode()


def _over(node: Node, new: str) -> Splice:
    return Splice(node.start_mark.index, node.end_mark.index, new)


def _child(node: Node | None, key: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        one = node.value[key]
        return one if isinstance(one, Node) else None
    return None


def _ends_plainly(node: Node) -> bool:
    """Whether the parser knows where ``node`` ends: not so behind a block."""
    if isinstance(node, CollectionNode):
        return bool(node.flow_style)
    return isinstance(node, ScalarNode) and node.style not in ("|", ">")
