"""What is confirmed: the facts of an entry, which of them sources support, and what follows from it."""

from typing import Literal

from kb.catalog import Entry
from kb.kinds import KINDS, facts
from kb.schema import About, Model, Unproven
from kb.walk import edges

Status = Literal["confirmed", "partly", "not"]


def possible_facts(entry: Entry[Model]) -> tuple[str, ...]:
    """The names of the facts that an entry of this kind can have."""
    return tuple(facts(type(entry.model))) if isinstance(entry.model, Unproven) else ()


def facts_of(entry: Entry[Model]) -> set[str]:
    """The names of the facts that ``entry`` has and that evidence may support. `code` stands for a paper's links."""
    return {fact for fact in possible_facts(entry) if _has(entry, fact)}


def field_of(entry: Entry[Model], fact: str) -> str:
    """The field in which ``fact`` stands; ``fact`` itself if the entry cannot have it."""
    found = facts(type(entry.model)).get(fact)
    return found[0] if found else fact


def supported(entry: Entry[Model]) -> set[str]:
    """The facts that some evidence of ``entry`` supports."""
    proofs = entry.model.evidence if isinstance(entry.model, Unproven) else ()
    return {fact for evidence in proofs for fact in evidence.supports or ()}


def doubted(entry: Entry[Model]) -> set[str]:
    """The facts that ``entry`` marks as unconfirmed."""
    doubts = entry.model.unconfirmed if isinstance(entry.model, Unproven) else ()
    return {doubt.fact for doubt in doubts}


def unproven_facts(entry: Entry[Model]) -> list[str]:
    """The facts that need evidence and have neither evidence nor a mark of doubt, in the order of the fields."""
    known = supported(entry) | doubted(entry)
    return [fact for fact in _needed(entry) if fact not in known]


def status(entry: Entry[Model]) -> Status:
    """How far the entry is confirmed.

    By evidence for the facts that need it; where a kind rests on its basis, as articles do, by what
    the entry is about: a claim that rests on subject alone (`inferred`), or no claim at all, counts as
    not confirmed. What is ours, as topics and lists, needs no confirmation.
    """
    match KINDS[entry.kind].ground:
        case "ours":
            return "confirmed"
        case "basis":
            return _status_by_basis(entry)
    needed, known = _needed(entry), supported(entry)
    count = sum(fact in known for fact in needed)
    return (
        "confirmed" if count == len(needed) and not doubted(entry) else "partly" if count else "not"
    )


def _status_by_basis(entry: Entry[Model]) -> Status:
    bases = [edge.typed.basis for edge in edges(entry) if isinstance(edge.typed, About)]
    firm = [basis for basis in bases if basis != "inferred"]
    if not firm:
        return "partly" if bases else "not"
    return "confirmed" if len(firm) == len(bases) and not unproven_facts(entry) else "partly"


def _needed(entry: Entry[Model]) -> list[str]:
    """The facts that ``entry`` has and that need evidence."""
    if not isinstance(entry.model, Unproven):
        return []
    found = facts(type(entry.model))
    return [fact for fact, (_, mark) in found.items() if mark.needed and _has(entry, fact)]


def _has(entry: Entry[Model], fact: str) -> bool:
    return bool(entry.model.__dict__[field_of(entry, fact)])
