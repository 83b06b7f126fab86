"""The MkDocs plugin: hands over the pages, the exports and the search index.

It only translates events.
"""

import datetime
import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from kb import report, rules
from kb.catalog import assemble
from kb.code import Shelf
from kb.export import Exports
from kb.findings import Finding
from kb.graph import Graph
from kb.kinds import KINDS
from kb.ledger import file as ledger_file
from kb.ledger.record import Record
from kb.schema import Technique
from kb.site import guide, search_index, shelf
from kb.site.language import Language
from kb.site.mkdocs import repository, trees
from kb.site.pages import Pages, for_maintainers
from kb.site.pages.exports import CHECKSUMS, FOLDER, checksums
from kb.site.plain import plain_edition, plain_text
from kb.site.policy import policy
from kb.site.reading import Item, Stand
from kb.site.search import records
from kb.source.files import load
from kb.words import frame
from kb.words.scripts import script_text

log = logging.getLogger("mkdocs.plugins.kb")
_ENGLISH_ONLY = for_maintainers(rules.all_kinds())


class Content(Protocol):
    """Pages by path: which there are, the file in which each is edited, and the Markdown of one."""

    @property
    def sources(self) -> Mapping[str, str | None]:
        """Every path, and the file of the repository in which that page is edited."""

    def markdown(self, path: str) -> str:
        """The Markdown of the page at ``path``."""

    def former(self, files: Mapping[str, str], site: str | None = None) -> dict[str, str]:
        """What stands at old addresses, by path: as in `Pages.former`."""

    @property
    def topics(self) -> list[Item]:
        """The topics, for the menu."""

    def stand(self, path: str) -> Stand | None:
        """Where the page at ``path`` stands among its like."""


class PluginSettings(Config):  # type: ignore[no-untyped-call]  # MkDocs does not type it
    """What mkdocs.yml may say of the plugin."""

    catalog = config_options.Type(str, default="catalog")
    search = config_options.Type(bool, default=True)
    runtime = config_options.Type(str, default=".cache/runtime")
    raw = config_options.Type(str, default="https://raw.githubusercontent.com")


class Plugin(BasePlugin[PluginSettings]):  # type: ignore[no-untyped-call]  # MkDocs does not type it
    """Material for MkDocs renders; everything it renders comes from the catalogue."""

    content: Content
    shelf: Shelf
    graph: Graph
    ledger: dict[str, Record]
    findings: list[Finding]
    written: frozenset[str] = frozenset()
    language = Language.ENGLISH
    exports: Exports
    built: Path | None = None  # where a build writes; a preview writes nothing

    @property
    def catalog(self) -> Path:
        """The folder of the catalogue."""
        return Path(self.config.catalog)

    @property
    def lacks_runtime(self) -> bool:
        """Whether there is code that the pages cannot run."""
        return bool(self.shelf.codes) and not self.shelf.runtime

    @property
    def cache(self) -> Path:
        """Where the runtime is kept."""
        return Path(self.config.runtime)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the catalogue. Findings stop a strict build; otherwise they are warnings.

        Raises PluginError.
        """
        locate(config)
        self.graph = Graph(assemble(*load(self.catalog)))
        self.ledger, broken = ledger_file.readable(self.catalog / ledger_file.NAME)
        self.findings = self._check(broken)
        if self.findings and config.strict:
            raise PluginError(f"the catalogue has findings:\n{report.text(self.findings)}")
        for finding in self.findings:
            log.warning("%s (%s)", finding, finding.hint)
        self._fill_shelf(config)
        kinds = rules.all_kinds()
        self.exports = exports(self.graph, self.ledger)
        self.content = Pages(
            self.graph, kinds, self.exports, self.shelf, self.ledger, self.language
        )
        return config

    def _check(self, broken: list[Finding]) -> list[Finding]:
        """All findings; the tree in English checks for both."""
        if self.language is not Language.ENGLISH:
            return []
        today = datetime.date.today()
        return rules.check(self.graph.catalog, self.graph, today, self.ledger, broken)

    def raw(self, config: MkDocsConfig) -> str:
        """Where the forge of ``config`` shows files as they are; nothing if that is not known."""
        known = (config.repo_url or "").startswith("https://github.com/")
        return self.config.raw if known else ""

    def _fill_shelf(self, config: MkDocsConfig) -> None:
        techniques = [entry.id for entry in self.graph.catalog.of(Technique)]
        self.shelf, problems = shelf.fill(self.catalog, techniques, self.cache)
        for problem in problems:
            log.warning("%s", problem)
        made = shelf.checker(self.cache, self.graph.catalog, self.raw(config))
        self.shelf = replace(self.shelf, checker=made)
        if self.lacks_runtime:
            log.info("no runtime in %s: pages show code but cannot run it", self.cache)

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Give the templates the content policy and the words of the scripts."""
        env.globals["kb_words"] = script_text(
            {kind.name: kind.names for kind in KINDS.values()}, self.language.value
        )
        env.globals["kb_other"] = trees.Other(self.language.other, self.language.other.folder)
        env.globals["kb_of"] = partial(self.other, config=config)
        env.globals["kb_texts"] = frame
        env.globals["kb_language"] = self.language
        env.globals["kb_topics"] = self.content.topics  # for the page of what is not found
        env.filters["content_policy"] = policy
        return env

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add every computed page and the files that belong to them."""
        for name, text in guides(project(config)).items():
            path, address = guide.PAGES[name], config.repo_url or ""
            made = File.generated(config, path, content=guide.page(name, text, address))
            made.edit_uri = f"../{name}"
            files.append(made)
        self.written = trees.written_in_both(files)
        trees.prune(files, self.language)
        for path, source in self.content.sources.items():
            files.append(page_file(config, path, source))
        if self.language is not Language.ENGLISH:
            _add(files, config, self.content.former({}, config.site_url))
            return self._linked(files, config)
        beside = shelf.files(self.shelf.codes)
        _add(files, config, beside | self.content.former(beside, config.site_url))
        if self.shelf.runtime:
            for name, packed in shelf.travelling(self.cache).items():
                files.append(File.generated(config, f"{shelf.ASSETS}/{name}", content=packed))
            for path, kept in shelf.runtime_files(self.cache).items():
                files.append(File.generated(config, path, abs_src_path=str(kept)))
        if self.shelf.checker:
            for name, packed in self.shelf.checker.files.items():
                files.append(File.generated(config, f"{shelf.ASSETS}/{name}", content=packed))
        return files

    def _linked(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages for maintainers, so that they can be linked to; they are not built."""
        for path in _ENGLISH_ONLY:
            file = page_file(config, path, None)
            file.inclusion = InclusionLevel.EXCLUDED
            files.append(file)
        return files

    def other(self, file: File, config: MkDocsConfig) -> trees.Other:
        """Where the switch of the page of ``file`` leads."""
        path = file.src_uri.removeprefix(self.language.folder)
        computed = file.src_uri in self.content.sources and path not in _ENGLISH_ONLY
        return trees.other(self.language, file, computed or path in self.written, config)

    def on_page_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell the template what the page is in the other language."""
        context["kb_other"] = self.other(page.file, config)  # type: ignore[typeddict-unknown-key]
        context["kb_stand"] = self.content.stand(page.file.src_uri)  # type: ignore[typeddict-unknown-key]
        context["kb_topics"] = self.content.topics  # type: ignore[typeddict-unknown-key]
        return context

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str | None:
        """Make the Markdown of a computed page when it is needed, and not before."""
        path = page.file.src_uri
        return self.content.markdown(path) if path in self.content.sources else None

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """A site is built, not shown."""
        self.built = Path(config.site_dir)

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Write the edition in plain text, and drop the Markdown: MkDocs keeps all pages until the
        last is written, and for 10,000 pages the Markdown takes 100 MB."""
        if self.built:
            edition = self.built / plain_edition(page.file.dest_uri)
            edition.parent.mkdir(parents=True, exist_ok=True)
            edition.write_text(plain_text(html), encoding="utf-8")
        page.markdown = None
        return html

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write exports and the search index beside the pages in English, for all languages."""
        if self.language is not Language.ENGLISH:
            return
        for path, content in self.exports.items():
            target = Path(config.site_dir) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if self.config.search:
            found = records(self.graph)
            terms = [term.model for term in self.graph.catalog.terms if not term.faulty]
            search_index.write(found, terms, Path(config.site_dir) / search_index.FOLDER)
            log.info("search: %d records", len(found))


def exports(graph: Graph, ledger: Mapping[str, Record]) -> Exports:
    """All that can be downloaded, by its path from the root of the site."""
    others = {
        f"{FOLDER}{ledger_file.NAME}": lambda: ledger_file.text(ledger).encode(),
        CHECKSUMS: lambda: checksums(made).encode(),
    }
    made: Exports = Exports(graph, others)
    return made


def project(config: MkDocsConfig) -> Path:
    """The folder of the project: that of `mkdocs.yml`."""
    return Path(config.config_file_path).parent


def guides(folder: Path) -> dict[str, str]:
    """The texts of the contributor's guides in ``folder``, by name of file."""
    return {
        name: (folder / name).read_text(encoding="utf-8")
        for name in guide.PAGES
        if (folder / name).is_file()
    }


def locate(config: MkDocsConfig) -> None:
    """Fill in the address of the repository from Git; without one there are no links to edit."""
    config.repo_url = config.repo_url or repository.of(Path.cwd())
    if not config.repo_url:
        config.repo_url = config.repo_name = config.edit_uri = None
        return
    config.repo_name = config.repo_name or urlsplit(config.repo_url).path.strip("/")


def _add(files: Files, config: MkDocsConfig, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        files.append(File.generated(config, path, content=text))


def page_file(config: MkDocsConfig, path: str, source: str | None) -> File:
    """A computed page for MkDocs, whose edit link leads to the YAML file.

    Its Markdown is made when it is read.
    """
    file = File.generated(config, path, content="")
    file.edit_uri = f"../{source}" if source else None
    return file
