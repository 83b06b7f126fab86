"""The MkDocs plugin: hands over the pages, the exports and the search index.

It only translates events.
"""

import datetime
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from kb import report, rules
from kb.catalog import assemble
from kb.code import Shelf
from kb.export import FORMATS, content
from kb.findings import Finding
from kb.graph import Graph
from kb.kinds import KINDS
from kb.ledger import file as ledger_file
from kb.ledger.record import Record
from kb.schema import Technique
from kb.site import search_index, shelf
from kb.site.language import Language
from kb.site.mkdocs import repository
from kb.site.pages import Pages
from kb.site.policy import policy
from kb.site.search import records
from kb.source.files import load
from kb.words import script_text

log = logging.getLogger("mkdocs.plugins.kb")
DOWNLOADS = {name: file for name, (file, _) in FORMATS.items()}


class Content(Protocol):
    """Pages by path: which there are, the file in which each is edited, and the Markdown of one."""

    @property
    def sources(self) -> Mapping[str, str | None]:
        """Every path, and the file of the repository in which that page is edited."""

    def markdown(self, path: str) -> str:
        """The Markdown of the page at ``path``."""

    def former(self, files: Mapping[str, str], site: str | None = None) -> dict[str, str]:
        """What stands at old addresses, by path: as in `Pages.former`."""


class Settings(Config):  # type: ignore[no-untyped-call]  # MkDocs does not type it
    """What mkdocs.yml may say of the plugin."""

    catalog = config_options.Type(str, default="catalog")
    search = config_options.Type(bool, default=True)
    runtime = config_options.Type(str, default=".cache/runtime")


class Plugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]  # MkDocs does not type it
    """Material for MkDocs renders; everything it renders comes from the catalogue."""

    content: Content
    shelf: Shelf
    graph: Graph
    ledger: dict[str, Record]
    findings: list[Finding]
    language = Language.ENGLISH

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
        self.ledger, broken = ledger_file.load(self.catalog / ledger_file.NAME)
        today = datetime.date.today()
        self.findings = rules.check(self.graph.catalog, self.graph, today, self.ledger, broken)
        if self.findings and config.strict:
            raise PluginError(f"the catalogue has findings:\n{report.text(self.findings)}")
        for finding in self.findings:
            log.warning("%s (%s)", finding, finding.hint)
        self._fill_shelf()
        self.content = Pages(self.graph, rules.all_kinds(), DOWNLOADS, self.shelf, self.ledger)
        return config

    def _fill_shelf(self) -> None:
        techniques = [entry.id for entry in self.graph.catalog.of(Technique)]
        self.shelf, problems = shelf.fill(self.catalog, techniques, self.cache)
        for problem in problems:
            log.warning("%s", problem)
        if self.lacks_runtime:
            log.info("no runtime in %s: pages show code but cannot run it", self.cache)

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Give the templates the content policy and the words of the scripts."""
        env.globals["kb_words"] = script_text(
            {kind.name: kind.names for kind in KINDS.values()}, self.language.value
        )
        env.filters["content_policy"] = policy
        return env

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add every computed page and the files that belong to them."""
        for path, source in self.content.sources.items():
            files.append(page_file(config, path, source))
        beside = shelf.files(self.shelf.codes)
        for path, text in (beside | self.content.former(beside, config.site_url)).items():
            files.append(File.generated(config, path, content=text))
        if self.shelf.runtime:
            for name, packed in shelf.travelling().items():
                files.append(File.generated(config, f"{shelf.ASSETS}/{name}", content=packed))
            for path, kept in shelf.runtime_files(self.cache).items():
                files.append(File.generated(config, path, abs_src_path=str(kept)))
        return files

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str | None:
        """Make the Markdown of a computed page when it is needed, and not before."""
        path = page.file.src_uri
        return self.content.markdown(path) if path in self.content.sources else None

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Drop the Markdown once it is rendered: MkDocs keeps all pages until the last is written,
        and for 10,000 pages the Markdown takes 100 MB."""
        page.markdown = None
        return html

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write exports and the search index beside the pages."""
        exports = Path(config.site_dir) / "exports"
        exports.mkdir(parents=True, exist_ok=True)
        for name, (file, _) in FORMATS.items():
            (exports / file).write_bytes(content(name, self.graph))
        text = ledger_file.text(self.ledger)
        (exports / ledger_file.NAME).write_text(text, encoding="utf-8")
        if self.config.search:
            found = records(self.graph)
            search_index.write(found, Path(config.site_dir) / "pagefind")
            log.info("search: %d records", len(found))


def locate(config: MkDocsConfig) -> None:
    """Fill in the address of the repository from Git; without one there are no links to edit."""
    config.repo_url = config.repo_url or repository.of(Path.cwd())
    if not config.repo_url:
        config.repo_url = config.repo_name = config.edit_uri = None
        return
    config.repo_name = config.repo_name or urlsplit(config.repo_url).path.strip("/")


def page_file(config: MkDocsConfig, path: str, source: str | None) -> File:
    """A computed page for MkDocs, whose edit link leads to the YAML file.

    Its Markdown is made when it is read.
    """
    file = File.generated(config, path, content="")
    file.edit_uri = f"../{source}" if source else None
    return file
