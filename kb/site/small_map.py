"""The small map around one entry as SVG: what came before on the left, the rest on the right."""

from dataclasses import dataclass

from kb.catalog import Entry
from kb.graph import RELATIONS, Graph, Step
from kb.site.entries import address_of, called
from kb.site.html import tag, text
from kb.site.language import Language
from kb.site.topic_map import squeezed
from kb.words import LABELLED, NEARBY

BOX, GAP, ROW, HEIGHT = 270.0, 75.0, 66.0, 52.0
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
    """The small map around ``id`` as one line of SVG; empty if nothing is around it."""
    left, right = sides(graph, id)
    if not left and not right:
        return ""
    height = max(len(left), len(right)) * ROW
    middle = Node(id, (BOX + GAP) if left else 0, (height - HEIGHT) / 2)
    nodes = [*_column(left, 0, height), *_column(right, middle.x + BOX + GAP, height)]
    width = max(node.x for node in (middle, *nodes)) + BOX
    return tag(
        "svg",
        *(_edge(node, middle) for node in nodes),
        *(_box(language, graph, node) for node in [middle, *nodes]),
        class_="small-map",
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
    relation = node.step.edge.relation.replace("_", "-") if node.step else ""
    one, other = a.y + HEIGHT / 2, b.y + HEIGHT / 2
    curve = f"M{start} {one}C{start + bend} {one} {end - bend} {other} {end} {other}"
    return tag("path", class_=f"edge edge-{relation}", aria_hidden="true", d=curve)


def _box(language: Language, graph: Graph, node: Node) -> str:
    entry = graph.catalog.entries[node.id]
    inside = _shape(node) + _lines(language, node, entry)
    if node.step is None:
        return tag("g", inside, class_="here")
    label = language.say(LABELLED.fill(name=called(entry), value=node.step.words()))
    href = f"../../{address_of(entry)}"
    return tag("a", inside, class_=f"near-{entry.kind}", href=href, aria_label=label)


def _shape(node: Node) -> str:
    return tag("rect", x=node.x, y=node.y, width=BOX, height=HEIGHT, rx=8)


def _lines(language: Language, node: Node, entry: Entry) -> str:
    """The name, and below it the relation."""
    name = language.say(called(entry))
    short, foreign = _short(name), language.mark(name)
    second = language.say(node.step.words()) if node.step else ""
    x, y = node.x + 12, node.y + (22 if second else 31)
    squeeze = squeezed(short, BOX - 24, 8.6)
    return tag("text", text(short), lang=foreign, x=x, y=y, **squeeze) + tag(
        "text", text(second), class_="second", x=x, y=node.y + 41
    )


def _short(name: str) -> str:
    """A name that fits a box when squeezed a little; long titles first lose their subtitle."""
    head = name.split(": ", maxsplit=1)[0]
    return name if len(name) <= 38 else head if len(head) <= 38 else f"{head[:37].rstrip()}…"
