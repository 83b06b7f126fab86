"""Records in CSL-JSON, and in Crossref's answers, which are nearly that."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeGuard

from kb import names
from kb.addresses import unsafe
from kb.importers.record import AuthorName, NoRecord, WorkRecord, text, year

_FORMS = {"thesis": "thesis", "dissertation": "thesis", "report": "report"}
_PREPRINTS = frozenset(("posted-content", "preprint"))


def addresses(doi: str) -> tuple[str, ...]:
    """Where Crossref keeps the record of ``doi``."""
    return (f"https://api.crossref.org/works/{doi}",)


def read(answer: str, doi: str) -> WorkRecord:
    """The record of ``doi`` in Crossref's ``answer``. Raises NoRecord."""
    message = parsed(answer).get("message")
    if not is_mapping(message):
        raise NoRecord("something that is not a record")
    found = record(message)
    if found.doi.lower() != doi.lower():
        raise NoRecord(f"the record of `{found.doi or 'another work'}`")
    return replace(found, doi=doi, url=f"https://doi.org/{doi}")


def parsed(answer: str) -> Mapping[str, object]:
    """``answer`` as a JSON object. Raises NoRecord."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        raise NoRecord("something that is not a record") from None
    if not is_mapping(found):
        raise NoRecord("something that is not a record")
    return found


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether ``value`` is a JSON object."""
    return isinstance(value, dict)


def record(item: Mapping[str, object]) -> WorkRecord:
    """The record that ``item`` is."""
    doi = _doi(item)
    url = text(item.get("URL"), 2000)
    authors = item.get("author")
    kind = text(item.get("type"))
    preprint = kind in _PREPRINTS or text(item.get("subtype")) == "preprint"
    return WorkRecord(
        url=f"https://doi.org/{doi}" if doi else "" if not url or unsafe(url) else url,
        title=_title(item),
        authors=tuple(filter(None, map(name, authors))) if isinstance(authors, list) else (),
        year=_year(item),
        venue="" if preprint else first(item.get("container-title")),
        volume=text(item.get("volume")),
        number=text(item.get("issue")),
        pages=re.sub(r"\s*[-–—]+\s*", "-", text(item.get("page"))),
        doi=doi,
        form=_FORMS.get(kind, ""),
        abstract=text(item.get("abstract"), 4000),
        preprint=preprint,
    )


def first(value: object) -> str:
    """A text, or the first one of a list."""
    return text(value[0] if isinstance(value, list) and value else value)


def name(author: object) -> AuthorName | None:
    """An author: given and family name, or an organization."""
    if isinstance(author, str):
        return AuthorName(plain=text(author)) if text(author) else None
    if not is_mapping(author):
        return None
    particles = (author.get("dropping-particle"), author.get("non-dropping-particle"))
    family = " ".join(filter(None, (*map(text, particles), text(author.get("family")))))
    given = text(author.get("given"))
    whole = text(author.get("organization") or author.get("literal") or author.get("name"))
    if family and given:
        return AuthorName(given=given, family=family, suffix=text(author.get("suffix")))
    if family or given:
        return AuthorName(plain=family or given)
    if not whole:
        return None
    signs = author.get("organization") or (author.get("literal") and _is_body(whole))
    return AuthorName(organization=whole) if signs else AuthorName(plain=whole)


def _is_body(name: str) -> bool:
    """Whether ``name``, which is in one part, is of an organization; some records keep people so.

    One word is: people have two names, and those who do not are kept as a family name.
    """
    return " " not in name or isinstance(names.read(name), names.Organization)


def _title(item: Mapping[str, object]) -> str:
    """The title with its subtitle, which Crossref keeps apart."""
    title, subtitle = first(item.get("title")), first(item.get("subtitle"))
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title.rstrip(':')}: {subtitle}"


def _doi(item: Mapping[str, object]) -> str:
    found = re.search(r"10\.\d{4,9}/\S+", text(item.get("DOI")))
    return found[0] if found else ""


def _year(item: Mapping[str, object]) -> int | None:
    dates = (item.get(f) for f in ("published-print", "issued", "published", "published-online"))
    found = (_year_of(date) for date in dates if is_mapping(date))
    return next((one for one in found if one), None)


def _year_of(date: Mapping[str, object]) -> int | None:
    parts = date.get("date-parts")
    begin = parts[0] if isinstance(parts, list) and parts else None
    inside = year(begin[0]) if isinstance(begin, list) and begin else None
    return inside or year(date.get("literal") or date.get("raw"))
