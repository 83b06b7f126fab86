"""The small map around one entry as SVG: what came before on the left, the rest on the right."""

from dataclasses import dataclass

from kb.catalog import Entry
from kb.graph import RELATIONS, Graph, Step
from kb.site.entries import address_of, called
from kb.site.html import tag, text
from kb.site.language import Language
from kb.site.lettering import lines
from kb.words.captions import LABELLED, NEARBY

BOX, GAP, ROW, HEIGHT = 270.0, 75.0, 80.0, 66.0
NARROW, MARGIN = 320.0, 24.0
EACH = 5
_BEFORE = {
    ("requires", False),
    ("variant_of", False),
    ("builds_on", False),
    ("introduces", True),
    ("broader", False),
}
_LEFT_OUT = ("topics", "lists", "mentions", "about", "same_text")


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its entry, its upper left corner, and the step that leads there (None: the middle)."""

    id: str
    x: float
    y: float
    step: Step | None = None


def draw(language: Language, graph: Graph, id: str) -> str:
    """The small map around ``id`` in two forms, each as one line of SVG: across, and down for a
    narrow screen; the style sheet shows one of them. Empty if nothing is around it.
    """
    left, right = sides(graph, id)
    if not left and not right:
        return ""
    return _across(language, graph, id, left, right) + _down(language, graph, id, left, right)


def _across(language: Language, graph: Graph, id: str, left: list[Step], right: list[Step]) -> str:
    height = max(len(left), len(right), 1) * ROW
    middle = Node(id, (BOX + GAP) if left else 0, (height - HEIGHT) / 2)
    nodes = [*_column(left, 0, height), *_column(right, middle.x + BOX + GAP, height)]
    width = max(node.x for node in (middle, *nodes)) + BOX
    inside = [
        *(_edge(node, middle) for node in nodes),
        *(_box(language, graph, node, BOX) for node in [middle, *nodes]),
    ]
    return _svg(language, inside, "small-map across", width, height)


def _down(language: Language, graph: Graph, id: str, left: list[Step], right: list[Step]) -> str:
    """One below the other, what came before on top; edges beside the boxes."""
    steps: list[Step | None] = [*left, None, *right]
    nodes = [
        Node(step.to if step else id, MARGIN, number * ROW, step)
        for number, step in enumerate(steps)
    ]
    middle = nodes[len(left)]
    inside = [
        *(_bracket(node, middle) for node in nodes if node is not middle),
        *(_box(language, graph, node, NARROW) for node in nodes),
    ]
    return _svg(language, inside, "small-map down", MARGIN + NARROW, len(nodes) * ROW)


def _svg(language: Language, inside: list[str], name: str, width: float, height: float) -> str:
    return tag(
        "svg",
        *inside,
        class_=name,
        width=f"{width * 0.85:.0f}",
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


def _column(steps: list[Step], x: float, height: float) -> list[Node]:
    top = (height - len(steps) * ROW) / 2 + (ROW - HEIGHT) / 2
    return [Node(step.to, x, top + number * ROW, step) for number, step in enumerate(steps)]


def _edge(node: Node, middle: Node) -> str:
    a, b = (node, middle) if node.x < middle.x else (middle, node)
    start, end, bend = a.x + BOX, b.x, (b.x - a.x - BOX) / 2
    one, other = a.y + HEIGHT / 2, b.y + HEIGHT / 2
    curve = f"M{start} {one}C{start + bend} {one} {end - bend} {other} {end} {other}"
    return tag("path", class_=_name(node), aria_hidden="true", d=curve)


def _bracket(node: Node, middle: Node) -> str:
    here, there = middle.y + HEIGHT / 2, node.y + HEIGHT / 2
    return tag(
        "path", class_=_name(node), aria_hidden="true", d=f"M{node.x} {there}H6V{here}H{node.x}"
    )


def _name(node: Node) -> str:
    relation = node.step.edge.relation.replace("_", "-") if node.step else ""
    return f"edge edge-{relation}"


def _box(language: Language, graph: Graph, node: Node, width: float) -> str:
    entry = graph.catalog.entries[node.id]
    inside = _shape(node, width) + _lines(language, node, entry, width)
    if node.step is None:
        return tag("g", inside, class_="here")
    label = language.say(LABELLED.fill(name=called(entry), value=node.step.words()))
    href = f"../../{address_of(entry)}"
    return tag("a", inside, class_=f"near-{entry.kind}", href=href, aria_label=label)


def _shape(node: Node, width: float) -> str:
    return tag("rect", x=node.x, y=node.y, width=width, height=HEIGHT, rx=8)


def _lines(language: Language, node: Node, entry: Entry, width: float) -> str:
    """The name in two lines at most, and below it the relation."""
    name = language.say(called(entry))
    second = language.say(node.step.words()) if node.step else ""
    shown = lines(_short(name), width - 24, 8.6)
    first = 38 - 9 * (len(shown) - 1) - (9 if second else 0)
    said = [
        tag("text", text(line), lang=language.mark(name), x=node.x + 12, y=node.y + first + 18 * at)
        for at, line in enumerate(shown)
    ]
    under = tag("text", text(second), class_="second", x=node.x + 12, y=node.y + HEIGHT - 9)
    return " ".join([*said, *([under] if second else [])])


def _short(name: str) -> str:
    """A name; a long title without its subtitle."""
    head = name.split(": ", maxsplit=1)[0]
    return name if len(name) <= 48 else head
