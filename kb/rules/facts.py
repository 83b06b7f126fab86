"""Rules on facts: what an article is about has its basis, and nothing is known from the future."""

import datetime
from collections.abc import Iterator

from kb import meant
from kb.rules.rule import Knowledge, Trouble
from kb.schema import About, Article, Paper, Unproven
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

        year: 2024 and seen: 2016-11-26

    Instead: the day on which the page was read: seen: 2026-11-26
    """
    for entry in knowledge.of(Unproven):
        first = _first_year(entry.model)
        if first > knowledge.today.year:  # that is said there
            continue
        for key, source in (entry.model.sources or {}).items():
            if first and source and source.seen and source.seen.year < first:
                yield Trouble(
                    entry,
                    ("sources", key, "seen"),
                    f"seen in {source.seen.year}, but this is of {first}",
                    "write the day on which the page was read",
                )


def _first_year(model: Unproven) -> int:
    """The first year in which what ``model`` describes can have been seen; 0 if none is known."""
    if isinstance(model, Paper):
        printed = (model.venue.year or 0) if model.venue else 0
        preprint = meant.year_of_arxiv(model.arxiv) if model.arxiv else 0
        return min(filter(None, (model.year, printed, preprint)), default=0)
    if isinstance(model, Article) and model.published:
        return _begin(model.published).year
    return 0


def _begin(when: int | datetime.date) -> datetime.date:
    """The first day of a year, or the day itself."""
    return datetime.date(when, 1, 1) if isinstance(when, int) else when
