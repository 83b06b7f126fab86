"""A session: which addresses are due, and what each look means for the ledger."""

import datetime
from collections.abc import Callable, Iterable, Mapping

from kb.ledger.look import GOOD, ArchivedCopy, Look
from kb.ledger.merge import Ledger, after, with_copy
from kb.ledger.record import Record
from kb.links.journal import Journal, Memory
from kb.links.wanted import Wanted, number_of, renamed

_COPY_AGE = datetime.timedelta(days=365)


class Session:
    """One run: each look goes to the journal at once; ``seen`` gets its verdict, or `wrong target`.

    Without a network every name is unknown and every link looks gone. So looks that found a link
    gone without any answer wait until some host has answered; if none does, they are never
    remembered, and no finding comes of them.
    """

    def __init__(
        self,
        wanted: Wanted,
        journal: Journal | Memory,
        today: datetime.date,
        seen: Callable[[str], None],
    ) -> None:
        self.looks: dict[str, Look] = {}
        self.journal = journal
        self.unproven: list[Look] = []
        self.doubted: dict[str, Look] = {}
        self.wanted = wanted
        self._today, self._report, self._online = today, seen, False

    def saw(self, look: Look) -> None:
        """Remember a look."""
        if look.verdict == "gone" and self._doubted(look):
            return
        self.looks[look.url] = look
        self._online = self._online or look.status is not None
        if look.verdict == "gone" and not self._online:
            self.unproven.append(look)
        else:
            self._note(look)
        while self._online and self.unproven:
            self._note(self.unproven.pop())

    def _doubted(self, look: Look) -> bool:
        """Put ``look`` aside if its address can be read another way; once."""
        known = self.wanted.get(look.url)
        if known is None or not known.shorter or look.url in self.doubted:
            return False
        self.doubted[look.url] = look
        return True

    def settle(self, looks: Mapping[str, Look]) -> None:
        """Read each address that was put aside the way that leads somewhere: ``looks`` are those at
        the shorter ones. If neither does, it is gone as it is written.
        """
        read = {
            url: looks[shorter].url
            for url in self.doubted
            if (shorter := self.wanted[url].shorter) in looks and looks[shorter].verdict != "gone"
        }
        for url, aside in self.doubted.items():
            self.saw(looks[read[url]] if url in read else aside)
        self.wanted = renamed(self.wanted, read)

    def _note(self, look: Look) -> None:
        self.journal.note(after(None, look, self._today))
        self._report("wrong target" if look.misnamed else look.verdict)

    def copied(self, url: str, copy: ArchivedCopy) -> None:
        """Remember an archived copy."""
        self.journal.note(with_copy(None, url, copy))

    def without_copy(self, state: str) -> list[str]:
        """The wanted addresses that are *gone* or fail, and have no copy known; or that are *alive*
        or moved, and have none of the last year.

        Their order is another every day, so that one which the archive chokes on does not keep the
        others waiting for ever.
        """
        ledger = self.journal.fold()
        known = [
            ledger[url]
            for url in sorted(self.wanted, key=lambda url: number_of(f"{self._today} {url}"))
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


def due(
    urls: Iterable[str], ledger: Ledger, resumed: Ledger, today: datetime.date, max_age: int
) -> list[str]:
    """The addresses to look at: not those that a killed run saw yesterday or today, nor those found
    good less than ``max_age`` days ago.

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
