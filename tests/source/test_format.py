"""The canonical form: stable, complete, and true to what was typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.source.files import load
from kb.source.format import Formatted, Unformattable, canonical, formatted, misformatted
from kb.source.reader import Document, read
from tests.catalogs import ROOT, TOY, raw

HEAD = "# yaml-language-server: $schema=../../docs/schema/paper.json\n"
CASES = {
    "fields take the order of the schema": ("year: 2015\ntitle: A\n", "title: A\nyear: 2015\n"),
    "a mapping with keys of its own stands in a block": (
        "sources: {a: {url: 'https://a.example', seen: 2026-01-02}}\n",
        'sources:\n  a: {url: "https://a.example", seen: 2026-01-02}\n',
    ),
    "the ground of an edge comes before its reason": (
        "studies:\n  - {why: {en: A, zh: 一}, where: here, source: a, id: x}\n",
        "studies:\n  - {id: x, source: a, where: here, why: {en: A, zh: 一}}\n",
    ),
    "sources come last": (
        "sources: {}\nsummary: {en: A, zh: 一}\n",
        "summary: {en: A, zh: 一}\nsources: {}\n",
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
    "a comment behind the mark of a block moves above": (
        "title: >-  # from v2\n  A\n  B\nsummary: {en: A, zh: 一}\n",
        "title: A B  # from v2\nsummary: {en: A, zh: 一}\n",
    ),
    "also of a literal one": (
        "title: |  # as it is\n  a\n  b\n",
        "# as it is\ntitle: |\n  a\n  b\n",
    ),
    "a hash in a block is text": ("title: |\n  a # b\n  # c\n", "title: |\n  a # b\n  # c\n"),
    "a hash needs no space behind a bracket": ("topics: [a]#b\n", "topics: [a]  #b\n"),
    "several trailing comments go above": (
        "topics: [a, # one\n  b, # two\n  c]\n",
        "# one\n# two\ntopics: [a, b, c]\n",
    ),
    "a comment that may have cut off a text stays behind it": (
        "summary:\n  en: see table #3\n  zh: 见表\n",
        "summary:\n  en: see table  #3\n  zh: 见表\n",
    ),
    "so it does in an item": (
        "links:\n  - role: code # the first\n    url: x\n",
        "links:\n  - role: code  # the first\n    url: x\n",
    ),
    "a trailing comment stays with its key when keys are reordered": (
        f"sources:\n  a:\n    supports: [title]  # all\n    url: {'x' * 120}\n",
        f"sources:\n  a:\n    url: {'x' * 120}\n    supports: [title]  # all\n",
    ),
    "a trailing comment on a dash goes above": (
        "links:\n  -  # which\n    role: code\n    url: x\n",
        "links:\n  # which\n  - {role: code, url: x}\n",
    ),
    "a trailing comment on a key of a block goes above": (
        "links:  # all\n  - {role: code, url: x}\n",
        "# all\nlinks:\n  - {role: code, url: x}\n",
    ),
    "comments of editors' other lines stay": (
        (
            "# yaml-language-server: $schema=old.json\n# yaml-language-server: note\ntitle: A\n"
            "# yaml-language-server: $schema=x\nyear: 1\n"
        ),
        "# yaml-language-server: note\ntitle: A\n# yaml-language-server: $schema=x\nyear: 1\n",
    ),
    "comments before a bracket are kept": ("{ # one\n  title: A}\n", "# one\ntitle: A\n"),
    "comments behind the start of a document": ("--- # one\ntitle: A\n", "# one\ntitle: A\n"),
    "comments behind its end": ("title: A\n... # two\n", "title: A  # two\n"),
    "an empty list under a long key": (f"{'k' * 130}: []\n", f"{'k' * 130}: []\n"),
    "Windows line ends go": ("title: A\r\nyear: 1\r\n", "title: A\nyear: 1\n"),
    "text with line breaks stays so": ("title: |\n  a\n  b\n", "title: |\n  a\n  b\n"),
    "invisible characters stay escaped": (
        'title: "a\\u202eb\\ufeff\\U000e0041"\n',
        'title: "a\\u202eb\\ufeff\\U000e0041"\n',
    ),
    "and get escaped": ("title: a\u200eb\n", 'title: "a\\u200eb"\n'),
}


@pytest.mark.parametrize("case", CASES)
def test_one_case(case):
    typed, wanted = CASES[case]
    assert form(typed.encode()).decode() == HEAD + wanted


@pytest.mark.parametrize("case", CASES)
def test_formatting_twice_changes_nothing(case):
    once = form(CASES[case][0].encode())
    assert form(once) == once


@pytest.mark.parametrize("case", CASES)
def test_only_the_canonical_form_is_taken_for_it(case):
    typed, wanted = CASES[case]
    for content in (typed.encode(), (HEAD + typed).encode(), (HEAD + wanted).encode()):
        file = raw("papers/a.yaml", content)
        assert canonical(file) == (misformatted(file) is None)


REFUSED = {
    "a line separator in a comment": "title: A # a\u2028b: c\n".encode(),
    "400 lists in each other": b"a:\n  " + b"-  " * 400 + b"b\n",
    "two documents": b"title: A\n---\ntitle: B\n",
    "a text in braces with a comma": b"summary: {en: Cut it, then stop., zh: b}\n",
    "a list in braces without brackets": b"summary: {topics, pruning}\n",
}


@pytest.mark.parametrize("case", REFUSED)
def test_no_file_is_left_alone_without_a_word(case):
    refused = formatted(raw("papers/a.yaml", REFUSED[case]))
    assert isinstance(refused, Unformattable) and refused.reason and refused.findings
    assert misformatted(raw("papers/a.yaml", REFUSED[case])) is None


DIFFERENT = {
    "an order": ("title: A\ntopics: [a]\nyear: 1\n", 3),
    "a line too much": ("title: A\n\n", 3),
    "a missing line end": ("title: A", 2),
    "no schema": (None, 1),
    "nothing": ("title: A\n", None),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_the_first_line_that_is_not_canonical_is_found(case):
    typed, line = DIFFERENT[case]
    content = (HEAD + typed if typed else "title: A\n").encode()
    finding = misformatted(raw("papers/a.yaml", content))
    assert (finding and finding.line) == line
    if finding:
        assert (finding.code, finding.hint) == ("KB019", "run `kb fmt`")


@pytest.mark.parametrize("root", [TOY, ROOT / "catalog"], ids=["toy", "real"])
def test_the_catalogues_are_in_canonical_form(root):
    files = load(root)[0]
    assert [file.path for file in files if formatted(file) != Formatted(file.content)] == []


def form(content: bytes) -> bytes:
    """The canonical form of a paper that has one."""
    done = formatted(raw("papers/a.yaml", content))
    assert isinstance(done, Formatted), done
    return done.content


def test_what_cannot_be_read_is_refused_with_the_findings():
    refused = formatted(raw("papers/a.yaml", b"title: [A\n"))
    assert isinstance(refused, Unformattable) and "`kb check` shows why" in refused.reason
    assert [finding.name for finding in refused.findings] == ["yaml-syntax"]


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
        st.sampled_from(["title", "summary", "sources", "other"]), _VALUES, min_size=1, max_size=4
    )
)
@settings(max_examples=400, deadline=None)
def test_any_entry_keeps_its_meaning_and_is_stable(data):
    import json

    typed = json.dumps(data, ensure_ascii=True).encode()
    before = read("papers/a.yaml", typed)
    if not isinstance(before, Document):
        return
    once = form(typed)
    assert read("papers/a.yaml", once).data == before.data
    assert form(once) == once
