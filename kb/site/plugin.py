"""The MkDocs plugin: hands over the pages, the exports and the search index. It only translates events."""

import datetime
import functools
import logging
from pathlib import Path
from typing import Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from kb import rules
from kb.catalog import assemble
from kb.code import Bench
from kb.export import FORMATS
from kb.graph import Graph
from kb.ledger import file as ledger_file
from kb.ledger.record import Record
from kb.site import bench, search_index
from kb.site.pages import pages
from kb.site.policy import policy
from kb.site.search import records
from kb.source.files import load
from kb.words import script_text

log = logging.getLogger("mkdocs.plugins.kb")


class _Settings(Config):
    catalog = config_options.Dir(exists=True, default="catalog")
    search = config_options.Type(bool, default=True)
    runtime = config_options.Type(str, default=".cache/runtime")


class Plugin(BasePlugin[_Settings]):
    """Material for MkDocs renders; everything it renders comes from the catalogue."""

    graph: Graph
    bench: Bench
    ledger: dict[str, Record]
    live = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview."""
        self.live = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the catalogue. Findings are warnings: a strict build fails, a preview goes on."""
        self.graph = Graph(assemble(*load(Path(self.config.catalog))))
        self.ledger, broken = ledger_file.load(Path(self.config.catalog) / ledger_file.NAME)
        for finding in rules.check(
            self.graph.catalog, self.graph, datetime.date.today(), self.ledger, broken
        ):
            log.warning("%s (%s)", finding, finding.hint)
        techniques = [entry.id for entry in self.graph.catalog.of_kind("technique")]
        self.bench, problems = bench.bench(
            Path(self.config.catalog), techniques, Path(self.config.runtime)
        )
        for problem in problems:
            log.warning("%s", problem)
        if self.bench.codes and not self.bench.runtime:
            log.info(
                "no runtime in %s: pages show code but cannot run it; `kb runtime` fetches it",
                self.config.runtime,
            )
        return config

    def on_env(self, env, config: MkDocsConfig, files: Files):  # type: ignore[no-untyped-def]
        """Give the templates the content policy and the words of the scripts."""
        env.filters["content_policy"] = functools.partial(policy, live=self.live)
        env.globals["kb_words"] = script_text()
        return env

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add every computed page, whose edit link leads to the YAML file, and the files that belong to them."""
        downloads = {name: file for name, (file, _) in FORMATS.items()}
        for path, page in pages(
            self.graph, rules.all_kinds(), downloads, self.bench, self.ledger
        ).items():
            file = File.generated(config, path, content=page.markdown)
            file.edit_uri = f"../{page.source}" if page.source else None
            files.append(file)
        for path, text in bench.files(self.bench.codes).items():
            files.append(File.generated(config, path, content=text))
        if self.bench.runtime:
            files.append(
                File.generated(config, f"{bench.ASSETS}/lab.zip", content=bench.travelling())
            )
            for path, kept in bench.runtime_files(Path(self.config.runtime)).items():
                files.append(File.generated(config, path, abs_src_path=str(kept)))
        return files

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let go of the Markdown once it is rendered: MkDocs keeps all pages until the last is written, and of 10,000 it is a hundred megabytes."""
        page.markdown = None
        return html

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write exports and the search index beside the pages."""
        site = Path(config.site_dir)
        (site / "exports").mkdir(parents=True, exist_ok=True)
        for name, export in FORMATS.values():
            (site / "exports" / name).write_text(export(self.graph), encoding="utf-8")
        (site / "exports" / ledger_file.NAME).write_text(
            ledger_file.text(self.ledger), encoding="utf-8"
        )
        if self.config.search:
            found = records(self.graph)
            search_index.write(found, site / "pagefind")
            log.info("search: %d records", len(found))

    def on_serve(self, server, config: MkDocsConfig, builder):  # type: ignore[no-untyped-def]
        """Rebuild when the catalogue changes."""
        server.watch(self.config.catalog)
        return server
