"""The topic map as SVG: topics on an inner ring, their techniques around them, every node a link. Pure."""

import math
from dataclasses import dataclass
from html import escape as html

from kb.graph import RELATIONS, Graph

SIZE = 1200
CENTRE = SIZE / 2
TOPIC_RADIUS, FIRST_RING, RING_STEP = 210.0, 350.0, 62.0
_DRAWN = ("requires", "variant_of", "alternative_to", "combines")


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its place in a square of ``SIZE`` units."""

    id: str
    kind: str
    x: float
    y: float
    angle: float


def layout(graph: Graph) -> dict[str, Node]:
    """Topics share the circle by the number of their techniques; techniques stand on staggered rings behind their first topic."""
    groups = _groups(graph)
    total = sum(max(2, len(members)) for members in groups.values()) or 1
    nodes: dict[str, Node] = {}
    start = -math.pi / 2
    for topic, members in groups.items():
        width = 2 * math.pi * max(2, len(members)) / total
        nodes[topic] = _node(topic, "topic", TOPIC_RADIUS, start + width / 2)
        for number, technique in enumerate(members):
            angle = start + width * (number + 0.5) / max(2, len(members)) + (width / 4 if len(members) == 1 else 0)
            nodes[technique] = _node(technique, "technique", FIRST_RING + RING_STEP * (number % 3), angle)
        start += width
    return nodes


def _groups(graph: Graph) -> dict[str, list[str]]:
    entries = graph.catalog.entries
    topics = [entry.id for entry in graph.catalog.of_kind("topic") if entry.model.broader]
    groups: dict[str, list[str]] = {topic: [] for topic in topics}
    for technique in graph.catalog.of_kind("technique"):
        first = technique.model.topics[0]
        if first in groups:
            groups[first].append(technique.id)
    for members in groups.values():
        members.sort(key=lambda id: (entries[id].model.year or 9999, id))
    return groups


def _node(id: str, kind: str, radius: float, angle: float) -> Node:
    return Node(id, kind, round(CENTRE + radius * math.cos(angle), 1), round(CENTRE + radius * math.sin(angle), 1), angle)


def draw(graph: Graph, root: str) -> str:
    """The map as one line of SVG. ``root`` leads from the page to the root of the site."""
    nodes = layout(graph)
    entries = graph.catalog.entries
    lines = [_line(nodes[a], nodes[b], key) for a, b, key in sorted(graph.nx.edges(keys=True)) if key in _DRAWN and a in nodes and b in nodes]
    spokes = [_line(nodes[node.id], nodes[entries[node.id].model.topics[0]], "topics") for node in nodes.values() if node.kind == "technique"]
    shapes = [_shape(graph, node, root) for node in sorted(nodes.values(), key=lambda node: node.kind)]
    title = "Map of topics and techniques / 主题与技术地图"
    return (
        f'<svg class="topic-map" viewBox="-150 -150 {SIZE + 300} {SIZE + 300}" role="group" aria-label="{html(title)}" xmlns="http://www.w3.org/2000/svg">'
        f'<g class="edges" aria-hidden="true">{"".join(spokes)}{"".join(lines)}</g>{"".join(shapes)}</svg>'
    )


def _line(a: Node, b: Node, relation: str) -> str:
    if relation == "topics":
        return f'<line class="edge edge-topics" x1="{a.x}" y1="{a.y}" x2="{b.x}" y2="{b.y}"/>'
    middle = ((a.x + b.x) / 2 * 0.6 + CENTRE * 0.4, (a.y + b.y) / 2 * 0.6 + CENTRE * 0.4)
    words = RELATIONS[relation]
    return f'<path class="edge edge-{relation.replace("_", "-")}" data-a="{a.id}" data-b="{b.id}" d="M{a.x} {a.y}Q{middle[0]:.1f} {middle[1]:.1f} {b.x} {b.y}"><title>{words.en}</title></path>'


def _shape(graph: Graph, node: Node, root: str) -> str:
    name = graph.catalog.entries[node.id].model.name
    folder = "topics" if node.kind == "topic" else "techniques"
    label = f'<a class="node node-{node.kind}" data-id="{node.id}" href="{root}{folder}/{node.id}/" aria-label="{html(name.en)}, {html(name.zh)}">'
    if node.kind == "topic":
        width = 20 + 7.4 * max(len(name.en), 2 * len(name.zh))
        return (f'{label}<rect x="{node.x - width / 2:.1f}" y="{node.y - 24}" width="{width:.1f}" height="48" rx="12"/>'
                f'<text x="{node.x}" y="{node.y - 4}">{html(name.en)}</text><text class="zh" lang="zh" x="{node.x}" y="{node.y + 14}">{html(name.zh)}</text></a>')
    right = math.cos(node.angle) >= 0
    turn = math.degrees(node.angle) + (0 if right else 180)
    offset = 10 if right else -10
    return (f'{label}<circle cx="{node.x}" cy="{node.y}" r="6"/><text class="{"start" if right else "end"}" x="{node.x + offset}" y="{node.y + 4}" '
            f'transform="rotate({turn:.1f} {node.x} {node.y})">{html(name.en)}</text></a>')
