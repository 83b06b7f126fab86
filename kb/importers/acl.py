"""What ACL Anthology says of a paper: its BibTeX."""

from dataclasses import replace

from kb.importers import bibtex
from kb.importers.record import NoRecord, WorkRecord


def addresses(id: str) -> tuple[str, ...]:
    """Where the BibTeX of the paper ``id`` is."""
    return (f"https://aclanthology.org/{id}.bib",)


def read(answer: str, id: str) -> WorkRecord:
    """The record of the paper ``id`` in ``answer``. Raises NoRecord."""
    if "@" not in answer or answer.lstrip().startswith("<"):
        raise NoRecord("something that is not BibTeX")
    found = bibtex.first(answer)
    if id.lower() not in found.url.lower() and id.lower() not in found.doi.lower():
        raise NoRecord(f"the record of `{found.url or found.title}`")
    return replace(found, url=f"https://aclanthology.org/{id}/")
