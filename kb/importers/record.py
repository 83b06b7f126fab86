"""A record of a work as one source gives it, its texts cleaned; the same shape for every source."""

import datetime
import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.addresses import unsafe
from kb.hosts import HostKind, place
from kb.importers.recognize import Unrecognized, recognize
from kb.importers.tex import plain

LONGEST = 400
_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>")
_BAD = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


@dataclass(frozen=True, slots=True)
class AuthorName:
    """An author: a ``plain`` name as printed, the parts of one, or an organization."""

    plain: str = ""
    given: str = ""
    family: str = ""
    suffix: str = ""
    organization: str = ""


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """What one source says of a work; what it does not say is empty.

    ``url`` is the page for readers, ``read`` where the record was read, if not there.
    ``confirmed``: the record was seen at one of the two, so it may support what it says; BibTeX
    that somebody typed was not. ``seen`` is the day, if that is not today. ``complete``:
    ``authors`` are all of them. ``venue`` is what the source calls it. A ``preprint`` says nothing
    of where and when the work was published, though it may say in words where it ``appeared``.
    """

    url: str = ""
    read: str = ""
    confirmed: bool = False
    title: str = ""
    authors: tuple[AuthorName, ...] = ()
    complete: bool = True
    year: int | None = None
    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    arxiv: str = ""
    doi: str = ""
    code: str = ""
    form: str = ""
    abstract: str = ""
    preprint: bool = False
    publisher: str = ""
    published: str = ""
    license: str = ""
    status: str = ""
    seen: datetime.date | None = None
    appeared: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class NoRecord(Exception):
    """The answer of a source holds no record of the work; the message says what it holds."""


class Withheld(NoRecord):
    """The source has a record and does not show it to programs."""


def text(value: object, limit: int = LONGEST, tex: bool = True) -> str:
    """``value`` as one line of printable text, without markup and TeX; empty if it is no text.

    What is longer than ``limit`` is no title and no name, and empty, too.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    said = value[: 20 * limit]
    for _ in range(2):
        said = _TAG.sub("", html.unescape(said))
    said = unicodedata.normalize("NFC", plain(said) if tex else said)
    kept = (" " if one.isspace() else one for one in said)
    line = " ".join("".join(one for one in kept if unicodedata.category(one) not in _BAD).split())
    return line if len(line) <= limit else ""


def year(value: object) -> int | None:
    """A year from a number or from a text that begins with one."""
    found = re.match(r"\s*(1[89]\d\d|2\d\d\d)(?!\d)", str(value)) if value is not None else None
    return int(found[1]) if found else None


def seen_at(copy: str, record: WorkRecord) -> WorkRecord:
    """``record`` as one that was read at the address ``copy``; as it is, without an address."""
    known = not copy or record.confirmed or not record.url
    return record if known else replace(record, read=copy, confirmed=True)


def best_page(urls: Sequence[str], doi: str, arxiv: str) -> str:
    """The page for readers among ``urls`` and those of the identifiers: a primary one, if any."""
    whole = [_usual(url) for url in urls if "//" in url and not unsafe(url)]
    pages = [f"https://doi.org/{doi}"] if doi else []
    pages += [f"https://arxiv.org/abs/{arxiv}"] if arxiv else []
    firm = [url for url in whole if place(url).kind is HostKind.PRIMARY]
    citable = [url for url in whole if place(url).kind is not HostKind.REFUSED]
    return next(iter([*firm, *pages, *citable]), "")


def _usual(url: str) -> str:
    """The address of the page itself, where ``url`` leads to a paper by another one."""
    try:
        found = recognize(url)
    except Unrecognized:
        return url
    return found.url if found.kind in ("arxiv", "doi", "openreview", "acl") else url
