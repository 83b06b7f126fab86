"""Rules on facts: what an article is about has its basis, and nothing is known from the future."""

import datetime
from collections.abc import Iterator

from kb import meant
from kb.rules.rule import Knowledge, Trouble
from kb.schema import About, Article, Paper, Source, Unproven
from kb.walk import days


def about_without_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """An `about` rests on a copy or on a third page, and that page is not named.

    Why it matters: nobody could look it up again.

    Example:

        about: [{id: he2018amc, basis: copy-read}]

    Instead: add `source` with the key of the copy or of the page in `sources`.
    """
    for entry, edge in knowledge.edges:
        about = edge.typed
        if (
            isinstance(about, About)
            and about.basis in ("copy-read", "third-party")
            and not about.source
            and entry.knows(str(edge.keys[0]))
        ):
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


def seen_too_early(knowledge: Knowledge) -> Iterator[Trouble]:
    """A page was seen before the work that it shows was there.

    Why it matters: the day tells which state of the page was read; a wrong digit makes it a day on
    which nobody can have read it.

    Example:

        arxiv: "2401.00001" and seen: 2023-12-31

    Instead: the day on which the page was read: seen: 2026-11-26
    """
    for entry in knowledge.of(Unproven):
        for key, source in (entry.model.sources or {}).items():
            if not source or not source.seen or not (first := _first(entry.model, source)):
                continue
            said_there = len(first) != _MONTH and _day(first) > knowledge.today
            if source.seen < _day(first) and not said_there:
                seen = f"in {source.seen.year}" if len(first) == _YEAR else f"on {source.seen}"
                yield Trouble(
                    entry,
                    ("sources", key, "seen"),
                    f"seen {seen}, but this is of {first}",
                    "write the day on which the page was read",
                )


_YEAR, _MONTH = len("2024"), len("2024-01")


def _first(model: Unproven, source: Source) -> str:
    """When what ``model`` describes, or its page ``source``, was there first.

    A year, a month or a day, as exactly as it is known; nothing if it is not.
    """
    if isinstance(model, Article) and model.published:
        return str(model.published)
    return _first_of(model, source) if isinstance(model, Paper) else ""


def _first_of(paper: Paper, source: Source) -> str:
    """A page at arXiv was not there before the month in which arXiv numbered the preprint.

    Of the other pages any may be the first: those of submissions often are. They go by the year.
    """
    month = meant.month_of_arxiv(paper.arxiv) if paper.arxiv else None
    if month and meant.arxiv(source.url or "") == paper.arxiv:
        return f"{month:%Y-%m}"
    printed = paper.venue.year if paper.venue else None
    years = [year for year in (paper.year, printed, month.year if month else 0) if year]
    return str(min(years)) if years else ""


def _day(when: str) -> datetime.date:
    """The first day of a year, of a month, or the day itself."""
    return datetime.date.fromisoformat((when + "-01-01")[: len("2024-01-01")])


def _begin(when: int | datetime.date) -> datetime.date:
    """The first day of a year, or the day itself."""
    return datetime.date(when, 1, 1) if isinstance(when, int) else when
