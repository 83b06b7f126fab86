"""Addresses in nested data, such as JSON and YAML, and the titles that stand beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from kb.lists import html, prose, value
from kb.lists.identifiers import address_of
from kb.lists.mention import Found, MalformedAddress, Mention

_ADDRESS_KEYS = ("url", "link", "href", "website", "homepage")
_OF_AN_ADDRESS = re.compile(  # `paper_url`, `pdfUrl`, `url_abs`
    r"(?:.*[_\W])?(?:url|uri|link|href|website|homepage)|.*[a-z](?:Url|URL|Uri|URI|Link)|url[_-].*",
    re.S,
)
_HTML = re.compile(r"<[a-z]+\s[^<>]*\b(?:href|src)\s*=", re.I)
_TITLE_KEYS = ("title", "name")


class Mark(Enum):
    """Where a mapping or a list begins or ends."""

    OPEN, CLOSE = "open", "close"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value that is no list and no mapping, with its key there, at ``line`` and ``column``.

    ``spread`` is whether each line of the text is one of the file.
    """

    text: str
    line: int
    column: int
    key: str = ""
    spread: bool = False


Event = Mark | Scalar


@dataclass(slots=True)
class _Record:
    title: str = ""
    found: list[Mention | MalformedAddress] = field(default_factory=list)


def addresses(events: Iterable[Event]) -> Found:
    """Each address in the scalars of ``events``, those of a DOI or a number of arXiv included; one
    under a key such as `url` has the title of its own record. Under `paper_url` it has none: a
    record may lead to its code, too.
    """
    records = [_Record()]
    for event in events:
        if event is Mark.OPEN:
            records.append(_Record())
        elif event is Mark.CLOSE:
            yield from _titled(records.pop())
        elif isinstance(event, Scalar):
            if event.key.lower() in _TITLE_KEYS and not records[-1].title:
                records[-1].title = " ".join(event.text.split())
            if url := address_of(event.key, event.text):
                records[-1].found.append(Mention(url, event.line, event.column))
            elif event.key.lower() in _ADDRESS_KEYS:
                records[-1].found += _of_address(event)
            elif _OF_AN_ADDRESS.fullmatch(event.key):
                yield from _of_address(event)
            else:
                yield from _of_prose(event)
    for record in records:
        yield from _titled(record)


def _titled(record: _Record) -> Found:
    for one in record.found:
        yield replace(one, title=record.title) if isinstance(one, Mention) else one


def _of_address(scalar: Scalar) -> Found:
    yield from value.addresses(scalar.text, scalar.line, scalar.column)


def _of_prose(scalar: Scalar) -> Found:
    if "/" not in scalar.text and "／" not in scalar.text:
        return
    reader = html.addresses if _HTML.search(scalar.text) else prose.addresses
    for one in reader(scalar.text, scalar.line):
        yield one if scalar.spread else replace(one, line=scalar.line, column=scalar.column)
