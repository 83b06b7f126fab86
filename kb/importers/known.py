"""What of the catalogue a work may be already: by id, address, title, author and year. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.addresses import normal
from kb.bibliography import printed as printed_author
from kb.catalog import Catalog, Entry
from kb.importers.recognize import Unrecognized, recognize
from kb.importers.record import AuthorName
from kb.importers.same import ALIKE, SURELY, folded, likeness, surname
from kb.kinds import printed
from kb.schema import Paper
from kb.walk import addresses

MAYBE = ALIKE
_PAPERS = frozenset({"arxiv", "doi", "openreview", "acl"})
_ACL_DOI = re.compile(r"10\.(?:18653/v1|3115/v1)/([a-z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9_.-]+\.\d+)")
"""The DOIs that the ACL gives hold the id in its anthology."""


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
    mine = {document(url): url for url in work.addresses if url}
    mine |= {document(id): id for id in (work.doi, work.arxiv) if id}
    for entry in (*catalog.entries.values(), *catalog.broken.values()):
        if entry.kind != kind:
            continue
        if isinstance(entry.model, Paper):
            yield from _same_ids(entry, entry.model, work)
        for url in _own(entry):
            if document(url) in mine:
                yield KnownEntry(entry, f"it has the address `{url}`", True)
        yield from _same_title(entry, work)


@lru_cache(maxsize=1 << 16)
def document(reference: str) -> str:
    """One name for everything that leads to one paper, identifiers and addresses alike.

    Abstract, PDF and DOI of a preprint are one document, as are forum and PDF of a submission, and
    a page of the ACL Anthology and its DOI. Other pages go by their address.
    """
    try:
        found = recognize(reference)
    except Unrecognized:
        return normal(reference)
    if found.kind not in _PAPERS:
        return normal(reference)
    id = found.id if found.kind == "openreview" else found.id.lower()
    if found.kind == "doi" and (at_acl := _ACL_DOI.fullmatch(id)):
        return f"acl:{at_acl[1]}"
    return f"{found.kind}:{id}"


def _own(entry: Entry) -> Iterator[str]:
    """The addresses of the entry itself.

    Of a paper, its identifiers and the pages that show its title; of a draft, of which nobody has
    said yet what shows its title, those of which nothing at all is said.
    """
    if isinstance(entry.model, Paper):
        sources = [one for one in (entry.model.sources or {}).values() if one and one.url]
        titled = [one for one in sources if "title" in (one.supports or ())]
        yield from (one.url for one in titled or sources if titled or not one.supports)
    yield from (target.url for target in addresses(entry) if target.own or target.typed)


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
