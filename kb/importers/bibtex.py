"""Records in BibTeX: the one place that knows pybtex."""

import re
from collections.abc import Iterator, Mapping

from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.utils import OrderedCaseInsensitiveDict

from kb import meant
from kb.importers.recognize import ARXIV
from kb.importers.record import AuthorName, NoRecord, WorkRecord, best_page, text, year

_START = re.compile(r"(?:^|(?<=[})]))[ \t]*(?=@\s*\w+\s*[{(])", re.MULTILINE)
_MACRO = re.compile(r"@\s*(string|preamble|comment)\b", re.IGNORECASE)
_FORMS = {"phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report"}
_PREPRINT = re.compile(r"\barxiv\b|\bcorr\b", re.IGNORECASE)
_ET_AL = re.compile(r",?\s+et\s+al\.?\s*$", re.IGNORECASE)
_HOMONYM = re.compile(r"\s+\d{4}$")
_MARKS = re.compile(r"[*†‡§¶]+")
_WHOLE = re.compile(r"[^\W\d_a-z]\S*(\s+\S+)+")
_MOST_NAMES = 5_000
_HAN = re.compile(r"[\u3400-\u9fff·]+")


def records(bibtex: str) -> list[WorkRecord | NoRecord]:
    """The records in ``bibtex``, and in the place of one that cannot be read, why not."""
    parts = _START.split(bibtex)
    macros = "\n".join(part for part in parts if re.match(r"@\s*string\b", part, re.IGNORECASE))
    own = [part for part in parts if part.startswith("@") and not _MACRO.match(part)]
    return [_read(macros, part) for part in own] or [NoRecord("no BibTeX record")]


def first(bibtex: str) -> WorkRecord:
    """The first record in ``bibtex``. Raises NoRecord."""
    found = records(bibtex)[0]
    if isinstance(found, NoRecord):
        raise found
    return found


def _read(macros: str, part: str) -> WorkRecord | NoRecord:
    try:
        return _record(_entry(f"{macros}\n{part}", part))
    except NoRecord as error:
        return error


def _entry(whole: str, part: str) -> Entry:
    try:
        reader = Parser(person_fields=())
        reader.macros = _Macros({month: month for month in _MONTHS})
        parsed = reader.parse_string(whole)
        (entry,) = parsed.entries.values()
    except (PybtexError, ValueError, RecursionError) as error:
        begin = " ".join(part.split())[:60]
        raise NoRecord(
            f"BibTeX that cannot be read, at `{begin}…`: {_in_words(str(error))}"
        ) from None
    return entry


def _in_words(error: str) -> str:
    """What keeps a record from being read, for who wrote it."""
    if "expected" in error or "syntax error" in error:
        return "a comma between two fields is missing, or a brace or quotation mark is not closed"
    return " ".join(error.split())[:120]


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class _Macros(dict[str, str]):
    """Abbreviations; one that nobody explains, such as `booktitle = nips`, is its own name."""

    def __getitem__(self, name: str) -> str:
        return self.get(name.lower(), name)

    def __setitem__(self, name: str, value: str) -> None:
        super().__setitem__(name.lower(), value)


def _record(entry: Entry) -> WorkRecord:
    fields: Mapping[str, str] = OrderedCaseInsensitiveDict(entry.fields)
    said = {name.lower(): text(value) for name, value in fields.items()}
    names = list(_names(fields.get("author", "")))
    arxiv, doi = _arxiv(said), _doi(said)
    venue = said.get("booktitle") or said.get("journal") or said.get("school") or ""
    preprint = bool(_PREPRINT.search(venue)) or (not venue and bool(arxiv))
    return WorkRecord(
        url=_address(fields.get("url", ""), doi, arxiv),
        title=said.get("title", ""),
        authors=tuple(name for name in names if name),
        complete=None not in names,
        year=year(said.get("year") or said.get("date")),
        venue="" if preprint else venue,
        volume="" if preprint else said.get("volume", ""),
        number="" if preprint else said.get("number", ""),
        pages=re.sub(r"\s*[-–—]+\s*", "-", said.get("pages", "")),
        arxiv=arxiv,
        doi=doi,
        form=_FORMS.get(entry.type.lower(), ""),
        abstract=" ".join(fields.get("abstract", "").split())[:4000],
        preprint=preprint,
        notes=_torn(arxiv, said.get("url", "")),
    )


def _torn(arxiv: str, url: str) -> tuple[str, ...]:
    """A note if the address of a record is that of another preprint than its identifier."""
    there = meant.arxiv(url)
    if not arxiv or not there or there == arxiv:
        return ()
    told = (
        f"the record gives arXiv `{arxiv}` and the address of `{there}`: "
        "one of them is another paper; look at both before you go on"
    )
    return (told,)


def _names(authors: str) -> Iterator[AuthorName | None]:
    """The names in an author field; None where it says that there are others."""
    parts = _split(authors[: 100 * _MOST_NAMES])
    for raw in [one for part in parts for one in _listed(part)][:_MOST_NAMES]:
        if raw.strip().lower() == "others":
            yield None
        elif alone := _ET_AL.sub("", raw).strip():
            yield name(alone)
            if alone != raw.strip():
                yield None


def _split(authors: str) -> list[str]:
    """The names between `and`s that stand outside of braces."""
    parts, depth, begin = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", authors, re.IGNORECASE):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth <= 0:
            parts.append(authors[begin : found.start()])
            begin = found.end()
    return [*parts, authors[begin:]]


def _listed(part: str) -> list[str]:
    """The names in ``part``: one, unless commas join several whole ones where `and` belongs."""
    names = [name.strip() for name in part.split(",") if name.strip()]
    whole = len(names) > 2 and all(_WHOLE.fullmatch(name) for name in names)
    return names if whole else [part.strip().rstrip(",")]


def name(raw: str) -> AuthorName:
    """An author as BibTeX writes one: braces keep an organization in one piece.

    DBLP tells people of one name apart by four digits, and papers mark those who contributed
    equally; neither is part of a name.
    """
    raw = _MARKS.sub("", _HOMONYM.sub("", raw))
    if re.fullmatch(r"\{[^{}]*\}|\{\{.*\}\}", raw):
        return AuthorName(organization=text(raw))
    try:
        person = Person(raw)
    except (PybtexError, ValueError, RecursionError):
        return AuthorName(plain=text(raw))
    if _HAN.fullmatch("".join(re.split(r"[\s,，]+", raw))):
        return AuthorName(
            plain=re.sub(r"[\s,，]+", "", raw)
        )  # the family name stands first either way
    given = text(" ".join((*person.first_names, *person.middle_names)))
    family = text(" ".join((*person.prelast_names, *person.last_names)))
    if not given:
        return AuthorName(plain=family)
    return AuthorName(given=given, family=family, suffix=text(" ".join(person.lineage_names)))


def _arxiv(said: Mapping[str, str]) -> str:
    prefix = (said.get("archiveprefix") or said.get("eprinttype") or "arxiv").lower()
    places = ("eprint", "journal", "volume", "howpublished", "note", "url", "doi")
    for place in places if prefix == "arxiv" else places[1:]:
        value = said.get(place, "")
        alone = place == "eprint" or "arxiv" in value.lower() or value.startswith("abs/")
        if alone and (found := ARXIV.search(value)):
            return found[1]
    return ""


def _doi(said: Mapping[str, str]) -> str:
    found = re.search(r"10\.\d{4,9}/\S+", said.get("doi") or said.get("url", ""))
    doi = found[0].rstrip(".,;") if found else ""
    return "" if doi.lower().startswith("10.48550/") else doi


def _address(typed: str, doi: str, arxiv: str) -> str:
    url = typed.replace("\\_", "_").replace("\\&", "&").replace("\\%", "%").strip("{} ")
    return best_page([url], doi, arxiv)
