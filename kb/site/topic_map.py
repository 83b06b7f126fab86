"""The topic map as SVG: a box per topic, a row per technique, relations as curves between them."""

from dataclasses import dataclass

from kb.graph import Graph
from kb.schema import Technique
from kb.site.entries import address_of, called, topics_of, year_of
from kb.site.html import tag, text
from kb.site.language import Language
from kb.site.lettering import lines
from kb.words.indexes import MAP_LABEL
from kb.words.relations import RELATION_WORDS

COLUMNS, COLUMN, GAP = 3, 404.0, 48.0
HEAD, ROW, FOOT = 62.0, 44.0, 10.0
_LEADING = 18.0
_WIDTH, _HEAD_WIDTH = 9.2, 11.6
"""Of a letter: in the name of a technique, and of its topic."""
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
        """Head, one row per technique, foot."""
        return HEAD + ROW * len(self.techniques) + FOOT


@dataclass(frozen=True, slots=True)
class RowPlace:
    """The place of a technique: the left edge of its box and the middle of its row."""

    x: float
    y: float


def layout(graph: Graph, columns: int = COLUMNS) -> list[Box]:
    """Boxes in columns, the largest first, each put where there is most room."""
    heights = [0.0] * columns
    boxes = []
    for topic, members in sorted(
        _groups(graph).items(), key=lambda group: (-len(group[1]), group[0])
    ):
        column = heights.index(min(heights))
        box = Box(topic, tuple(members), column * (COLUMN + GAP), heights[column])
        heights[column] += box.height + GAP / 2
        boxes.append(box)
    return boxes


def rows(boxes: list[Box]) -> dict[str, RowPlace]:
    """The row of every technique."""
    return {
        id: RowPlace(box.x, box.y + HEAD + ROW * (number + 0.5))
        for box in boxes
        for number, id in enumerate(box.techniques)
    }


def _groups(graph: Graph) -> dict[str, list[str]]:
    entries = graph.catalog.entries
    groups: dict[str, list[str]] = {}
    for technique in graph.catalog.of(Technique):
        topic = topics_of(technique)[0]
        if topic in entries:
            groups.setdefault(topic, []).append(technique.id)
    for members in groups.values():
        members.sort(key=lambda id: (year_of(entries[id]) or 9999, id))
    return groups


def draw(language: Language, graph: Graph, root: str, columns: int = COLUMNS) -> str:
    """The map as one line of SVG. ``root`` leads from the page to the root of the site.

    Curves lie behind the boxes, so that none crosses a label.
    """
    boxes = layout(graph, columns)
    width = columns * COLUMN + (columns - 1) * GAP
    places = rows(boxes)
    height = max((box.y + box.height for box in boxes), default=HEAD)
    edges = [
        _edge(language, a, b, key, places)
        for a, b, key in sorted(graph.nx.edges(keys=True))
        if key in _DRAWN and a in places and b in places
    ]
    return tag(
        "svg",
        tag("g", *edges, class_="edges", aria_hidden="true"),
        *map(_frame, boxes),
        *(_nodes(language, graph, box, root) for box in boxes),
        class_="topic-map",
        viewBox=f"-26 -6 {width + 52:.0f} {height + 12:.0f}",
        role="group",
        aria_label=language.say(MAP_LABEL),
        xmlns="http://www.w3.org/2000/svg",
    )


def _edge(language: Language, a: str, b: str, relation: str, places: dict[str, RowPlace]) -> str:
    one, other = sorted((places[a], places[b]), key=lambda row: (row.x, row.y))
    title = tag("title", text(language.say(RELATION_WORDS[relation].verb)))
    name = f"edge edge-{relation.replace('_', '-')}"
    return tag("path", title, class_=name, data_a=a, data_b=b, d=_curve(one, other))


def _curve(one: RowPlace, other: RowPlace) -> str:
    """From box to box: beside them within a column, through the gap between two columns."""
    if one.x == other.x:
        bulge = one.x - 4 - min(20.0, abs(one.y - other.y) / 14)
        bends = f"{bulge:.1f} {one.y} {bulge:.1f} {other.y}"
        return f"M{one.x} {one.y}C{bends} {other.x} {other.y}"
    start, end = one.x + COLUMN, other.x
    return f"M{start} {one.y}C{start + GAP} {one.y} {end - GAP} {other.y} {end} {other.y}"


def _frame(box: Box) -> str:
    return tag("rect", class_="box", x=box.x, y=box.y, width=COLUMN, height=box.height, rx=12)


def _nodes(language: Language, graph: Graph, box: Box, root: str) -> str:
    head = _node(language, graph, box.topic, root, box.x + 18, box.y + 28)
    return head + "".join(
        _node(language, graph, id, root, row.x + 30, row.y - 3) for id, row in rows([box]).items()
    )


def _node(language: Language, graph: Graph, id: str, root: str, x: float, y: float) -> str:
    entry = graph.catalog.entries[id]
    name = language.say(called(entry))
    row = isinstance(entry.model, Technique)
    shown = lines(name, COLUMN - 62, _WIDTH if row else _HEAD_WIDTH)
    top = y + 8 - _LEADING / 2 * (len(shown) - 1)
    said = (
        tag("text", text(line), lang=language.mark(name), x=x, y=top + _LEADING * number)
        for number, line in enumerate(shown)
    )
    return tag(
        "a",
        _row_shape(x - 30, y) if row else "",
        " ".join(said),
        class_=f"node node-{entry.kind}",
        data_id=id,
        href=f"{root}{address_of(entry)}",
        aria_label=name,
    )


def _row_shape(left: float, y: float) -> str:
    """The box of a technique's row, its dot on the left and the end for edges on the right."""
    box = {"x": left + 4, "y": y - 17, "width": COLUMN - 8, "height": ROW - 4, "rx": 6}
    return (
        tag("rect", class_="row", **box)
        + tag("circle", cx=left + 14, cy=y + 3, r=5)
        + tag("circle", class_="port", cx=left + COLUMN - 14, cy=y + 3, r=3)
    )
