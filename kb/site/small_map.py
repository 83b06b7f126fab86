"""The small map around one entry as SVG: what came before on the left, the rest on the right."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.catalog import Entry
from kb.graph import RELATIONS, Graph, Step
from kb.site.entries import address_of, called
from kb.site.html import tag, text
from kb.site.language import Language
from kb.site.lettering import lines
from kb.words.captions import LABELLED, NEARBY

WIDTH, GAP, WIDEST = 660.0, 36.0, 270.0
"""Across, all of it is as wide as a column of text at the least, so that nothing is cut off."""
NARROW, MARGIN = 300.0, 22.0
SPACE, PADDING = 12.0, 10.0
LETTER, SMALL = 7.4, 6.6
"""How wide a mean letter of a name is, and of a relation."""
LINES, LINE, UNDER = 4, 17.0, 18.0
"""How many lines a name may have; how high one is, and the relation below them."""
EACH = 5
_BEFORE = {
    ("requires", False),
    ("variant_of", False),
    ("builds_on", False),
    ("introduces", True),
    ("broader", False),
}
_LEFT_OUT = ("topics", "lists", "mentions", "about", "same_text")

Steps = Sequence[Sequence[Step | None]]
"""What stands on the left, in the middle (None: the entry itself) and on the right."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its entry, the step that leads there (None: the middle), its lines, its place."""

    entry: Entry
    step: Step | None
    shown: tuple[str, ...]
    under: str
    width: float
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        """As high as its lines."""
        return 20 + LINE * len(self.shown) + (UNDER if self.under else 0)

    @property
    def centre(self) -> float:
        """The height at which edges end."""
        return self.y + self.height / 2


def draw(language: Language, graph: Graph, id: str) -> str:
    """The small map around ``id`` in two forms, each as one line of SVG: across, and down for a
    narrow screen; the style sheet shows one of them. Empty if nothing is around it.
    """
    left, right = sides(graph, id)
    if not left and not right:
        return ""
    steps = (left, [None], right)
    return _across(language, graph, id, steps) + _down(language, graph, id, steps)


def _across(language: Language, graph: Graph, id: str, steps: Steps) -> str:
    used = [column for column in steps if column]
    width = min(WIDEST, (WIDTH - GAP * (len(used) - 1)) / len(used))
    columns = [[_node(language, graph, id, step, width) for step in column] for column in used]
    whole = max(map(_high, columns))
    nodes = [
        node
        for number, column in enumerate(columns)
        for node in _stack(column, number * (width + GAP), (whole - _high(column)) / 2)
    ]
    inside = [*_edges(nodes, _curve), *(_box(language, node) for node in nodes)]
    return _svg(language, inside, "small-map across", len(used) * (width + GAP) - GAP, whole)


def _down(language: Language, graph: Graph, id: str, steps: Steps) -> str:
    """One below the other, what came before on top; edges beside the boxes."""
    column = [_node(language, graph, id, step, NARROW) for part in steps for step in part]
    nodes = _stack(column, MARGIN, 0)
    inside = [*_edges(nodes, _bracket), *(_box(language, node) for node in nodes)]
    return _svg(language, inside, "small-map down", MARGIN + NARROW, _high(column))


def _svg(language: Language, inside: list[str], name: str, width: float, height: float) -> str:
    return tag(
        "svg",
        *inside,
        class_=name,
        width=f"{width + 6:.0f}",
        viewBox=f"-3 -3 {width + 6:.0f} {height + 6:.0f}",
        role="group",
        aria_label=language.say(NEARBY),
        xmlns="http://www.w3.org/2000/svg",
    )


def sides(graph: Graph, id: str) -> tuple[list[Step], list[Step]]:
    """The neighbours that come before ``id``, and the others: five each, closest first."""
    best: dict[str, Step] = {}
    for step in sorted(
        graph.steps(id), key=lambda step: (-RELATIONS[step.edge.relation].weight, step.to)
    ):
        if step.edge.relation not in _LEFT_OUT:
            best.setdefault(step.to, step)
    before = [step for step in best.values() if (step.edge.relation, step.inverse) in _BEFORE]
    return before[:EACH], [step for step in best.values() if step not in before][:EACH]


def _node(language: Language, graph: Graph, id: str, step: Step | None, width: float) -> Node:
    entry = graph.catalog.entries[step.to if step else id]
    room = width - 2 * PADDING
    shown = lines(_short(language.say(called(entry))), room, LETTER, LINES)
    under = lines(language.say(step.words()), room, SMALL, 1)[0] if step else ""
    return Node(entry, step, tuple(shown), under, width)


def _high(column: list[Node]) -> float:
    return sum(node.height + SPACE for node in column) - SPACE


def _stack(column: list[Node], x: float, top: float) -> list[Node]:
    """The boxes of a ``column`` one below the other."""
    return [
        replace(node, x=x, y=top + sum(above.height + SPACE for above in column[:number]))
        for number, node in enumerate(column)
    ]


def _edges(nodes: list[Node], way: Callable[[Node, Node], str]) -> Iterator[str]:
    """From each box to the middle, as ``way`` draws it."""
    middle = next(node for node in nodes if node.step is None)
    for node in nodes:
        if node.step:
            relation = node.step.edge.relation.replace("_", "-")
            drawn = way(node, middle)
            yield tag("path", class_=f"edge edge-{relation}", aria_hidden="true", d=drawn)


def _curve(node: Node, middle: Node) -> str:
    a, b = (node, middle) if node.x < middle.x else (middle, node)
    start, end, bend = a.x + a.width, b.x, (b.x - a.x - a.width) / 2
    ends = (a.centre, b.centre)
    return (
        f"M{start:g} {ends[0]:g}"
        f"C{start + bend:g} {ends[0]:g} {end - bend:g} {ends[1]:g} {end:g} {ends[1]:g}"
    )


def _bracket(node: Node, middle: Node) -> str:
    return f"M{node.x:g} {node.centre:g}H6V{middle.centre:g}H{node.x:g}"


def _box(language: Language, node: Node) -> str:
    inside = _shape(node) + _lines(language, node)
    if node.step is None:
        return tag("g", inside, class_="here")
    label = LABELLED.fill(name=called(node.entry), value=node.step.words())
    return tag(
        "a",
        inside,
        class_=f"near-{node.entry.kind}",
        href=f"../../{address_of(node.entry)}",
        aria_label=language.say(label),
    )


def _shape(node: Node) -> str:
    place = {"x": f"{node.x:g}", "y": f"{node.y:g}"}
    return tag("rect", **place, width=f"{node.width:g}", height=f"{node.height:g}", rx=8)


def _lines(language: Language, node: Node) -> str:
    """The name in a few lines, and below it the relation."""
    lang = language.mark(language.say(called(node.entry)))
    x, first = f"{node.x + PADDING:g}", node.y + 10 + LINE - 4
    said = [
        tag("text", text(line), lang=lang, x=x, y=f"{first + LINE * at:g}")
        for at, line in enumerate(node.shown)
    ]
    if node.under:
        below = f"{node.y + node.height - PADDING:g}"
        said.append(tag("text", text(node.under), class_="second", x=x, y=below))
    return " ".join(said)


def _short(name: str) -> str:
    """A name; a long title without its subtitle."""
    head = name.split(": ", maxsplit=1)[0]
    return name if len(name) <= 48 else head
