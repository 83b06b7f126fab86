"""The canonical form: stable, complete, and true to what was typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.source.files import load
from kb.source.format import formatted
from kb.source.reader import Document, read
from tests.catalogs import ROOT, TOY, raw

HEAD = "# yaml-language-server: $schema=../../docs/schema/paper.json\n"
CASES = {
    "fields take the order of the schema": ("year: 2015\ntitle: A\n", "title: A\nyear: 2015\n"),
    "evidence comes last": (
        "evidence: []\nsummary: {en: A, zh: 一}\n",
        "summary: {en: A, zh: 一}\nevidence: []\n",
    ),
    "unknown fields stay, behind": ("colour: red\ntitle: A\n", "title: A\ncolour: red\n"),
    "quotes go where they are not needed": ("title: 'A'\n", "title: A\n"),
    "quotes stay where they are needed": (
        "title: 'A: B'\narxiv: \"1905.11946\"\n",
        'title: "A: B"\narxiv: "1905.11946"\n',
    ),
    "numbers keep their spelling": (
        "year: 2015\nresults: [{params: 66e6}]\n",
        "year: 2015\nresults:\n  - {params: 66e6}\n",
    ),
    "short lists stand on one line": ("topics:\n  - a\n  - b\n", "topics: [a, b]\n"),
    "mappings in lists get a line each": (
        "links: [{role: code, url: x}]\n",
        "links:\n  - {role: code, url: x}\n",
    ),
    "long text is folded": (
        f"title: {'word ' * 40}end\n",
        f"title: >-\n  {('word ' * 23).strip()}\n  {'word ' * 17}end\n",
    ),
    "Chinese is not folded": (f"title: {'剪枝' * 40} a\n", f"title: {'剪枝' * 40} a\n"),
    "comments stay with their field": (
        "# about the year\nyear: 2015  # seen\ntitle: A\n",
        "title: A\n# about the year\nyear: 2015  # seen\n",
    ),
    "comments inside brackets move behind": (
        "topics: [a, # first\n  b]\n",
        "topics: [a, b]  # first\n",
    ),
    "comments of items stay with their item": ("topics:\n  # one\n  - a\n", "# one\ntopics: [a]\n"),
    "a last comment stays last": ("title: A\n# the end\n", "title: A\n# the end\n"),
    "Windows line ends go": ("title: A\r\nyear: 1\r\n", "title: A\nyear: 1\n"),
    "text with line breaks stays so": ("title: |\n  a\n  b\n", "title: |\n  a\n  b\n"),
    "invisible characters stay escaped": (
        'title: "a\\u202eb\\ufeff\\t\\U000e0041"\n',
        'title: "a\\u202eb\\ufeff\\t\\U000e0041"\n',
    ),
    "and get escaped": ("title: a\u200eb\n", 'title: "a\\u200eb"\n'),
}


@pytest.mark.parametrize("case", CASES)
def test_one_case(case):
    typed, wanted = CASES[case]
    assert formatted(raw("papers/a.yaml", typed.encode())).decode() == HEAD + wanted


@pytest.mark.parametrize("case", CASES)
def test_formatting_twice_changes_nothing(case):
    once = formatted(raw("papers/a.yaml", CASES[case][0].encode()))
    assert formatted(raw("papers/a.yaml", once)) == once


@pytest.mark.parametrize("root", [TOY, ROOT / "catalog"], ids=["toy", "real"])
def test_the_catalogues_are_in_canonical_form(root):
    assert [file.path for file in load(root)[0] if formatted(file) != file.content] == []


def test_what_cannot_be_read_is_left_alone():
    assert formatted(raw("papers/a.yaml", b"title: [A\n")) is None


_WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
_PLAIN = st.text(alphabet="ab :-,#[]{}'\"&*!|>%@`~0.1eno中 \\?", max_size=150)
_VALUES = st.recursive(
    st.one_of(_WORDS, _PLAIN, st.integers(-(10**6), 10**6), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_PLAIN, inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["title", "summary", "evidence", "other"]), _VALUES, min_size=1, max_size=4
    )
)
@settings(max_examples=400, deadline=None)
def test_any_entry_keeps_its_meaning_and_is_stable(data):
    import json

    typed = json.dumps(data, ensure_ascii=True).encode()
    before = read("papers/a.yaml", typed)
    if not isinstance(before, Document):
        return
    once = formatted(raw("papers/a.yaml", typed))
    assert once is not None, "the canonical form says something else"
    assert read("papers/a.yaml", once).data == before.data
    assert formatted(raw("papers/a.yaml", once)) == once
