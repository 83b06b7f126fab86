"""Rules on relations: what an edge may lead to, and what the edges together must not do."""

from collections import defaultdict
from collections.abc import Iterator

from kb.graph import RELATIONS
from kb.near import Nearest, asked
from kb.rules.rule import Knowledge, Trouble


def unknown_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """A relation names an id that no entry has.

    Why it matters: the edge would lead nowhere.

    Example:

        topics: [prunning]

    Instead: the nearest known id is suggested; or add the missing entry.
    """
    known, near = knowledge.catalog.entries, defaultdict[str, Nearest](Nearest)
    for edge in knowledge.graph.edges:
        if edge.target not in known:
            yield Trouble(
                known[edge.source],
                edge.keys,
                f"`{edge.relation}` names unknown id `{edge.target}`",
                asked(near[edge.source](edge.target, edge.relation, lambda: known))
                or "add that entry first",
            )


def self_reference(knowledge: Knowledge) -> Iterator[Trouble]:
    """An entry has a relation to itself.

    Why it matters: it says nothing, and walks over the graph would turn in circles.

    Example:

        requires: [pact-sawb] in catalog/techniques/pact-sawb/entry.yaml

    Instead: remove it, or name the entry that was meant.
    """
    for edge in knowledge.graph.edges:
        if edge.target == edge.source:
            yield Trouble(
                knowledge.catalog.entries[edge.source],
                edge.keys,
                f"`{edge.relation}` names the entry itself",
                "remove it",
            )


def wrong_kind(knowledge: Knowledge) -> Iterator[Trouble]:
    """A relation leads to an entry of a kind that it must not lead to.

    Why it matters: `introduces: [pruning]` would say that a paper introduced a topic.

    Example:

        introduces: [pruning]

    Instead: name an entry of the kind that the message gives.
    """
    known = knowledge.catalog.entries
    unclear = {entry.id for entry in knowledge.catalog.shadowed}
    for edge in knowledge.graph.edges:
        target = known.get(edge.target)
        allowed = RELATIONS[edge.relation].kinds
        if target and target.kind not in allowed and target.id not in unclear:
            yield Trouble(
                known[edge.source],
                edge.keys,
                f"`{edge.relation}` leads to the {target.kind} `{target.id}`",
                f"it may lead to: {', '.join(allowed)}",
            )


def repeated_relation(knowledge: Knowledge) -> Iterator[Trouble]:
    """The same relation is typed twice, or a symmetric one on both sides.

    Why it matters: inverses are computed; two sentences that say why will disagree one day.

    Example:

        alternative_to: [b] in entry a, and alternative_to: [a] in entry b

    Instead: keep it on one side.
    """
    seen: dict[tuple[str, str, str], str] = {}
    for edge in knowledge.graph.edges:
        if edge.relation == "mentions":
            continue
        ends = (
            tuple(sorted((edge.source, edge.target)))
            if RELATIONS[edge.relation].symmetric
            else (edge.source, edge.target)
        )
        key = (edge.relation, *ends)
        if key in seen and edge.target != edge.source:
            yield Trouble(
                knowledge.catalog.entries[edge.source],
                edge.keys,
                f"`{edge.relation}` to `{edge.target}` is already typed in `{seen[key]}`",
                "keep one of them",
            )
        seen.setdefault(key, edge.source)


def cycle(knowledge: Knowledge) -> Iterator[Trouble]:
    """Entries require, build on or contain each other in a circle.

    Why it matters: there would be no order in which to read them.

    Example:

        a requires b, b requires c, c requires a

    Instead: remove the edge that is least true.
    """
    for relation in RELATIONS.values():
        if not relation.acyclic:
            continue
        for group in knowledge.graph.cycles(relation.name):
            edge = next(
                edge
                for edge in knowledge.graph.out(group[0], relation.name)
                if edge.target in group
            )
            yield Trouble(
                knowledge.catalog.entries[group[0]],
                edge.keys,
                f"`{relation.name}` runs in a circle: {' → '.join([*group, group[0]])}",
                "remove one of the edges",
            )


def orphan(knowledge: Knowledge) -> Iterator[Trouble]:
    """Nothing but its topics ties the entry to any other; for a technique: no paper, article, resource or list reaches it.

    Why it matters: readers will not find it, and nobody can tell where it came from.

    Example:

        a technique that no paper introduces or studies

    Instead: relate it, or add the entry it came from.
    """
    for id in knowledge.graph.orphans():
        yield Trouble(
            knowledge.catalog.entries[id],
            (),
            f"nothing reaches `{id}`",
            "relate it to a paper, an article, a technique or a list",
        )
