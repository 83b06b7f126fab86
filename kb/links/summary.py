"""What a session found, in words and as data. Pure."""

from collections.abc import Iterable

from kb.ledger.look import VERDICTS, Look
from kb.ledger.merge import Ledger
from kb.ledger.record import LONGEST, clean
from kb.links.wanted import Wanted


def line(look: Look) -> str:
    """One line on a look."""
    return f"{look.verdict:8} {look.url}  {clean(look.reason, LONGEST['reason'])}\n"


def summary(wanted: Wanted, looks: Iterable[Look], ledger: Ledger) -> str:
    """How many links were looked at, with which verdicts, and what is not proven yet."""
    verdicts = [look.verdict for look in looks]
    known = [(ledger[url], named.titles) for url, named in wanted.items() if url in ledger]
    failing = sum(bool(one.good and one.failing and one.state != "gone") for one, _ in known)
    renamed = sum(
        not one.wrong(titles) and any(look.expected in titles for look in one.misnamed)
        for one, titles in known
    )
    return (
        f"looked at {len(verdicts):,} of {len(wanted):,} links: {counted(verdicts)}"
        + (f"; {failing:,} fail and are not given up yet" if failing else "")
        + (f"; {renamed:,} had another title once, which proves nothing yet" if renamed else "")
    )


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
