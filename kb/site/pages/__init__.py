"""The pages of the site as plain Markdown: all paths at once, each page when it is asked for.

Pure: graph in, text out.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from importlib import import_module
from typing import cast

from kb.catalog import Entry
from kb.code import Shelf
from kb.findings import Kind
from kb.graph import Graph
from kb.health import Health
from kb.kinds import KINDS
from kb.ledger.merge import Ledger
from kb.site.entries import path_of
from kb.site.pages import browse, exports, home, links, reference, status
from kb.site.pages import map as topic_map
from kb.site.pages.badges import badged
from kb.site.pages.parts import Page

__all__ = ["Page", "Pages", "pages"]

Render = Callable[[Graph, Entry, Shelf], str]


def _render(kind: str) -> Render:
    """The function that makes the pages of a kind; its module stands in the table of kinds."""
    return cast(Render, import_module(KINDS[kind].page).render)


class Pages:
    """The pages of one catalogue.

    ``kinds`` are the kinds of finding to document, ``downloads`` the exports (path from the root of
    the site to bytes),
    ``shelf`` the code that stands beside techniques, ``ledger`` what was seen of links.
    """

    def __init__(
        self,
        graph: Graph,
        kinds: Iterable[Kind],
        downloads: Mapping[str, bytes],
        shelf: Shelf = Shelf(),
        ledger: Ledger | None = None,
    ) -> None:
        self.graph = graph
        self.shelf = shelf
        self.ledger = ledger or {}
        self.downloads = downloads
        self.kinds = {f"rules/{kind.name}.md": kind for kind in kinds}
        self.entries = {path_of(entry): entry for entry in graph.catalog.entries.values()}

    @cached_property
    def sources(self) -> dict[str, str | None]:
        """Every path, and the file in which that page is edited (None: it is computed)."""
        found: dict[str, str | None] = {path: entry.path for path, entry in self.entries.items()}
        return found | dict.fromkeys([*_COMPUTED, *self.kinds])

    @cached_property
    def health(self) -> Health:
        """What the ledger says of the links."""
        return Health(self.graph.catalog, self.ledger)

    def markdown(self, path: str) -> str:
        """The Markdown of the page at ``path``. Raises KeyError if there is no such page."""
        if entry := self.entries.get(path):
            return self._entry(entry)
        if kind := self.kinds.get(path):
            return reference.rule(kind)
        return _COMPUTED[path](self)

    def _entry(self, entry: Entry) -> str:
        text = _render(entry.kind)(self.graph, entry, self.shelf)
        return badged(self.health, text) if self.ledger else text


_COMPUTED: dict[str, Callable[[Pages], str]] = {
    "index.md": lambda site: home.page(site.graph, site.health),
    "links.md": lambda site: links.page(site.health),
    "map.md": lambda site: topic_map.page(site.graph),
    "browse.md": lambda site: browse.page(site.graph),
    "status.md": lambda site: status.page(site.graph),
    "exports.md": lambda site: exports.page(site.downloads),
    "fields.md": lambda site: reference.fields(),
    "rules/index.md": lambda site: reference.rules_index(list(site.kinds.values())),
}


def pages(
    graph: Graph,
    kinds: Iterable[Kind],
    downloads: Mapping[str, bytes],
    shelf: Shelf = Shelf(),
    ledger: Ledger | None = None,
) -> dict[str, Page]:
    """Path to page, for every entry and for every page that is computed from them.

    The arguments are those of `Pages`.
    """
    site = Pages(graph, kinds, downloads, shelf, ledger)
    return {path: Page(site.markdown(path), source) for path, source in site.sources.items()}
