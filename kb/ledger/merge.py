"""Merging: what two people, shards or runs have seen, as one.

Commutative, associative, idempotent: the order never matters.
"""

import datetime
from collections.abc import Iterable, Mapping

from kb.ledger.look import ArchivedCopy, Look
from kb.ledger.record import Record, record, remembered

Ledger = Mapping[str, Record]


def after(
    before: Record | None, look: Look, day: datetime.date, expected: str | None = None
) -> Record:
    """The record of the look's address after ``look`` on ``day``; ``expected`` is the entry's title
    where the page's is another.
    """
    new = record(look.url, [remembered(look, day, expected)])
    return merge(before, new) if before else new


def with_copy(before: Record | None, url: str, copy: ArchivedCopy) -> Record:
    """The record of ``url`` when an archived copy is known."""
    new = record(url, (), (), copy)
    return merge(before, new) if before else new


def merge(one: Record, other: Record) -> Record:
    """One record of what two records of the same address remember.

    Raises ValueError if the addresses differ.
    """
    if one.url != other.url:
        raise ValueError(f"records of two addresses: {one.url} and {other.url}")
    return record(
        one.url,
        (*one.looks, *other.looks),
        (*one.firsts, *other.firsts),
        _newer(one.copy, other.copy),
    )


def merged(ledgers: Iterable[Ledger]) -> dict[str, Record]:
    """One ledger of all, sorted by address."""
    found: dict[str, Record] = {}
    for ledger in ledgers:
        for url, new in ledger.items():
            found[url] = merge(found[url], new) if url in found else new
    return dict(sorted(found.items()))


def _newer(one: ArchivedCopy | None, other: ArchivedCopy | None) -> ArchivedCopy | None:
    return max(
        (copy for copy in (one, other) if copy), key=lambda copy: (copy.day, copy.url), default=None
    )
