"""A look: what one visit to an address showed, and the verdict on it; and the archived copy of a page."""

import datetime
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["alive", "moved", "blocked", "gone", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("alive", "moved", "blocked", "gone", "unsure")


@dataclass(frozen=True, slots=True)
class Look:
    """One look at ``url``.

    ``reason`` says in words what the verdict rests on; ``status`` is the last HTTP status, if there was an answer; ``final_url`` is
    where redirects ended; ``title`` is the title that the page gave itself; ``tries`` counts requests for this address, those that
    a host put off with Retry-After not among them; ``seconds`` is the time from the first request to the verdict; ``notes`` are
    further facts, such as `the repository is archived`.
    """

    url: str
    verdict: Verdict
    reason: str
    status: int | None = None
    final_url: str | None = None
    title: str | None = None
    tries: int = 1
    seconds: float = 0.0
    redirects: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """An archived copy: its address and the day of the page that it holds."""

    url: str
    day: datetime.date
