"""Files of records: YAML, JSON, JSON lines, CSL-JSON, BibTeX; each record by itself."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kb.addresses import unsafe
from kb.importers import bibtex, csl
from kb.importers.csl import is_mapping
from kb.importers.recognize import ARXIV
from kb.importers.record import AuthorName, NoRecord, WorkRecord, best_page, text, year
from kb.source.reader import Document, read

_LISTS = ("records", "papers", "items", "references")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def records(name: str, content: str) -> list[WorkRecord | NoRecord]:
    """The records in the file ``name``, and in the place of one that cannot be read, why not.

    Raises NoRecord if the file as a whole cannot be read.
    """
    if name.endswith((".bib", ".bibtex")):
        return bibtex.records(content)
    if name.endswith(".jsonl"):
        items = [
            one for line in content.splitlines() if line.strip() for one in _items(_json(line))
        ]
    else:
        whole = _yaml(content) if name.endswith((".yaml", ".yml")) else _json(content)
        items = list(_items(whole))
    if not items:
        raise NoRecord("no record")
    return list(map(_each, items))


def _each(item: object) -> WorkRecord | NoRecord:
    if not is_mapping(item):
        return NoRecord(f"something that is not a record: `{str(item)[:60]}`")
    try:
        return record(item)
    except NoRecord as error:
        return error


def record(item: Mapping[str, object]) -> WorkRecord:
    """The record that ``item`` is: in CSL-JSON, or with the field names of an entry."""
    is_csl = "container-title" in item or "issued" in item or isinstance(item.get("author"), list)
    found = csl.record(item) if is_csl else _own(item)
    where = item.get("source")
    if not is_mapping(where):
        return found
    url, copy = (text(where.get(key), 2000, tex=False) for key in ("url", "read"))
    if any(one and unsafe(one) for one in (url, copy)):
        raise NoRecord(f"an address that is none, in the source of `{found.title}`")
    return replace(
        found, url=url or found.url, read=copy, seen=_day(where.get("seen")), confirmed=True
    )


def _own(item: Mapping[str, object]) -> WorkRecord:
    said = {key: text(value) for key, value in item.items() if isinstance(value, str | int)}

    def first(*keys: str) -> str:
        return next((said[key] for key in keys if said.get(key)), "")

    addresses = ("url", "openreview", "openreview_url", "venue_url", "pdf_url")
    urls = [text(item.get(key), 2000, tex=False) for key in addresses]
    arxiv, doi = ARXIV.search(first("arxiv", "arxiv_id", "eprint")), _DOI.search(first("doi"))
    arxiv = arxiv or next((ARXIV.search(url) for url in urls if "arxiv.org" in url), None)
    names = list(_names(item.get("authors") or item.get("author")))
    venue = item.get("venue")
    inner = {k: text(v) for k, v in venue.items()} if is_mapping(venue) else {}
    called = inner.get("id") or first("venue_name", "venue", "booktitle", "journal")
    preprint = called.lower() in ("arxiv", "corr") or (not called and bool(arxiv))
    return WorkRecord(
        url=best_page(urls, doi[0] if doi else "", arxiv[1] if arxiv else ""),
        title=first("title"),
        authors=tuple(name for name in names if name),
        complete=None not in names,
        year=year(item.get("year")),
        venue="" if preprint else called,
        volume=inner.get("volume") or first("volume"),
        number=inner.get("number") or first("number"),
        pages=re.sub(r"\s*[-–—]+\s*", "-", inner.get("pages") or first("pages")),
        arxiv=arxiv[1] if arxiv else "",
        doi=doi[0] if doi and not doi[0].lower().startswith("10.48550/") else "",
        code=_address(item.get("code") or item.get("code_url")),
        form=first("form") if first("form") in ("research", "survey", "thesis", "report") else "",
        abstract=text(item.get("abstract"), 4000),
        preprint=preprint,
    )


def _names(value: object) -> Iterator[AuthorName | None]:
    """The authors: a list of names, or one text that joins them; None where there are others."""
    if isinstance(value, str):
        value = _between(value)
    for one in value if isinstance(value, list | tuple) else ():
        if isinstance(one, str) and one.strip().lower().rstrip(".") in ("others", "et al"):
            yield None
        elif isinstance(one, str) and ("," in one or one.startswith("{")):
            yield bibtex.name(one.strip())
        elif found := csl.name(one):
            yield found


def _between(authors: str) -> list[str]:
    """The names that one text joins by `and`, by semicolons or by commas."""
    joint = r"\s*;\s*" if ";" in authors else r",?\s+and\s+"
    return [name for part in re.split(joint, authors) for name in _listed(part)]


def _listed(part: str) -> list[str]:
    """The names between commas, if each is a whole one; a family name before a comma is none."""
    names = [name.strip() for name in part.split(",")]
    whole = all(re.fullmatch(r"[^\W\d_a-z]\S*(\s+\S+)+", name) for name in names)
    return names if whole else [part]


def _address(value: object) -> str:
    url = text(value, 2000, tex=False)
    return url if url and not unsafe(url) else ""


def _day(value: object) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(text(value))
    except ValueError:
        return None


def _json(content: str) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoRecord(f"no JSON: {str(error)[:100]}") from None


def _yaml(content: str) -> object:
    """YAML of the strict dialect; a list at the top stands under a key of its own."""
    listed = re.match(r"(?:\s*(?:#[^\n]*)?\n)*- ", content)
    whole = f"records:\n{content}" if listed else content
    found = read("", whole.encode())
    if isinstance(found, Document):
        return found.data
    fault = found[0]
    line = fault.line - (1 if listed else 0)
    raise NoRecord(f"not YAML, line {line}: {fault.message}")


def _items(found: object) -> Iterator[object]:
    """The records in what a file holds: a list, a list under a key, a mapping of them, or one."""
    if not is_mapping(found):
        yield from found if isinstance(found, list | tuple) else ()
        return
    listed = next((one for key in _LISTS if isinstance(one := found.get(key), list | tuple)), None)
    if listed is not None:
        yield from listed
    elif is_mapping(found.get("message")):
        yield found["message"]
    elif found and all(map(is_mapping, found.values())):
        yield from found.values()
    else:
        yield found
