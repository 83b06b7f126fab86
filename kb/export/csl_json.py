"""CSL-JSON of papers, the format of Zotero, Pandoc and citation processors."""

import json
from typing import Any

from kb.bibliography import reference
from kb.catalog import Catalog, Entry
from kb.export.characters import in_json
from kb.names import Organization, Person
from kb.schema import Paper

_TYPES = {
    "conference": "paper-conference",
    "journal": "article-journal",
    "thesis": "thesis",
    "report": "report",
    "preprint": "article",
}


def csl_json(catalog: Catalog) -> str:
    """All papers as a JSON array, sorted by id."""
    items = [item(catalog, entry) for entry in catalog.of(Paper)]
    return in_json(json.dumps(items, ensure_ascii=False, indent=2)) + "\n"


def item(catalog: Catalog, entry: Entry[Paper]) -> dict[str, Any]:
    """One paper as a CSL item."""
    cited = reference(catalog, entry.model)
    fields = {
        "id": entry.id,
        "type": _TYPES[cited.sort],
        "title": cited.title,
        "author": [_name(author) for author in cited.authors],
        "issued": {"date-parts": [[cited.year]]},
        "container-title": cited.container,
        "container-title-short": cited.short,
        "collection-title": cited.series,
        "volume": cited.volume,
        "number" if cited.sort in ("preprint", "report") else "issue": cited.number,
        "page": cited.pages,
        "genre": cited.genre,
        "publisher": cited.publisher,
        "publisher-place": cited.place,
        "DOI": cited.doi,
        "URL": cited.url,
    }
    return {name: value for name, value in fields.items() if value}


def _name(author: Person | Organization) -> dict[str, str]:
    """A name in its variables; the family name holds its particles, which no style drops."""
    match author:
        case Organization(name):
            return {"literal": name}
        case Person("", family, _):
            return {"literal": family}
        case Person(given, family, suffix):
            fields = {"family": family, "given": given, "suffix": suffix}
            return {name: value for name, value in fields.items() if value}
