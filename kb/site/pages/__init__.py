"""The pages of the site as plain Markdown: all paths at once, each page when it is asked for.

Pure: graph in, text out.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from importlib import import_module
from typing import cast

from kb.catalog import Entry
from kb.code import Shelf
from kb.findings import FindingKind
from kb.graph import Graph
from kb.health import Health
from kb.kinds import KINDS
from kb.ledger.merge import Ledger
from kb.site.comparison import FOLDER, TABLES, Comparison, compare
from kb.site.entries import path_of
from kb.site.language import Language
from kb.site.pages import (
    add,
    browse,
    compared,
    exports,
    glossary,
    home,
    links,
    preview,
    reference,
    status,
)
from kb.site.pages import map as topic_map
from kb.site.pages.badges import badged
from kb.site.pages.parts import Page
from kb.site.reading import Item, Orders, Stand
from kb.site.redirects import copies, leading_on, listed, redirects, signposts
from kb.walk import has_page

__all__ = ["FOR_READERS", "Page", "Pages", "for_maintainers", "pages"]

Render = Callable[[Language, Graph, Entry, Shelf], str]


def _render(kind: str) -> Render:
    """The function that makes the pages of a kind; its module stands in the table of kinds."""
    return cast(Render, import_module(KINDS[kind].page).render)


class Pages:
    """The pages of one catalogue.

    ``kinds`` are the kinds of finding to document, ``downloads`` the exports (path from the root of
    the site to bytes), ``shelf`` the code that stands beside techniques, ``ledger`` what was seen
    of links. In Chinese all paths begin with `zh/`; pages for maintainers are in English only.
    """

    def __init__(
        self,
        graph: Graph,
        kinds: Iterable[FindingKind],
        downloads: Mapping[str, bytes],
        shelf: Shelf = Shelf(),
        ledger: Ledger | None = None,
        language: Language = Language.ENGLISH,
    ) -> None:
        self.language = language
        self.graph = graph
        self.orders = Orders(graph)
        self.shelf = shelf
        self.ledger = ledger or {}
        self.downloads = downloads
        english = language is Language.ENGLISH
        self.kinds = {f"rules/{kind.name}.md": kind for kind in kinds if english}
        at = language.folder
        known = {f"{at}{path_of(one)}": one for one in graph.catalog.entries.values()}
        self.entries = {path: one for path, one in known.items() if has_page(one)}
        self.without = {path: one for path, one in known.items() if not has_page(one)}
        self.computed = {f"{at}{path}": make for path, make in _COMPUTED.items()}
        if english:
            self.computed |= _FOR_MAINTAINERS

    @cached_property
    def sources(self) -> dict[str, str | None]:
        """Every path, and the file in which that page is edited (None: it is computed)."""
        found: dict[str, str | None] = {path: entry.path for path, entry in self.entries.items()}
        return found | dict.fromkeys([*self.computed, *self.kinds])

    @cached_property
    def redirects(self) -> dict[str, str]:
        """The addresses at which no page is any more, each with the one that takes its place."""
        return redirects(self.entries) | listed(self.graph, self.entries, self.without)

    def copies(self, files: Mapping[str, str]) -> dict[str, str]:
        """The ``files`` beside pages once more, at their old paths."""
        return copies(files, self.entries.values())

    def former(self, files: Mapping[str, str], site: str | None = None) -> dict[str, str]:
        """What stands at old addresses, by path: pages that lead on, and the ``files`` once more.

        ``files`` are those beside the pages, ``site`` is the address of the site.
        """
        return self.copies(files) | leading_on(self.language, self.entries, self.redirects, site)

    def signposts(self) -> dict[str, str]:
        """What leads on from old addresses as pages of Markdown, by path in this tree."""
        return signposts(self.language, self.entries, self.redirects)

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
        return self.computed[path](self)

    @cached_property
    def comparisons(self) -> dict[str, Comparison]:
        """The tables of results that compare, by id."""
        return {one.table.id: one for one in compare(self.graph.catalog)}

    @cached_property
    def topics(self) -> list[Item]:
        """The topics, for the menu."""
        return self.orders.topics(self.language)

    def stand(self, path: str) -> Stand | None:
        """Where the entry of the page at ``path`` stands in the reading order of its topic."""
        entry = self.entries.get(path)
        return self.orders.stand(self.language, entry) if entry else None

    def _entry(self, entry: Entry) -> str:
        text = _render(entry.kind)(self.language, self.graph, entry, self.shelf)
        text += self.orders.foot(self.language, entry)
        return badged(self.language, self.health, text) if self.ledger else text


def _compared(id: str) -> Callable[[Pages], str]:
    """What makes the page of the table ``id``."""
    return lambda site: compared.page(site.language, site.graph, site.comparisons[id])


_COMPUTED: dict[str, Callable[[Pages], str]] = {
    "index.md": lambda site: home.page(site.language, site.graph, site.health, site.shelf),
    "links.md": lambda site: links.page(site.language, site.health),
    "map.md": lambda site: topic_map.page(site.language, site.graph),
    "browse.md": lambda site: browse.page(site.language, site.graph),
    "glossary.md": lambda site: glossary.page(site.language, site.graph),
    "status.md": lambda site: status.page(site.language, site.graph, site.shelf),
    "preview.md": lambda site: preview.page(site.language, site.shelf),
    "add.md": lambda site: add.page(site.language, site.shelf),
    "exports.md": lambda site: exports.page(site.language, site.downloads),
    "results/index.md": lambda site: compared.index(site.language, site.comparisons.values()),
    **{f"{FOLDER}{table.id}.md": _compared(table.id) for table in TABLES},
}
_FOR_MAINTAINERS: dict[str, Callable[[Pages], str]] = {
    "fields.md": lambda site: reference.fields(),
    "rules/index.md": lambda site: reference.rules_index(list(site.kinds.values())),
}


FOR_READERS = frozenset(_COMPUTED)
"""The computed pages that exist in every language, by path in its tree."""


def for_maintainers(kinds: Iterable[FindingKind]) -> frozenset[str]:
    """The paths of the computed pages that exist in English only."""
    return frozenset((*_FOR_MAINTAINERS, *(f"rules/{kind.name}.md" for kind in kinds)))


def pages(
    graph: Graph,
    kinds: Iterable[FindingKind],
    downloads: Mapping[str, bytes],
    shelf: Shelf = Shelf(),
    ledger: Ledger | None = None,
    language: Language = Language.ENGLISH,
) -> dict[str, Page]:
    """Path to page, for every entry and for every page that is computed from them.

    The arguments are those of `Pages`.
    """
    site = Pages(graph, kinds, downloads, shelf, ledger, language)
    return {path: Page(site.markdown(path), source) for path, source in site.sources.items()}
