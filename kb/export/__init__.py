"""Export formats: pure functions from the graph to text or bytes, without timestamps."""

from collections.abc import Callable

from kb.bibtex import bibtex
from kb.export.csl_json import csl_json
from kb.export.graphml import graphml
from kb.export.jsonl import jsonl
from kb.export.results import csv_of_results
from kb.export.ris import ris
from kb.export.sqlite import sqlite
from kb.graph import Graph

FORMATS: dict[str, tuple[str, Callable[[Graph], str | bytes]]] = {
    "jsonl": ("catalog.jsonl", lambda graph: jsonl(graph.catalog)),
    "sqlite": ("catalog.sqlite", sqlite),
    "csv": ("results.csv", lambda graph: csv_of_results(graph.catalog)),
    "bibtex": ("catalog.bib", lambda graph: bibtex(graph.catalog)),
    "ris": ("catalog.ris", lambda graph: ris(graph.catalog)),
    "csl-json": ("catalog.csl.json", lambda graph: csl_json(graph.catalog)),
    "graphml": ("catalog.graphml", graphml),
}
"""Each format by its name: its file, and what makes it."""


def content(name: str, graph: Graph) -> bytes:
    """The file of a format as its bytes. Raises KeyError for a format that there is not."""
    made = FORMATS[name][1](graph)
    return made if isinstance(made, bytes) else made.encode()
