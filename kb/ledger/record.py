"""A record: what is remembered of one address, and what follows from it.

A record is a bounded set of dated looks, chosen so that nothing depends on the order in which they
came: for each verdict the newest look; of the verdict *gone* the newest seven days; of pages with
another title than expected the newest two days; and of each verdict the first days in recent weeks
and months. Everything else is computed from these. Seven days suffice: any seven different days
contain three that are at least three days apart.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kb.ledger.look import GOOD, KINDEST, VERDICTS, ArchivedCopy, Look, Verdict

State = Literal["alive", "moved", "blocked", "gone", "unsure", "unknown"]
STATES: tuple[State, ...] = (*VERDICTS, "unknown")
FAILURES, APART = 3, datetime.timedelta(days=3)
GONE_DAYS, MISNAMED_DAYS, WEEKS, MONTHS = 7, 2, 9, 15
LONGEST = {"reason": 200, "title": 300, "address": 2000, "redirect": 500}
MOST_REDIRECTS, MOST_NOTES = 3, 5

Mark = tuple[datetime.date, Verdict]


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of ``url``. Make one with `record`, `after` or `merge`: they keep it in
    its one form.

    ``looks`` stand from the newest to the oldest; ``firsts`` are the first days of each verdict in
    recent weeks and months, from the oldest.
    """

    url: str
    looks: tuple[Look, ...] = ()
    firsts: tuple[Mark, ...] = ()
    copy: ArchivedCopy | None = None

    @property
    def last(self) -> Look | None:
        """The newest look."""
        return self.looks[0] if self.looks else None

    @property
    def good(self) -> Look | None:
        """The newest look that found the page."""
        return next((look for look in self.looks if look.verdict in GOOD), None)

    @property
    def misnamed(self) -> tuple[Look, ...]:
        """The looks that found another title than expected since the last good one that did not,
        newest first.
        """
        right = self._right()
        return tuple(
            look for look in self.looks if look.misnamed and (right is None or look.day > right.day)
        )

    def wrong(self, titles: Iterable[str]) -> Look | None:
        """The newest good look, if it proves that the page is not one of ``titles``, which entries
        expect now.

        As with *gone*, a link that was right once needs proof: looks on two different days. One
        that never was right needs one look, which tried twice.
        """
        expected = {clean(title, LONGEST["title"]) for title in titles}
        found = [look for look in self.misnamed if look.expected in expected]
        if not found or found[0] != self.good:
            return None
        enough = MISNAMED_DAYS if self._right() else 1
        return found[0] if len({look.day for look in found}) >= enough else None

    def _right(self) -> Look | None:
        return next(
            (look for look in self.looks if look.verdict in GOOD and not look.misnamed), None
        )

    @property
    def failures(self) -> tuple[Look, ...]:
        """The looks since the last good one that found the page gone, from the oldest."""
        good = self.good
        return tuple(
            look
            for look in reversed(self.looks)
            if look.verdict == "gone" and (good is None or look.day > good.day)
        )

    @property
    def state(self) -> State:
        """*gone* after three failures, each at least three days after the one before, and no good
        look since; else what the newest other look says.

        *blocked* and *unsure* are no failures: no number of them makes a link gone. A link on which
        nothing but failures was seen is *unknown*.
        """
        if _apart(look.day for look in self.failures) >= FAILURES:
            return "gone"
        standing = self._standing()
        return standing.verdict if standing else "unknown"

    @property
    def since(self) -> datetime.date | None:
        """The day since which every look agrees with the state; where looks were thinned out, up to
        a month late, never early.
        """
        standing = self._standing()
        if standing is None or self.state == "gone":
            return self.failing
        return self._first(standing.verdict, self._newest_other(standing))

    @property
    def failing(self) -> datetime.date | None:
        """The day of the first failure since the last good look."""
        if not self.failures:
            return None
        return self._first("gone", self.good.day if self.good else None)

    @property
    def changes(self) -> tuple[Mark, ...]:
        """Each day from which on looks said something else than before, from the oldest."""
        marks = sorted(
            {*self.firsts, *((look.day, look.verdict) for look in self.looks)}, key=_mark_order
        )
        return (*marks[:1], *(mark for before, mark in pairwise(marks) if before[1] != mark[1]))

    def _standing(self) -> Look | None:
        return next((look for look in self.looks if look.verdict != "gone"), None)

    def _newest_other(self, standing: Look) -> datetime.date | None:
        return next(
            (
                look.day
                for look in self.looks
                if look.verdict != standing.verdict and look.day < standing.day
            ),
            None,
        )

    def _first(self, verdict: str, after: datetime.date | None) -> datetime.date | None:
        days = [
            *(day for day, said in self.firsts if said == verdict),
            *(look.day for look in self.looks if look.verdict == verdict),
        ]
        return min((day for day in days if after is None or day > after), default=None)


def record(
    url: str, looks: Iterable[Look], firsts: Iterable[Mark] = (), copy: ArchivedCopy | None = None
) -> Record:
    """The record of ``url`` that holds ``looks``, thinned out to what is kept."""
    all_looks = set(looks)
    marks = {*firsts, *((look.day, look.verdict) for look in all_looks)}
    return Record(url, _kept_looks(all_looks), _kept_marks(marks), copy)


def remembered(look: Look, day: datetime.date, expected: str | None = None) -> Look:
    """``look`` in the form that the ledger keeps.

    Its texts come from strangers: control characters are removed and long texts cut.
    """
    address = look.address if look.address != look.url else None
    expected = expected or look.expected
    return Look(
        look.url,
        look.verdict,
        clean(look.reason, LONGEST["reason"]),
        look.status,
        clean(address, LONGEST["address"]) if address else None,
        (look.title and clean(look.title, LONGEST["title"])) or None,
        (expected and clean(expected, LONGEST["title"])) or None,
        tuple(clean(one, LONGEST["redirect"]) for one in look.redirects[:MOST_REDIRECTS]),
        tuple(clean(one, LONGEST["reason"]) for one in look.notes[:MOST_NOTES]),
        day,
    )


def clean(text: str, longest: int) -> str:
    """``text`` on one line, without what cannot be seen or cannot be written, cut with an ellipsis
    at ``longest``.
    """
    words = "".join(one if one.isprintable() else " " for one in text[: 4 * longest]).split()
    line = " ".join(words)
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _apart(days: Iterable[datetime.date]) -> int:
    """How many of ``days``, which ascend, can be chosen so that each is far enough from the one
    before.
    """
    count, last = 0, None
    for day in days:
        if last is None or day - last >= APART:
            count, last = count + 1, day
    return count


def _kept_looks(looks: Iterable[Look]) -> tuple[Look, ...]:
    best: dict[tuple[object, ...], Look] = {}
    for look in looks:
        key = _slot(look)
        if key not in best or look.order > best[key].order:
            best[key] = look
    newest = sorted(best.values(), key=lambda look: look.order, reverse=True)
    gone = [look for look in newest if look.verdict == "gone"][GONE_DAYS:]
    misnamed = [look for look in newest if look.misnamed][MISNAMED_DAYS:]
    return tuple(look for look in newest if look not in gone and look not in misnamed)


def _slot(look: Look) -> tuple[object, ...]:
    """Of the looks in one slot, the newest is kept."""
    if look.misnamed:
        return "misnamed", look.day
    return (look.verdict, look.day) if look.verdict == "gone" else (look.verdict,)


def _kept_marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The first days by week and by month, the newest of each: a choice that never depends on the
    order of merging.
    """
    known = list(marks)
    by_week = _first_days(known, lambda day: day.toordinal() // 7, WEEKS)
    by_month = _first_days(known, lambda day: 12 * day.year + day.month, MONTHS)
    return tuple(sorted(by_week | by_month, key=_mark_order))


def _first_days(
    marks: Iterable[Mark], span: Callable[[datetime.date], int], most: int
) -> set[Mark]:
    first: dict[tuple[int, int], Mark] = {}
    for day, verdict in marks:
        key = (span(day), KINDEST.index(verdict))
        first[key] = min(first.get(key, (day, verdict)), (day, verdict))
    return {first[key] for key in sorted(first)[-most:]}


def _mark_order(mark: Mark) -> tuple[datetime.date, int]:
    return mark[0], -KINDEST.index(mark[1])
