"""Writes the search index: hands records to Pagefind as small HTML files."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from kb.site.search import Record, opening, paired

_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "pagefind-worker.js")


class SearchIndexError(Exception):
    """Pagefind could not build the index; the message is what it printed."""


def write(found: Sequence[Record], folder: Path) -> None:
    """Write the index of ``found`` to ``folder``.

    ``folder``/opening.json is what the search shows before the index is loaded.

    Raises SearchIndexError.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for record in found:
            page = Path(
                scratch, f"{record.url.strip('/')}.html"
            )  # not a folder each: they would take longer than all of Pagefind
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(html(record), encoding="utf-8")
        _index(Path(scratch), folder)
    (folder / "opening.json").write_text(opening(found), encoding="utf-8")


def html(record: Record) -> str:
    """The page that Pagefind reads for one record. Nobody else sees it."""
    meta = "".join(_attribute("meta", name, value) for name, value in record.meta.items())
    filters = "".join(
        _attribute("filter", name, value)
        for name, values in record.filters.items()
        for value in values
    )
    body = "".join(
        f"<{tag}{weight}>{escape(paired(text))}</{tag}>"
        for tag, weight, text in (
            ("h1", ' data-pagefind-weight="10"', record.name),
            ("h2", ' data-pagefind-weight="6"', record.aliases),
            ("p", "", record.content),
        )
    )
    return (
        f'<html lang="en"><head>{meta}{filters}</head><body data-pagefind-body>{body}</body></html>'
    )


def _attribute(sort: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{sort}="{name}[content]" content="{escape(value)}">'


def _index(pages: Path, folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(pages),
        "--output-path",
        str(folder),
        "--force-language",
        "en",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise SearchIndexError(done.stdout + done.stderr)
    for pattern in _UNUSED:
        for file in folder.glob(pattern):
            file.unlink()
