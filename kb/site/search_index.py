"""Writes the search index beside the pages."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kb.schema import Term
from kb.site.search import Record, files

FOLDER = "search"


def write(found: Sequence[Record], terms: Iterable[Term], folder: Path) -> None:
    """Write the index of ``found`` to ``folder``; `opening.json`, which names the rest, is last."""
    made = files(found, terms)
    for within in {Path(path).parent for path in made}:
        (folder / within).mkdir(parents=True, exist_ok=True)
    for path, text in made.items():
        (folder / path).write_text(text, encoding="utf-8")
