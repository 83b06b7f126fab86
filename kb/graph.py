"""The graph of the catalogue: typed edges between entries, and the questions one asks of it."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import networkx as nx

from kb.catalog import Catalog, Entry
from kb.source.reader import Keys
from kb.words import RELATION_WORDS, Pair


@dataclass(frozen=True, slots=True)
class Relation:
    """A type of edge. ``kinds`` are the kinds it may lead to; ``weight`` says how close it brings two entries (0 to 1)."""

    name: str
    kinds: tuple[str, ...]
    weight: float
    symmetric: bool = False
    acyclic: bool = False


_ANY = ("paper", "article", "resource", "technique", "topic", "list")
RELATIONS: dict[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation("broader", ("topic",), 0.6, acyclic=True),
        Relation("topics", ("topic",), 0.25),
        Relation("introduces", ("technique",), 1.0),
        Relation("studies", ("technique",), 0.7),
        Relation("builds_on", ("paper",), 0.8, acyclic=True),
        Relation("compares_with", ("paper",), 0.6),
        Relation("requires", ("technique",), 0.8, acyclic=True),
        Relation("variant_of", ("technique",), 0.9),
        Relation("alternative_to", ("technique",), 0.7, symmetric=True),
        Relation("combines", ("technique",), 0.7, symmetric=True),
        Relation("about", ("paper", "technique", "resource"), 1.0),
        Relation("same_text", ("article",), 1.0, symmetric=True),
        Relation("implements", ("technique", "paper"), 0.8),
        Relation("lists", _ANY, 0.1),
        Relation("mentions", ("technique", "paper"), 0.3),
    )
}


@dataclass(frozen=True, slots=True)
class Edge:
    """One typed edge as it was typed: from ``source`` to ``target``, at ``keys`` of the source's file."""

    source: str
    relation: str
    target: str
    keys: Keys
    typed: Any = None

    @property
    def why(self) -> Any:
        """The sentence that says why, if there is one."""
        return getattr(self.typed, "why", None)


@dataclass(frozen=True, slots=True)
class Step:
    """One edge as it is walked: ``inverse`` means against its direction."""

    edge: Edge
    inverse: bool

    @property
    def to(self) -> str:
        """The entry it leads to."""
        return self.edge.source if self.inverse else self.edge.target

    def words(self) -> Pair:
        """The relation in words, as read from where one stands."""
        words = RELATION_WORDS[self.edge.relation]
        return words.inverse if self.inverse else words.verb

    def sentence(self, here: Pair, there: Pair) -> Pair:
        """The relation as a sentence; ``here`` and ``there`` name its ends as walked."""
        a, b = (there, here) if self.inverse else (here, there)
        return RELATION_WORDS[self.edge.relation].sentence.fill(a=a, b=b)


@dataclass(frozen=True, slots=True)
class Near:
    """A neighbour, how close it is, and the walk that ties it best (one or two steps)."""

    id: str
    score: float
    steps: tuple[Step, ...]


def edges_of(entry: Entry) -> Iterator[Edge]:
    """Every edge that ``entry`` itself names."""
    if entry.kind == "topic":
        if entry.model.broader:
            yield Edge(
                entry.id, "broader", entry.model.broader.id, ("broader",), entry.model.broader
            )
        return
    for number, topic in enumerate(entry.model.topics):
        yield Edge(entry.id, "topics", topic, ("topics", number))
    yield from _list_edges(entry) if entry.kind == "list" else _field_edges(entry)


_FIELDS = {
    "paper": ("introduces", "studies", "builds_on", "compares_with"),
    "article": ("about", "same_text"),
    "resource": ("implements", "about"),
    "technique": ("requires", "variant_of", "alternative_to", "combines"),
}


def _field_edges(entry: Entry) -> Iterator[Edge]:
    for name in _FIELDS[entry.kind]:
        for number, typed in enumerate(getattr(entry.model, name)):
            yield Edge(entry.id, name, typed.id, (name, number), typed)


def _list_edges(entry: Entry) -> Iterator[Edge]:
    for at, section in enumerate(entry.model.sections):
        for number, typed in enumerate(section.items):
            yield Edge(entry.id, "lists", typed.id, ("sections", at, "items", number), typed)
        for number, remark in enumerate(section.remarks):
            for place, typed in enumerate(remark.about):
                yield Edge(
                    entry.id,
                    "mentions",
                    typed.id,
                    ("sections", at, "remarks", number, "about", place),
                    typed,
                )


class Graph:
    """The catalogue as a NetworkX multigraph, without edges to unknown entries. ``edges`` are all edges as they were typed, those too."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.nx = nx.MultiDiGraph()
        self.nx.add_nodes_from(
            (entry.id, {"kind": entry.kind}) for entry in catalog.entries.values()
        )
        self.edges = tuple(edge for entry in catalog.entries.values() for edge in edges_of(entry))
        self.nx.add_edges_from(
            (edge.source, edge.target, edge.relation, {"edge": edge})
            for edge in self.edges
            if edge.target in catalog.entries and edge.target != edge.source
        )

    def out(self, id: str, relation: str | None = None) -> list[Edge]:
        """Edges that start at ``id``, in the order in which they were typed."""
        return [
            data["edge"]
            for _, _, key, data in self.nx.out_edges(id, keys=True, data=True)
            if relation in (None, key)
        ]

    def into(self, id: str, relation: str | None = None) -> list[Edge]:
        """Edges that end at ``id``, sorted by source."""
        found = [
            data["edge"]
            for _, _, key, data in self.nx.in_edges(id, keys=True, data=True)
            if relation in (None, key)
        ]
        return sorted(found, key=lambda edge: (edge.relation, edge.source))

    def steps(self, id: str) -> list[Step]:
        """Every edge at ``id``, both ways, as steps away from it."""
        return [Step(edge, False) for edge in self.out(id)] + [
            Step(edge, True) for edge in self.into(id)
        ]

    def near(self, id: str, limit: int = 8) -> list[Near]:
        """What is near ``id``: neighbours and neighbours' neighbours, nearest first.

        The score of a neighbour is the sum, over all walks of one or two steps, of the product of the relations' weights,
        each middle entry counting the less the more edges it has (1 / log2(2 + degree)).
        """
        scores: dict[str, float] = {}
        best: dict[str, tuple[float, tuple[Step, ...]]] = {}
        for walk, weight in self._walks(id):
            to = walk[-1].to
            scores[to] = scores.get(to, 0.0) + weight
            if weight > best.get(to, (0.0, ()))[0]:
                best[to] = (weight, walk)
        ranked = heapq.nsmallest(limit, scores, key=lambda other: (-scores[other], other))
        return [Near(other, scores[other], best[other][1]) for other in ranked]

    def _walks(self, id: str) -> Iterator[tuple[tuple[Step, ...], float]]:
        for first in self.steps(id):
            weight = _weight(first)
            yield (first,), weight
            degree = self.nx.degree(first.to)
            if degree > 200 or first.edge.relation in ("lists", "mentions"):
                continue
            share = weight / (2 + degree).bit_length()
            for second in self.steps(first.to):
                if second.to != id and second.edge.relation not in ("lists", "mentions"):
                    yield (first, second), share * _weight(second)

    def prerequisites(self, id: str) -> list[str]:
        """What must be understood before ``id``, in an order in which it can be read."""
        needed: set[str] = set()
        todo = [id]
        while todo:
            for edge in self.out(todo.pop()):
                if edge.relation in ("requires", "builds_on") and edge.target not in needed:
                    needed.add(edge.target)
                    todo.append(edge.target)
        part = nx.DiGraph(
            (edge.target, one)
            for one in needed
            for edge in self.out(one)
            if edge.target in needed and edge.relation in ("requires", "builds_on")
        )
        part.add_nodes_from(needed)
        return (
            list(nx.lexicographical_topological_sort(part))
            if nx.is_directed_acyclic_graph(part)
            else sorted(needed)
        )

    def path(self, a: str, b: str) -> list[Step]:
        """The shortest meaningful walk from ``a`` to ``b``; empty if there is none. Topics and lists count as detours."""
        plain = nx.Graph()
        for source, target, key in self.nx.edges(keys=True):
            cost = (
                1.2
                - RELATIONS[key].weight
                + (2.0 if key in ("topics", "lists", "mentions") else 0.0)
            )
            if not plain.has_edge(source, target) or plain[source][target]["cost"] > cost:
                plain.add_edge(source, target, cost=cost)
        try:
            nodes = nx.shortest_path(plain, a, b, weight="cost")
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return []
        return [self._best_step(one, other) for one, other in zip(nodes, nodes[1:])]

    def _best_step(self, one: str, other: str) -> Step:
        return max((step for step in self.steps(one) if step.to == other), key=_weight)

    def central(
        self, limit: int = 10, kinds: Iterable[str] = ("paper", "technique", "article", "resource")
    ) -> list[tuple[str, float]]:
        """The most central entries by PageRank over all edges except lists, both ways."""
        plain = nx.Graph()
        plain.add_nodes_from(self.nx)
        plain.add_edges_from(
            (a, b, {"weight": RELATIONS[key].weight})
            for a, b, key in self.nx.edges(keys=True)
            if key not in ("lists", "topics")
        )
        rank = _pagerank(plain)
        wanted = set(kinds)
        chosen = [
            (id, score) for id, score in rank.items() if self.catalog.entries[id].kind in wanted
        ]
        return sorted(chosen, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def orphans(self) -> list[str]:
        """Entries that nothing ties to another entry: no edge but topics (and for topics, no entry and no subtopic)."""
        return [
            id for id, entry in self.catalog.entries.items() if not self._reached(id, entry.kind)
        ]

    def _reached(self, id: str, kind: str) -> bool:
        if kind in ("topic", "list"):
            return self.nx.degree(id) > 0
        if kind == "technique":
            return any(
                self.catalog.entries[edge.source].kind != "technique" for edge in self.into(id)
            )
        return any(
            key != "topics"
            for _, _, key in chain(
                self.nx.in_edges(id, keys=True), self.nx.out_edges(id, keys=True)
            )
        )

    def cycles(self, relation: str) -> list[list[str]]:
        """Groups of entries that require each other in a circle."""
        part = nx.DiGraph((a, b) for a, b, key in self.nx.edges(keys=True) if key == relation)
        return sorted(
            sorted(group) for group in nx.strongly_connected_components(part) if len(group) > 1
        )

    def stats(self) -> dict[str, dict[str, int]]:
        """Numbers of entries by kind and of edges by relation."""
        kinds: dict[str, int] = {}
        for entry in self.catalog.entries.values():
            kinds[entry.kind] = kinds.get(entry.kind, 0) + 1
        relations: dict[str, int] = {}
        for _, _, key in self.nx.edges(keys=True):
            relations[key] = relations.get(key, 0) + 1
        return {"entries": dict(sorted(kinds.items())), "edges": dict(sorted(relations.items()))}


def _weight(step: Step) -> float:
    return RELATIONS[step.edge.relation].weight


def _pagerank(graph: nx.Graph, damping: float = 0.85, rounds: int = 40) -> dict[str, float]:
    """PageRank by power iteration (Page et al. 1999), in plain Python so that SciPy is not needed."""
    count = max(1, graph.number_of_nodes())
    rank = dict.fromkeys(graph, 1 / count)
    strength = dict(graph.degree(weight="weight"))
    for _ in range(rounds):
        lost = sum(rank[node] for node in graph if not strength[node])
        rank = {
            node: (1 - damping + damping * lost) / count
            + damping
            * sum(
                rank[other] * data["weight"] / strength[other]
                for other, data in graph[node].items()
            )
            for node in graph
        }
    return rank
