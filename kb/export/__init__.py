"""Export formats: pure functions from the graph to text or bytes, without timestamps."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from kb.bibtex import bibtex
from kb.export.csl_json import csl_json
from kb.export.graphml import graphml
from kb.export.jsonl import jsonl
from kb.export.llms import llms
from kb.export.results import csv_of_results
from kb.export.ris import ris
from kb.export.sqlite import sqlite
from kb.graph import Graph

FORMATS: dict[str, tuple[str, Callable[[Graph], str | bytes]]] = {
    "jsonl": ("exports/catalog.jsonl", lambda graph: jsonl(graph.catalog)),
    "sqlite": ("exports/catalog.sqlite", sqlite),
    "csv": ("exports/results.csv", lambda graph: csv_of_results(graph.catalog)),
    "bibtex": ("exports/catalog.bib", lambda graph: bibtex(graph.catalog)),
    "ris": ("exports/catalog.ris", lambda graph: ris(graph.catalog)),
    "csl-json": ("exports/catalog.csl.json", lambda graph: csl_json(graph.catalog)),
    "graphml": ("exports/catalog.graphml", graphml),
    "llms": ("llms.txt", llms),
}
"""Each format by its name: its file, from the root of the site, and what makes it."""


def content(name: str, graph: Graph) -> bytes:
    """The file of a format as its bytes. Raises KeyError for a format that there is not."""
    made = FORMATS[name][1](graph)
    return made if isinstance(made, bytes) else made.encode()


class Exports(Mapping[str, bytes]):
    """All formats of a graph: the bytes of each file by its path from the root of the site.

    A file is made when it is asked for, and once. ``others`` makes files that are not of the graph.
    """

    def __init__(self, graph: Graph, others: Mapping[str, Callable[[], bytes]] = {}) -> None:
        ours = {file: partial(content, name, graph) for name, (file, _) in FORMATS.items()}
        self._makers: dict[str, Callable[[], bytes]] = {**ours, **others}
        self._made: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        if path not in self._made:
            self._made[path] = self._makers[path]()
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
