"""Ways out: golden files over the toy catalogue, and what each format promises."""

import json

import networkx as nx
import pytest

from kb import cli
from kb.bibtex import one
from kb.export import FORMATS
from kb.export.jsonl import record
from kb.kinds import KINDS
from tests.catalogs import raw, toy, toy_with


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name, golden):
    file, export = FORMATS[name]
    golden(f"exports/{file}", export(toy()))


def test_the_command_offers_every_format():
    assert cli.EXPORTS == tuple(FORMATS)


def test_every_line_of_jsonl_is_an_entry_with_its_fields_as_in_yaml():
    records = [json.loads(line) for line in FORMATS["jsonl"][1](toy()).splitlines()]
    assert [(one["kind"], one["id"]) for one in records] == sorted(
        (one["kind"], one["id"]) for one in records
    )
    paper = next(one for one in records if one["id"] == "third2019more")
    assert paper["arxiv"] == "1901.00002" and paper["evidence"][0]["seen"] == "2026-01-03"
    assert paper["studies"] == [
        {"id": "toy-rounding", "why": {"en": "counts how often", "zh": "统计次数"}}
    ]


def test_jsonl_can_be_read_back_into_the_models():
    for entry in toy().catalog.entries.values():
        fields = {
            name: value for name, value in record(entry).items() if name not in ("kind", "id")
        }
        assert KINDS[entry.kind].model.model_validate_json(json.dumps(fields)) == entry.model


def test_graphml_can_be_read_by_networkx():
    graph = nx.parse_graphml(FORMATS["graphml"][1](toy()))
    assert graph.nodes["toy-pruning"] == {"kind": "technique", "title": "Toy pruning"}
    assert graph.number_of_edges() == toy().nx.number_of_edges()


HOSTILE = 'title: "A {B} \\\\ % & # _ ~ ^ $ end}, note = {x"\nauthors: [A B]\nyear: 2015\nform: research\ntopics: [cutting]\nsummary: {en: A, zh: A}\n'


def test_bibtex_escapes_everything_that_latex_would_act_on():
    entry = toy_with({"papers/b2015a.yaml": HOSTILE.encode()}).entries["b2015a"]
    assert raw("papers/b2015a.yaml", b"").id == "b2015a"
    title = next(line for line in one(entry).splitlines() if "title" in line)
    assert (
        title
        == r"  title = {{A \{B\} \textbackslash{} \% \& \# \_ \textasciitilde{} \textasciicircum{} \$ end\}, note = \{x}},"
    )
