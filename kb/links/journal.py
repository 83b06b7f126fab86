"""The journal of a run: each look is written down as it falls, beside the ledger, so that a run
which is killed loses nothing.
"""

import contextlib
import fcntl
from pathlib import Path
from typing import Self

from kb import atomic
from kb.ledger.file import BrokenLine, illegible, line, load, parse, read, save
from kb.ledger.merge import merge, merged
from kb.ledger.record import Record


class LedgerUnavailable(Exception):
    """The run cannot begin; the message says why and what to do."""


class Memory:
    """A journal for a run without ledger: what is noted is kept in memory and forgotten with it."""

    def __init__(self) -> None:
        self.resumed: dict[str, Record] = {}
        self.records: dict[str, Record] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def note(self, one: Record) -> None:
        """Keep what was just seen."""
        self.records[one.url] = (
            merge(self.records[one.url], one) if one.url in self.records else one
        )

    def fold(self) -> dict[str, Record]:
        """Everything noted so far."""
        return self.records


class Journal:
    """The looks of this run, and of one that was killed before it. Use it as a context; on the way
    out everything is in the ledger.

    ``resumed`` are the records that a killed run had left, ``records`` the ledger as it was when
    the journal was last folded into it. With ``create`` there is a ledger afterwards even if
    nothing was seen.
    """

    def __init__(self, ledger: Path, create: bool = False) -> None:
        self._ledger, self._create = ledger, create
        self.path = ledger.with_name(f".{ledger.name}.journal")
        self.resumed: dict[str, Record] = {}
        self.records: dict[str, Record] = {}

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = atomic.appending(self.path)
        try:
            self._begin()
        except BaseException:
            self._stream.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.fold()
        self.path.unlink()
        self._stream.close()

    def note(self, one: Record) -> None:
        """Write down what was just seen; not what the ledger could not hold, such as an address
        that is none.
        """
        written = line(one).encode()
        with contextlib.suppress(BrokenLine):
            parse(written)
            self._stream.write(written + b"\n")
            self._stream.flush()

    def fold(self) -> dict[str, Record]:
        """Put what the journal holds into the ledger, empty the journal, and return the ledger.
        Raises LedgerUnavailable.

        Killed at any moment it can simply be done again: merging twice is merging once.
        """
        known, findings = load(self._ledger)
        if why := illegible(self._ledger, findings):
            raise LedgerUnavailable(why)
        looks = self._looks()
        ledger = merged([known, looks])
        if looks or findings or (self._create and not self._ledger.exists()):
            save(self._ledger, ledger)
        self._stream.truncate(0)
        self.records = ledger
        return ledger

    def _begin(self) -> None:
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LedgerUnavailable(
                f"another run writes to `{self._ledger}`; wait for it, or give another --ledger"
            ) from None
        if not self.path.exists():
            raise LedgerUnavailable(
                f"another run has just written to `{self._ledger}`; start again"
            )
        self.resumed = self._looks()
        self.fold()

    def _looks(self) -> dict[str, Record]:
        """What the journal holds; a last line that was cut off is left out."""
        return read(self.path.name, self.path.read_bytes())[0]
