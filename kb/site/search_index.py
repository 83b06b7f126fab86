"""Writes the search index beside the pages."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kb.schema import Term
from kb.site.search import Indexed, files

FOLDER = "search"


def write(found: Sequence[Indexed], terms: Iterable[Term], folder: Path) -> None:
    """Write the index of ``found`` to ``folder``; `opening.json`, which names the rest, is last."""
    for path, text in files(found, terms):
        file = folder / path
        if not file.parent.is_dir():
            file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
