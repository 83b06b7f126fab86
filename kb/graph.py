"""The graph of the catalogue: typed edges between entries, and the questions one asks of it."""

import heapq
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

import networkx as nx

from kb.catalog import Catalog
from kb.kinds import KINDS, of_model
from kb.schema import Article, Model, Paper, Resource, Technique, Topic
from kb.walk import Edge, edges
from kb.words.pair import Pair
from kb.words.relations import RELATION_WORDS


@dataclass(frozen=True, slots=True)
class Relation:
    """A type of edge.

    ``to`` are the models it may lead to, or nothing if to any; ``weight`` says how close it brings
    two entries (0 to 1).
    """

    name: str
    to: tuple[type[Model], ...]
    weight: float
    symmetric: bool = False
    acyclic: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the kinds that it may lead to."""
        return _kinds(self.to)


@cache
def _kinds(models: tuple[type[Model], ...]) -> tuple[str, ...]:
    return tuple(of_model(model).name for model in models) or tuple(KINDS)


RELATIONS: dict[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation("broader", (Topic,), 0.6, acyclic=True),
        Relation("topics", (Topic,), 0.25),
        Relation("introduces", (Technique,), 1.0),
        Relation("develops", (Technique,), 0.9),
        Relation("studies", (Technique,), 0.7),
        Relation("builds_on", (Paper,), 0.8, acyclic=True),
        Relation("compares_with", (Paper,), 0.6),
        Relation("concurrent_with", (Paper,), 0.7, symmetric=True),
        Relation("origin", (Paper,), 0.2),
        Relation("requires", (Technique,), 0.8, acyclic=True),
        Relation("variant_of", (Technique,), 0.9),
        Relation("alternative_to", (Technique,), 0.7, symmetric=True),
        Relation("combines", (Technique,), 0.7, symmetric=True),
        Relation("supersedes", (Technique,), 0.8, acyclic=True),
        Relation("about", (Paper, Technique, Resource), 1.0),
        Relation("same_text", (Article,), 1.0, symmetric=True),
        Relation("implements", (Technique, Paper), 0.8),
        Relation("lists", (), 0.1),
        Relation("mentions", (Technique, Paper), 0.3),
    )
}


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


class Graph:
    """The catalogue as a NetworkX multigraph, without edges to unknown entries.

    ``edges`` are all edges as they were typed, those too; ``typed`` the same by the entry that
    names them. ``before`` is the graph of an earlier state: entries that it shares are not walked
    again.
    """

    def __init__(self, catalog: Catalog, before: "Graph | None" = None) -> None:
        self.catalog = catalog
        self.nx: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.nx.add_nodes_from(
            (entry.id, {"kind": entry.kind}) for entry in catalog.entries.values()
        )
        self.typed = dict(_typed(catalog, before))
        self.edges = tuple(chain.from_iterable(self.typed.values()))
        for edge in self.edges:
            if edge.target in catalog.entries and edge.target != edge.source:
                self.nx.add_edge(edge.source, edge.target, edge.relation, edge=edge)

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

    def near(self, id: str, limit: int = 8, apart: Container[str] = ()) -> list[Near]:
        """What is near ``id``: neighbours and neighbours' neighbours, nearest first.

        Relations in ``apart`` do not bring anything near.

        The score of a neighbour is the sum, over all walks of one or two steps, of the product of
        the relations' weights, each middle entry counting the less the more edges it has (1 /
        log2(2 + degree)).
        """
        scores: dict[str, float] = {}
        best: dict[str, tuple[float, tuple[Step, ...]]] = {}
        for walk, weight in self._walks(id, apart):
            to = walk[-1].to
            scores[to] = scores.get(to, 0.0) + weight
            if weight > best.get(to, (0.0, ()))[0]:
                best[to] = (weight, walk)
        ranked = heapq.nsmallest(limit, scores, key=lambda other: (-scores[other], other))
        return [Near(other, scores[other], best[other][1]) for other in ranked]

    def _walks(self, id: str, apart: Container[str]) -> Iterator[tuple[tuple[Step, ...], float]]:
        for first in self.steps(id):
            if first.edge.relation in apart:
                continue
            weight = _weight(first)
            yield (first,), weight
            degree = self.nx.degree(first.to)
            if degree > 200 or first.edge.relation in ("lists", "mentions"):
                continue
            share = weight / (2 + degree).bit_length()
            for second in self.steps(first.to):
                if second.to == id or second.edge.relation in apart:
                    continue
                if second.edge.relation not in ("lists", "mentions"):
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
        """The shortest meaningful walk from ``a`` to ``b``; empty if there is none.

        Topics and lists count as detours.
        """
        plain: nx.Graph[str] = nx.Graph()
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
        return [self._best_step(one, other) for one, other in pairwise(nodes)]

    def _best_step(self, one: str, other: str) -> Step:
        return max((step for step in self.steps(one) if step.to == other), key=_weight)

    def central(
        self, limit: int = 10, kinds: Iterable[str] | None = None
    ) -> list[tuple[str, float]]:
        """The most central entries by PageRank over all edges except lists, both ways.

        Without ``kinds``: of those that rest on sources or bases.
        """
        plain: nx.Graph[str] = nx.Graph()
        plain.add_nodes_from(self.nx)
        plain.add_edges_from(
            (a, b, {"weight": RELATIONS[key].weight})
            for a, b, key in self.nx.edges(keys=True)
            if key not in ("lists", "topics")
        )
        rank = _pagerank(plain)
        others = (kind.name for kind in KINDS.values() if kind.ground != "ours")
        wanted = set(others if kinds is None else kinds)
        chosen = [
            (id, score) for id, score in rank.items() if self.catalog.entries[id].kind in wanted
        ]
        return sorted(chosen, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def orphans(self) -> list[str]:
        """Entries tied to no other: no edge but topics (for topics, no entry and no subtopic)."""
        return [
            id for id, entry in self.catalog.entries.items() if not self._reached(id, entry.kind)
        ]

    def _reached(self, id: str, kind: str) -> bool:
        match KINDS[kind].tie:
            case "any":
                return bool(self.nx.degree(id) > 0)
            case "other-kind":
                return any(self.catalog.entries[edge.source].kind != kind for edge in self.into(id))
        return any(
            key != "topics"
            for _, _, key in chain(
                self.nx.in_edges(id, keys=True), self.nx.out_edges(id, keys=True)
            )
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


def _typed(catalog: Catalog, before: Graph | None) -> Iterator[tuple[str, tuple[Edge, ...]]]:
    """The edges of each entry, taken over from ``before`` where it holds the very same entry."""
    for id, entry in catalog.entries.items():
        if before and before.catalog.entries.get(id) is entry:
            yield id, before.typed[id]
        else:
            yield id, tuple(edges(entry))


def _weight(step: Step) -> float:
    return RELATIONS[step.edge.relation].weight


def _pagerank(graph: "nx.Graph[str]", damping: float = 0.85, rounds: int = 40) -> dict[str, float]:
    """PageRank by power iteration (Page et al. 1999), in plain Python so that it needs no SciPy."""
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
