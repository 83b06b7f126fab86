"""RIS of papers, the format of EndNote, RefWorks and most libraries."""

import re
from collections.abc import Iterator

from kb.bibliography import Reference, reference
from kb.catalog import Catalog, Entry
from kb.export.characters import on_one_line
from kb.names import Organization, Person
from kb.schema import Paper

_TYPES = {
    "conference": "CONF",
    "journal": "JOUR",
    "thesis": "THES",
    "report": "RPRT",
    "preprint": "UNPB",
}


def ris(catalog: Catalog) -> str:
    """All papers, sorted by id."""
    return "\n".join(one(catalog, entry) for entry in catalog.of(Paper))


def one(catalog: Catalog, entry: Entry[Paper]) -> str:
    """The RIS record of one paper."""
    cited = reference(catalog, entry.model)
    tags = [
        ("TY", _TYPES[cited.sort]),
        ("ID", entry.id),
        ("TI", cited.title),
        *(("AU", _name(author)) for author in cited.authors),
        ("PY", str(cited.year)),
        *_place(cited),
        ("DO", cited.doi),
        ("UR", cited.url),
    ]
    said = [f"{tag}  - {on_one_line(value)}\n" for tag, value in tags if value]
    return "".join((*said, "ER  - \n"))


def _place(cited: Reference) -> Iterator[tuple[str, str]]:
    """The tags that say where the paper appeared."""
    first, _, last = re.sub(r"\s*[-–—]+\s*", "-", cited.pages).partition("-")
    yield "T2", cited.container
    yield "T3", cited.series
    yield "VL", cited.volume
    yield ("M1" if cited.sort == "preprint" else "IS"), cited.number
    yield "SP", first
    yield "EP", last
    yield "PB", cited.publisher
    yield "CY", cited.place
    yield "M3", cited.genre


def _name(author: Person | Organization) -> str:
    """`Family, Given, Suffix`; an organization without commas, which would take it apart."""
    match author:
        case Organization(name):
            return " ".join(name.replace(",", " ").split())
        case Person(given, family, suffix):
            return ", ".join(part for part in (family, given, suffix) if part)
