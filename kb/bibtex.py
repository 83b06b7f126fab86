"""BibTeX of papers: for the page of each, and for all of them at once."""

from kb.catalog import Catalog, Entry
from kb.schema import Paper

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


def bibtex(catalog: Catalog) -> str:
    """All papers, sorted by key."""
    return "\n".join(one(entry) for entry in catalog.of(Paper))


def one(entry: Entry[Paper]) -> str:
    """The BibTeX record of one paper; its id is the key."""
    paper = entry.model
    kind = paper.venue.type if paper.venue else "preprint"
    fields = {
        "title": f"{{{_safe(paper.title)}}}",
        "author": " and ".join(_safe(author) for author in paper.authors),
        "year": str(paper.year),
        _PLACES.get(kind, "howpublished"): _safe(paper.venue.name)
        if paper.venue
        else "arXiv"
        if paper.arxiv
        else "",
        "series" if kind == "conference" else "volume": _safe(paper.venue.volume or "")
        if paper.venue
        else "",
        "doi": paper.doi or "",
        "eprint": paper.arxiv or "",
        "archiveprefix": "arXiv" if paper.arxiv else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_TYPES[kind]}{{{entry.id},", *lines, "}"]) + "\n"


def _safe(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)
