"""Rules on the years of papers, which are part of their ids."""

from collections.abc import Iterator

from kb import meant
from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Paper, Technique
from kb.source.mends import Mend


def contradicting_year(knowledge: Knowledge) -> Iterator[Trouble]:
    """A paper's year is neither that of its venue nor that of its preprint, or precedes both.

    Or the year of an origin is none of the paper that it names.

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
    for technique in knowledge.of(Technique):
        origin = technique.model.origin
        paper = knowledge.catalog.known(origin.paper) if origin and origin.paper else None
        known = years_of(paper) if paper and isinstance(paper.model, Paper) else []
        if paper and origin and origin.year and known and origin.year not in known:
            yield Trouble(
                technique,
                ("origin", "year"),
                f"year is `{origin.year}`, but `{paper.id}` is of {known[0]}",
                f"write {known[0]}, or name the paper of {origin.year}",
            )


def years_of(entry: Entry) -> list[int]:
    """The years that may be called that of a paper: its own, of its venue, of its preprint."""
    year, venue, arxiv = (entry.model.__dict__[name] for name in ("year", "venue", "arxiv"))
    given = (year, venue and venue.year, arxiv and meant.year_of_arxiv(arxiv))
    return [one for one in given if one] if year and not entry.faulty else []


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
