"""A kind of entry is its model, one row in the table and a page: nothing else has to know it."""

import re
from dataclasses import replace
from typing import Annotated

import pytest
from pydantic import Field

from kb import evidence, kinds
from kb.carried import carried, unpacked
from kb.code import Shelf
from kb.graph import Graph
from kb.kinds import KINDS, Kind
from kb.proposal.judge import KnownCatalog, Proposal, judged
from kb.schema import EdgeTo, Paper, Text, Unproven
from kb.schema.json_schema import files
from kb.schema.marks import Address, Fact, Relates, Shown, Title
from kb.schema.parts import Day, Line, Topics, Url
from kb.site.language import Language
from kb.site.pages import Pages, add
from kb.site.search import records
from kb.walk import addresses, days, edges, texts
from kb.words.pair import Pair
from kb.words.scripts import script_text
from tests.catalogs import ROOT, TODAY, TOY, findings, toy, toy_with


class Dataset(Unproven):
    """A set of data."""

    title: Annotated[Line, Title(), Fact(), Shown(Pair("Title", "标题"))]
    url: Annotated[Url, Address(own=True)]
    topics: Topics
    size: Annotated[int | None, Fact(), Shown(Pair("Size", "规模"))] = None
    made: Day
    about: Annotated[tuple[EdgeTo, ...], Relates("about")] = Field(default=())
    summary: Text


ROW = Kind(
    "dataset",
    Dataset,
    "datasets",
    Pair("Data set", "数据集"),
    Pair("this data set", "本数据集"),
    "tests.dataset_page",
)
ENTRY = """title: Bears
url: https://example.org/bears
topics: [cutting]
size: 12
made: 2020-01-02
about: [first2015toys]
summary: {en: "See [more](https://example.org/more).", zh: 熊。}
sources:
  page: {url: "https://example.org/bears", seen: 2026-01-02, supports: [title, size]}
"""
MISTAKES = {
    "none": (ENTRY, []),
    "no source": (ENTRY.split("sources:", maxsplit=1)[0], ["KB401 title", "KB401 size"]),
    "support for nothing": (
        ENTRY.replace("[title, size]", "[title, size, sise]"),
        ["KB402 sources"],
    ),
    "unknown id": (ENTRY.replace("first2015toys", "nobody"), ["KB301 about"]),
    "refused source": (
        ENTRY.replace('example.org/bears", s', '192.0.2.1/x", s'),
        ["KB412 sources"],
    ),
    "unsafe address in a text": (
        ENTRY.replace("https://example.org/more", "javascript:1"),
        ["KB503 summary"],
    ),
    "day to come": (ENTRY.replace("2020-01-02", "2091-01-02"), ["KB405 made"]),
    "malformed": (ENTRY.replace("size: 12", "size: big"), ["KB104 size"]),
}


@pytest.fixture(autouse=True)
def with_datasets(monkeypatch):
    monkeypatch.setitem(KINDS, "dataset", ROW)


def _field(back):
    """The field that holds the first of ``back``, lines from a finding's upwards."""
    return next(line for line in back if line[:1].isalpha()).split(":", 1)[0]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_rule_sees_a_new_kind(mistake):
    text, expected = MISTAKES[mistake]
    catalog = toy_with({"datasets/bears.yaml": text.encode()})
    lines = text.split("\n")
    found = [
        f"{finding.code} {_field(lines[finding.line - 1 :: -1])}" for finding in findings(catalog)
    ]
    assert sorted(found) == sorted(expected)


def test_its_duplicates_are_found():
    catalog = toy_with(
        {"datasets/bears.yaml": ENTRY.encode(), "datasets/more.yaml": ENTRY.encode()}
    )
    assert [(finding.code, finding.path) for finding in findings(catalog)] == [
        ("KB209", "catalog/datasets/more.yaml"),
        ("KB207", "catalog/datasets/more.yaml"),
    ]


def test_walk_evidence_and_table_see_all_of_it():
    entry = toy_with({"datasets/bears.yaml": ENTRY.encode()}).of(Dataset)[0]
    assert {target.url.rsplit("/")[-1] for target in addresses(entry)} == {"bears", "more"}
    assert {(edge.relation, edge.target) for edge in edges(entry)} == {
        ("topics", "cutting"),
        ("about", "first2015toys"),
    }
    assert ("summary", "zh") in dict(texts(entry.model))
    assert [keys for keys, _ in days(entry)] == [("sources", "page", "seen"), ("made",)]
    assert evidence.status(entry) == "ours"
    assert kinds.name(entry.model) == Pair("Bears", "Bears")
    assert [field for field, _ in kinds.shown(Dataset)] == ["title", "topics", "size"]
    assert kinds.place_of(("datasets", "bears.yaml")) == (ROW, "bears")
    assert "dataset.json" in files(kinds.models(), kinds.tables())


def test_pages_and_search_show_it():
    graph = Graph(toy_with({"datasets/bears.yaml": ENTRY.encode()}))
    made = Pages(graph, (), {})
    assert "Bears" in made.markdown("datasets/bears.md")
    for page in (
        "browse.md",
        "status.md",
        "topics/cutting.md",
        "papers/first2015toys.md",
        "index.md",
    ):
        assert "Data set" in made.markdown(page) or "datasets/bears" in made.markdown(page), page
    record = next(one for one in records(graph) if one.url == "/datasets/bears/")
    assert "数据集" in record.texts and record.filters["kind"] == ["dataset"]
    assert '"dataset"' in script_text({kind.name: kind.names for kind in KINDS.values()}, "en")


BLANK = """# yaml-language-server: $schema=../../docs/schema/dataset.json
title: ""
url: ""
topics: []
made: ""
summary: {en: "", zh: ""}
sources:
  page: {url: "", seen: 2026-01-01, supports: [title]}
"""


def test_it_can_be_proposed():
    assert add.blanks()["dataset"] == BLANK
    page = add.page(Language.ENGLISH, Shelf({}))
    assert 'data-kind="dataset" data-path="datasets/ID.yaml"' in page
    known = KnownCatalog.of(unpacked(carried(toy().catalog)))
    found = judged(known, Proposal("dataset", "bears", BLANK), TODAY).findings
    assert found and {one.code for one in found} <= {"KB104", "KB106"}
    good = judged(known, Proposal("dataset", "bears", ENTRY), TODAY).findings
    assert [one.name for one in good] == ["not-canonical"]


def test_the_search_weighs_no_kind_that_there_is_not():
    script = (ROOT / "kb/site/theme/assets/kb/ask.js").read_text(encoding="utf-8")
    (table,) = re.findall(r"^const KINDS = {(.*)};$", script, re.MULTILINE)
    weighed = set(re.findall(r"(\w+):", table))
    assert weighed == KINDS.keys() - {"dataset"} and "KINDS[kinds[kindOf[entry]]] ??" in script


def test_every_page_of_the_table_is_a_module_that_exists():
    from importlib.util import find_spec

    pages = [kind.page for kind in KINDS.values() if kind is not ROW]
    assert all(find_spec(page) for page in pages)


class AwardedPaper(Paper):
    """A paper with one field more."""

    award: Annotated[Line | None, Fact(), Shown(Pair("Award", "奖项"))] = None


def test_a_new_field_is_on_its_page_and_needs_a_source_with_one_edit(monkeypatch):
    monkeypatch.setitem(KINDS, "paper", replace(KINDS["paper"], model=AwardedPaper))
    path = "papers/first2015toys.yaml"
    text = (TOY / path).read_text(encoding="utf-8")
    catalog = toy_with({path: (text + "award: Best toy\n").encode()})
    assert "Best toy" in Pages(Graph(catalog), (), {}).markdown("papers/first2015toys.md")
    assert [finding.message for finding in findings(catalog)] == ["no source supports `award`"]
    proven = text.replace("supports: [title", "supports: [award, title") + "award: Best toy\n"
    assert findings(toy_with({path: proven.encode()})) == []
