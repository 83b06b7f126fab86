"""Ways out: golden files over the toy catalogue, and what each format promises."""

import csv
import dataclasses
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
import rispy

from kb.bibtex import one
from kb.catalog import Catalog
from kb.export import FORMATS
from kb.export.jsonl import record
from kb.graph import Graph
from kb.kinds import KINDS
from kb.schema import Paper
from kb.site.language import Language
from kb.site.pages.exports import page
from tests.catalogs import ROOT, toy, toy_with

TEXTS = [name for name in FORMATS if name != "sqlite"]


@pytest.mark.parametrize("name", TEXTS)
def test_golden(name, golden):
    file, export = FORMATS[name]
    golden(f"exports/{Path(file).name}", export(toy()))


def test_equal_data_gives_equal_bytes_in_every_process():
    program = (
        "import hashlib; from kb.export import FORMATS, content; from tests.catalogs import toy; "
        "print([hashlib.sha256(content(name, toy())).hexdigest() for name in FORMATS])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_every_line_of_jsonl_is_an_entry_with_its_fields_as_in_yaml():
    records = [json.loads(line) for line in FORMATS["jsonl"][1](toy()).splitlines()]
    assert [(one["kind"], one["id"]) for one in records] == sorted(
        (one["kind"], one["id"]) for one in records
    )
    paper = next(one for one in records if one["id"] == "third2019more")
    assert paper["arxiv"] == "1901.00002" and paper["sources"]["paper"]["seen"] == "2026-01-03"
    assert paper["studies"] == [
        {
            "id": "toy-rounding",
            "source": [{"key": "paper"}],
            "where": "Section 2",
            "why": {"en": "counts how often", "zh": "统计次数"},
        }
    ]


def test_jsonl_can_be_read_back_into_the_models():
    for entry in toy().catalog.entries.values():
        fields = {
            name: value for name, value in record(entry).items() if name not in ("kind", "id")
        }
        assert KINDS[entry.kind].model.model_validate_json(json.dumps(fields)) == entry.model


def test_graphml_can_be_read_by_networkx():
    graph = nx.parse_graphml(FORMATS["graphml"][1](toy()))
    assert graph.nodes["toy-pruning"] == {
        "kind": "technique",
        "label": "Toy pruning",
        "label_zh": "玩具剪枝",
        "year": 2015,
    }
    assert graph.number_of_edges() == toy().nx.number_of_edges()


TITLES = {
    "special characters": (
        r"A {B} \\ % & # _ ~ ^ $",
        r"A \{B\} \textbackslash{} \% \& \# \_ \textasciitilde{} \textasciicircum{} \$",
    ),
    "a brace that closes the field": (
        "end}, note = {x",
        r"end\textbraceright{}, note = \textbraceleft{}x",
    ),
    "an opening brace": ("a { b", r"a \textbraceleft{} b"),
    "a closing brace": ("a } b", r"a \textbraceright{} b"),
}


@pytest.mark.parametrize("case", TITLES)
def test_bibtex_escapes_what_latex_would_act_on_and_keeps_braces_in_balance(case):
    title, wanted = TITLES[case]
    catalog = toy_with({"papers/b2015a.yaml": paper(title)})
    said = one(catalog, catalog.entries["b2015a"])
    assert f"  title = {{{wanted}}}," in said.splitlines()
    assert said.count("{") == said.count("}")


def paper(title: str) -> bytes:
    """A paper called ``title``, which is written into double quotes as it is."""
    return (
        f'title: "{title}"\nauthors: [A B]\nyear: 2015\nform: research\ntopics: [cutting]\n'
        "summary: {en: A, zh: A}\n"
    ).encode()


ODD = {
    "escape sequence": "\x1b[2J",
    "NUL": "\x00",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "not a character": "\uffff",
    "lone surrogate": "\udcff",
    "line break": "\n",
    "markup": "\"<&>'",
    "braces": "}{",
    "right-to-left override": "\u202e",
    "Chinese": "剪枝",
}


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("name", FORMATS)
def test_whatever_an_entry_holds_each_format_can_be_read(name, case):
    catalog = _with_odd_paper(ODD[case])
    said = FORMATS[name][1](Graph(catalog))
    if isinstance(said, bytes):
        base = sqlite3.connect(":memory:")
        base.deserialize(said)
        assert base.execute("SELECT count(*) FROM entries").fetchone() == (len(catalog.entries),)
        return
    said.encode("utf-8")
    assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", said) == []
    if name == "csv":
        assert len({len(row) for row in csv.reader(said.splitlines())}) == 1
    elif name == "ris":
        assert len(rispy.loads(said)) == len(catalog.of(Paper))
    elif name == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in said.splitlines())
        assert len(said.splitlines()) == said.count("\n")
    elif name == "graphml":
        assert nx.parse_graphml(said).number_of_nodes() == said.count("<node ")
    elif name == "csl-json":
        assert "\\ud" not in json.dumps(json.loads(said)).replace("\\\\ud", "")
    else:
        assert said.count("{") == said.count("}")


def _with_odd_paper(odd: str) -> Catalog:
    """The toy catalogue with a paper whose id and title no rule would let pass."""
    catalog = toy().catalog
    known = catalog.entries["first2015toys"]
    model = known.model.model_copy(update={"title": f"A{odd}B"})
    entry = dataclasses.replace(known, id=f"a{odd}b", model=model)
    return dataclasses.replace(catalog, entries=catalog.entries | {entry.id: entry})


def test_an_empty_export_is_not_said_to_be_large():
    made = page(Language.ENGLISH, {"exports/links.jsonl": b"", "exports/catalog.bib": b"x"})
    assert "links.jsonl</a> | 0 kB |" in made and "catalog.bib</a> | 1 kB |" in made
