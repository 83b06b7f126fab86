"""MkDocs for one page: files, navigation and templates are kept, a page is rendered on demand."""

from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from kb.code import Shelf
from kb.site import guide
from kb.site import shelf as shelves
from kb.site.language import Language
from kb.site.mkdocs.entries import Stamp, stamps
from kb.site.mkdocs.plugin import Content, Plugin, page_file
from kb.site.mkdocs.settings import NAME, configured

_TEMPLATES = ("404.html", "sitemap.xml")


class Renderer:
    """Renders pages of ``content`` and the hand-written ones as `kb build` would.

    ``root`` and ``language`` as for `configured`.

    Raises CannotStart.
    """

    def __init__(
        self, root: Path | None, content: Content, shelf: Shelf, language: Language
    ) -> None:
        self.root = root
        self.language = language
        self.config, self.plugin = configured(root, language=language)
        self.watched: dict[str, dict[str, Stamp]] = {}
        self.use(content, shelf)
        self.refresh()

    config: MkDocsConfig
    plugin: Plugin
    files: Files
    nav: Navigation
    env: Environment
    places: dict[str, File]

    def use(self, content: Content, shelf: Shelf) -> None:
        """Render ``content`` from now on; add and drop what belongs to pages that came or went."""
        old = self.plugin.content.sources.keys() if self.watched else set[str]()
        codes = self.plugin.shelf.codes if self.watched else {}
        self.plugin.content, self.plugin.shelf = content, shelf
        if not self.watched:
            return
        for path in old - content.sources.keys():
            self._drop(path)
        for path in content.sources.keys() - old:
            self._add(page_file(self.config, path, content.sources[path]))
        if codes != shelf.codes:
            self._replace_downloads(set(shelves.files(codes)))

    def refresh(self) -> bool:
        """Look at mkdocs.yml, hand-written pages and the theme; whether anything has changed."""
        found = self._watch()
        if found == self.watched:
            return False
        if self.watched and found[NAME] != self.watched[NAME]:
            content, shelf = self.plugin.content, self.plugin.shelf
            self.config, self.plugin = configured(self.root, language=self.language)
            self.plugin.content, self.plugin.shelf = content, shelf
            found = self._watch()
        self.watched = found
        self._prepare()
        return True

    def page(self, file: File) -> str:
        """The HTML of the page of ``file``, as MkDocs' own build makes it."""
        config, plugins = self.config, self.config.plugins
        known = file.page
        page = known if known is not None and known in self.nav.pages else Page(None, file, config)
        page = plugins.on_pre_page(page, config=config, files=self.files) or page
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=self.files
        )
        page.render(config, self.files)
        page.content = plugins.on_page_content(
            page.content or "", page=page, config=config, files=self.files
        )
        page.active = True
        try:
            context = get_context(self.nav, self.pages, config, page)
            context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
            template = self.env.get_template(str(page.meta.get("template", "main.html")))
            html = template.render(context)
            return plugins.on_post_page(html, page=page, config=config) or html
        finally:
            page.active = False

    def template(self, name: str) -> str | None:
        """A page of the theme's own, such as the one for what is not found."""
        if name not in _TEMPLATES:
            return None
        base = urlsplit(self.config.site_url or "/").path if name == "404.html" else "."
        context = get_context(self.nav, self.pages, self.config, base_url=base)
        return self.env.get_template(name).render(context)

    def _watch(self) -> dict[str, dict[str, Stamp]]:
        own = self.config.theme.custom_dir
        return {
            NAME: {NAME: _stamp(Path(NAME))},
            "guides": {name: _stamp(Path(name)) for name in guide.PAGES if Path(name).is_file()},
            "docs": stamps(Path(self.config.docs_dir)),
            "theme": stamps(Path(own)) if own else {},
        }

    def _prepare(self) -> None:
        """All that MkDocs does before it renders the first page."""
        config = self.config
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        self.files = config.plugins.on_files(files, config=config)
        set_exclusions(self.files, config)
        nav = get_navigation(self.files, config)
        self.nav = config.plugins.on_nav(nav, config=config, files=self.files)
        self.env = config.plugins.on_env(env, config=config, files=self.files) or env
        for page in self.nav.pages:
            if page.title is None:  # named by its own heading
                page.read_source(config)
                page.render(config, self.files)
        shown = [file for file in self.files if file.inclusion.value > InclusionLevel.DRAFT.value]
        self.places = {file.dest_uri: file for file in shown}
        self.pages = self.files.documentation_pages()

    def _replace_downloads(self, old: set[str]) -> None:
        for path in old:
            self._drop(path)
        for path, text in shelves.files(self.plugin.shelf.codes).items():
            self._add(File.generated(self.config, path, content=text))

    def _add(self, file: File) -> None:
        if self.files.get_file_from_path(file.src_uri) is None:
            file.inclusion = InclusionLevel.INCLUDED
            self.files.append(file)
            self.places[file.dest_uri] = file
            self.pages = self.files.documentation_pages()

    def _drop(self, path: str) -> None:
        if file := self.files.get_file_from_path(path):
            self.files.remove(file)
            self.places.pop(file.dest_uri, None)
            self.pages = self.files.documentation_pages()


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino
