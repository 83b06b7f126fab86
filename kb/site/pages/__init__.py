"""All pages of the site, as plain Markdown by path. Pure: graph in, text out."""

from collections.abc import Callable, Iterable, Mapping

from kb.catalog import Entry
from kb.code import Bench
from kb.findings import Kind
from kb.graph import Graph
from kb.health import Health
from kb.ledger.merge import Ledger
from kb.site.entries import path_of
from kb.site.pages import (
    article,
    browse,
    home,
    links,
    paper,
    reading_list,
    reference,
    status,
    technique,
    topic,
)
from kb.site.pages import map as topic_map
from kb.site.pages.badges import badged
from kb.site.pages.parts import Page

__all__ = ["Page", "pages"]

_RENDER: dict[str, Callable[[Graph, Entry], str]] = {
    "paper": paper.render,
    "article": article.render,
    "resource": article.render,
    "list": reading_list.render,
}
_RENDER_CODE: dict[str, Callable[[Graph, Entry, Bench], str]] = {
    "technique": technique.render,
    "topic": topic.render,
}


def pages(
    graph: Graph,
    kinds: Iterable[Kind],
    downloads: Mapping[str, str],
    bench: Bench = Bench(),
    ledger: Ledger | None = None,
) -> dict[str, Page]:
    """Path to page, for every entry and for every page that is computed from them.

    ``kinds`` are the kinds of finding to document, ``downloads`` the exports (format to file),
    ``bench`` the code of techniques, ``ledger`` what is known of links.
    """
    health = Health(graph.catalog, ledger or {})
    found = {
        path_of(entry): Page(badged(health, _entry(graph, entry, bench)), entry.path)
        for entry in graph.catalog.entries.values()
    }
    found["index.md"] = Page(home.page(graph, health))
    found["links.md"] = Page(links.page(health))
    found["map.md"] = Page(topic_map.page(graph))
    found["browse.md"] = Page(browse.page(graph))
    found["status.md"] = Page(status.page(graph))
    found["exports.md"] = Page(reference.exports(downloads))
    found["fields.md"] = Page(reference.fields())
    found["rules/index.md"] = Page(reference.rules_index(list(kinds)))
    for kind in kinds:
        found[f"rules/{kind.name}.md"] = Page(reference.rule(kind))
    return found


def _entry(graph: Graph, entry: Entry, bench: Bench) -> str:
    if entry.kind in _RENDER_CODE:
        return _RENDER_CODE[entry.kind](graph, entry, bench)
    return _RENDER[entry.kind](graph, entry)
