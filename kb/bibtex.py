"""BibTeX of papers: for the page of each, and for all of them at once."""

import re

from kb.bibliography import Published, parts, published
from kb.catalog import Catalog, Entry
from kb.names import Organization, Person
from kb.schema import Author, Paper

_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9:_.-]")

_TYPES = {
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "journal": "article",
    "thesis": "phdthesis",
    "preprint": "misc",
}
_PLACES = {
    "conference": "booktitle",
    "workshop": "booktitle",
    "journal": "journal",
    "thesis": "school",
}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}


def bibtex(catalog: Catalog) -> str:
    """All papers, sorted by key."""
    return "\n".join(one(catalog, entry) for entry in catalog.of(Paper))


def one(catalog: Catalog, entry: Entry[Paper]) -> str:
    """The BibTeX record of one paper; its id is the key."""
    paper, found = entry.model, published(catalog, entry.model)
    kind = found.venue.type if found else "preprint"
    fields = {
        "title": f"{{{_safe(paper.title)}}}",
        "author": " and ".join(map(_name, paper.authors)),
        "year": str(paper.year),
        **_place(paper, found),
        "doi": (paper.doi or "").replace("{", "%7B").replace("}", "%7D"),
        "eprint": paper.arxiv or "",
        "archiveprefix": "arXiv" if paper.arxiv else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_TYPES[kind]}{{{_NOT_IN_A_KEY.sub('_', entry.id)},", *lines, "}"]) + "\n"


def _place(paper: Paper, found: Published | None) -> dict[str, str]:
    """The fields that say where the paper appeared."""
    if found is None or paper.venue is None:
        return {"howpublished": "arXiv" if paper.arxiv else ""}
    venue, numbers = found.venue, paper.venue
    pages = re.sub(r"(?<=\w)[-–—]+(?=\w)", "--", numbers.pages or "")
    fields = {
        _PLACES.get(venue.type, "howpublished"): found.name,
        "series": venue.series,
        "volume": numbers.volume,
        "number": numbers.number,
        "pages": pages,
        "publisher": venue.publisher,
        "address": venue.place,
    }
    return {name: _safe(value or "") for name, value in fields.items()}


def _name(author: Author) -> str:
    """A name for BibTeX: `Family, Suffix, Given`; braces keep an organization in one piece."""
    match parts(author):
        case Organization(name):
            return f"{{{_safe(name)}}}"
        case Person(given, family, suffix):
            return ", ".join(filter(None, map(_piece, (family, suffix, given))))


def _piece(text: str) -> str:
    """A part of a name; in braces if BibTeX would take it apart."""
    said = _safe(text)
    return f"{{{said}}}" if "," in said or re.search(r"\band\b", said) else said


def _safe(text: str) -> str:
    """``text`` without what LaTeX would act on; BibTeX counts braces, even escaped ones."""
    text = text.encode("utf-8", "backslashreplace").decode()
    special = _SPECIAL if _balanced(text) else _SPECIAL | _LONE_BRACES
    return "".join(special.get(character, character) for character in text)


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
