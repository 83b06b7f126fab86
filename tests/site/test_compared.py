"""The pages of results that compare: what stands above a column, and what is said to be refused."""

import re

import pytest

from kb.graph import Graph
from kb.site.comparison import TABLES, compare
from kb.site.language import Language
from kb.site.pages import Pages
from kb.site.pages.compared import page
from tests.catalogs import toy, toy_with

EN, ZH = Language.ENGLISH, Language.CHINESE
SITES = {language: Pages(toy(), (), {}, language=language) for language in Language}


def shown(language: Language, path: str) -> str:
    return SITES[language].markdown(f"{language.folder}{path}")


def tables(markdown: str) -> list[str]:
    return re.findall(r"<table.*?</table>", markdown)


@pytest.mark.parametrize(
    ("language", "captions"),
    [
        (
            EN,
            [
                "context 2,048 tokens · measured with bear&#95;eval.py · baseline 5.47",
                "context 4,096 tokens · as in Toys, First 2015 · baseline 5.12",
            ],
        ),
        (
            ZH,
            [
                "上下文 2,048 token · 测量工具：bear&#95;eval.py · 基线 5.47",
                "上下文 4,096 token · 据 Toys, First 2015 · 基线 5.12",
            ],
        ),
    ],
    ids=["en", "zh"],
)
def test_what_values_share_stands_above_each_table(language, captions):
    found = re.findall(r"<caption>(.*?)</caption>", shown(language, "results/wikitext-2.md"))
    assert [re.sub(r"<[^>]+>", "", one) for one in found] == captions


@pytest.mark.parametrize("language", Language)
def test_each_value_stands_beside_its_change_and_its_source(language):
    first, second = tables(shown(language, "results/wikitext-2.md"))
    for made, value, change in ((first, "5.6", "+0.13"), (second, "6.42", "+1.30")):
        assert f'<td class="kb-value">{value}</td>' in made
        assert f">{change}</td>" in made
        source = made.rpartition('href="../../papers/first2015toys/">')[2]
        assert re.sub(r"<[^>]+>", "", source) == "First 2015"


@pytest.mark.parametrize(
    ("language", "said", "left"),
    [
        (
            EN,
            "What differs: context length, evaluator, baseline.",
            "No context length is stated: 1",
        ),
        (ZH, "不同之处：上下文长度、测量工具、基线。", "没有写上下文长度：1 行"),
    ],
    ids=["en", "zh"],
)
def test_a_page_says_what_keeps_columns_apart_and_what_is_left_out(language, said, left):
    made = shown(language, "results/wikitext-2.md")
    assert said in made
    assert f"<summary>{left}</summary>" in made
    assert "5.9" in made[made.index(left) :]


def test_the_share_of_zeros_is_said_in_the_language_of_the_page():
    assert "50% of the weights zero" in shown(EN, "results/half-sparse.md")
    assert "50% 的权重为零" in shown(ZH, "results/half-sparse.md")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
@pytest.mark.parametrize(
    ("language", "said"), [(EN, "No row of the catalogue"), (ZH, "目录里还没有一行")]
)
def test_an_empty_table_says_so_and_what_a_row_must_state(language, said, table):
    text = toy().catalog.entries["first2015toys"].text
    bare = re.sub(r"results:\n(?:  .*\n)+", "", text)
    graph = Graph(toy_with({"papers/first2015toys.yaml": bare.encode()}))
    one = next(found for found in compare(graph.catalog) if found.table == table)
    made = page(language, graph, one)
    assert said in made
    assert tables(made) == []
    assert "{#what-a-row-must-state}" in made


@pytest.mark.parametrize("language", Language)
def test_a_topic_leads_to_the_tables_that_hold_values_of_its_papers(language):
    made = shown(language, "topics/cutting.md")
    assert "(../results/wikitext-2.md)" in made
    assert "(../results/mobile-imagenet.md)" not in made


def test_a_topic_names_the_papers_to_read_first_and_why():
    made = shown(EN, "topics/cutting.md")
    part = made[made.index("{#papers-to-read-first}") : made.index("{#results-that-compare}")]
    assert re.findall(r"\((\.\./papers/.*?)\) · (.*)", part) == [
        ("../papers/third2019more.md", "2019 · survey"),
        ("../papers/first2015toys.md", "2015 · papers that build on it or compare with it: 1"),
    ]


FOURTH = """
title: {title}
authors: [Dee Fourth]
year: {year}
form: research
topics: [cutting]
summary: {{en: Toys., zh: 玩具。}}
builds_on: [{on}]
"""


def test_papers_on_which_several_rest_are_read_first_in_order_of_year():
    on = {"a2020old": "first2015toys", "b2021new": "first2015toys, a2020old", "c2022x": "a2020old"}
    files = {
        f"papers/{id}.yaml": FOURTH.format(title=f"Toy {id}", year=id[1:5], on=names).encode()
        for id, names in on.items()
    }
    made = Pages(Graph(toy_with(files)), (), {}).markdown("topics/cutting.md")
    part = made[made.index("{#papers-to-read-first}") : made.index("{#results-that-compare}")]
    assert re.findall(r"papers/(\w+)\.md\) · (.*)", part)[1:] == [
        ("first2015toys", "2015 · papers that build on it or compare with it: 3"),
        ("a2020old", "2020 · papers that build on it or compare with it: 2"),
    ]
