"""Export formats: pure functions from the graph to text, without timestamps; one line each."""

from collections.abc import Callable

from kb.bibtex import bibtex
from kb.export.csl_json import csl_json
from kb.export.graphml import graphml
from kb.export.jsonl import jsonl
from kb.graph import Graph

FORMATS: dict[str, tuple[str, Callable[[Graph], str]]] = {
    "jsonl": ("catalog.jsonl", lambda graph: jsonl(graph.catalog)),
    "bibtex": ("catalog.bib", lambda graph: bibtex(graph.catalog)),
    "csl-json": ("catalog.csl.json", lambda graph: csl_json(graph.catalog)),
    "graphml": ("catalog.graphml", graphml),
}
