"""Rules on facts: what an article is about has its basis, and nothing is known from the future."""

import datetime
from collections.abc import Iterator

from kb.rules.rule import Knowledge, Trouble
from kb.schema import About
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


def _begin(when: int | datetime.date) -> datetime.date:
    """The first day of a year, or the day itself."""
    return datetime.date(when, 1, 1) if isinstance(when, int) else when
