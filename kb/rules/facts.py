"""Rules on facts: every fact has its evidence, every claim its basis, and nothing is known from the future."""

import datetime
from collections.abc import Iterator

from kb.catalog import Entry
from kb.evidence import facts_of, field_of, possible_facts, supported, unproven_facts
from kb.near import Nearest, asked
from kb.rules.rule import Knowledge, Trouble
from kb.schema import About, Unproven
from kb.source.reader import Keys
from kb.walk import days, edges


def fact_without_evidence(knowledge: Knowledge) -> Iterator[Trouble]:
    """A fact that no evidence supports and that is not marked as unconfirmed.

    Why it matters: every fact has its source; that is the promise of this knowledge base.

    Example:

        doi: 10.1000/x without a page on which it was seen

    Instead: add the page under `evidence`, or the field under `unconfirmed` with a note.
    """
    for entry in knowledge.of(Unproven):
        for fact in unproven_facts(entry):
            if entry.knows(field_of(entry, fact), "evidence", "unconfirmed"):
                yield Trouble(
                    entry,
                    (field_of(entry, fact),),
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
    for entry in knowledge.of(Unproven):
        possible, facts, near = possible_facts(entry), facts_of(entry), Nearest()
        for keys, word in _named_facts(entry):
            allowed = possible if keys[0] == "unconfirmed" else facts
            if word not in allowed and entry.knows(word, field_of(entry, word)):
                yield Trouble(
                    entry,
                    keys,
                    f"the entry has no fact `{word}`",
                    asked(near(word, str(keys[0]), allowed))
                    or f"it has: {', '.join(sorted(facts))}",
                )


def confirmed_and_unconfirmed(knowledge: Knowledge) -> Iterator[Trouble]:
    """A fact is both supported by evidence and marked as unconfirmed.

    Why it matters: the page would say both.

    Example:

        supports: [doi] and unconfirmed: [{fact: doi, …}]

    Instead: decide.
    """
    for entry in knowledge.of(Unproven):
        proven = supported(entry)
        for number, doubt in enumerate(entry.model.unconfirmed):
            if doubt.fact in proven:
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
    for entry in knowledge.entries:
        for edge in edges(entry):
            about = edge.typed
            if isinstance(about, About) and about.basis in ("copy-read", "third-party"):
                if not about.source and entry.knows(str(edge.keys[0])):
                    yield Trouble(
                        entry,
                        edge.keys,
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
    for entry in knowledge.entries:
        for keys, when in days(entry):
            if _begin(when) > knowledge.today:
                yield Trouble(
                    entry,
                    keys,
                    f"{'year' if isinstance(when, int) else 'day'} `{when}` has not come yet",
                    "write the day on which the page was read"
                    if keys[-1] == "seen"
                    else "correct it",
                )


def _begin(when: int | datetime.date) -> datetime.date:
    """The first day of a year, or the day itself."""
    return datetime.date(when, 1, 1) if isinstance(when, int) else when


def _named_facts(entry: Entry[Unproven]) -> Iterator[tuple[Keys, str]]:
    for number, evidence in enumerate(entry.model.evidence):
        for place, word in enumerate(evidence.supports or ()):
            yield ("evidence", number, "supports", place), word
    for number, doubt in enumerate(entry.model.unconfirmed):
        if doubt.fact:
            yield ("unconfirmed", number, "fact"), doubt.fact
