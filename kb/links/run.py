"""A run: which addresses are looked at, what each look means for the ledger, and what is wrong with a link then."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.addresses import split
from kb.ledger.look import GOOD, VERDICTS, Copy, Look
from kb.ledger.merge import Ledger, after, with_copy
from kb.ledger.record import Record
from kb.links.journal import Journal, Memory

_COPY_AGE = datetime.timedelta(days=365)

Place = Callable[[], tuple[str, tuple[int, int]]]
"""Where an address stands: path, (line, column). A function, because finding the line costs more than most runs need."""


@dataclass(frozen=True, slots=True)
class Address:
    """The places of an address and the titles that are expected behind it."""

    places: Sequence[Place]
    titles: Sequence[str] = ()


Wanted = Mapping[str, Address]


class Run:
    """One run: each look goes to the journal as it falls; ``seen`` hears its verdict, or `wrong target`.

    Without a network every name is unknown and every link looks gone. So with ``proof``, looks that found a link gone without any answer wait until
    some host has answered; if none does, they are never remembered.
    """

    def __init__(
        self,
        wanted: Wanted,
        journal: Journal | Memory,
        today: datetime.date,
        seen: Callable[[str], None],
        proof: bool = True,
    ) -> None:
        self.looks: dict[str, Look] = {}
        self.journal = journal
        self.unproven: list[Look] = []
        self._wanted, self._today, self._heard, self._online = wanted, today, seen, not proof

    def saw(self, look: Look) -> None:
        """Remember a look."""
        self.looks[look.url] = look
        self._online = self._online or look.status is not None
        if look.verdict == "gone" and not self._online:
            self.unproven.append(look)
        else:
            self._note(look)
        while self._online and self.unproven:
            self._note(self.unproven.pop())

    def _note(self, look: Look) -> None:
        self.journal.note(after(None, look, self._today))
        self._heard("wrong target" if look.misnamed else look.verdict)

    def copied(self, url: str, copy: Copy) -> None:
        """Remember an archived copy."""
        self.journal.note(with_copy(None, url, copy))

    def without_copy(self, state: str) -> list[str]:
        """The wanted addresses that are *gone* or fail, and have no copy known; or that are *alive* or moved, and have none of the last year.

        Their order is another every day, so that one which the archive chokes on does not keep the others waiting for ever.
        """
        ledger = self.journal.fold()
        known = [
            ledger[url]
            for url in sorted(self._wanted, key=lambda url: _number(f"{self._today} {url}"))
            if url in ledger
        ]
        if state == "gone":
            return [
                one.url
                for one in known
                if one.copy is None and (one.state == "gone" or one.failing)
            ]
        return [
            one.url
            for one in known
            if one.state in GOOD
            and not one.failing
            and not _copied_since(one, self._today - _COPY_AGE)
        ]


def _copied_since(known: Record, day: datetime.date) -> bool:
    return known.copy is not None and known.copy.day > day


def host(url: str) -> str:
    """The host of ``url``, in small letters; empty if it has none."""
    parts = split(url)
    return (parts.hostname or "") if parts else ""


def shard(url: str, count: int) -> int:
    """Which of ``count`` shards, from 1, looks at ``url``. All links of a host fall into one, so that politeness survives."""
    name = host(url).removeprefix("www.")
    return _number(name) % count + 1


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def due(
    urls: Iterable[str], ledger: Ledger, resumed: Ledger, today: datetime.date, max_age: int
) -> list[str]:
    """The addresses to look at: not those that a killed run saw yesterday or today, nor those found good less than ``max_age`` days ago.

    A failure is always looked at again: a stale one would keep a mended link red.
    """
    return [
        url
        for url in urls
        if not _recent(resumed.get(url), today, 2, False)
        and not _recent(ledger.get(url), today, max_age, True)
    ]


def _recent(known: Record | None, today: datetime.date, days: int, good: bool) -> bool:
    if known is None or known.last is None or (good and known.last.verdict not in GOOD):
        return False
    return today - known.last.day < datetime.timedelta(days)


def troubles(known: Record, titles: Sequence[str]) -> list[str]:
    """What is wrong with a link of the catalogue: any of gone, wrong, blocked, unsure, moved.

    A link that was alive once is gone when the ledger says so; one that never was, when its newest look says so.
    """
    found = ["wrong"] if known.wrong(titles) else []
    if known.state == "gone" or (
        known.good is None and known.last is not None and known.last.verdict == "gone"
    ):
        return ["gone", *found]
    return [known.state, *found] if known.state in ("blocked", "unsure", "moved") else found


def as_json(look: Look) -> dict[str, object]:
    """A look for other programs."""
    return {
        "verdict": look.verdict,
        "reason": look.reason,
        "status": look.status,
        "final_url": look.address or look.url,
        "title": look.title,
        "tries": look.tries,
        "seconds": round(look.seconds, 3),
    }


def counted(verdicts: Iterable[str]) -> str:
    """How often each verdict fell, in words."""
    seen = list(verdicts)
    return (
        ", ".join(f"{seen.count(verdict):,} {verdict}" for verdict in VERDICTS if verdict in seen)
        or "none"
    )
