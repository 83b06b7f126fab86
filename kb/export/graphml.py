"""GraphML of the topic graph, for Gephi, yEd, igraph, graphology and NetworkX."""

from collections.abc import Iterator
from dataclasses import asdict
from xml.sax.saxutils import escape, quoteattr

from kb.export.card import card
from kb.export.characters import in_xml
from kb.graph import Graph
from kb.words.relations import RELATION_WORDS

# Ids of keys are their own: Gephi takes a key with the id `d3` or `d7` for a label of yEd.
_NODE = {
    "kind": "string",
    "label": "string",
    "label_zh": "string",
    "year": "int",
    "url": "string",
}
_EDGE = {"relation": "string", "label": "string", "label_zh": "string", "kind": "string"}
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def graphml(graph: Graph) -> str:
    """Every entry as a node and every typed edge, each under an id of its own.

    An edge's ``kind`` is its relation, too: readers that merge edges with the same ends do not
    merge those of different kinds.
    """
    return "".join(
        (
            _HEAD,
            *_keys("node", _NODE),
            *_keys("edge", _EDGE),
            '  <graph id="catalog" edgedefault="directed">\n',
            *_nodes(graph),
            *_edges(graph),
            "  </graph>\n</graphml>\n",
        )
    )


def _keys(of: str, names: dict[str, str]) -> Iterator[str]:
    for name, type in names.items():
        yield f'  <key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{type}"/>\n'


def _nodes(graph: Graph) -> Iterator[str]:
    for id in sorted(graph.catalog.entries):
        values = asdict(card(graph.catalog, graph.catalog.entries[id]))
        yield f"    <node id={_attribute(id)}>\n"
        yield from _data("node", {name: values[name] for name in _NODE})
        yield "    </node>\n"


def _edges(graph: Graph) -> Iterator[str]:
    for source, target, relation in sorted(graph.nx.edges(keys=True)):
        words = RELATION_WORDS[relation]
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        yield f"    <edge id={_attribute(f'{source}:{relation}:{target}')} {ends}>\n"
        values = {
            "relation": relation,
            "label": words.verb.en,
            "label_zh": words.verb.zh,
            "kind": relation,
        }
        yield from _data("edge", values)
        yield "    </edge>\n"


def _data(of: str, values: dict[str, object]) -> Iterator[str]:
    for name, value in values.items():
        if value is not None:
            yield f'      <data key="{of}_{name}">{escape(in_xml(str(value)))}</data>\n'


def _attribute(text: str) -> str:
    return quoteattr(in_xml(text))
