"""What of the catalogue a work may be already: by id, address, title, author and year. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.addresses import normal
from kb.bibliography import printed as printed_author
from kb.catalog import Catalog, Entry
from kb.importers.record import AuthorName
from kb.importers.same import ALIKE, SURELY, folded, likeness, surname
from kb.kinds import printed
from kb.schema import Paper
from kb.walk import addresses

MAYBE = ALIKE


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry that may be the same, and why; ``sure`` if there is no doubt."""

    entry: Entry
    why: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of a work before it is an entry."""

    title: str = ""
    authors: Sequence[AuthorName] = ()
    year: int | None = None
    arxiv: str = ""
    doi: str = ""
    addresses: Sequence[str] = ()


def known(catalog: Catalog, kind: str, work: Work) -> KnownEntry | None:
    """The entry of ``kind`` that is, or looks like, the same work; the surest first."""
    found = list(_alike(catalog, kind, work))
    return next((one for one in found if one.sure), found[0] if found else None)


def _alike(catalog: Catalog, kind: str, work: Work) -> Iterator[KnownEntry]:
    mine = {normal(url): url for url in work.addresses if url}
    for entry in (*catalog.entries.values(), *catalog.broken.values()):
        if entry.kind != kind:
            continue
        if isinstance(entry.model, Paper):
            yield from _same_ids(entry, entry.model, work)
        for url in _own(entry):
            if (at := normal(url)) in mine:
                yield KnownEntry(entry, f"it has the address `{mine[at]}`", True)
        yield from _same_title(entry, work)


def _own(entry: Entry) -> Iterator[str]:
    """The addresses of the entry itself: of a paper, the pages that show its title."""
    if isinstance(entry.model, Paper):
        sources = (entry.model.sources or {}).values()
        yield from (one.url for one in sources if one and one.url and "title" in one.supports)
    yield from (target.url for target in addresses(entry) if target.own)


def _same_ids(entry: Entry, paper: Paper, work: Work) -> Iterator[KnownEntry]:
    if work.arxiv and paper.arxiv == work.arxiv:
        yield KnownEntry(entry, f"it has the arXiv id `{work.arxiv}`", True)
    if work.doi and (paper.doi or "").lower() == work.doi.lower():
        yield KnownEntry(entry, f"it has the DOI `{work.doi}`", True)


def _same_title(entry: Entry, work: Work) -> Iterator[KnownEntry]:
    title = printed(entry.model)
    if not title or not work.title:
        return
    alike = likeness(title, work.title)
    if folded(title) == folded(work.title) or alike >= SURELY:
        yield KnownEntry(entry, f"its title is `{title}`", folded(title) == folded(work.title))
    elif alike >= MAYBE and isinstance(entry.model, Paper) and _same_start(entry.model, work):
        yield KnownEntry(
            entry, f"it has the same first author and year, and the title `{title}`", False
        )


def _same_start(paper: Paper, work: Work) -> bool:
    """Whether the first author is the same, and the year within one."""
    if not paper.authors or not work.authors or not paper.year or not work.year:
        return False
    first = surname(AuthorName(plain=printed_author(paper.authors[0])))
    return first == surname(work.authors[0]) and abs(paper.year - work.year) <= 1
