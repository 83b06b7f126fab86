"""GraphML of the topic graph, for Gephi, yEd and NetworkX."""

import networkx as nx

from kb.export.characters import in_xml
from kb.graph import Graph
from kb.kinds import name, printed


def graphml(graph: Graph) -> str:
    """Every entry as a node (kind, title) and every typed edge with its relation."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for id, entry in graph.catalog.entries.items():
        title = printed(entry.model) or name(entry.model).en
        plain.add_node(in_xml(id), kind=entry.kind, title=in_xml(title))
    for source, target, key in sorted(graph.nx.edges(keys=True)):
        plain.add_edge(in_xml(source), in_xml(target), key=key, relation=key)
    return "\n".join(nx.generate_graphml(plain)) + "\n"
