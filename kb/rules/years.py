"""Rules on the years of papers, which are part of their ids."""

from collections.abc import Iterator

from kb import meant
from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Paper
from kb.source.mends import Mend


def contradicting_year(knowledge: Knowledge) -> Iterator[Trouble]:
    """A paper's year is neither that of its venue nor that of its preprint, or precedes both.

    Why it matters: the year is part of the id and of every citation; a wrong digit renames the
    file.

    Example:

        year: 2021 beside arxiv: "2305.98765" and venue: {id: neurips, year: 2023}

    Instead: the year of the version of record; or correct what contradicts it.
    """
    for entry in knowledge.of(Paper):
        witnesses = other_years(entry)
        if not witnesses or has_not_come(knowledge, entry.model.year):
            continue
        years = set(witnesses.values())
        [better] = years if len(years) == 1 else [0]
        named = str(better) in entry.id and str(entry.model.year) not in entry.id
        said = " and ".join(f"{name} says {year}" for name, year in witnesses.items())
        yield Trouble(
            entry,
            ("year",),
            f"year is `{entry.model.year}`, but {said}",
            (f"write {better}" if better else "write the year of the version of record")
            + f"; if the year is right, correct {' and '.join(witnesses)}",
            Mend(("year",), better) if better and named else None,
        )


def other_years(entry: Entry) -> dict[str, int]:
    """What says another year than the paper ``entry``, each with it; empty if all may be right."""
    year, venue, arxiv = (entry.model.__dict__[name] for name in ("year", "venue", "arxiv"))
    if not year:
        return {}
    given = {
        "`venue`": venue.year if venue and venue.year else 0,
        "the arXiv id": meant.year_of_arxiv(arxiv) if arxiv else 0,
    }
    known = {name: when for name, when in given.items() if when}
    later_than_preprint = "`venue`" not in known and year >= max(known.values(), default=year)
    return {} if year in known.values() or later_than_preprint else known


def has_not_come(knowledge: Knowledge, year: int) -> bool:
    """Whether ``year`` is one of the future, which is another rule's."""
    return year > knowledge.today.year
