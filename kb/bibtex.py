"""BibTeX of papers: for the page of each, and for all of them at once."""

import re

from kb.bibliography import MASTER, Reference, reference
from kb.capitals import kept
from kb.catalog import Catalog, Entry
from kb.names import Organization, Person
from kb.schema import Paper

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9:_.-]")

_TYPES = {
    "conference": "inproceedings",
    "journal": "article",
    "thesis": "phdthesis",
    "report": "techreport",
    "preprint": "misc",
}
_PUBLISHERS = {"thesis": "school", "report": "institution", "preprint": "howpublished"}
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
    cited = reference(catalog, entry.model)
    fields = {
        "title": _title(cited.title),
        "author": " and ".join(map(_name, cited.authors)),
        "year": str(cited.year),
        **_place(cited),
        "doi": _address(cited.doi),
        "url": _address(cited.url),
        "eprint": cited.arxiv,
        "archiveprefix": "arXiv" if cited.arxiv else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_type(cited)}{{{_NOT_IN_A_KEY.sub('_', entry.id)},", *lines, "}"]) + "\n"


def _type(cited: Reference) -> str:
    return "mastersthesis" if cited.genre == MASTER else _TYPES[cited.sort]


def _place(cited: Reference) -> dict[str, str]:
    """The fields that say where the paper appeared."""
    fields = {
        "journal" if cited.sort == "journal" else "booktitle": cited.container,
        "series": cited.series,
        "volume": cited.volume,
        "number": "" if cited.arxiv else cited.number,
        "pages": re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "--", cited.pages),
        _PUBLISHERS.get(cited.sort, "publisher"): cited.publisher,
        "address": cited.place,
    }
    return {name: _safe(value) for name, value in fields.items()}


def _title(title: str) -> str:
    """The title, with braces round what keeps its case: {B}ayesian, {ImageNet}."""
    said, at = [], 0
    safe = _special(title)
    for start, end in kept(title):
        said += [_escaped(title[at:start], safe), f"{{{_escaped(title[start:end], safe)}}}"]
        at = end
    return "".join((*said, _escaped(title[at:], safe)))


def _address(text: str) -> str:
    """A DOI or an address, whose braces nothing may count."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _name(author: Person | Organization) -> str:
    """A name for BibTeX: `Family, Suffix, Given`; braces keep an organization in one piece."""
    match author:
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
    return _escaped(text, _special(text))


def _special(text: str) -> dict[str, str]:
    return _SPECIAL if _balanced(text) else _SPECIAL | _LONE_BRACES


def _escaped(text: str, special: dict[str, str]) -> str:
    text = _NOT_TEXT.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return "".join(special.get(character, character) for character in text)


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
