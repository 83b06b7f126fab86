"""Writes the search index: hands records to Pagefind as small HTML files, one index a language."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from kb.site.search import Record, facets

_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "pagefind-worker.js")


class SearchIndexError(Exception):
    """Pagefind could not build the index; the message is what it printed."""


def write(found: Sequence[Record], folder: Path) -> None:
    """Write ``folder``/en and ``folder``/zh, each with the records of its language, for each has its own way to find words.

    ``folder``/facets.json says what can be filtered by.

    Raises SearchIndexError.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for record in found:
            page = Path(scratch, record.language, record.url.strip("/"), "index.html")
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(html(record), encoding="utf-8")
        for pages in sorted(Path(scratch).iterdir()):
            _index(pages, folder / pages.name)
    (folder / "facets.json").write_text(facets(found), encoding="utf-8")


def html(record: Record) -> str:
    """The page that Pagefind reads for one record. Nobody else sees it."""
    meta = "".join(_attribute("meta", name, value) for name, value in record.meta.items())
    filters = "".join(_attribute("filter", name, value) for name, values in record.filters.items() for value in values)
    return f'<html lang="{record.language}"><head>{meta}{filters}</head><body data-pagefind-body><h1 data-pagefind-weight="10">{escape(record.name)}</h1><h2 data-pagefind-weight="6">{escape(record.aliases)}</h2><p>{escape(record.content)}</p></body></html>'


def _attribute(sort: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{sort}="{name}[content]" content="{escape(value)}">'


def _index(pages: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(folder), "--force-language", pages.name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise SearchIndexError(done.stdout + done.stderr)
    for pattern in _UNUSED:
        for file in folder.glob(pattern):
            file.unlink()
