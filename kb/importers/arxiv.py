"""What arXiv's Atom feed says of a preprint."""

import re
from xml.etree import ElementTree

from kb.importers.recognize import ARXIV
from kb.importers.record import AuthorName, NoRecord, WorkRecord, text, year

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_SAYS_WHERE = re.compile(r"accept|appear|publish|present|proceedings", re.IGNORECASE)
_WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)


def addresses(id: str) -> tuple[str, ...]:
    """Where the record of the preprint ``id`` is."""
    return (f"https://export.arxiv.org/api/query?id_list={id}&max_results=1",)


def read(answer: str, id: str) -> WorkRecord:
    """The record of the preprint ``id`` in ``answer``. Raises NoRecord."""
    entry = _entry(answer, id)
    comment, journal = (
        text(entry.findtext(f"{_ARXIV}{tag}")) for tag in ("comment", "journal_ref")
    )
    names = (text(author.findtext(f"{_ATOM}name")) for author in entry.iter(f"{_ATOM}author"))
    abstract = " ".join((entry.findtext(f"{_ATOM}summary") or "").split())
    return WorkRecord(
        title=text(entry.findtext(f"{_ATOM}title")),
        authors=tuple(AuthorName(plain=name) for name in names if name),
        year=year(entry.findtext(f"{_ATOM}published")),
        arxiv=id,
        doi=_doi(text(entry.findtext(f"{_ARXIV}doi"))),
        abstract=abstract[:4000],
        preprint=True,
        appeared=_appeared(comment, journal),
        notes=_notes(comment, abstract),
    )


def _entry(answer: str, id: str) -> ElementTree.Element:
    """The entry of ``id``; definitions of entities are refused before anything expands them."""
    if "<!DOCTYPE" in answer or "<!ENTITY" in answer:
        raise NoRecord("a document with definitions, not a feed")
    try:
        entries = ElementTree.fromstring(answer).findall(f"{_ATOM}entry")
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise NoRecord("something that is not a feed") from None
    if not entries or "/api/errors" in (entries[0].findtext(f"{_ATOM}id") or ""):
        raise NoRecord(f"no preprint `{id}`")
    found = ARXIV.search(entries[0].findtext(f"{_ATOM}id") or "")
    if not found or found[1].lower() != id.lower():
        raise NoRecord(f"the record of `{found[1] if found else 'another work'}`")
    return entries[0]


def _doi(found: str) -> str:
    """The DOI of the published version; arXiv's own says nothing more than the id."""
    return "" if found.lower().startswith("10.48550/") or not found.startswith("10.") else found


def _appeared(comment: str, journal: str) -> tuple[str, ...]:
    """Where the work appeared, as its authors tell arXiv in their own words."""
    told = comment if _SAYS_WHERE.search(comment) else ""
    return tuple(filter(None, (journal, told)))


def _notes(comment: str, abstract: str) -> tuple[str, ...]:
    withdrawn = _WITHDRAWN.search(comment) or _WITHDRAWN.search(abstract[:200])
    return ("arXiv says that the preprint was withdrawn",) if withdrawn else ()
