"""Pages over the toy catalogue: golden files, and what must be true of each."""

import re

import pytest

from kb import rules
from kb.code import Code, Runtime, Shelf
from kb.export import FORMATS
from kb.graph import Graph
from kb.kinds import KINDS
from kb.rules import ids
from kb.schema import Paper
from kb.site.language import Language
from kb.site.pages import Pages, pages
from kb.site.pages.parts import related, short
from kb.site.topic_map import layout, rows
from kb.snippets.read import read
from kb.walk import has_page
from kb.words import indexes
from kb.words.relations import RELATION_WORDS
from tests.catalogs import TOY, toy, toy_ledger, toy_with

DOWNLOADS = {file: name.encode() for name, (file, _) in FORMATS.items()}
SHELF = Shelf(
    read(TOY, ("toy-pruning", "toy-rounding"))[0], Runtime("1.2.3", "3.14", "2.4.3", 9_300_000)
)
EN, ZH = Language.ENGLISH, Language.CHINESE
PAGES = pages(toy(), rules.all_kinds(), DOWNLOADS, SHELF, toy_ledger(), EN)
CHINESE = pages(toy(), rules.all_kinds(), DOWNLOADS, SHELF, toy_ledger(), ZH)
ALL = PAGES | CHINESE
GOLDEN = [path for path in ALL if not path.startswith(("rules/", "fields"))]
HAND_WRITTEN = {
    f"{language.folder}{name}"
    for language in Language
    for name in ("facts.md", "link-states.md", "contribute.md")
}


@pytest.mark.parametrize("path", GOLDEN)
def test_golden(path, golden):
    golden(f"pages/{path}" if path in CHINESE else f"pages/en/{path}", ALL[path].markdown)


def test_the_trees_have_the_same_pages_but_for_those_for_maintainers():
    english = {path for path in PAGES if not path.startswith(("rules/", "fields"))}
    assert {f"zh/{path}" for path in english} == CHINESE.keys()


@pytest.mark.parametrize("path", CHINESE)
def test_both_languages_have_the_same_anchors(path):
    english = PAGES[path.removeprefix("zh/")].markdown
    anchors = re.compile(r"^#+ .*\{#([\w-]+)\}$|\bid=\"([\w-]+)\"", re.M)
    assert anchors.findall(CHINESE[path].markdown) == anchors.findall(english)


ID = re.compile(rf"(?<![\w/.#-])(?:{'|'.join(one.id for one in toy().catalog.of(Paper))})(?![\w-])")
UNSEEN = re.compile(r"```.*?^```|`[^`\n]*`|<[^>]*>|(?<=\])\([^)]*\)|\A---\n.*?\n---\n", re.M | re.S)
"""Code, tags, addresses and the head of a page."""


@pytest.mark.parametrize("path", [one for one in ALL if not one.startswith(("rules/", "fields"))])
def test_no_page_calls_a_paper_by_its_id(path):
    assert ID.findall(UNSEEN.sub("", ALL[path].markdown)) == []


@pytest.mark.parametrize("path", ALL)
def test_every_relative_link_leads_to_a_page(path):
    folder = path.split("/")[:-1]
    for target in re.findall(r"\]\(([^)#?]+\.md)\)", ALL[path].markdown):
        parts = list(folder)
        for step in target.split("/"):
            parts = parts[:-1] if step == ".." else [*parts, step]
        assert "/".join(parts) in ALL or "/".join(parts) in HAND_WRITTEN


def test_every_entry_of_which_something_is_said_has_a_page_that_names_its_file():
    sources = {page.source for page in PAGES.values() if page.source}
    entries = toy().catalog.entries.values()
    assert sources == {entry.path for entry in entries if has_page(entry)}
    without = [entry.id for entry in entries if not has_page(entry)]
    assert without == ["toys-explained-again"]


@pytest.mark.parametrize("path", ["papers/first2015toys.md", "index.md", "rules/cycle.md"])
def test_one_page_is_made_without_the_others(path):
    site = Pages(toy(), rules.all_kinds(), DOWNLOADS, SHELF, toy_ledger())
    assert site.sources == {path: page.source for path, page in PAGES.items()}
    assert site.markdown(path) == PAGES[path].markdown


def test_every_rule_has_a_page():
    assert {f"rules/{kind.name}.md" for kind in rules.all_kinds()} <= PAGES.keys()


GLUING = """
name: {en: Toy gluing, zh: 玩具粘合}
topics: [cutting]
idea: [{en: Glue it., zh: 粘起来。, source: ours}]
explanation: [{en: Glue., zh: 粘。, source: ours}]
gains: [{en: None., zh: 无。, source: ours}]
costs: [{en: Glue., zh: 胶水。, source: ours}]
fails: [{en: When wet., zh: 受潮时。, source: ours}]
requires: [toy-rounding]
"""


SHARED = {
    "on what the shared one rests": (
        "toy-rounding",
        "toy-pruning",
        "is its prerequisite",
        "是它的先修",
    ),
    "what rests on it, too": ("toy-pruning", "toy-rounding", "requires it", "以它为先修"),
}


@pytest.mark.parametrize(("by", "other", "en", "zh"), SHARED.values(), ids=SHARED.keys())
def test_related_stands_below_what_is_shared_and_says_why(by, other, en, zh):
    gluing = GLUING.replace("requires: [toy-rounding]", f"requires: [{by}]")
    graph = Graph(toy_with({"techniques/toy-gluing/entry.yaml": gluing.encode()}))
    for language, said in ((EN, en), (ZH, zh)):
        made = related(language, graph, graph.catalog.entries["toy-gluing"])
        group = next(part for part in made.split("**[")[1:] if f"techniques/{by}.md" in part)
        line = next(one for one in group.splitlines() if f"techniques/{other}.md" in one)
        assert line.endswith(f">{said}</span>")


def test_no_reason_of_related_has_more_than_six_words():
    for relation, said in RELATION_WORDS.items():
        for pair in (said.kin, said.inverse_kin):
            assert len(pair.en.split()) <= 6, relation
            assert len(pair.zh) <= 12, relation


def test_the_same_toolbox_is_no_kinship():
    gluing = GLUING.replace("requires: [toy-rounding]\n", "")
    box = (TOY / "resources" / "toybox.yaml").read_text(encoding="utf-8")
    box = box.replace(
        "  - {id: toy-pruning,", "  - {id: toy-gluing, source: home}\n  - {id: toy-pruning,"
    )
    files = {"techniques/toy-gluing/entry.yaml": gluing, "resources/toybox.yaml": box}
    graph = Graph(toy_with({name: text.encode() for name, text in files.items()}))
    assert "toy-pruning" in {near.id for near in graph.near("toy-gluing", 20)}
    assert "toy-pruning" not in related(EN, graph, graph.catalog.entries["toy-gluing"])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.example.org/a/", "example.org/a"),
        ("https://example.org/%E5%89%AA%E6%9E%9D", "example.org/剪枝"),
        ("https://example.org/%E2%80%AEfdp.a", "example.org/%E2%80%AEfdp.a"),
        (f"https://example.org/{'a' * 60}/{'b' * 60}", f"example.org/{'a' * 31}…{'b' * 28}"),
    ],
    ids=["no scheme", "decoded", "what turns text around stays encoded", "long"],
)
def test_an_address_is_shown_short(url, shown):
    assert short(url) == shown


def test_the_map_holds_every_technique_and_no_two_rows_collide():
    places = rows(layout(toy()))
    assert set(places) == {"toy-pruning", "toy-rounding"}
    assert len(set(places.values())) == len(places)


def test_without_a_runtime_the_page_says_that_code_cannot_be_run_and_shows_all_the_same():
    without = pages(toy(), (), {}, Shelf(SHELF.codes))["techniques/toy-pruning.md"].markdown
    assert "cannot be run here" in without and "<kb-run" not in without
    assert "import numpy as np" in without and "figure.svg" in without


def test_a_technique_without_code_has_no_empty_section():
    bare = pages(toy(), (), {}, Shelf())["techniques/toy-rounding.md"].markdown
    assert "Run it" not in bare and "kb-trial" not in bare


def test_code_alone_is_shown_without_output_figure_or_words_about_it():
    alone = pages(toy(), (), {}, Shelf({"toy-rounding": Code(source="print(1)")}))[
        "techniques/toy-rounding.md"
    ].markdown
    assert "```python\nprint(1)\n```" in alone and "<img" not in alone and "recorded" not in alone


def test_the_folder_of_a_language_is_no_id():
    folders = {language.folder.strip("/") for language in Language} - {""}
    assert folders == ids.RESERVED


@pytest.mark.parametrize(("language", "path"), [(EN, "status.md"), (ZH, "zh/status.md")])
def test_the_status_page_counts_what_exists_in_one_language_only(language, path):
    rows = {
        indexes.NAMES_OF.fill(kind=KINDS["paper"].names): "1 | 0",
        indexes.NAMES_OF.fill(kind=KINDS["technique"].names): "0 | 0",
        indexes.FIGURES: "1 | 0",
    }
    lines = ALL[path].markdown.splitlines()
    assert {f"| {language.say(what)} | {count} |" for what, count in rows.items()} <= {*lines}


@pytest.mark.parametrize("path", [path for path in PAGES if path.startswith(("rules/", "fields"))])
def test_a_page_in_english_only_is_summed_up_in_chinese(path):
    assert re.search(r'^<p lang="zh">.{20,}</p>$', PAGES[path].markdown, re.M)
