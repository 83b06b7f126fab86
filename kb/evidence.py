"""On what an entry rests: its claims by kind of ground, and what is missing.

Among the claims that it stands on, the weakest is known too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from kb.catalog import Entry
from kb.hosts import HostKind, account, place
from kb.kinds import KINDS, facts, marked
from kb.schema import About, Article, Cite, Source, Unproven
from kb.schema.marks import Covers
from kb.walk import Claim, claims, edges
from kb.words.pair import Pair

Ground = Literal["primary", "page", "code", "ours", "none"]
Reading = Literal["text", "title", "guess"]
Status = Ground | Reading
GROUNDS: tuple[Ground, ...] = ("primary", "page", "code", "ours", "none")
"""Kinds of ground, the firmest first."""
BUILT_IN: dict[str, Ground] = {"snippet": "code", "ours": "ours"}
"""Keys that every entry has: our code shows it, it is our judgement."""
OURS = frozenset({"requires", "alternative_to", "combines"})
"""Relations that may rest on our judgement without making an entry any weaker."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entry stands: ``counts`` of claims by ground, and the ``weakest`` it stands on.

    ``weak`` are the claims that stand so; ``missing`` is what the entry should say and does not.
    """

    counts: dict[Ground, int]
    weakest: Ground
    weak: tuple[Claim, ...]
    missing: tuple[Pair, ...]


def standing(entry: Entry) -> Standing:
    """How ``entry`` stands. What has no claims that need a ground, as topics and lists, is ours."""
    found = [(ground(entry, claim), claim) for claim in claims(entry)]
    counts = {kind: sum(kind == one for one, _ in found) for kind in GROUNDS}
    held = [(kind, claim) for kind, claim in found if claim.key]
    weakest = _weakest(kind for kind, _ in held)
    weak = tuple(claim for kind, claim in held if kind == weakest)
    return Standing(counts, weakest, weak, missing(entry))


def _weakest(grounds: Iterable[Ground]) -> Ground:
    return max(grounds, key=GROUNDS.index, default="ours")


def ground(entry: Entry, claim: Claim) -> Ground:
    """The firmest ground of ``claim``.

    What an article is about may rest on its title, as we read it.
    """
    if isinstance(claim.typed, About) and not claim.grounds:
        return "ours"
    return min((of(entry, cite) for cite in claim.grounds), key=GROUNDS.index, default="none")


def of(entry: Entry, cite: Cite) -> Ground:
    """The kind of ground that ``cite`` is: by its key, or by the host of its source."""
    source = source_of(entry, cite)
    if source is None:
        return BUILT_IN.get(cite.key, "none")
    return "primary" if primary(entry, source) else "page"


def source_of(entry: Entry, cite: Cite) -> Source | None:
    """The source that ``cite`` names; None if it is built in or unknown."""
    model = entry.model
    return (model.sources or {}).get(cite.key) if isinstance(model, Unproven) else None


def primary(entry: Entry, source: Source) -> bool:
    """Whether ``source`` is the work itself, its publisher, or the address of the entry itself.

    Where anybody can publish, it is so under an account that the entry gives as its own only.
    """
    if not source.url:
        return False
    own = entry.model.__dict__.get("url")
    kind = place(source.url).kind
    return (
        source.url == own
        or kind is HostKind.PRIMARY
        or (kind is HostKind.OPEN and account(source.url) in _accounts(entry))
    )


def _accounts(entry: Entry) -> set[str]:
    """The accounts on forges of the entry's own address and of its links: code, project."""
    values = entry.model.__dict__
    urls = [values.get("url"), *(link.url for link in values.get("links") or () if link)]
    return {found for url in urls if url and (found := account(url))}


def missing(entry: Entry) -> tuple[Pair, ...]:
    """What ``entry`` should say and does not: numbers, DOI, date, what it is about."""
    values = entry.model.__dict__
    return tuple(
        mark.label for field, mark in marked(type(entry.model), Covers) if not values[field]
    )


def reading(entry: Entry[Article]) -> Reading:
    """How well an article is known: by its text, by its title only, or its subject is guessed."""
    bases = [edge.typed.basis for edge in edges(entry) if isinstance(edge.typed, About)]
    if entry.model.summary or "copy-read" in bases:
        return "text"
    firm = [basis for basis in bases if basis != "inferred"]
    return "title" if firm or not bases else "guess"


def status(entry: Entry) -> Status:
    """One word for how ``entry`` stands.

    An article stands by how it was read, all else by its weakest key claim.
    """
    if KINDS[entry.kind].ground == "ours":
        return "ours"
    if isinstance(entry.model, Article):
        return reading(cast("Entry[Article]", entry))
    return standing(entry).weakest


def possible_facts(entry: Entry) -> tuple[str, ...]:
    """The names of the facts that sources of an entry of this kind can support."""
    return tuple(facts(type(entry.model))) if isinstance(entry.model, Unproven) else ()


def facts_of(entry: Entry) -> set[str]:
    """The names of the facts that ``entry`` has and that a source may support.

    `code` stands for a paper's links.
    """
    if not isinstance(entry.model, Unproven):
        return set()
    values = entry.model.__dict__
    return {fact for fact, (field, _) in facts(type(entry.model)).items() if values[field]}


def field_of(entry: Entry, fact: str) -> str:
    """The field in which ``fact`` stands; ``fact`` itself if the entry cannot have it."""
    found = facts(type(entry.model)).get(fact)
    return found[0] if found else fact


def supported(entry: Entry) -> set[str]:
    """The facts that some source of ``entry`` supports."""
    found = entry.model.sources if isinstance(entry.model, Unproven) else None
    return {fact for one in (found or {}).values() if one for fact in one.supports or ()}


def doubted(entry: Entry) -> set[str]:
    """The claims that ``entry`` leaves open."""
    doubts = entry.model.open if isinstance(entry.model, Unproven) else ()
    return {doubt.claim for doubt in doubts or ()}


def ungrounded(entry: Entry, found: Iterable[Claim]) -> list[Claim]:
    """The claims ``found`` in ``entry`` that name no ground and are not left open as a whole."""
    left_open = doubted(entry)
    return [claim for claim in found if not claim.grounds and claim.name not in left_open]
