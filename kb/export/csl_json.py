"""CSL-JSON of papers, the format of Zotero, Pandoc and citation processors."""

import json
from typing import Any

from kb.catalog import Catalog, Entry
from kb.export.characters import in_json
from kb.schema import Paper

_TYPES = {
    "conference": "paper-conference",
    "workshop": "paper-conference",
    "journal": "article-journal",
    "thesis": "thesis",
    "preprint": "article",
}


def csl_json(catalog: Catalog) -> str:
    """All papers as a JSON array, sorted by id."""
    items = [item(entry) for entry in catalog.of(Paper)]
    return in_json(json.dumps(items, ensure_ascii=False, indent=2)) + "\n"


def item(entry: Entry[Paper]) -> dict[str, Any]:
    """One paper as a CSL item."""
    paper = entry.model
    fields = {
        "id": entry.id,
        "type": _TYPES[paper.venue.type if paper.venue else "preprint"],
        "title": paper.title,
        "author": [_name(author) for author in paper.authors],
        "issued": {"date-parts": [[paper.year]]},
        "container-title": paper.venue.name if paper.venue else None,
        "volume": paper.venue.volume if paper.venue else None,
        "DOI": paper.doi,
        "number": f"arXiv:{paper.arxiv}" if paper.arxiv else None,
        "URL": f"https://arxiv.org/abs/{paper.arxiv}"
        if paper.arxiv
        else f"https://doi.org/{paper.doi}"
        if paper.doi
        else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _name(author: str) -> dict[str, str]:
    given, _, family = author.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": author}
