"""What is confirmed: the facts of an entry, which of them evidence supports, and what follows for the whole entry."""

from typing import Literal

from kb.catalog import Entry

Status = Literal["confirmed", "partly", "not"]

_NEEDED = {
    "paper": (
        "title",
        "authors",
        "year",
        "venue",
        "arxiv",
        "doi",
        "code",
        "introduces",
        "builds_on",
        "summary",
        "results",
        "versions",
    ),
    "technique": ("idea", "formulas", "year"),
    "resource": ("title", "url", "license", "status", "implements"),
    "article": ("published", "publisher", "copies"),
}
_POSSIBLE = {
    "paper": _NEEDED["paper"] + ("studies", "compares_with", "title_zh", "form", "topics"),
    "technique": (
        "name",
        "aliases",
        "idea",
        "explanation",
        "formulas",
        "saves",
        "needs",
        "gains",
        "costs",
        "fails",
        "year",
        "requires",
        "variant_of",
        "alternative_to",
        "combines",
    ),
    "resource": _NEEDED["resource"] + ("title_en", "summary", "about", "form", "language"),
    "article": _NEEDED["article"]
    + ("title", "title_en", "url", "language", "form", "about", "summary", "same_text"),
}


def possible_facts(entry: Entry) -> tuple[str, ...]:
    """The names of the facts that an entry of this kind can have."""
    return _POSSIBLE.get(entry.kind, ())


def facts_of(entry: Entry) -> set[str]:
    """The names of the facts that ``entry`` has and that evidence may support. `code` stands for a paper's links."""
    return {fact for fact in possible_facts(entry) if _has(entry, fact)}


def supported(entry: Entry) -> set[str]:
    """The facts that some evidence of ``entry`` supports."""
    return {fact for evidence in entry.model.evidence for fact in evidence.supports}


def doubted(entry: Entry) -> set[str]:
    """The facts that ``entry`` marks as unconfirmed."""
    return {doubt.fact for doubt in entry.model.unconfirmed}


def unproven_facts(entry: Entry) -> list[str]:
    """The facts that need evidence and have neither evidence nor a mark of doubt, in the order of the fields."""
    known = supported(entry) | doubted(entry)
    return [fact for fact in _NEEDED[entry.kind] if fact not in known and _has(entry, fact)]


def status(entry: Entry) -> Status:
    """How far the entry is confirmed.

    Papers, techniques and resources: by evidence for the facts that need it. Articles: by what they are about; a claim that
    rests on subject alone (`inferred`) or the lack of any claim counts as not confirmed. Topics and lists are ours.
    """
    if entry.kind == "article":
        return _article_status(entry)
    if entry.kind in ("topic", "list"):
        return "confirmed"
    needed = [fact for fact in _NEEDED[entry.kind] if _has(entry, fact)]
    known = supported(entry)
    count = sum(fact in known for fact in needed)
    return (
        "confirmed" if count == len(needed) and not doubted(entry) else "partly" if count else "not"
    )


def _article_status(entry: Entry) -> Status:
    bases = [about.basis for about in entry.model.about]
    firm = [basis for basis in bases if basis != "inferred"]
    if not firm:
        return "partly" if bases else "not"
    return "confirmed" if len(firm) == len(bases) and not unproven_facts(entry) else "partly"


def _has(entry: Entry, fact: str) -> bool:
    return bool(getattr(entry.model, "links" if fact == "code" else fact, None))
