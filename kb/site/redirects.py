"""Addresses at which no page is any more, and the page that leads on from each. Pure."""

import posixpath
from collections.abc import Iterable, Mapping

from kb.catalog import Entry
from kb.graph import Graph
from kb.site.entries import name_of, topics_of
from kb.site.html import link, tag, text
from kb.site.language import Language
from kb.site.markdown import escape, front_matter
from kb.words import frame
from kb.words.pair import Bilingual, Pair

INDEX = "index.html"


def redirects(pages: Mapping[str, Entry]) -> dict[str, str]:
    """Old to new address, both from the root of the site, of all ``pages`` (path to entry)."""
    return {
        _address(_renamed(path, entry.id, old)): _address(path)
        for path, entry in pages.items()
        for old in entry.model.formerly
    }


def copies(files: Mapping[str, str], entries: Iterable[Entry]) -> dict[str, str]:
    """The ``files`` (path to text) beside pages of ``entries`` once more at their old paths.

    A page leads on to another one, a file that is downloaded cannot.
    """
    former = {entry.id: entry.model.formerly for entry in entries if entry.model.formerly}
    return {
        "/".join([folder, old, *(_named(part, id, old) for part in rest)]): content
        for path, content in files.items()
        for folder, id, *rest in [path.split("/")]
        for old in former.get(id, ())
    }


def leading_on(
    language: Language,
    pages: Mapping[str, Entry],
    led: Mapping[str, str],
    site: str | None = None,
) -> dict[str, str]:
    """The page at each address that is ``led`` to one of ``pages``, by its path in the site.

    ``site`` is the address of the site, from which the canonical addresses are made.
    """
    entries = {_address(path): entry for path, entry in pages.items()}
    return {
        f"{old}{INDEX}": _page(language, old, new, name_of(entries[new]), site)
        for old, new in led.items()
    }


def signposts(
    language: Language, pages: Mapping[str, Entry], led: Mapping[str, str]
) -> dict[str, str]:
    """The same as pages of Markdown, for generators that choose themselves where a page lies."""
    paths = {_address(path): path for path in pages}
    return {
        f"{old.rstrip('/')}.md": _signpost(language, old, paths[new], name_of(pages[paths[new]]))
        for old, new in led.items()
    }


def listed(
    graph: Graph, pages: Mapping[str, Entry], without: Mapping[str, Entry]
) -> dict[str, str]:
    """The addresses of entries ``without`` a page, each with that of the page in which it stands.

    That is the page of what the entry is about, or else that of its topic.
    """
    places = {entry.id: _address(path) for path, entry in pages.items()}
    found: dict[str, str] = {}
    for path, entry in without.items():
        ends = (*(edge.target for edge in graph.out(entry.id, "about")), *topics_of(entry))
        if place := next((places[id] for id in ends if id in places), None):
            names = (entry.id, *entry.model.formerly)
            found |= {_address(_renamed(path, entry.id, name)): place for name in names}
    return found


def _page(language: Language, old: str, new: str, name: Bilingual, site: str | None) -> str:
    to = f"{posixpath.relpath(new, old)}/"
    canonical = f"{site.rstrip('/')}/{new}" if site else to
    moved = frame.MOVED_TO.fill(name=Pair(link(text(name.en), to), link(text(name.zh), to)))
    head = (
        '<meta charset="utf-8">'
        f"{tag('title', text(language.say(frame.HAS_MOVED)))}"
        f'<link rel="canonical" href="{text(canonical)}">'
        f'<meta http-equiv="refresh" content="0; url={text(to)}">'
    )
    body = tag("body", tag("p", language.say(moved)))
    return f'<!doctype html>\n<html lang="{language.value}"><head>{head}</head>{body}</html>\n'


def _signpost(language: Language, old: str, path: str, name: Bilingual) -> str:
    to = posixpath.relpath(path, posixpath.dirname(old.rstrip("/")))
    names = Pair(f"[{escape(name.en)}]({to})", f"[{escape(name.zh)}]({to})")
    moved = frame.MOVED_TO.fill(name=names)
    title = language.say(frame.HAS_MOVED)
    return f"{front_matter(title, title)}# {title}\n\n{language.say(moved)}\n"


def _address(path: str) -> str:
    return f"{path.removesuffix('.md')}/"


def _renamed(path: str, id: str, old: str) -> str:
    return f"{path.removesuffix(f'{id}.md')}{old}.md"


def _named(part: str, id: str, old: str) -> str:
    """The name of a file that may begin with the id."""
    return old + part.removeprefix(id) if part.startswith(f"{id}.") else part
