"""CSL-JSON of papers, the format of Zotero, Pandoc and citation processors."""

import json
from itertools import takewhile
from typing import Any

from kb.bibliography import Published, parts, published
from kb.catalog import Catalog, Entry
from kb.export.characters import in_json
from kb.names import Organization, Person
from kb.schema import Author, Paper

_TYPES = {
    "conference": "paper-conference",
    "workshop": "paper-conference",
    "journal": "article-journal",
    "thesis": "thesis",
    "preprint": "article",
}


def csl_json(catalog: Catalog) -> str:
    """All papers as a JSON array, sorted by id."""
    items = [item(catalog, entry) for entry in catalog.of(Paper)]
    return in_json(json.dumps(items, ensure_ascii=False, indent=2)) + "\n"


def item(catalog: Catalog, entry: Entry[Paper]) -> dict[str, Any]:
    """One paper as a CSL item."""
    paper, found = entry.model, published(catalog, entry.model)
    fields = {
        "id": entry.id,
        "type": _TYPES[found.venue.type if found else "preprint"],
        "title": paper.title,
        "author": [_name(author) for author in paper.authors],
        "issued": {"date-parts": [[paper.year]]},
        **_place(paper, found),
        "DOI": paper.doi,
        "number": f"arXiv:{paper.arxiv}" if paper.arxiv else None,
        "URL": _address(paper),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _place(paper: Paper, found: Published | None) -> dict[str, str | None]:
    """The variables that say where the paper appeared."""
    if found is None or paper.venue is None:
        return {}
    return {
        "container-title": found.name,
        "container-title-short": found.venue.short,
        "collection-title": found.venue.series,
        "volume": paper.venue.volume,
        "issue": paper.venue.number,
        "page": paper.venue.pages,
        "publisher": found.venue.publisher,
        "publisher-place": found.venue.place,
    }


def _address(paper: Paper) -> str | None:
    if paper.arxiv:
        return f"https://arxiv.org/abs/{paper.arxiv}"
    return f"https://doi.org/{paper.doi}" if paper.doi else None


def _name(author: Author) -> dict[str, str]:
    match parts(author):
        case Organization(name):
            return {"literal": name}
        case Person(given, family, suffix):
            particles = list(takewhile(str.islower, family.split()))
            fields = {
                "family": family
                if len(particles) == len(family.split())
                else " ".join(family.split()[len(particles) :]),
                "given": given,
                "suffix": suffix,
                "non-dropping-particle": " ".join(particles),
            }
            alone = {"literal": family} if not given else {}
            return alone or {name: value for name, value in fields.items() if value}
