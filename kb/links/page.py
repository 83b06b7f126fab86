"""Reads a web page just far enough to tell what it is: titles, visible text, marks of forms and of
articles. Linear in its length, whatever it holds.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_TAG = re.compile(r"<(/?+)([a-zA-Z][\w:-]*+)([^<>]*+)>|<!--|<!\[CDATA\[|<!doctype[^<>]*+>", re.I)
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_RAW = {
    name: re.compile(f"</{name}", re.I)
    for name in ("script", "style", "template", "textarea", "title", "noscript", "iframe", "svg")
}
_NO_LETTER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,}+;?")
_REFRESH = re.compile(r"\s*+(?:(\d++)[\d.]*+|\.[\d.]*+)(?:\s*+[;,]\s*+|\s++)(\S.*+)", re.S)
_URL_IS = re.compile(r"url\s*+=\s*+", re.I)
_HEADINGS = ("h1", "h2")
_SHOWN = 20_000
_LONGEST = 10_000


@dataclass(slots=True)
class WebPage:
    """What a page shows.

    ``text`` is its visible text with single spaces, ``article`` the part in elements that were
    asked for, None if there are none; ``refresh`` the seconds after which a browser goes on and the
    address as it is written, relative to ``base`` if that is set.
    """

    title: str = ""
    og_title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    article: str | None = None
    refresh: tuple[int, str] | None = None
    base: str = ""
    password: bool = False
    scripts: int = 0
    images: int = 0


@dataclass(slots=True)
class _Reading:
    articles: frozenset[str]
    page: WebPage = field(default_factory=WebPage)
    parts: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    heading_from: int | None = None
    article_tag: str = ""
    article_depth: int = 0
    article_from: int = 0
    article_parts: list[str] = field(default_factory=list)


def read(source: str, articles: Iterable[str] = ()) -> WebPage:
    """Read ``source``; ``articles`` are ids and classes of elements that hold an article."""
    reading = _Reading(frozenset(articles))
    at, length = 0, len(source)
    while at < length:
        tag = _TAG.search(source, at)
        if not tag:
            reading.parts.append(source[at:])
            break
        reading.parts.append(source[at : tag.start()])
        at = _past(source, tag, reading)
    return _finished(reading)


def _past(source: str, tag: re.Match[str], reading: _Reading) -> int:
    """Take in ``tag``; where reading goes on."""
    if tag[2] is None:
        return _past_other(source, tag)
    name = tag[2].lower()
    if tag[1]:
        _close(name, reading)
        return tag.end()
    _open(name, tag[3], reading)
    if name not in _RAW or (name == "svg" and tag[3].endswith("/")):
        return tag.end()
    end = _RAW[name].search(source, tag.end())
    inside = source[tag.end() : end.start() if end else len(source)]
    if name == "title" and not reading.page.title:
        reading.page.title = _plain(inside[:1000])
    return end.start() if end else len(source)


def _past_other(source: str, tag: re.Match[str]) -> int:
    close = {"<!--": "-->", "<![CDATA[": "]]>"}.get(tag[0].upper())
    if close is None:
        return tag.end()
    end = source.find(close, tag.end())
    return len(source) if end < 0 else end + len(close)


def _open(name: str, inside: str, reading: _Reading) -> None:
    page = reading.page
    page.scripts += name == "script"
    page.images += name == "img"
    if name in _HEADINGS:
        reading.heading_from = len(reading.parts)
    if name == "base" and not page.base:
        page.base = html.unescape(_attributes(inside).get("href", "")[:_LONGEST])
    if name == "meta" and page.refresh is None and "refresh" in inside.lower():
        page.refresh = _meta_refresh(_attributes(inside))
    if name == "meta" and "og:title" in inside:
        page.og_title = page.og_title or _plain(_attributes(inside).get("content", ""))
    if name == "input" and _attributes(inside).get("type", "").lower() == "password":
        page.password = True
    if reading.article_depth:
        reading.article_depth += name == reading.article_tag and not inside.endswith("/")
    elif reading.articles and ("id" in inside or "class" in inside):
        attributes = _attributes(inside)
        if reading.articles & {attributes.get("id", ""), *attributes.get("class", "").split()}:
            reading.article_tag, reading.article_depth, reading.article_from = (
                name,
                1,
                len(reading.parts),
            )
    reading.parts.append(" ")


def _close(name: str, reading: _Reading) -> None:
    if name in _HEADINGS and reading.heading_from is not None:
        reading.heads.append(_plain("".join(reading.parts[reading.heading_from :])[:1000]))
        reading.heading_from = None
    if reading.article_depth and name == reading.article_tag:
        reading.article_depth -= 1
        if not reading.article_depth:
            _keep_article(reading)
    reading.parts.append(" ")


def _keep_article(reading: _Reading) -> None:
    reading.article_parts += reading.parts[reading.article_from :]
    reading.page.article = ""


def _finished(reading: _Reading) -> WebPage:
    page = reading.page
    if reading.article_depth:
        _keep_article(reading)
    page.text = _plain("".join(reading.parts))[:_SHOWN]
    page.headings = tuple(heading for heading in reading.heads[:5] if heading)
    if page.article is not None:
        page.article = _plain("".join(reading.article_parts))[:_SHOWN]
    return page


def _attributes(inside: str) -> dict[str, str]:
    return {
        found[1].lower(): found[2] or found[3] or found[4] or ""
        for found in _ATTRIBUTE.finditer(inside)
    }


def _meta_refresh(attributes: dict[str, str]) -> tuple[int, str] | None:
    if attributes.get("http-equiv", "").strip().lower() != "refresh":
        return None
    return refresh(html.unescape(attributes.get("content", "")))


def refresh(content: str) -> tuple[int, str] | None:
    """The seconds and the address in the content of a `refresh`, as HTML's standard reads it; None
    if it names no address.
    """
    found = _REFRESH.match(content)
    if not found:
        return None
    named = _URL_IS.match(found[2])
    address = found[2][named.end() :] if named else found[2]
    if address[:1] in ("'", '"'):
        address = address[1:].split(address[0])[0]
    address = "".join(address.split("\n")).strip()
    return (int((found[1] or "0")[:6]), address) if address else None


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", html.unescape(_NO_LETTER.sub(" ", text))).strip()
