"""What differs between two catalogues, entry by entry, claim by claim."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kb.catalog import Catalog, Entry
from kb.evidence import Ground, ground, source_of
from kb.findings import BY_FORMAT
from kb.kinds import VENUES, VOCABULARY
from kb.schema import Model, Paper, Source, Unproven
from kb.schema.marks import ClaimKind
from kb.schema.parts import Part
from kb.walk import Claim, claims, edges, targets

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
Triple = tuple[str, str, str]
"""(source, relation, target) of an edge, all ids as they are now."""
_BESIDE = ("source", "where")


@dataclass(frozen=True, slots=True)
class Rest:
    """A source on which a claim rests: its key, the place in it, its address and when it was read.

    ``url`` and ``seen`` are empty for what is built in; ``read`` is the copy that was read, if any.
    """

    key: str
    where: str
    url: str
    seen: str
    read: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as it stands in one of the two catalogues: its value as plain data and its ground."""

    entry: Entry
    claim: Claim
    value: Plain
    ground: Ground
    rests: tuple[Rest, ...]


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim of entry ``id`` before and after; None where it is not there."""

    id: str
    name: str
    kind: ClaimKind
    before: Said | None
    after: Said | None

    @property
    def restated(self) -> bool:
        """Whether it is there before and after, and says something else now."""
        return bool(self.before and self.after and self.before.value != self.after.value)

    @property
    def regrounded(self) -> bool:
        """Whether it rests on something that it did not rest on before, or that was read again.

        Read again is what was seen on a later day; another place in the same page is no new ground,
        nor is another address under the key and the day of the old one. Nor is a source that the
        entry had all the time for something else: nobody opened it for this claim.
        """
        before, after = self.before, self.after
        if not before or not after:
            return True
        stood = _sources(before.entry)
        return any(_fresh(rest, before.rests) and not _stood(rest, stood) for rest in after.rests)

    @property
    def moved(self) -> tuple[Rest, Rest] | None:
        """A ground before and after whose place is another although its page was not read again."""
        if not self.before or not self.after or self.regrounded:
            return None
        was = {(rest.key, rest.url): rest for rest in self.before.rests}
        for rest in self.after.rests:
            old = was.get((rest.key, rest.url))
            if old and old.where and rest.where and old.where != rest.where:
                return old, rest
        return None

    @property
    def handed_over(self) -> tuple[Rest, Rest] | None:
        """A ground before and one after, if all are others now and nobody read one of these again.

        What it rested on may be gone from the entry, or stand there for something else.
        """
        if not self.before or not self.after or self.regrounded:
            return None
        was, now = self.before.rests, self.after.rests
        kept = {*(rest.key for rest in was), *(rest.url for rest in was if rest.url)}
        if not was or any(rest.key in kept or rest.url in kept for rest in now):
            return None
        return next(((was[0], rest) for rest in now if rest.url), None)


def _fresh(rest: Rest, before: tuple[Rest, ...]) -> bool:
    """Whether ``rest`` is a ground that is not among those ``before``, or that was read later."""
    same = [old for old in before if old.url == rest.url and (rest.url or old.key == rest.key)]
    same = same or [old for old in before if old.key == rest.key]
    return not same or rest.seen > max(old.seen for old in same)


def _stood(rest: Rest, before: tuple[Rest, ...]) -> bool:
    """Whether ``rest`` is one of the sources ``before``, and nobody read it since."""
    return any(
        old.url == rest.url
        and (old.key == rest.key or old.read == rest.read)
        and rest.seen <= old.seen
        for old in before
    )


def _sources(entry: Entry) -> tuple[Rest, ...]:
    """All sources of ``entry``, whatever rests on them."""
    found = (entry.model.sources or {}) if isinstance(entry.model, Unproven) else {}
    return tuple(_rest(key, "", one) for key, one in found.items())


def _rest(key: str, where: str, source: Source | None) -> Rest:
    if not source:
        return Rest(key, where, "", "")
    return Rest(key, where, source.url, source.seen.isoformat(), source.read or "")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a table beside the entries, before and after; None where it is not there."""

    table: Literal["venue", "term"]
    id: str
    before: Plain
    after: Plain


Files = Mapping[str, bytes]
"""Files beside entries, by the id of the entry."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between the catalogues ``before`` and ``after``; all ids sorted.

    ``renamed`` leads from old ids to new ones, as `formerly` says. ``links`` are new addresses,
    each with the id of the entry that names it; ``pages`` the ids whose pages differ; ``numbers``
    the techniques whose recorded output differs, ``codes`` those whose code does; ``rows`` what
    differs in the tables beside the entries.
    """

    before: Catalog
    after: Catalog
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: Mapping[str, str]
    claims: tuple[ClaimChange, ...]
    gained: tuple[Triple, ...]
    lost: tuple[Triple, ...]
    links: tuple[tuple[str, str], ...]
    pages: tuple[str, ...]
    numbers: tuple[str, ...]
    codes: tuple[str, ...] = ()
    rows: tuple[RowChange, ...] = ()

    @property
    def pairs(self) -> Iterator[tuple[Entry, Entry]]:
        """The entries that are intact in both catalogues, before and after."""
        for id, entry in self.before.entries.items():
            if found := self.after.entries.get(self.renamed.get(id, id)):
                yield entry, found

    @property
    def uncompared(self) -> list[str]:
        """The files of which nobody can tell what changes: what they hold cannot be read as an
        entry, before or after, or its id belongs to another one.
        """
        entries = self.after.entries.values()
        lost = (*self.before.broken.values(), *self.after.broken.values(), *self.after.shadowed)
        whole = {entry.path for entry in (*entries, *self.after.terms)}
        strange = {
            one.path
            for one in self.after.findings
            if one.path not in whole and one.name not in BY_FORMAT
        }
        return sorted({entry.path for entry in lost} | strange)


def difference(
    before: Catalog,
    after: Catalog,
    recorded: tuple[Files, Files] = ({}, {}),
    codes: tuple[Files, Files] = ({}, {}),
) -> Difference:
    """What differs between ``before`` and ``after``.

    ``recorded`` is the recorded output of techniques, by id, in each of the two; ``codes`` is their
    code. Entries that do not obey the shape are known to exist; what they say is not compared.
    """
    old, new = _ids(before), _ids(after)
    renamed = _renamed(after, old - new)
    broken = {*before.broken, *after.broken}
    was, now = _triples(before, renamed, broken), _triples(after, {}, broken)
    gained, lost = tuple(sorted(now - was)), tuple(sorted(was - now))
    fresh = _pairs_of_links(after) - _pairs_of_links(before)
    known = {url for url, _ in _pairs_of_links(before)}
    rows = tuple(_rows(before, after))
    return Difference(
        before,
        after,
        tuple(sorted(new - old - {*renamed.values()})),
        tuple(sorted(old - new - {*renamed})),
        renamed,
        tuple(_claims(before, after, renamed)),
        gained,
        lost,
        tuple(sorted(pair for pair in fresh if pair[0] not in known)),
        tuple(sorted(_pages(before, after, renamed, {*gained, *lost}) | _printing(after, rows))),
        _differing(*recorded, renamed),
        _differing(*codes, renamed),
        rows,
    )


def _ids(catalog: Catalog) -> set[str]:
    return {*catalog.entries, *catalog.broken}


def _renamed(after: Catalog, vanished: set[str]) -> dict[str, str]:
    """Old ids that vanished and that some entry says it had."""
    return dict(
        sorted(
            (old, entry.id)
            for entry in after.entries.values()
            for old in entry.model.formerly
            if old in vanished
        )
    )


def _triples(catalog: Catalog, renamed: Mapping[str, str], broken: set[str]) -> set[Triple]:
    return {
        (
            renamed.get(edge.source, edge.source),
            edge.relation,
            renamed.get(edge.target, edge.target),
        )
        for entry in catalog.entries.values()
        if entry.id not in broken
        for edge in edges(entry)
    }


def _pairs_of_links(catalog: Catalog) -> set[tuple[str, str]]:
    return {(target.url, target.entry.id) for target in targets(catalog)}


def _pages(
    before: Catalog, after: Catalog, renamed: Mapping[str, str], moved: set[Triple]
) -> set[str]:
    """The ids, as they are now, whose entry differs or at whose edges something does.

    An edge may name what there is not; that has no page.
    """
    was = {renamed.get(id, id): entry for id, entry in before.entries.items()}
    now = after.entries
    found = {id for id in {*was, *now} if _model(was.get(id)) != _model(now.get(id))}
    found -= {*before.broken, *after.broken}
    ends = {id for source, _, target in moved for id in (source, target)}
    return found | (ends & {*was, *now})


def _model(entry: Entry | None) -> object:
    return entry.model if entry else None


def _rows(before: Catalog, after: Catalog) -> Iterator[RowChange]:
    """What differs in the tables of both catalogues; of a table that cannot be read, nothing."""
    unsure = before.unsure | after.unsure
    venues = (before.venues, after.venues)
    terms = tuple({term.id: term.model for term in one.terms} for one in (before, after))
    tables: dict[Literal["venue", "term"], Sequence[Mapping[str, Model]]] = {}
    if VENUES not in unsure:
        tables["venue"] = venues
    if VOCABULARY not in unsure:
        tables["term"] = terms
    for table, (was, now) in tables.items():
        for id in sorted({*was, *now}):
            if was.get(id) != now.get(id):
                yield RowChange(table, id, _plain(was.get(id), {}), _plain(now.get(id), {}))


def _printing(after: Catalog, rows: Sequence[RowChange]) -> set[str]:
    """The papers that print a venue of which one of ``rows`` says something else."""
    changed = {row.id for row in rows if row.table == "venue"}
    return {
        entry.id
        for entry in after.entries.values()
        if changed
        and isinstance(entry.model, Paper)
        and entry.model.venue
        and entry.model.venue.id in changed
    }


def _differing(before: Files, after: Files, renamed: Mapping[str, str]) -> tuple[str, ...]:
    was = {renamed.get(id, id): content for id, content in before.items()}
    return tuple(sorted(id for id in {*was, *after} if was.get(id) != after.get(id)))


def _claims(before: Catalog, after: Catalog, renamed: Mapping[str, str]) -> Iterator[ClaimChange]:
    was = {renamed.get(id, id): entry for id, entry in before.entries.items()}
    for id in sorted({*was, *after.entries}):
        unread = id in before.broken or id in after.broken
        if unread or _model(was.get(id)) == _model(after.entries.get(id)):
            continue
        old = _named(was.get(id), renamed)
        new = _named(after.entries.get(id), {})
        for name in [*new, *(name for name in old if name not in new)]:
            for one, other in _matched(old.get(name, []), new.get(name, [])):
                if known := other or one:
                    yield ClaimChange(id, name, known.claim.kind, one, other)


def _named(entry: Entry | None, renamed: Mapping[str, str]) -> dict[str, list[Said]]:
    """What ``entry`` claims, by the name of the claim, in the order of its fields."""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    if entry:
        for claim in claims(entry):
            found[claim.name].append(_said(entry, claim, renamed))
    return dict(found)


def _said(entry: Entry, claim: Claim, renamed: Mapping[str, str]) -> Said:
    cites = claim.grounds
    rests = tuple(_rest(cite.key, cite.where or "", source_of(entry, cite)) for cite in cites)
    return Said(entry, claim, _plain(claim.typed, renamed), ground(entry, claim), rests)


def _plain(value: object, renamed: Mapping[str, str]) -> Plain:
    """``value`` as plain data, without the grounds that stand in it and what was left out.

    Nor with more than one blank between two words, which nobody would see.
    """
    if isinstance(value, Part):
        found = {
            type(value).model_fields[name].alias or name: _plain(inner, renamed)
            for name, inner in value.__dict__.items()
            if inner not in (None, ()) and name not in _BESIDE
        }
        is_point = found.keys() == {"from", "to"} and found["from"] == found["to"]
        return found["to"] if is_point else found
    if isinstance(value, dict):
        return {str(name): _plain(inner, renamed) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(item, renamed) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return " ".join(renamed.get(value, value).split())
    return value if isinstance(value, int | float | bool) else None


def _matched(before: list[Said], after: list[Said]) -> Iterator[tuple[Said | None, Said | None]]:
    """Claims of one name that differ, each beside what became of it, or None.

    What is the same goes first, then what says the same, then what is alike for the most part.
    """
    left, right = list(before), list(after)
    for one in before:
        if same := [other for other in right if _same(one, other)]:
            left.remove(one)
            right.remove(same[0])
    for other in after:
        if other not in right:
            continue
        best = max(left, key=lambda one: _alike(one, other), default=None)
        if best and _alike(best, other) >= 0.5:
            left.remove(best)
            yield best, other
        else:
            yield None, other
    yield from ((one, None) for one in left)


def _same(one: Said, other: Said) -> bool:
    return one.value == other.value and one.rests == other.rests


def _alike(one: Said, other: Said) -> float:
    """From 0 to 1: how much two claims have in common; a fact is always the same fact."""
    a, b = one.value, other.value
    if one.claim.kind == "fact" or a == b:
        return 1
    if not isinstance(a, dict) or not isinstance(b, dict):
        return 0
    return sum(a.get(key) == value for key, value in b.items()) / max(len(a), len(b), 1)
