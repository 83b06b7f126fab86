"""`kb render`: all pages as plain Markdown, with the files that belong to them."""

import argparse
from pathlib import Path

from kb import atomic, rules
from kb.commands.catalogue import checked, ledger
from kb.commands.exit import CLEAN, UsageError
from kb.commands.runtime import CACHE
from kb.export import Exports
from kb.schema import Technique
from kb.site import guide, shelf
from kb.site.language import Language
from kb.site.pages import Pages


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `render` to ``commands``."""
    parser = commands.add_parser("render")
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--runtime",
        type=Path,
        default=CACHE,
        metavar="CACHE",
        help="where `kb runtime` put Python for the browser",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    files = _files(arguments)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        target = arguments.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(target, text.encode(), within=arguments.folder)
    return CLEAN


def _files(arguments: argparse.Namespace) -> dict[str, str]:
    """Everything that is written, by its path in the folder."""
    graph = checked(arguments.root, arguments.today)
    techniques = [entry.id for entry in graph.catalog.of(Technique)]
    shown, problems = shelf.fill(arguments.root, techniques, arguments.runtime)
    if problems:
        raise UsageError("; ".join(problems))
    downloads = Exports(graph)
    seen, kinds = ledger(arguments.root)[0], rules.all_kinds()
    beside = shelf.files(shown.codes)
    found = beside | {
        guide.PAGES[name]: guide.page(name, path.read_text(encoding="utf-8"))
        for name in guide.PAGES
        if (path := arguments.root.parent / name).is_file()
    }
    for language in Language:
        site = Pages(graph, kinds, downloads, shown, seen, language)
        found |= {path: site.markdown(path) for path in site.sources} | site.former(beside)
    return found
