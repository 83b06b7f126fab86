"""What is wrong with a link, as findings at the places that name it."""

from collections.abc import Iterable, Mapping, Sequence

from kb.findings import Finding
from kb.ledger.faults import FAULTS
from kb.ledger.look import Look
from kb.ledger.record import Record
from kb.links.document import document, is_paper
from kb.links.link_texts import two_texts
from kb.links.wanted import FindPlace
from kb.lists.mention import MalformedAddress, Mention

FAIL, STRICT = ("gone", "wrong"), ("gone", "wrong", "blocked", "unsure", "moved")
_NAMES = {
    "gone": "link-gone",
    "wrong": "wrong-target",
    "blocked": "link-blocked",
    "unsure": "link-unsure",
    "moved": "link-moved",
}


def findings(
    known: Record,
    titles: Sequence[str],
    places: Iterable[FindPlace],
    counting: Sequence[str] = FAIL,
) -> list[Finding]:
    """A finding for each of ``counting`` that is wrong with the link, at each of ``places``, which
    are only asked for when there is one.
    """
    wrong = [trouble for trouble in troubles(known, titles) if trouble in counting]
    return [
        FAULTS[_NAMES[trouble]].at(*place(), *_words(trouble, known, titles))
        for trouble in wrong
        for place in places
    ]


def in_lists(lists: Mapping[str, Sequence[Mention | MalformedAddress]]) -> list[Finding]:
    """What is wrong in ``lists``, by the name of their file, that needs no network to be seen."""
    malformed = [
        FAULTS["malformed-address"].at(name, (one.line, one.column), one.message, one.hint)
        for name, found in lists.items()
        for one in found
        if isinstance(one, MalformedAddress)
    ]
    titled: dict[str, dict[str, tuple[str, Mention]]] = {}
    for name, found in lists.items():
        for one in found:
            if isinstance(one, Mention) and one.title:
                titled.setdefault(document(one.url), {}).setdefault(one.title, (name, one))
    return malformed + [
        finding
        for by_title in titled.values()
        if len(by_title) > 1
        for finding in _two_titles(by_title)
    ]


def _two_titles(by_title: Mapping[str, tuple[str, Mention]]) -> list[Finding]:
    of_paper = any(is_paper(one.url) for _, one in by_title.values())
    if (two := two_texts(list(by_title), of_paper)) is None:
        return []
    (path, first), (later_path, later) = by_title[two[0]], by_title[two[1]]
    return [
        FAULTS["two-titles"].at(
            later_path,
            (later.line, later.column),
            f"`{later.url}` is given as `{later.title}` here, and as `{first.title}` at "
            f"{path}:{first.line}",
            "give each title its own address",
        )
    ]


def troubles(known: Record, titles: Sequence[str]) -> list[str]:
    """What is wrong with a link of the catalogue: any of gone, wrong, blocked, unsure, moved.

    A link that was alive once is gone when the ledger says so; one that never was, when its newest
    look says so.
    """
    found = ["wrong"] if known.wrong(titles) else []
    if known.state == "gone" or (
        known.good is None and known.last is not None and known.last.verdict == "gone"
    ):
        return ["gone", *found]
    return [known.state, *found] if known.state in ("blocked", "unsure", "moved") else found


def _words(trouble: str, known: Record, titles: Sequence[str]) -> tuple[str, str]:
    look = (
        known.wrong(titles)
        if trouble == "wrong"
        else known.good
        if trouble == "moved"
        else known.last
    )
    said: Mapping[str, tuple[str, str]] = {
        "gone": (
            f"`{known.url}` is gone{_since(known)}: {_reason(look)}",
            _copy(known) or "give its new address or another source; `--archive` looks for a copy",
        ),
        "wrong": (
            (
                f"`{known.url}` has the title `{look and look.title}`, expected "
                f"`{look and look.expected}`"
            ),
            "correct the address, or the title",
        ),
        "blocked": (
            f"`{known.url}` blocks automated access: {_reason(look)}",
            _copy(known) or "look at it yourself; give a copy that everybody can read",
        ),
        "unsure": (
            f"`{known.url}` gave no clear answer: {_reason(look)}",
            "nothing to do yet; the next run looks again",
        ),
        "moved": (
            f"`{known.url}` has moved for good",
            f"now: {look.address}" if look and look.address else "write its new address",
        ),
    }
    return said[trouble]


def _since(known: Record) -> str:
    return f" since {known.since}" if known.state == "gone" else ""


def _reason(look: Look | None) -> str:
    return look.reason if look else "never seen"


def _copy(known: Record) -> str:
    return f"a copy of {known.copy.day}: {known.copy.url}" if known.copy else ""
