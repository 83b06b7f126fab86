"""The one table of grammars: which files each reads, how large they may be, and how.

A parser is imported when the first file asks for it.
"""

import importlib
from dataclasses import dataclass
from pathlib import PurePath

from kb.lists.encoding import text_of
from kb.lists.mention import MalformedAddress, Mention, Unreadable

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Grammar:
    """Files whose names have one of ``endings``, of at most ``most`` bytes.

    ``reader`` is the `module:function` that takes their text and gives what it says.
    """

    endings: tuple[str, ...]
    most: int
    reader: str


GRAMMARS = {
    "markdown": Grammar(
        (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"),
        8 * _MIB,
        "kb.lists.markdown:addresses",
    ),
    "html": Grammar((".html", ".htm", ".xhtml"), 16 * _MIB, "kb.lists.html:addresses"),
    "bibtex": Grammar((".bib", ".bibtex"), 16 * _MIB, "kb.lists.bibtex:addresses"),
    "yaml": Grammar((".yaml", ".yml"), 16 * _MIB, "kb.lists.yaml:addresses"),
    "json": Grammar((".json", ".geojson"), 16 * _MIB, "kb.lists.json:addresses"),
    "notebook": Grammar((".ipynb",), 64 * _MIB, "kb.lists.notebook:addresses"),
    "jsonl": Grammar((".jsonl", ".ndjson"), 16 * _MIB, "kb.lists.json:addresses_of_lines"),
    "table": Grammar((".csv", ".tsv"), 64 * _MIB, "kb.lists.table:addresses"),
    "xml": Grammar((".xml", ".rss", ".atom", ".opml"), 16 * _MIB, "kb.lists.xml:addresses"),
    "text": Grammar((), 64 * _MIB, "kb.lists.prose:addresses"),
}


def grammar_of(name: str) -> str:
    """Which grammar the file ``name`` has by the end of its name; text if it says nothing."""
    ending = PurePath(name).suffix.lower()
    return next((one for one, grammar in GRAMMARS.items() if ending in grammar.endings), "text")


def read(data: bytes, grammar: str) -> list[Mention | MalformedAddress]:
    """What the file ``data`` says, in the order of its lines. Raises Unreadable."""
    chosen = GRAMMARS[grammar]
    if len(data) > chosen.most:
        raise Unreadable(
            f"it is too long: {grammar} is read up to {chosen.most // _MIB} MiB; split it"
            + ("" if grammar == "text" else ", or add `--as text`")
        )
    module, _, function = chosen.reader.partition(":")
    addresses = getattr(importlib.import_module(module), function)
    found: list[Mention | MalformedAddress] = list(addresses(text_of(data, grammar == "html")))
    return sorted(found, key=lambda one: (one.line, one.column))
