"""What the preview answers: the page that is asked for, made from what is on disk right now."""

import hashlib
import mimetypes
import re
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape as html
from pathlib import Path

from mkdocs.structure.files import File

from kb import rules
from kb.catalog import Entry
from kb.code import Shelf
from kb.findings import Finding
from kb.schema import Technique
from kb.site import search_index, shelf
from kb.site.entries import findings_on, path_of
from kb.site.language import Language
from kb.site.markdown import escape, front_matter
from kb.site.mkdocs.entries import Entries, Stamp, State
from kb.site.mkdocs.plugin import exports
from kb.site.mkdocs.renderer import Renderer
from kb.site.mkdocs.settings import configured
from kb.site.pages import Pages
from kb.site.plain import plain_text
from kb.site.reading import Item, Stand
from kb.site.search import records
from kb.words import frame
from kb.words.pair import Pair

OWN = "_preview"
_SCRIPT = Path(__file__).with_name("reload.js")
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".md": "text/markdown",
    ".jsonl": "application/jsonl",
    ".ipynb": "application/x-ipynb+json",
}


@dataclass(frozen=True, slots=True)
class Response:
    """What is sent back: text of our own, or a file that is sent as it is.

    ``stamp`` changes whenever the answer does.
    """

    body: bytes = b""
    type: str = "text/plain"
    status: int = 200
    file: Path | None = None
    stamp: str = ""
    to: str = ""


@dataclass
class StatePages:
    """The pages of a state: those of its entries, and findings in the place of what is broken."""

    state: State
    shelf: Shelf
    language: Language
    pages: Pages = field(init=False)
    exports: Mapping[str, bytes] = field(init=False)
    sources: dict[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        state = self.state
        kinds, at = rules.all_kinds(), self.language.folder
        self.exports = exports(state.graph, state.ledger)
        self.pages = Pages(
            state.graph, kinds, self.exports, self.shelf, state.ledger, self.language
        )
        self.broken = {f"{at}{path_of(one)}": one for one in state.catalog.broken.values()}
        unread: dict[str, str | None] = {path: one.path for path, one in self.broken.items()}
        self.sources = unread | self.pages.sources

    def markdown(self, path: str) -> str:
        """The page at ``path``, below its findings if it has any."""
        if path not in self.pages.sources:
            return _findings_page(self.language, path, self._of_entry(self.broken[path]))
        entry = self.pages.entries.get(path)
        found = self._of_entry(entry) if entry else []
        try:
            text = self.pages.markdown(path)
        except Exception:  # an entry that breaks a rule may break its page; its findings say why
            if not self.state.findings:
                raise
            traceback.print_exc()
            return _findings_page(self.language, path, found or self.state.findings)
        if path == f"{self.language.folder}index.md":
            return _below_title(text, self._overview())
        return _below_title(text, _box(self.language, frame.BROKEN_ENTRY, found)) if found else text

    def former(self, files: Mapping[str, str], site: str | None = None) -> dict[str, str]:
        """Nothing: who asks for an old address is sent on to the one of this moment."""
        return {}

    @property
    def topics(self) -> list[Item]:
        """The topics, for the menu."""
        return self.pages.topics

    def stand(self, path: str) -> Stand | None:
        """Where the page at ``path`` stands among its like."""
        return self.pages.stand(path)

    def _of_entry(self, entry: Entry) -> list[Finding]:
        return findings_on(entry, self.state.catalog, self.state.findings)

    def _overview(self) -> str:
        found = self.state.findings
        return _box(self.language, frame.BROKEN_ENTRIES, found) if found else ""


def _findings_page(language: Language, path: str, findings: Sequence[Finding]) -> str:
    name = path.removesuffix(".md").split("/")[-1]
    said = _box(language, frame.BROKEN_ENTRY, findings) if findings else ""
    said = said or f"{language.say(frame.UNREADABLE)}\n"
    return f"{front_matter(name, language.say(frame.BROKEN_ENTRY))}# {escape(name)}\n\n{said}"


def _box(language: Language, title: Pair, findings: Sequence[Finding], limit: int = 50) -> str:
    """Findings as a box, each with its hint."""
    rows = "".join(
        f"<li><code>{html(str(one))}</code>{f'<br>{html(one.hint)}' if one.hint else ''}</li>"
        for one in findings[:limit]
    )
    more = f"<p>{len(findings) - limit:,} more: kb check</p>" if len(findings) > limit else ""
    head = language.say(title)
    return (
        f'<div class="admonition failure kb-findings"><p class="admonition-title">{head}</p>'
        f'<ul lang="en">{rows}</ul>{more}</div>\n\n'
    )


_TITLE = re.compile(r"^# .*\n", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)


def _below_title(text: str, box: str) -> str:
    """``text`` with ``box`` below its title, or on top where that is no heading of Markdown."""
    above = _TITLE if _TITLE.search(text) else _FRONT_MATTER
    return above.sub(lambda found: f"{found[0]}\n{box}", text, count=1)


class Preview:
    """Answers requests for the catalogue in ``root`` (None: the one that mkdocs.yml names).

    Raises CannotStart.
    """

    def __init__(self, root: Path | None, say: Callable[[str], None] = print) -> None:
        config, plugin = configured(root)
        self.say = say
        self.cache = plugin.cache
        self.raw = plugin.raw(config)
        self.entries = Entries(plugin.catalog)
        self.shelf = self._shelf()
        self.shown = self._show(self.entries.state)
        self.renderers = {
            language: Renderer(root, shown, self.shelf, language)
            for language, shown in self.shown.items()
        }
        self.state = self.entries.state
        self.rendered: dict[str, Response] = {}
        self.lock = threading.RLock()
        self.lost = False
        self.search = Search()

    def answer(self, path: str) -> Response:
        """The answer to a request for ``path``, which begins with a slash and is decoded."""
        place = path.removeprefix("/")
        if place == f"{OWN}/reload.js":
            return Response(_SCRIPT.read_bytes(), "text/javascript")
        with self.lock:
            kept = self._renderer(place).places.get(place)
            try:
                if kept is None or kept.generated_by:
                    self.refresh()
            except OSError as error:
                return self._lost(place, error)
            self.lost = False
            if (made := self.shown[Language.ENGLISH].exports.get(place)) is not None:
                return Response(made, _type(place))
            if place.startswith(f"{search_index.FOLDER}/"):
                return self._found_in_search(place)
            return self._page_or_file(place)

    def _lost(self, place: str, error: OSError) -> Response:
        """What stands in the place of everything while the catalogue's folder cannot be read.

        It is said once in the terminal; the page comes back by itself.
        """
        why = error.strerror or str(error)
        if not self.lost:
            self.say(f"preview: {why}; the pages come back when it is there again")
        self.lost = True
        said = self._renderer(place).language.say(frame.LOST_CATALOGUE)
        page = f"<!doctype html><meta charset=utf-8><p>{html(said)}</p><p>{html(why)}</p></body>"
        return Response(with_script(page.encode(), "lost"), "text/html", 503)

    def stamp(self, path: str) -> str:
        """What the answer to ``path`` is known by now."""
        return self.answer(path).stamp

    def refresh(self) -> None:
        """Take over what has changed on disk."""
        state = self.entries.refresh()
        if state is not self.state:
            if _codes(state.stamps) != _codes(self.state.stamps):
                self.shelf = self._shelf()
            self.state, self.shown = state, self._show(state)
            for language, renderer in self.renderers.items():
                renderer.use(self.shown[language], self.shelf)
            self.rendered.clear()
        changed = [renderer.refresh() for renderer in self.renderers.values()]
        if any(changed):
            self.rendered.clear()

    def _show(self, state: State) -> dict[Language, StatePages]:
        """The pages of ``state`` in each language."""
        return {language: StatePages(state, self.shelf, language) for language in Language}

    def _renderer(self, place: str) -> Renderer:
        """What renders the tree in which ``place`` lies."""
        chinese = place.startswith(Language.CHINESE.folder)
        return self.renderers[Language.CHINESE if chinese else Language.ENGLISH]

    def _page_or_file(self, place: str) -> Response:
        renderer = self._renderer(f"{place}/")
        index = f"{place}index.html" if place.endswith("/") or not place else place
        if (file := renderer.places.get(index)) is not None:
            return self._page(renderer, file) if file.is_documentation_page() else _static(file)
        if place.endswith(".txt") and (page := self._page_of(renderer, place)):
            return Response(plain_text(page.body.decode()).encode())
        if f"{place}/index.html" in renderer.places:
            return Response(status=301, to=f"/{place}/")
        former = self.shown[renderer.language].pages.redirects
        if to := former.get(f"{index.removesuffix('index.html').strip('/')}/"):
            return Response(status=302, to=f"/{to}")
        folder = renderer.language.folder
        if (text := renderer.template(place.removeprefix(folder))) is not None:
            return Response(text.encode(), _type(place))
        lost = f"{folder}404.html"
        return self._made(lost, lambda: renderer.template("404.html") or "", 404)

    def _page_of(self, renderer: Renderer, edition: str) -> Response | None:
        """The page beside which an edition in plain text stands."""
        file = renderer.places.get(f"{edition.removesuffix('.txt')}.html")
        return self._page(renderer, file) if file and file.is_documentation_page() else None

    def _page(self, renderer: Renderer, file: File) -> Response:
        return self._made(file.dest_uri, lambda: renderer.page(file), 200)

    def _made(self, place: str, make: Callable[[], str], status: int) -> Response:
        if (kept := self.rendered.get(place)) is None:
            page = make().encode(errors="xmlcharrefreplace")
            stamp = hashlib.sha256(
                page + repr(self.renderers[Language.ENGLISH].watched).encode()
            ).hexdigest()[:16]
            kept = Response(with_script(page, stamp), "text/html", status, stamp=stamp)
            self.rendered[place] = kept
        return kept

    def _found_in_search(self, place: str) -> Response:
        if self.search.lags(self.state):
            self.say("search: writing the index; until it is done the search shows an older one")
            self.search.write(self.state)
        file = self.search.files().get(place.removeprefix(f"{search_index.FOLDER}/"))
        return (
            Response(file=file, type=_type(place)) if file else Response(b"not found", status=404)
        )

    def _shelf(self) -> Shelf:
        state = self.entries.state
        techniques = [entry.id for entry in state.catalog.of(Technique)]
        filled, problems = shelf.fill(self.entries.root, techniques, self.cache)
        for problem in problems:
            self.say(problem)
        return replace(filled, checker=shelf.checker(self.cache, state.catalog, self.raw))


class Search:
    """The search index in a folder of its own, written in the background.

    The first request waits for it, later ones do not.
    """

    def __init__(self) -> None:
        self.kept = tempfile.TemporaryDirectory(prefix="kb-search-")
        self.of: State | None = None
        self.writer: threading.Thread | None = None
        self.numbers = 0

    def lags(self, state: State) -> bool:
        """Whether the index is not that of ``state``, and nobody is writing a new one."""
        busy = self.writer is not None and self.writer.is_alive()
        return not busy and (self.of is None or self.of.graph is not state.graph)

    def write(self, state: State) -> None:
        """Begin to write the index of ``state``."""
        self.numbers += 1
        folder, first = Path(self.kept.name) / str(self.numbers), self.of is None
        self.of = state
        self.writer = threading.Thread(target=self._write, args=(state, folder), daemon=True)
        self.writer.start()
        if first:
            self.writer.join()

    def files(self) -> dict[str, Path]:
        """The files of the newest index that is complete, by their path in it."""
        whole = sorted(
            Path(self.kept.name).glob("*/opening.json"), key=lambda one: int(one.parent.name)
        )
        if not whole:
            return {}
        folder = whole[-1].parent
        return {
            one.relative_to(folder).as_posix(): one for one in folder.rglob("*") if one.is_file()
        }

    def _write(self, state: State, folder: Path) -> None:
        try:
            terms = [term.model for term in state.catalog.terms if not term.faulty]
            search_index.write(records(state.graph), terms, folder)
        except OSError as error:
            print(f"search: the index could not be written: {error}")


def with_script(page: bytes, stamp: str) -> bytes:
    """``page`` with the script that reloads it."""
    script = f'<script src="/{OWN}/reload.js" data-stamp="{stamp}" defer></script>'
    head, end, rest = page.rpartition(b"</body>")
    return head + script.encode() + end + rest if end else page + script.encode()


def _static(file: File) -> Response:
    if file.abs_src_path:
        return Response(file=Path(file.abs_src_path), type=_type(file.dest_uri))
    return Response(file.content_bytes, _type(file.dest_uri))


def _type(place: str) -> str:
    ending = Path(place).suffix.lower()
    return _TYPES.get(ending) or mimetypes.guess_type(place)[0] or "application/octet-stream"


def _codes(found: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """What stands beside techniques."""
    return {path: one for path, one in found.items() if path.startswith("techniques/")}
