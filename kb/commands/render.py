"""`kb render`: a project with all pages as plain Markdown, for any generator of sites."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from kb import atomic, rules
from kb.code import Shelf
from kb.commands.catalogue import checked, ledger
from kb.commands.exit import CLEAN, UsageError
from kb.commands.runtime import CACHE
from kb.schema import Technique
from kb.site import guide, shelf
from kb.site.language import Language
from kb.site.mkdocs.plugin import exports
from kb.site.pages import Pages
from kb.site.project import project

_HAND_WRITTEN = (".md", ".png", ".svg")
_THEME = Path(shelf.PACKAGE) / "site" / "theme"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `render` to ``commands``."""
    parser = commands.add_parser("render")
    parser.add_argument("folder", type=Path)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    files = _files(arguments)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        atomic.write(arguments.folder / path, content, within=arguments.folder)
    return CLEAN


def _files(arguments: argparse.Namespace) -> dict[str, bytes]:
    """Everything that is written, by its path in the folder.

    Python for the browser is left out: without our scripts the pages could not run it.
    """
    root: Path = arguments.root
    graph = checked(root, arguments.today)
    techniques = [entry.id for entry in graph.catalog.of(Technique)]
    shown, problems = shelf.fill(root, techniques, CACHE)
    if problems:
        raise UsageError("; ".join(problems))
    seen, kinds = ledger(root)[0], rules.all_kinds()
    downloads = exports(graph, seen)
    beside = shelf.files(shown.codes)
    pages = _guides(root.parent)
    files = {path: text.encode() for path, text in beside.items()} | dict(downloads)
    for path, content in _written(root.parent / "docs", _HAND_WRITTEN):
        if path.endswith(".md"):
            pages[path] = content.decode()
        else:
            files[path] = content
    files |= _written(_THEME, (".css", ".svg"))
    for language in Language:
        site = Pages(graph, kinds, downloads, Shelf(shown.codes), seen, language)
        pages |= {path: site.markdown(path) for path in site.sources}
        pages |= site.signposts()
        files |= {path: text.encode() for path, text in site.copies(beside).items()}
    return project(pages, files)


def _guides(folder: Path) -> dict[str, str]:
    return {
        guide.PAGES[name]: guide.page(name, path.read_text(encoding="utf-8"))
        for name in guide.PAGES
        if (path := folder / name).is_file()
    }


def _written(folder: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The files below ``folder`` that end so, by their path from there."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in endings and path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
