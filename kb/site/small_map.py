"""The small map around one entry as SVG: what it rests on to the left, what goes on from it to the right. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape as html

from kb.catalog import Entry
from kb.graph import RELATIONS, Graph, Step
from kb.site.topic_map import squeezed

BOX, GAP, ROW, HEIGHT = 270.0, 75.0, 66.0, 52.0
EACH = 5
Names = Callable[[Entry], tuple[str, str]]
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
    """A box: what it shows, the upper left corner, and the step that leads there (None for the entry in the middle)."""

    id: str
    x: float
    y: float
    step: Step | None = None


def draw(graph: Graph, id: str, folders: Mapping[str, str], names: Names) -> str:
    """The small map around ``id`` as one line of SVG; empty if nothing is around it.

    ``folders`` maps kinds to folders of the site, ``names`` an entry to its English and Chinese name.
    """
    left, right = sides(graph, id)
    if not left and not right:
        return ""
    height = max(len(left), len(right)) * ROW
    middle = Node(id, (BOX + GAP) if left else 0, (height - HEIGHT) / 2)
    nodes = [*_column(left, 0, height), *_column(right, middle.x + BOX + GAP, height)]
    width = max(node.x for node in (middle, *nodes)) + BOX
    body = "".join(
        [
            *(_edge(node, middle) for node in nodes),
            *(_box(graph, node, folders, names) for node in [middle, *nodes]),
        ]
    )
    return (
        f'<svg class="small-map" width="{width * 0.85:.0f}" viewBox="-3 -3 {width + 6:.0f} {height + 6:.0f}" role="group" '
        f'aria-label="What is around it / 关系图" xmlns="http://www.w3.org/2000/svg">{body}</svg>'
    )


def sides(graph: Graph, id: str) -> tuple[list[Step], list[Step]]:
    """The closest neighbours that come before ``id`` and the others, each at most five, each entry once, the closest first."""
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
    return f'<path class="edge edge-{relation}" aria-hidden="true" d="M{start} {one}C{start + bend} {one} {end - bend} {other} {end} {other}"/>'


def _box(graph: Graph, node: Node, folders: Mapping[str, str], names: Names) -> str:
    entry = graph.catalog.entries[node.id]
    en, zh = names(entry)
    said = node.step.words() if node.step else (zh, "")
    shape = f'<rect x="{node.x}" y="{node.y}" width="{BOX}" height="{HEIGHT}" rx="8"/>'
    lines = (
        f'<text x="{node.x + 12}" y="{node.y + (22 if any(said) else 31)}"{squeezed(_short(en), BOX - 24, 8.6)}>{html(_short(en))}</text>'
        f'<text class="zh" x="{node.x + 12}" y="{node.y + 41}">{html(" ".join(said).strip())}</text>'
    )
    if node.step is None:
        return f'<g class="here">{shape}{lines}</g>'
    kind = entry.kind
    label = html(f"{en}, {zh}: {said[0]}, {said[1]}" if zh else f"{en}: {said[0]}, {said[1]}")
    return f'<a class="near-{kind}" href="../../{folders[kind]}/{node.id}/" aria-label="{label}">{shape}{lines}</a>'


def _short(name: str) -> str:
    """A name that fits a box when squeezed a little; titles of papers lose what stands behind the colon first."""
    head = name.split(": ", maxsplit=1)[0]
    return name if len(name) <= 38 else head if len(head) <= 38 else f"{head[:37].rstrip()}…"
