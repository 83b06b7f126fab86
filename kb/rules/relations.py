"""Rules on relations: what an edge may lead to, and what the edges together must not do."""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

import networkx as nx

from kb import meant
from kb.catalog import Entry
from kb.graph import RELATIONS
from kb.kinds import KINDS, marked
from kb.near import Nearest, asked
from kb.rules.ids import misnamed
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Resource, Technique
from kb.schema.marks import Relates
from kb.source.characters import LOST
from kb.source.mends import Mend
from kb.source.reader import Keys
from kb.walk import Edge, edges


def unknown_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """A relation names an id that no entry has.

    Why it matters: the edge would lead nowhere.

    Example:

        topics: [prunning]

    Instead: the nearest known id is suggested; or add the missing entry.
    """
    renamed, misnamed_there = _renamed(knowledge), misnamed(knowledge)
    for id, (old, sources) in renamed.items():
        if old in misnamed_there or (old != id and old == meant.slug(id)):
            continue  # its file or its key has another name than it should, which is said there
        yield Trouble(
            knowledge.catalog.entries[id],
            (),
            f"`{old}`, which {len(sources)} entries name, does not exist; nothing names `{id}`",
            f"rename `{id}` to `{old}`, or name `{id}` in {', '.join(sources[:5])}"
            + (" …" if len(sources) > 5 else ""),
        )
    for entry, edge, near in knowledge.astray:
        if LOST in edge.target or edge.target in misnamed_there:
            continue
        if near not in renamed or renamed[near][0] != edge.target:
            ids = _apart(knowledge, edge)
            sure = near and near == knowledge.called(edge.target, RELATIONS[edge.relation].kinds)
            yield Trouble(
                entry,
                edge.keys,
                f"`{edge.relation}` names unknown id `{edge.target}`{_oddly(edge.target)}",
                f"write a comma between them: {', '.join(ids)}"
                if ids
                else f"write `{near}`"
                if sure
                else " ".join(filter(None, (asked(near), _home(edge)))) or "add that entry first",
                _split(entry, edge, ids)
                if ids
                else _to(edge, near)
                if sure or _slip(edge.target, near)
                else None,
            )


def _apart(knowledge: Knowledge, edge: Edge) -> tuple[str, ...]:
    """The ids that were typed as one, with another mark than a comma between them."""
    ids = tuple(filter(None, re.split("[\\s,\uff0c\u3001;\uff1b/|]+", edge.target)))
    kinds = RELATIONS[edge.relation].kinds
    found = [knowledge.catalog.known(id) for id in ids]
    return ids if len(ids) > 1 and all(one and one.kind in kinds for one in found) else ()


def _split(entry: Entry, edge: Edge, ids: tuple[str, ...]) -> Mend | None:
    """What writes ``ids`` as items of their own, if they stand in a list and none is there yet."""
    alone = entry.typed(edge.keys) == edge.target and isinstance(edge.keys[-1], int)
    others = {one.target for one in edges(entry) if one.relation == edge.relation}
    twice = len(set(ids)) < len(ids) or any(id in others for id in ids)
    return Mend(edge.keys, ids, "split") if alone and not twice else None


def _oddly(id: str) -> str:
    """What nobody can see in ``id``, in words."""
    odd = meant.invisible(id)
    return f", which holds the invisible {odd}" if odd else ""


def _slip(typed: str, near: str) -> bool:
    """Whether ``typed`` is ``near`` but for one letter."""
    return bool(near) and len(near) > 8 and SequenceMatcher(None, typed, near).ratio() > 0.95


def _to(edge: Edge, id: str) -> Mend:
    """What leads ``edge`` to ``id``."""
    alone = edge.typed is None or edge.typed.model_fields_set == {edge.typed.bare}
    return Mend(edge.keys if alone else (*edge.keys, "id"), id)


def unknown_successor(knowledge: Knowledge) -> Iterator[Trouble]:
    """What is said to have taken the place of an entry does not exist, or is of another kind.

    Why it matters: a reader is sent on to it.

    Example:

        today: {verdict: superseded, by: pruning, …}

    Instead: name a technique in `today`, a resource in `implements`; or leave `by` out.
    """
    near = Nearest()
    for entry, keys, kind, id in _successors(knowledge):
        found = knowledge.catalog.known(id)
        if found is None or found.kind != kind or found.id == entry.id:
            yield Trouble(
                entry,
                keys,
                f"`by` names `{id}`, which is not another {kind}",
                asked(near(id, kind, [each.id for each in knowledge.entries if each.kind == kind]))
                or f"name the {kind} that took its place, or leave `by` out",
            )


def _successors(knowledge: Knowledge) -> Iterator[tuple[Entry, Keys, str, str]]:
    """Every `by`: the entry, where it stands, the kind that it must name, and what it names."""
    for technique in knowledge.of(Technique):
        if (today := technique.model.today) and today.by:
            yield technique, ("today", "by"), technique.kind, today.by
    for resource in knowledge.of(Resource):
        for index, tie in enumerate(resource.model.implements):
            if tie.by:
                yield resource, ("implements", index, "by"), resource.kind, tie.by


def self_reference(knowledge: Knowledge) -> Iterator[Trouble]:
    """An entry has a relation to itself.

    Why it matters: it says nothing, and walks over the graph would turn in circles.

    Example:

        requires: [pact-sawb] in catalog/techniques/pact-sawb/entry.yaml

    Instead: remove it, or name the entry that was meant.
    """
    for entry, edge in knowledge.edges:
        if edge.target == edge.source:
            yield Trouble(
                entry, edge.keys, f"`{edge.relation}` names the entry itself", "remove it"
            )


def wrong_kind(knowledge: Knowledge) -> Iterator[Trouble]:
    """A relation leads to an entry of a kind that it must not lead to.

    Why it matters: `introduces: [pruning]` would say that a paper introduced a topic.

    Example:

        introduces: [pruning]

    Instead: name an entry of the kind that the message gives.
    """
    unclear = {entry.id for entry in knowledge.catalog.shadowed}
    for entry, edge in knowledge.edges:
        target = knowledge.catalog.known(edge.target)
        allowed = RELATIONS[edge.relation].kinds
        if target and target.kind not in allowed and target.id not in unclear | {entry.id}:
            yield Trouble(
                entry,
                edge.keys,
                f"`{edge.relation}` leads to the {target.kind} `{target.id}`, "
                f"but may lead to: {', '.join(allowed)}",
                _other_relation(entry, target.kind)
                or f"it may lead to: {', '.join(allowed)}; remove `{target.id}`",
            )


def _other_relation(entry: Entry, kind: str) -> str:
    """In which relations ``entry`` may name an entry of ``kind``."""
    fields = [
        f"`{name}`"
        for name, mark in marked(type(entry.model), Relates)
        if kind in RELATIONS[mark.relation].kinds
    ]
    return f"name a {kind} in {' or '.join(fields)}" if fields else ""


def repeated_relation(knowledge: Knowledge) -> Iterator[Trouble]:
    """The same relation is typed twice, or a symmetric one on both sides.

    Why it matters: inverses are computed; two sentences that say why will disagree one day.

    Example:

        alternative_to: [b] in entry a, and alternative_to: [a] in entry b

    Instead: keep it on one side.
    """
    for (first, _), (entry, edge) in _repeated(knowledge):
        yield Trouble(
            entry,
            edge.keys,
            f"`{edge.relation}` to `{edge.target}` is already typed in `{first.id}`",
            "keep one of them",
        )


def cycle(knowledge: Knowledge) -> Iterator[Trouble]:
    """Entries require, build on or contain each other in a circle.

    Why it matters: there would be no order in which to read them.

    Example:

        a requires b, b requires c, c requires a

    Instead: remove the edge that is least true.
    """
    for relation in RELATIONS.values():
        if relation.acyclic:
            typed = [
                (entry, edge) for entry, edge in knowledge.edges if edge.relation == relation.name
            ]
            yield from (_circle(knowledge, typed, group) for group in _circles(typed))


def orphan(knowledge: Knowledge) -> Iterator[Trouble]:
    """Nothing but its topics ties the entry to another one.

    A technique needs a paper, an article, a resource or a list that names it.

    Why it matters: readers will not find it, and nobody can tell where it came from.

    Example:

        a technique that no paper introduces or studies

    Instead: relate it, or add the entry it came from.
    """
    excused = {near for _, _, near in knowledge.astray} | knowledge.half_heard
    guilty = {edge.source for _, edge, _ in knowledge.astray}
    for id in knowledge.graph.orphans():
        entry = knowledge.catalog.entries[id]
        own = id in guilty or _leads_to_broken(knowledge, id)
        if (
            knowledge.catalog.unsure
            or id in excused
            or (own and KINDS[entry.kind].tie != "other-kind")
        ):
            continue
        yield Trouble(
            entry,
            (),
            f"nothing reaches `{id}`",
            "relate it to a paper, an article, a technique or a list",
        )


Typed = tuple[Entry, Edge]


def _renamed(knowledge: Knowledge) -> dict[str, tuple[str, list[str]]]:
    """Entries that nothing names, while several name what their id seems to have been.

    Their id to the id that is named and the paths of the files that name it.
    """
    named = {edge.target for _, edge in knowledge.edges}
    meant: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for entry, edge, near in knowledge.astray:
        if near in knowledge.catalog.entries and near not in named:
            meant[near, edge.target].add(entry.path)
    return {
        near: (old, sorted(paths))
        for (near, old), paths in sorted(meant.items(), key=lambda item: len(item[1]))
        if len(paths) > 1
    }


def _home(edge: Edge) -> str:
    """Where the entries stand that ``edge`` may lead to, if they all stand in one file."""
    kinds = [KINDS[name] for name in RELATIONS[edge.relation].kinds]
    return (
        f"{kinds[0].folder} stand in `{kinds[0].path('')}`"
        if len(kinds) == 1 and kinds[0].form == "keys"
        else ""
    )


def _repeated(knowledge: Knowledge) -> Iterator[tuple[Typed, Typed]]:
    """Pairs of equal edges, the one to blame last: see `Knowledge.clashes`."""
    groups: defaultdict[tuple[str, ...], list[Typed]] = defaultdict(list)
    for entry, edge in knowledge.edges:
        ends = [edge.source, edge.target]
        if RELATIONS[edge.relation].symmetric:
            ends.sort()
        if edge.relation != "mentions" and edge.target != edge.source:
            groups[edge.relation, *ends].append((entry, edge))
    for group in groups.values():
        if len(group) > 1:
            first, *rest = sorted(group, key=lambda typed: knowledge.newness((typed[0], ())))
            yield from ((first, typed) for typed in rest)


def _circles(typed: list[Typed]) -> list[set[str]]:
    """Groups of entries that lead to each other in a circle."""
    part = nx.DiGraph((edge.source, edge.target) for _, edge in typed)
    return [group for group in nx.strongly_connected_components(part) if len(group) > 1]


def _circle(knowledge: Knowledge, typed: list[Typed], group: set[str]) -> Trouble:
    """The finding on a circle: it stands at the edge to blame, see `Knowledge.clashes`."""
    inside = [one for one in typed if {one[1].source, one[1].target} <= group]
    entry, blamed = max(inside, key=lambda one: knowledge.newness((one[0], ())))
    part = nx.DiGraph((edge.source, edge.target) for _, edge in inside)
    way = nx.shortest_path(part, blamed.target, blamed.source)
    return Trouble(
        entry,
        blamed.keys,
        f"`{blamed.relation}` runs in a circle: {' → '.join([blamed.source, *way])}",
        "remove one of the edges",
    )


def _leads_to_broken(knowledge: Knowledge, id: str) -> bool:
    return any(
        edge.target in knowledge.catalog.broken
        for edge in knowledge.graph.typed[id]
        if edge.relation != "topics"
    )
