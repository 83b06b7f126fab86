"""`llms.txt`: a map of the site for language models, each line a page in plain text."""

from collections.abc import Iterator

from kb.export.card import card
from kb.export.characters import on_one_line
from kb.graph import Graph
from kb.kinds import KINDS
from kb.walk import has_page
from kb.words import home

_DATA = """
## Optional

- [The whole catalogue as JSON Lines](exports/catalog.jsonl): one entry a line, with sources
- [The catalogue as SQLite](exports/catalog.sqlite): with full-text search in English and Chinese
- [How to read the exports](exports/index.txt): formats, sizes, licence, checksums
"""


def llms(graph: Graph) -> str:
    """All entries by kind, with the address of their edition in plain text and what each is about.

    Addresses start at the folder in which the file stands, the root of the site; an entry without a
    page of its own leads to the original.
    """
    head = f"# {home.SITE.en}\n\n> {home.HOME_ABOUT.en} {home.HOME_ABOUT.zh}\n"
    return "".join((head, *(line for kind in KINDS for line in _section(graph, kind)), _DATA))


def _section(graph: Graph, kind: str) -> Iterator[str]:
    entries = sorted(graph.catalog.of_kind(kind), key=lambda entry: entry.id)
    if entries:
        yield f"\n## {KINDS[kind].folder.capitalize()}\n\n"
    for entry in entries:
        known = card(graph.catalog, entry)
        also = f" ({known.label_zh})" if known.label_zh != known.label else ""
        about = f": {known.gist}" if known.gist else ""
        name = on_one_line(f"{known.label}{also}").replace("[", "(").replace("]", ")")
        page = f"{KINDS[kind].folder}/{entry.id}/index.txt"
        place = page if has_page(entry) else known.url or page
        yield f"- [{name}]({on_one_line(place)}){on_one_line(about)}\n"
