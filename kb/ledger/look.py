"""A look: what one check of an address showed, and the verdict on it; and the archived copy of a
page.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["alive", "moved", "blocked", "gone", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("alive", "moved", "blocked", "gone", "unsure")
KINDEST: tuple[Verdict, ...] = ("alive", "moved", "blocked", "unsure", "gone")
GOOD: tuple[Verdict, ...] = ("alive", "moved")
UNDATED = datetime.date.min


@dataclass(frozen=True, slots=True)
class Look:
    """One look at ``url``.

    ``reason`` says in words what the verdict rests on; ``status`` is the last HTTP status, if there
    was an answer; ``address`` is where redirects ended, None if that is ``url`` itself; ``title``
    is the title of the page; ``expected`` is the title of the entry, set only where the page has
    clearly another one; ``redirects`` are the addresses that led on; ``notes`` are further facts,
    such as `the repository is archived`. ``day`` is set when the look is remembered; ``tries``
    (requests for this address, those that a host put off with Retry-After not among them) and
    ``seconds`` (from the first request to the verdict) belong to the run and are not remembered.
    """

    url: str
    verdict: Verdict
    reason: str
    status: int | None = None
    address: str | None = None
    title: str | None = None
    expected: str | None = None
    redirects: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    day: datetime.date = UNDATED
    tries: int = 1
    seconds: float = 0.0

    @property
    def misnamed(self) -> bool:
        """Whether the page was found and has clearly another title than its entry expects."""
        return self.verdict in GOOD and self.expected is not None

    @property
    def order(self) -> tuple[object, ...]:
        """A total order: the later the higher; on one day the kinder; then by content."""
        content = (
            self.reason,
            self.status or 0,
            self.address or "",
            self.title or "",
            self.expected or "",
            self.redirects,
            self.notes,
        )
        return (self.day, -KINDEST.index(self.verdict), not self.misnamed, *content)


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """An archived copy: its address and the day of the page that it holds."""

    url: str
    day: datetime.date
