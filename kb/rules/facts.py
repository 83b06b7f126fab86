"""Rules on facts: every fact has its evidence, every claim its basis, and nothing is known from the future."""

from collections.abc import Iterator

from kb.catalog import Entry
from kb.evidence import facts_of, possible_facts, unproven_facts
from kb.near import Nearest, asked
from kb.rules.rule import Knowledge, Trouble

_PROVEN_KINDS = ("paper", "technique", "resource", "article")


def fact_without_evidence(knowledge: Knowledge) -> Iterator[Trouble]:
    """A fact that no evidence supports and that is not marked as unconfirmed.

    Why it matters: every fact has its source; that is the promise of this knowledge base.

    Example:

        doi: 10.1000/x without a page on which it was seen

    Instead: add the page under `evidence`, or the field under `unconfirmed` with a note.
    """
    for kind in _PROVEN_KINDS:
        for entry in knowledge.catalog.of_kind(kind):
            for fact in unproven_facts(entry):
                yield Trouble(
                    entry,
                    ("links" if fact == "code" else fact,),
                    f"nothing says where `{fact}` was seen",
                    f"add `{fact}` to `supports` of an evidence, or to `unconfirmed`",
                )


def evidence_for_nothing(knowledge: Knowledge) -> Iterator[Trouble]:
    """Evidence names a fact that the entry does not have, or a mark of doubt one that it cannot have.

    Why it matters: most often the word is misspelt, and the fact it means stays without evidence.

    Example:

        supports: [tittle]

    Instead: use the field's name.
    """
    for kind in _PROVEN_KINDS:
        for entry in knowledge.catalog.of_kind(kind):
            facts, near = facts_of(entry), Nearest()
            for keys, word in _named_facts(entry):
                allowed = possible_facts(entry) if keys[0] == "unconfirmed" else facts
                if word not in allowed:
                    yield Trouble(
                        entry,
                        keys,
                        f"the entry has no fact `{word}`",
                        asked(near(word, str(keys[0]), lambda: allowed))
                        or f"it has: {', '.join(sorted(facts))}",
                    )


def confirmed_and_unconfirmed(knowledge: Knowledge) -> Iterator[Trouble]:
    """A fact is both supported by evidence and marked as unconfirmed.

    Why it matters: the page would say both.

    Example:

        supports: [doi] and unconfirmed: [{fact: doi, …}]

    Instead: decide.
    """
    for kind in _PROVEN_KINDS:
        for entry in knowledge.catalog.of_kind(kind):
            supported = {fact for evidence in entry.model.evidence for fact in evidence.supports}
            for number, doubt in enumerate(entry.model.unconfirmed):
                if doubt.fact in supported:
                    yield Trouble(
                        entry,
                        ("unconfirmed", number, "fact"),
                        f"`{doubt.fact}` is also supported by evidence",
                        "keep one of the two",
                    )


def about_without_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """An `about` rests on a copy or on a third page, and that page is not named.

    Why it matters: nobody could look it up again.

    Example:

        about: [{id: he2018amc, basis: copy-read}]

    Instead: add `source` with the address of the copy or of the page.
    """
    for kind in ("article", "resource"):
        for entry in knowledge.catalog.of_kind(kind):
            for number, about in enumerate(entry.model.about):
                if about.basis in ("copy-read", "third-party") and not about.source:
                    yield Trouble(
                        entry,
                        ("about", number),
                        f"basis `{about.basis}` without `source`",
                        "name the page that was read",
                    )


def future(knowledge: Knowledge) -> Iterator[Trouble]:
    """A year or a day that has not come yet.

    Why it matters: it is a slip of the finger.

    Example:

        year: 2091

    Instead: correct it.
    """
    for entry in knowledge.catalog.entries.values():
        year = getattr(entry.model, "year", None)
        if year and year > knowledge.today.year:
            yield Trouble(entry, ("year",), f"year `{year}` has not come yet", "correct it")
        published = getattr(entry.model, "published", None)
        if published and published > knowledge.today:
            yield Trouble(
                entry, ("published",), f"day `{published}` has not come yet", "correct it"
            )
        for number, evidence in enumerate(getattr(entry.model, "evidence", ())):
            if evidence.seen > knowledge.today:
                yield Trouble(
                    entry,
                    ("evidence", number, "seen"),
                    f"day `{evidence.seen}` has not come yet",
                    "write the day on which the page was read",
                )


def _named_facts(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for number, evidence in enumerate(entry.model.evidence):
        for place, word in enumerate(evidence.supports):
            yield ("evidence", number, "supports", place), word
    for number, doubt in enumerate(entry.model.unconfirmed):
        yield ("unconfirmed", number, "fact"), doubt.fact
