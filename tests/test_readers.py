"""The tables as their readers take them: DuckDB, pandas, jq, SQLite, and RIS as rispy does."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import igraph
import networkx as nx
import pandas as pd
import pytest
import rispy

from kb.bibliography import reference
from kb.export import Exports, content
from kb.export.sqlite import paired
from kb.graph import Graph
from kb.names import Organization
from kb.recipes import RECIPES, search
from kb.schema import Paper
from kb.words import reference as reference_words
from tests.catalogs import ROOT, real, toy_with

CATALOG = real().catalog
GRAPH = Graph(CATALOG)
ROWS = sum(len(entry.model.results) for entry in CATALOG.of(Paper))


def shapes(value, path, found):
    """The sorts of value at each path; keys that an entry chooses count as one."""
    sort = "number" if type(value) in (int, float) else type(value).__name__
    found.setdefault(path, set()).add(sort)
    if isinstance(value, dict):
        for name, inner in value.items():
            shapes(inner, f"{path}.{'*' if path.endswith('sources') else name}", found)
    elif isinstance(value, list):
        for inner in value:
            shapes(inner, f"{path}[]", found)
    return found


SHORT = """
title: T
authors: [Ada First, {given: Bo, family: Second}]
year: 2019
form: research
topics: [cutting]
studies: [toy-pruning, {id: toy-rounding, source: [paper, {key: more, where: Table 1}]}]
summary: {en: A, zh: 一}
results:
  - {model: A, dataset: B, metric: C, value: 1, unit: null, source: paper, params: 5}
  - {model: A, dataset: B, metric: C, value: 1, unit: x, source: paper, params: 5}
  - {model: A, dataset: B, metric: C, value: {from: 1, to: 2}, source: [paper, more],
     params: {value: 5, source: more}}
versions:
  - {version: v1, differs: {year: 2018, title: U, results: [{value: 1}]}, source: paper}
  - {version: v2, differs: {year: in 2018, results: none}, source: [more]}
"""


@pytest.mark.parametrize("catalog", [CATALOG, toy_with({"papers/first2019t.yaml": SHORT.encode()})])
def test_a_field_has_one_shape_in_all_lines_however_it_was_typed(catalog):
    found = {}
    for line in content("jsonl", Graph(catalog)).decode().splitlines():
        shapes(json.loads(line), "", found)
    assert {path: sorts for path, sorts in found.items() if len(sorts) > 1} == {}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All exports in one folder, under their names."""
    made = tmp_path_factory.mktemp("exports")
    for path, whole in Exports(GRAPH).items():
        (made / Path(path).name).write_bytes(whole)
    return made


@pytest.fixture
def inside(folder, monkeypatch):
    monkeypatch.chdir(folder)


def test_duckdb_gives_every_column_of_jsonl_a_type_of_its_own(folder):
    columns = duckdb.sql(f"DESCRIBE FROM read_json('{folder}/catalog.jsonl')").fetchall()
    assert [name for name, kind, *_ in columns if "JSON" in kind] == []


def test_csv_is_typed_by_duckdb_and_has_every_row(folder):
    table = duckdb.sql(f"FROM read_csv('{folder}/results.csv')")
    kinds = dict(zip(table.columns, map(str, table.types), strict=True))
    assert kinds["value"] == kinds["baseline"] == "DOUBLE" and kinds["paper"] == "VARCHAR"
    assert table.count("*").fetchall() == [(ROWS,)]


def test_csv_and_sqlite_say_the_same_of_results(folder):
    table = pd.read_csv(folder / "results.csv")
    with sqlite3.connect(folder / "catalog.sqlite") as base:
        stored = pd.read_sql("SELECT * FROM results", base)
    assert list(table.columns) == list(stored.columns) and len(table) == len(stored) == ROWS
    assert table["value"].tolist() == stored["value"].tolist()
    rows = csv.reader(io.StringIO((folder / "results.csv").read_text("utf-8")))
    assert {len(row) for row in rows} == {len(table.columns)}


WORDS = {  # typed into the query: an entry that must be among the first five
    "剪枝": "pruning",
    "pruning": "pruning",
    "prune": "pruning",
    "蒸馏": "knowledge-distillation",
    "知识蒸馏": "knowledge-distillation",
    "量化感知训练": "uniform-affine-quantization",
    "quantization": "quantization",
}


MIXED = {
    "KV缓存": "KV 缓存",
    "int8量化": "int8 量化",
    "KV缓存压缩": "KV 缓存 压缩",
    "用GPU": "用 GPU",
}


@pytest.mark.parametrize("word", MIXED)
def test_the_query_spells_a_word_in_two_scripts_as_the_index_does(word):
    with sqlite3.connect(":memory:") as base:
        base.executescript(_SMALL)
        base.execute("INSERT INTO search VALUES ('x', '', ?)", [paired(f"把 {word} 了")])
        base.execute("INSERT INTO search VALUES ('y', '', ?)", [paired("把 KV 存缓 了, int4")])
        assert [id for _, id, *_ in base.execute(search(word))] == ["x"]


@pytest.mark.parametrize("word", ['"', '""', "'", '剪"枝', 'a"b', "", "*", "x AND", "(", "-"])
def test_the_query_takes_any_text(word):
    with sqlite3.connect(":memory:") as base:
        base.executescript(_SMALL)
        assert base.execute(search(word)).fetchall() == []


_SMALL = """
CREATE TABLE entries (id, kind, label, label_zh);
INSERT INTO entries VALUES ('x', 'paper', 'X', 'X'), ('y', 'paper', 'Y', 'Y');
CREATE VIRTUAL TABLE search USING fts5 (id UNINDEXED, name, text, tokenize = 'porter unicode61');
"""


@pytest.mark.parametrize("word", WORDS)
def test_the_query_finds_words_of_both_languages(folder, word):
    with sqlite3.connect(folder / "catalog.sqlite") as base:
        found = [id for _, id, *_ in base.execute(search(word))]
    assert WORDS[word] in found[:5]


def recipes(program):
    return [
        (file, one.code) for file, of in RECIPES.items() for one in of if one.program == program
    ]


ARXIV = {entry.id: entry.model.arxiv for entry in CATALOG.of(Paper)}


def test_every_recipe_is_of_a_program_that_is_tried():
    tried = {"jq", "DuckDB", "pandas", "Python", "SQLite", "NetworkX", "igraph"}
    elsewhere = {"Pandoc", "graphology"}
    assert {one.program for of in RECIPES.values() for one in of} == tried | elsewhere
    assert RECIPES.keys() <= Exports(GRAPH).keys()


def test_ids_survive_duckdb(inside):
    [(_, of_entries), (_, of_rows)] = recipes("DuckDB")
    assert {id: arxiv for id, _, arxiv in duckdb.sql(of_entries).fetchall()} == ARXIV
    assert len(duckdb.sql(of_rows).fetchall()) == ROWS


def test_ids_survive_pandas(inside):
    [(_, of_entries), (_, of_rows)] = recipes("pandas")
    table = eval(of_entries, {"pandas": pd})
    papers = table[table["kind"] == "paper"]
    read = {
        id: arxiv if isinstance(arxiv, str) else None
        for id, arxiv in zip(papers["id"], papers["arxiv"], strict=True)
    }
    assert read == ARXIV
    assert len(eval(of_rows, {"pandas": pd})) == ROWS


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the line leaves closing to Python
def test_ids_survive_python(inside):
    [(_, code)] = recipes("Python")
    read = {one["id"]: one.get("arxiv") for one in eval(code) if one["kind"] == "paper"}
    assert read == ARXIV


@pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq")
def test_ids_survive_jq(inside):
    [(_, code)] = recipes("jq")
    said = subprocess.run(["sh", "-c", code], capture_output=True, check=True, text=True).stdout
    rows = (line.split("\t") for line in said.splitlines())
    assert {id: arxiv or None for id, arxiv in rows} == ARXIV


def test_the_graph_is_read_by_its_recipes(inside):
    [(_, code)] = recipes("NetworkX")
    assert eval(code, {"networkx": nx}).number_of_edges() == GRAPH.nx.number_of_edges()
    [(_, code)] = recipes("igraph")
    assert eval(code, {"igraph": igraph}).ecount() == GRAPH.nx.number_of_edges()


def test_the_query_on_the_page_finds_pruning(inside):
    [(_, code)] = recipes("SQLite")
    with sqlite3.connect("catalog.sqlite") as base:
        for word in (reference_words.WORD_TO_FIND.en, reference_words.WORD_TO_FIND.zh):
            found = [id for _, id, *_ in base.execute(code.replace("{word}", word))]
            assert "pruning" in found[:3]


def test_the_query_finds_nothing_that_is_not_there(folder):
    with sqlite3.connect(folder / "catalog.sqlite") as base:
        assert base.execute(search("枝剪")).fetchall() == []


def test_sqlite_has_every_entry_and_edge_and_is_whole(folder):
    with sqlite3.connect(folder / "catalog.sqlite") as base:
        counts = [
            base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("entries", "search", "edges", "results")
        ]
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        [(text,)] = base.execute("SELECT record FROM entries WHERE id = 'tan2019efficientnet'")
    entries = len(CATALOG.entries)
    assert counts == [entries, entries, GRAPH.nx.number_of_edges(), ROWS]
    assert json.loads(text)["arxiv"] == "1905.11946"


def test_the_command_writes_the_database_as_it_is(folder):
    command = [sys.executable, "-m", "kb", "export", "sqlite"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert said.stdout == (folder / "catalog.sqlite").read_bytes()


def test_ris_has_the_facts_of_every_paper():
    records = {one["id"]: one for one in rispy.loads(content("ris", GRAPH).decode())}
    for entry in CATALOG.of(Paper):
        cited, read = reference(CATALOG, entry.model), records[entry.id]
        assert read["title"] == cited.title and read["year"] == str(cited.year)
        assert len(read["authors"]) == len(cited.authors)
        assert read.get("doi", "") == cited.doi
        assert read.get("urls", [""]) == [cited.url]


def test_ris_keeps_an_organization_in_one_piece_and_a_suffix_behind():
    text = (
        "title: T\nauthors: ['Toy Works, Inc.', Martin Luther King Jr., Luis de la Cruz]\n"
        "year: 2019\nform: research\ntopics: [cutting]\nsummary: {en: A, zh: 一}\n"
    )
    catalog = toy_with({"papers/toy2019t.yaml": text.encode()})
    assert isinstance(
        reference(catalog, catalog.entries["toy2019t"].model).authors[0], Organization
    )
    [read] = [
        one
        for one in rispy.loads(content("ris", Graph(catalog)).decode())
        if one["id"] == "toy2019t"
    ]
    assert read["authors"] == ["Toy Works Inc.", "King, Martin Luther, Jr.", "de la Cruz, Luis"]
