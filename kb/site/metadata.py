"""What machines read in the head of a page: reference managers, search engines. Pure.

The names of `citation_*` are those of Google Scholar's guidelines, which reference managers read,
too; JSON-LD follows schema.org.
"""

import json
import re

from kb.bibliography import parts, printed, published, publisher
from kb.catalog import Catalog, Entry
from kb.names import Organization, Person
from kb.schema import Author, Paper

Meta = tuple[tuple[str, str], ...]

_TITLES = {
    "conference": "citation_conference_title",
    "workshop": "citation_conference_title",
    "journal": "citation_journal_title",
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}


def citation(catalog: Catalog, entry: Entry) -> Meta:
    """The `citation_*` of a paper, as (name, content); nothing for other kinds."""
    if not isinstance(paper := entry.model, Paper):
        return ()
    found = (
        ("citation_title", paper.title),
        *(("citation_author", _inverted(author)) for author in paper.authors),
        ("citation_publication_date", str(paper.venue.year if paper.venue else paper.year)),
        *_venue(catalog, paper),
        ("citation_doi", paper.doi or ""),
        ("citation_arxiv_id", paper.arxiv or ""),
    )
    return tuple((name, content) for name, content in found if content)


def json_ld(catalog: Catalog, entry: Entry) -> str:
    """A paper as a ScholarlyArticle of schema.org, safe inside `<script>`; else nothing."""
    if not isinstance(paper := entry.model, Paper):
        return ""
    where = published(catalog, paper)
    said = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": paper.title,
        "author": [_author(author) for author in paper.authors],
        "datePublished": str(paper.venue.year if paper.venue else paper.year),
        "isPartOf": {"@type": "PublicationVolume", "name": where.name} if where else None,
        "sameAs": _addresses(paper),
    }
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _venue(catalog: Catalog, paper: Paper) -> Meta:
    found = published(catalog, paper)
    if found is None or paper.venue is None:
        return ()
    first, _, last = re.sub(r"[-–—]+", "-", paper.venue.pages or "").partition("-")
    return (
        (_TITLES.get(found.venue.type, ""), found.name if found.venue.type in _TITLES else ""),
        ("citation_volume", paper.venue.volume or ""),
        ("citation_issue", paper.venue.number or ""),
        ("citation_firstpage", first.strip()),
        ("citation_lastpage", last.strip()),
        ("citation_publisher", publisher(found.venue, paper.venue.year)),
    )


def _inverted(author: Author) -> str:
    """`Family, Given`, which no reader has to guess apart; an organization as it is."""
    match parts(author):
        case Organization(name):
            return name
        case Person(given, family, suffix):
            return ", ".join(filter(None, (family, " ".join(filter(None, (given, suffix))))))


def _author(author: Author) -> dict[str, str]:
    kind = "Organization" if isinstance(parts(author), Organization) else "Person"
    return {"@type": kind, "name": printed(author)}


def _addresses(paper: Paper) -> list[str]:
    return [
        *([f"https://doi.org/{paper.doi}"] if paper.doi else []),
        *([f"https://arxiv.org/abs/{paper.arxiv}"] if paper.arxiv else []),
    ]
