"""The index of the search: what it knows of an entry, and how that is written."""

import csv
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.graph import Graph
from kb.kinds import KINDS
from kb.site.search import chinese, files, records
from kb.site.search.concepts import Phrases, concepts
from kb.site.search.index import ALIAS, LEADS, NAME, OWN, TEXT
from kb.site.search.pasted import pasted
from kb.site.search.postings import chunks, gaps, weighed
from kb.words.scripts import script_words
from tests.catalogs import ROOT, real, toy, toy_with

with (ROOT / "tests" / "data" / "pasted.tsv").open(encoding="utf-8", newline="") as stream:
    PASTED = list(csv.DictReader(stream, delimiter="\t"))
VOCABULARY = """
rounding:
  name: {en: numeric coarsening, zh: 数值取整}
  abbreviations: [NC]
  taiwan: [捨入網路]
  leads_to: [toy-rounding]
ada: {name: {en: Ada First, zh: 艾达}, authors: [Ada First]}
""".encode()


@pytest.mark.parametrize("row", PASTED, ids=lambda row: row["text"])
def test_all_forms_of_an_identifier_have_one_key_and_words_have_none(row):
    assert pasted(row["text"]) == row["key"]


@given(st.text())
def test_whatever_is_pasted_has_a_key_or_none(text):
    assert isinstance(pasted(text), str)


def index(files_on_top=None):
    """The index of the toy catalogue, its families joined: family to key to value; and the ids."""
    catalog = toy_with(files_on_top or {})
    found = records(Graph(catalog))
    made = dict(files(found, [term.model for term in catalog.terms]))
    joined = {}
    for path, text in made.items():
        family = path.partition("/")[0]
        value = json.loads(text)
        if isinstance(value, dict):
            joined.setdefault(family, {}).update(value)
    return joined, [record.id for record in found]


def decoded(text, letters="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"):
    """Entries of a posting list with their weights, read as a page reads them."""
    found, entry, at = {}, -1, 0
    while at < len(text):
        gap = shift = 0
        while True:
            value = letters.index(text[at])
            at += 1
            gap += (value & 31) << shift
            shift += 5
            if value < 32:
                break
        entry += gap + 1
        found[entry] = letters.index(text[at])
        at += 1
    return found


@given(st.dictionaries(st.integers(0, 200_000), st.integers(0, 63)))
def test_postings_are_read_as_they_were_written(wanted):
    assert decoded(weighed(entry << 6 | weight for entry, weight in sorted(wanted.items()))) == (
        wanted
    )


def test_gaps_are_the_same_without_weights():
    assert (gaps([]), gaps([0, 1]), gaps([40]), gaps([0, 33])) == ("", "AA", "oB", "AgB")


@given(st.dictionaries(st.text(max_size=6), st.integers(0, 9).map(str), max_size=60))
def test_every_key_stands_in_the_file_whose_start_says_so(items):
    parts, starts = chunks(items, 40)
    assert len(parts) == len(starts) and starts == sorted(starts)
    for key, value in items.items():
        at = sum(start <= key for start in starts) - 1
        assert json.loads(parts[at])[key] == int(value)


def test_every_entry_is_searchable():
    assert len({record.url for record in records(toy())}) == len(toy().catalog.entries)


def test_names_aliases_and_texts_of_both_languages_stand_in_one_record():
    record = next(record for record in records(toy()) if record.url == "/techniques/toy-pruning/")
    assert {"Toy pruning", "玩具剪枝"} <= set(record.names)
    assert {"toy cutting", "剪玩具"} <= set(record.aliases)


def test_a_word_weighs_by_where_it_stands():
    found, ids = index()
    here = decoded(found["terms"]["prun"])
    assert here[ids.index("toy-pruning")] >> 4 == NAME
    cut = decoded(found["terms"]["cut"])
    assert cut[ids.index("toy-pruning")] >> 4 == ALIAS
    summary = decoded(found["terms"]["techniqu"])
    assert {weight >> 4 for weight in summary.values()} == {TEXT}


def test_chinese_stands_in_pairs_and_in_simplified_characters():
    found, ids = index()
    assert ids.index("toy-pruning") in decoded(found["terms"]["剪枝"])
    assert "玩具剪枝" in found["keys"] and chinese.simplified("剪枝網路") == "剪枝网路"


def test_a_term_leads_where_it_says_and_an_author_to_the_papers():
    found, ids = index({"vocabulary.yaml": VOCABULARY})
    keys = {
        key: dict(zip(flat[::2], flat[1::2], strict=True)) for key, flat in found["keys"].items()
    }
    assert keys["nc"] == {ids.index("toy-rounding"): LEADS * 8}
    assert keys["舍入网路"] == keys["nc"]
    papers = {ids[entry] for entry in keys["艾达"]}
    assert "first2015toys" in papers and papers == {ids[entry] for entry in keys["adafirst"]}
    assert keys["toyround"][ids.index("toy-rounding")] == OWN * 8


def test_an_entry_that_says_it_in_other_words_has_the_concept():
    catalog = toy_with({"vocabulary.yaml": VOCABULARY})
    found = Phrases(concepts([term.model for term in catalog.terms], records(Graph(catalog))))
    assert [number for number, _ in found.within(["a", "numeric", "coarsen", "step"])] == [0]
    assert [number for number, _ in found.within(["先做数值取整再"])] == [0]
    assert list(found.within(["numeric", "step"])) == []


def test_words_of_taiwan_are_known_for_what_the_catalogue_says():
    found = chinese.of_taiwan(["神经网络"], ["搜索内存", "权重"])
    assert found["网路"] == "网络" and found["记忆体"] == "内存" and found["搜寻"] == "搜索"
    assert "权重" not in found


def test_what_sounds_alike_has_the_same_sound():
    assert chinese.sound("减枝") == chinese.sound("剪枝") != chinese.sound("量化")
    counts = Counter("".join(chinese.sounds().values()))
    assert len(counts) > 6_000 and max(counts.values()) == 1


def test_each_value_of_a_filter_has_a_name_in_both_languages():
    found = records(toy())
    opening = json.loads(dict(files(found, []))["opening.json"])
    assert opening["topics"]["cutting"] == ["Cutting", "剪裁"]
    assert opening["topics"].keys() >= opening["filters"]["topic"].keys()
    for language in ("en", "zh"):
        said = script_words({name: kind.names for name, kind in KINDS.items()}, language)
        for facet, table in (("kind", "kinds"), ("language", "languages"), ("status", "status")):
            assert said[table].keys() >= opening["filters"][facet].keys()


def test_a_phrase_of_which_most_words_say_nothing_is_no_phrase():
    term = b"sky: {name: {en: all of the sky, zh: X}, aliases: {en: [sky over all of us]}}"
    terms = [one.model for one in toy_with({"vocabulary.yaml": term}).terms]
    assert Phrases(concepts(terms, [])).table == {"x": 0}


def test_a_paper_is_found_by_every_page_that_names_its_authors():
    found = {record.id: record.keys for record in records(real())}
    assert "openreview:tcbBPnfwxS" in found["frantar2023gptq"]


def test_no_file_of_the_index_is_large():
    graph = toy()
    made = dict(files(records(graph), []))
    large = {path for path, text in made.items() if len(text.encode()) > 12_000}
    assert large <= {"vocabulary.json", "sounds.json"}
