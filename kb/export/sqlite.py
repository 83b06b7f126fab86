"""SQLite of the catalogue: entries, edges and results as tables, and a search in two languages."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple

from kb.catalog import Entry
from kb.export.card import card
from kb.export.characters import in_json, in_xml
from kb.export.jsonl import record
from kb.export.results import COLUMNS, Cell, results
from kb.graph import Graph
from kb.schema import VERSION
from kb.walk import texts

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_TYPES = {"text": "TEXT", "number": "NUMERIC"}
_TABLES = f"""
PRAGMA user_version = {VERSION};
PRAGMA page_size = 4096;
PRAGMA auto_vacuum = NONE;
PRAGMA encoding = 'UTF-8';
CREATE TABLE entries (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, label_zh TEXT NOT NULL,
  year INTEGER, url TEXT, gist TEXT, gist_zh TEXT, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE edges (
  source TEXT NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL, why_en TEXT, why_zh TEXT,
  PRIMARY KEY (source, relation, target)
) WITHOUT ROWID;
CREATE TABLE results ({", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in COLUMNS.items())});
CREATE VIRTUAL TABLE search USING fts5 (
  id UNINDEXED, name, text, tokenize = 'porter unicode61'
);
"""


def sqlite(graph: Graph) -> bytes:
    """The database as the bytes of its file: equal data gives equal bytes with one SQLite."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.executescript(_TABLES)
        base.execute("BEGIN")
        _fill(base, "entries", _entries(graph))
        _fill(base, "edges", _edges(graph))
        _fill(base, "results", _results(graph))
        _fill(base, "search", _texts(graph))
        base.execute("COMMIT")
        base.execute("INSERT INTO search(search) VALUES ('optimize')")
        base.execute("VACUUM")
        return base.serialize()


def paired(text: str) -> str:
    """``text`` with every run of Chinese as overlapping pairs of characters: ABCD as AB BC CD."""
    return _HAN.sub(lambda run: f" {_pairs(run[0])} ", text)


def _pairs(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(len(run) - 1)) or run


def _fill(base: sqlite3.Connection, table: str, rows: Iterator[tuple[Cell, ...]]) -> None:
    for row in rows:
        clean = [in_xml(cell) if isinstance(cell, str) else cell for cell in row]
        places = ", ".join("?" * len(clean))
        base.execute(f"INSERT INTO {table} VALUES ({places})", clean)  # noqa: S608  # names are ours


def _sorted(graph: Graph) -> list[Entry]:
    return sorted(graph.catalog.entries.values(), key=lambda entry: entry.id)


def _entries(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    for entry in _sorted(graph):
        said = json.dumps(record(entry), ensure_ascii=False, allow_nan=False)
        yield (*astuple(card(graph.catalog, entry)), in_json(said))


def _edges(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    for source, target, relation in sorted(graph.nx.edges(keys=True)):
        why = graph.nx.edges[source, target, relation]["edge"].why
        yield source, relation, target, why.en if why else None, why.zh if why else None


def _results(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    for row in results(graph.catalog):
        yield tuple(row[name] for name in COLUMNS)


def _texts(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    """What the search finds of each entry: its names, and all it says in either language."""
    for entry in _sorted(graph):
        known = card(graph.catalog, entry)
        said = (text for _, text in texts(entry.model) if "://" not in text)
        names = dict.fromkeys((known.label, known.label_zh, entry.id))
        yield entry.id, paired(" . ".join(names)), paired(" . ".join(dict.fromkeys(said)))
