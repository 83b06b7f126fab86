"""The topic map as SVG: each topic a box, its techniques in rows, relations as curves between the rows. Pure."""

from dataclasses import dataclass
from html import escape as html

from kb.graph import RELATIONS, Graph

COLUMNS, COLUMN, GAP = 3, 404.0, 48.0
WIDTH = COLUMNS * COLUMN + (COLUMNS - 1) * GAP
HEAD, ROW, FOOT = 62.0, 44.0, 10.0
_LETTER = {"technique": 9.2, "topic": 11.6}
_DRAWN = ("requires", "variant_of", "alternative_to", "combines")


@dataclass(frozen=True, slots=True)
class Box:
    """A topic with its techniques; ``x`` and ``y`` are its upper left corner."""

    topic: str
    techniques: tuple[str, ...]
    x: float
    y: float

    @property
    def height(self) -> float:
        """Head, one row a technique, foot."""
        return HEAD + ROW * len(self.techniques) + FOOT


@dataclass(frozen=True, slots=True)
class Row:
    """The place of a technique: the left edge of its box and the middle of its row."""

    x: float
    y: float


def layout(graph: Graph) -> list[Box]:
    """Boxes in columns, the largest first, each put where there is most room."""
    heights = [0.0] * COLUMNS
    boxes = []
    for topic, members in sorted(
        _groups(graph).items(), key=lambda group: (-len(group[1]), group[0])
    ):
        column = heights.index(min(heights))
        box = Box(topic, tuple(members), column * (COLUMN + GAP), heights[column])
        heights[column] += box.height + GAP / 2
        boxes.append(box)
    return boxes


def rows(boxes: list[Box]) -> dict[str, Row]:
    """The row of every technique."""
    return {
        id: Row(box.x, box.y + HEAD + ROW * (number + 0.5))
        for box in boxes
        for number, id in enumerate(box.techniques)
    }


def _groups(graph: Graph) -> dict[str, list[str]]:
    entries = graph.catalog.entries
    groups: dict[str, list[str]] = {}
    for technique in graph.catalog.of_kind("technique"):
        if technique.model.topics[0] in entries:
            groups.setdefault(technique.model.topics[0], []).append(technique.id)
    for members in groups.values():
        members.sort(key=lambda id: (entries[id].model.year or 9999, id))
    return groups


def draw(graph: Graph, root: str) -> str:
    """The map as one line of SVG. ``root`` leads from the page to the root of the site."""
    boxes = layout(graph)
    places = rows(boxes)
    height = max((box.y + box.height for box in boxes), default=HEAD)
    edges = [
        _edge(a, b, key, places)
        for a, b, key in sorted(graph.nx.edges(keys=True))
        if key in _DRAWN and a in places and b in places
    ]
    return (
        f'<svg class="topic-map" viewBox="-26 -6 {WIDTH + 52:.0f} {height + 12:.0f}" role="group" aria-label="Map of topics and techniques / 主题与技术地图" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(_frame(box) for box in boxes)}<g class="edges" aria-hidden="true">{"".join(edges)}</g>'
        f"{''.join(_nodes(graph, box, root) for box in boxes)}</svg>"
    )


def _edge(a: str, b: str, relation: str, places: dict[str, Row]) -> str:
    one, other = sorted((places[a], places[b]), key=lambda row: (row.x, row.y))
    return (
        f'<path class="edge edge-{relation.replace("_", "-")}" data-a="{a}" data-b="{b}" d="{_curve(one, other)}">'
        f"<title>{RELATIONS[relation].en}</title></path>"
    )


def _curve(one: Row, other: Row) -> str:
    """From dot to dot: past the left edge within a column, through the gap between two."""
    if one.x == other.x:
        bulge = one.x - 4 - min(20.0, abs(one.y - other.y) / 14)
        return f"M{one.x + 14} {one.y}C{bulge:.1f} {one.y} {bulge:.1f} {other.y} {other.x + 14} {other.y}"
    start, end = one.x + COLUMN - 14, other.x + 14
    return f"M{start} {one.y}C{start + GAP} {one.y} {end - GAP} {other.y} {end} {other.y}"


def _frame(box: Box) -> str:
    return f'<rect class="box" x="{box.x}" y="{box.y}" width="{COLUMN}" height="{box.height}" rx="12"/>'


def _nodes(graph: Graph, box: Box, root: str) -> str:
    head = _node(graph, box.topic, "topic", f"{root}topics/{box.topic}/", box.x + 18, box.y + 28)
    return head + "".join(
        _node(graph, id, "technique", f"{root}techniques/{id}/", row.x + 30, row.y - 3)
        for id, row in rows([box]).items()
    )


def _node(graph: Graph, id: str, kind: str, href: str, x: float, y: float) -> str:
    name = graph.catalog.entries[id].model.name
    if kind == "technique":
        left = x - 30
        shape = (
            f'<rect class="row" x="{left + 4}" y="{y - 17}" width="{COLUMN - 8}" height="{ROW - 4}" rx="6"/>'
            f'<circle cx="{left + 14}" cy="{y + 3}" r="5"/><circle class="port" cx="{left + COLUMN - 14}" cy="{y + 3}" r="3"/>'
        )
    else:
        shape = ""
    return (
        f'<a class="node node-{kind}" data-id="{id}" href="{href}" aria-label="{html(name.en)}, {html(name.zh)}">{shape}'
        f'<text x="{x}" y="{y}"{squeezed(name.en, COLUMN - 62, _LETTER[kind])}>{html(name.en)}</text><text class="zh" lang="zh" x="{x}" y="{y + 17}">{html(name.zh)}</text></a>'
    )


def squeezed(text: str, room: float, letter: float) -> str:
    """An attribute that makes ``text`` fit into ``room`` if it is likely too long; a letter is about ``letter`` wide in most fonts."""
    return (
        f' textLength="{room:.0f}" lengthAdjust="spacingAndGlyphs"'
        if len(text) * letter > room
        else ""
    )
