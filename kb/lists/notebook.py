"""Addresses in Jupyter notebooks: those in cells of Markdown and of raw text. Code and what it
printed are no links.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kb.lists import json, markdown, prose
from kb.lists.mention import Found, Unreadable
from kb.lists.record import Event, Mark, Scalar

_READERS = {
    "markdown": markdown.addresses,
    "heading": markdown.addresses,
    "raw": prose.addresses,
}


def addresses(text: str) -> Found:
    """Each address that readers of the notebook ``text`` see. Raises Unreadable."""
    for cell in _cells(json.events(text)):
        yield from _of_cell(cell)


@dataclass(slots=True)
class _Node:
    """A list or an object under ``name``; a cell if it has a ``kind``."""

    name: str
    kind: str = ""
    source: list[Scalar] = field(default_factory=list)
    strings: list[Scalar] = field(default_factory=list)


def _cells(events: Iterable[Event]) -> Iterator[_Node]:
    """The cells, in order. A source is one string, or a list of its lines."""
    opened, key = [_Node("")], ""
    for event in events:
        if event is Mark.OPEN:
            opened.append(_Node(key))
        elif event is Mark.CLOSE:
            done = opened.pop()
            if done.name == "source":
                opened[-1].source = done.strings
            elif done.kind:
                yield done
        elif isinstance(event, Scalar):
            _take(event, opened[-1])
            key = event.text


def _take(scalar: Scalar, node: _Node) -> None:
    if scalar.key == "cell_type":
        node.kind = scalar.text
    elif scalar.key == "source":
        node.source = [scalar]
    elif not scalar.key:
        node.strings.append(scalar)


def _of_cell(cell: _Node) -> Found:
    reader = _READERS.get(cell.kind)
    if reader is None or not cell.source:
        return
    places = [(one.line, one.column) for one in cell.source for _ in range(_ends(one.text))]
    places.append((cell.source[-1].line, cell.source[-1].column))
    try:
        found = list(reader(_plain("".join(one.text for one in cell.source))))
    except Unreadable as error:
        raise Unreadable(f"the cell at line {places[0][0]}: {error}") from None
    for one in found:
        line, column = places[min(one.line, len(places)) - 1]
        yield replace(one, line=line, column=column)


def _ends(text: str) -> int:
    """How many lines end in ``text``."""
    return _plain(text).count("\n")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
