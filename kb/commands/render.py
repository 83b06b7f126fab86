"""`kb render`: a project with all pages as plain Markdown, for any generator of sites."""

import argparse
import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb import atomic, rules
from kb.code import Shelf
from kb.commands.catalogue import checked, ledger, opened
from kb.commands.exit import CLEAN, FINDINGS, UsageError, plain
from kb.commands.runtime import CACHE
from kb.findings import Finding
from kb.graph import Graph
from kb.schema import Technique
from kb.site import guide, shelf
from kb.site.entries import findings_on
from kb.site.language import Language
from kb.site.mkdocs.plugin import exports
from kb.site.pages import Pages
from kb.site.project import project
from kb.snippets import folder

_HAND_WRITTEN = (".md", ".png", ".svg")
_THEME = Path(shelf.PACKAGE) / "site" / "theme"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `render` to ``commands``."""
    parser = commands.add_parser("render")
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--keep-going",
        action="store_true",
        help="leave out the pages of entries with findings and name them; without it one finding "
        "leaves no page",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    files, left = _files(arguments)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        atomic.write(arguments.folder / path, content, within=arguments.folder)
    for path, why in sorted(left.items()):
        print(plain(f"left out {path}: {why}"), file=sys.stderr)
    return FINDINGS if left else CLEAN


def _files(arguments: argparse.Namespace) -> tuple[dict[str, bytes], dict[str, str]]:
    """Everything that is written, by its path in the folder, and what is left out, with the reason.

    Python for the browser is not written: without our scripts the pages could not run it.
    """
    root: Path = arguments.root
    graph = opened(root) if arguments.keep_going else checked(root, arguments.today)
    techniques = [entry.id for entry in graph.catalog.of(Technique)]
    shown, problems = shelf.fill(root, techniques, CACHE)
    if problems and not arguments.keep_going:
        raise UsageError("; ".join(problems))
    findings = _findings(root, graph, arguments.today) if arguments.keep_going else []
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
    left = _unread(graph, findings)
    for language in Language:
        site = Pages(graph, kinds, downloads, Shelf(shown.codes), seen, language)
        for path in site.sources:
            left |= (wrong := _wrong(site, path, findings))
            if wrong:
                continue
            try:
                pages[path] = site.markdown(path)
            except Exception:  # an entry that breaks a rule may break the page of another
                if not findings:
                    raise
                left[path] = "it shows an entry with findings; `kb check` shows them"
        pages |= site.signposts()
        files |= {path: text.encode() for path, text in site.copies(beside).items()}
    return project(pages, files), left


def _findings(root: Path, graph: Graph, today: datetime.date) -> list[Finding]:
    """Why pages are left out: what rules say, and what is wrong beside techniques."""
    beside = folder.findings(root)
    return [*rules.check(graph.catalog, graph, today, *ledger(root)), *beside]


def _unread(graph: Graph, findings: Sequence[Finding]) -> dict[str, str]:
    """Entries that cannot be read, so that they have no page, each with the reason."""
    catalog = graph.catalog
    return {one.path: _why(findings_on(one, catalog, findings)) for one in catalog.broken.values()}


def _wrong(site: Pages, path: str, findings: Sequence[Finding]) -> dict[str, str]:
    """The entry of the page at ``path``, with the reason why it is left out, or nothing."""
    entry = site.entries.get(path)
    found = findings_on(entry, site.graph.catalog, findings) if entry else []
    return {f"{entry.path} ({entry.id})": _why(found)} if entry and found else {}


def _why(findings: Sequence[Finding]) -> str:
    count = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}"
    return f"{count}; `kb check` shows {'it' if len(findings) == 1 else 'them'}"


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
