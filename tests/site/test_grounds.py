"""What a claim rests on stands beside it: marks, and the sources to which they lead."""

import html
import json
import re
from typing import get_args

import pytest

from kb import evidence
from kb.catalog import Entry
from kb.graph import Graph
from kb.hosts import HostKind
from kb.schema.technique import Network, Today
from kb.site.language import Language
from kb.site.pages import Pages, browse
from kb.site.search import records
from kb.words import scripts, vocabularies
from tests.catalogs import TOY, toy, toy_with

EN, ZH = Language.ENGLISH, Language.CHINESE
HEAD = """
name: {en: Toy gluing, zh: 玩具粘合}
topics: [cutting]
explanation: [{en: Glue., zh: 粘。, source: ours}]
gains: [{en: None., zh: 无。, source: ours}]
costs: [{en: Glue., zh: 胶水。, source: ours}]
fails: [{en: When wet., zh: 受潮时。, source: ours}]
requires: [{id: toy-pruning, source: ours}]
sources:
  paper: {url: "https://arxiv.org/abs/1901.00002", seen: 2026-01-02}
  blog: {url: "https://toys.museum/glue", seen: 2026-01-02, read: "https://dblp.org/rec/x"}
"""
MARKS = {
    "a source by its number": ("source: blog", "2", "2", "source-blog", []),
    "with its place": ("source: blog, where: Table 2", "2", "2", "source-blog", ["Table 2"]),
    "two sources": ("source: [paper, blog]", "12", "12", "source-paper", []),
    "each with its place": (
        "source: [{key: paper, where: abstract}, {key: blog, where: Section 1}]",
        "12",
        "12",
        "source-paper",
        ["abstract", "Section 1"],
    ),
    "our code": ("source: snippet", "our code", "我们的代码", "source-snippet", []),
    "our judgement": ("source: ours", "our judgement", "我们的判断", "source-ours", []),
    "none": ("", "no source yet", "暂无出处", None, []),
    "an unknown source": ("source: letter", "no source yet", "暂无出处", None, []),
    "markup in a place": ('source: blog, where: "<b>"', "2", "2", "source-blog", ["&lt;b&gt;"]),
}
SHAPES = {
    "https://arxiv.org/abs/1901.00002": "primary",
    "https://dblp.org/rec/x": "record",
    "https://toys.museum/glue": "secondary",
}


def page(idea, more="", language=EN):
    """The page of a technique whose only idea has the ground ``idea``."""
    text = f"{HEAD}idea: [{{en: Glue it., zh: 粘起来。, {idea}}}]\n{more}"
    graph = Graph(toy_with({"techniques/toy-gluing/entry.yaml": text.encode()}))
    site = Pages(graph, (), {}, language=language)
    return site.markdown(f"{language.folder}techniques/toy-gluing.md")


def plain(made):
    """The text of ``made`` as a reader sees it."""
    text = re.sub(r"<[^>]*>", "", made)
    return re.sub(r"&#(\d+);", lambda one: chr(int(one[1])), text)


def marks(markdown):
    return re.findall(
        r'<span class="ground"[^>]*>((?:<span [^>]*>.*?</span>|.)*?)</span>', markdown
    )


@pytest.mark.parametrize(("ground", "en", "zh", "anchor", "at"), MARKS.values(), ids=MARKS.keys())
def test_a_mark_says_what_a_claim_rests_on_and_leads_there(ground, en, zh, anchor, at):
    for language, said in ((EN, en), (ZH, zh)):
        made = page(ground, language=language)
        first = marks(made)[0]
        assert plain(first) == said
        assert re.findall(r'href="#([^"]*)"', first)[:1] == ([anchor] if anchor else [])
        assert anchor is None or f'<li id="{anchor}">' in made
        assert re.findall(r'title="([^"]*)"', first) == at
        assert "<b>" not in made


@pytest.mark.parametrize(("url", "shape"), SHAPES.items(), ids=SHAPES.values())
def test_the_shape_of_a_mark_says_how_close_its_source_stands(url, shape):
    text = f"{HEAD}idea: [{{en: A., zh: 甲。, source: blog}}]".replace(
        "https://toys.museum/glue", url
    )
    graph = Graph(toy_with({"techniques/toy-gluing/entry.yaml": text.encode()}))
    made = Pages(graph, (), {}).markdown("techniques/toy-gluing.md")
    assert f'class="kb-mark kb-mark--{shape}"' in marks(made)[0]


@pytest.mark.parametrize("language", [EN, ZH])
def test_the_marks_have_one_key_on_a_page(language):
    assert page("source: paper", language=language).count('class="kb-key"') == 1


@pytest.mark.parametrize("path", Pages(toy(), (), {}).entries)
def test_every_mark_of_the_toy_leads_to_a_source_that_is_there(path):
    site = Pages(toy(), (), {})
    for target in re.findall(r'href="([^"]*#source-[^"]*)"', site.markdown(path)):
        folder, _, anchor = target.partition("#")
        there = f"{folder.removeprefix('../../').rstrip('/')}.md" if folder else path
        assert f'<li id="{anchor}">' in site.markdown(there), target


def test_a_source_says_what_it_is_where_it_was_read_and_what_it_supports():
    made = page("source: blog, where: Table 2")
    item = next(one for one in re.findall(r"<li id=.*?</li>", made) if "source-blog" in one)
    assert plain(item) == (
        "toys.museum/glue · other text · read in dblp.org/rec/x · "
        "read on 2026-01-02Supports: Idea (Table 2)"
    )


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://arxiv.org/abs/1901.00002", "primary page"),
        ("https://dblp.org/rec/x", "record"),
        ("https://toys.museum/glue", "other text"),
        ("https://192.0.2.1/x", "not a source to cite"),
    ],
)
def test_a_source_says_how_close_its_host_stands(url, kind):
    text = (
        HEAD.replace("https://toys.museum/glue", url) + "idea: [{en: A., zh: 甲。, source: blog}]"
    )
    graph = Graph(toy_with({"techniques/toy-gluing/entry.yaml": text.encode()}))
    made = Pages(graph, (), {}).markdown("techniques/toy-gluing.md")
    assert f" · {kind} " in made.split('<li id="source-blog">')[1].split("</li>")[0]


STANDING = {
    "its weakest key claim": (
        "",
        (
            "Claims: 5 on our judgement, 1 on nothing yet. "
            "Weakest key claims (on nothing yet): Idea. Missing: origin, formula."
        ),
    ),
    "a formula without a ground": (
        "source: paper",
        (
            "Claims: 1 on a primary page, 5 on our judgement. "
            "Weakest key claims (on our judgement): When it fails. Missing: origin, formula."
        ),
    ),
}


@pytest.mark.parametrize(("idea", "said"), STANDING.values(), ids=STANDING.keys())
def test_a_page_says_how_its_entry_stands(idea, said):
    assert f'<p class="standing">{said}</p>' in page(idea)


RELATED = {
    "on its own page": ("papers/third2019more.md", '"#source-paper"', "1"),
    "on the other page": (
        "techniques/toy-rounding.md",
        '"../../papers/third2019more/#source-paper"',
        "paper",
    ),
}


@pytest.mark.parametrize(("path", "href", "said"), RELATED.values(), ids=RELATED.keys())
def test_an_edge_has_its_mark_on_both_pages(path, href, said):
    made = Pages(toy(), (), {}).markdown(path)
    (line,) = (one for one in made.splitlines() if "counts how often" in one)
    assert href in line and [plain(one) for one in marks(line)] == [said]


def test_an_edge_that_makes_no_claim_has_no_mark():
    made = Pages(toy(), (), {}).markdown("techniques/toy-pruning.md")
    (line,) = (one for one in made.splitlines() if "lists/toy-list.md" in one)
    assert marks(line) == []


ORIGINS = {
    "an entry": (
        "origin: {year: 2015, paper: first2015toys, source: paper, where: Section 1}",
        ("First described in 2015: [Toys: A First Look & 100% Fun](../papers/first2015toys.md) 1"),
    ),
    "no entry": (
        (
            'origin: {year: 1989, title: "Old <Toys>", authors: [Ada First], '
            'url: "https://arxiv.org/abs/1901.00002", source: paper}'
        ),
        "First described in 1989: Old <Toys> (Ada First) 1",
    ),
    "a year alone": (
        "origin: {year: 1989}",
        "First described in 1989 no source yet",
    ),
}


@pytest.mark.parametrize(("origin", "said"), ORIGINS.values(), ids=ORIGINS.keys())
def test_the_origin_is_said_in_a_line(origin, said):
    lines = [plain(one) for one in page("source: paper", origin).splitlines()]
    assert any(one.startswith(said) for one in lines), [one for one in lines if "First" in one]


def test_only_rows_about_the_technique_stand_on_its_page_with_what_went_with_them():
    site = Pages(toy(), (), {})
    pruning, rounding = (
        plain(site.markdown(f"techniques/{id}.md")) for id in ("toy-pruning", "toy-rounding")
    )
    assert "compression ratio" in pruning and "compression ratio" not in rounding
    assert "top-1 accuracy" in rounding and "top-1 accuracy" not in pruning
    assert "together with Toy pruning" in rounding


def test_an_article_that_was_read_is_never_called_anything_less():
    read = next(one for one in toy().catalog.of_kind("article") if one.model.summary)
    assert isinstance(read, Entry)
    made = Pages(toy(), (), {}).markdown(f"articles/{read.id}.md")
    assert 'class="status status-text">text read' in made


SHOWN = [path for path in Pages(toy(), (), {}).sources if path != "fields.md"]


@pytest.mark.parametrize("path", SHOWN)
def test_no_page_calls_anything_confirmed(path):
    made = Pages(toy(), (), {}).markdown(path)
    assert not re.search(r"confirm|核实|确认", made, re.IGNORECASE)


COUNTED = {
    "claims": "| Paper | 25 | 0 | 0 | 0 | 1 | 26 |",
    "entries": "| Paper | 2 | 0 | 0 | 0 | 0 | 2 |",
    "articles": "| Article | 1 | 0 | 1 | 2 |",
}


@pytest.mark.parametrize("line", COUNTED.values(), ids=COUNTED.keys())
def test_the_status_page_counts(line):
    assert line in Pages(toy(), (), {}).markdown("status.md").splitlines()


def test_an_entry_that_wants_a_better_source_is_listed_with_the_claims_that_do():
    made = Pages(toy(), (), {}).markdown("status.md")
    lines = [plain(one) for one in made.splitlines() if one.startswith("- ")]
    assert [one.partition(" · ")[0] for one in lines] == [
        "- [Toy pruning](techniques/toy-pruning.md)",
        "- [Toy rounding](techniques/toy-rounding.md)",
        "- Toys explained, cut in half",
    ]
    assert lines[0].endswith("on our judgement: When it fails")


@pytest.mark.parametrize("language", Language)
def test_status_page_index_and_search_use_the_same_words(language):
    site = Pages(toy(), (), {}, language=language)
    status = site.markdown(f"{language.folder}status.md")
    index = browse.page(language, site.graph)
    named = json.loads(html.unescape(re.search('kb-filters="(.*?)"', index)[1]))
    for record in records(site.graph):
        for value in record.filters.get("status", []):
            said = named["status"][value]
            assert scripts.script_words({}, language.value)["status"][value] == said
            assert said in status


def test_every_status_has_its_words():
    assert set(vocabularies.STATUS) == {*get_args(evidence.Ground), *get_args(evidence.Reading)}
    assert set(vocabularies.SITES_OF_SOURCES) == {kind.value for kind in HostKind}
    assert set(vocabularies.NETWORKS) == set(get_args(Network))
    assert set(vocabularies.VERDICTS) == set(get_args(Today.model_fields["verdict"].annotation))


CONDITIONS = {
    "bits: {weight: 4}": "weights: 4 bits",
    "bits: {activation: 8, kv: 2}": "activations: 8 bits, KV cache: 2 bits",
    "group_size: 128": "group size 128",
    "context: 2048": "context 2048 tokens",
    "stride: 512": "stride 512",
    "split: test": "split: test",
    "checkpoint: Bear 7B": "checkpoint: Bear 7B",
    "evaluator: bear-eval": "measured with bear-eval",
    "hardware: shelf": "on shelf",
    "batch: 1": "batch 1",
    "finetuned: false": "not fine-tuned",
    "calibration: {set: C4, samples: 128, length: 2048}": (
        "calibrated on C4, 128 samples, 2048 tokens each"
    ),
    "with: [toy-rounding]": "together with Toy rounding",
}


@pytest.mark.parametrize(("field", "said"), CONDITIONS.items(), ids=CONDITIONS.keys())
def test_a_row_says_under_what_its_number_was_measured(field, said):
    path = "papers/first2015toys.yaml"
    text = (TOY / path).read_text(encoding="utf-8")
    bare = re.sub(r"    (bits|batch|finetuned): .*\n", "", text)
    graph = Graph(
        toy_with({path: bare.replace("    unit: x", f"    {field}\n    unit: x").encode()})
    )
    for page in ("papers/first2015toys.md", "techniques/toy-pruning.md"):
        (row,) = (
            plain(one)
            for one in Pages(graph, (), {}).markdown(page).split("<tr>")
            if "compression ratio" in one
        )
        assert said in row


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("x", ["2×", "1×"]),
        ('"%"', ["2%", "1%"]),
        ("ms", ["2 ms", "1 ms"]),
        ("null", ["2", "1"]),
    ],
)
def test_value_and_baseline_have_the_same_unit(unit, said):
    path = "papers/first2015toys.yaml"
    text = (TOY / path).read_text(encoding="utf-8").replace("unit: x", f"unit: {unit}")
    graph = Graph(toy_with({path: text.encode()}))
    made = Pages(graph, (), {}).markdown("papers/first2015toys.md")
    assert re.findall(r'<td class="kb-(?:value|baseline)"[^>]*>(.*?)</td>', made)[:2] == said


def test_on_the_page_of_a_technique_the_column_names_the_other_techniques():
    path = "papers/first2015toys.yaml"
    text = (TOY / path).read_text(encoding="utf-8")
    both = text.replace("of: [toy-pruning]", "of: [toy-pruning, toy-rounding]")
    made = Pages(Graph(toy_with({path: both.encode()})), (), {}).markdown(
        "techniques/toy-pruning.md"
    )
    assert "Also evidence of" in made
    assert "Also evidence of" not in Pages(toy(), (), {}).markdown("techniques/toy-pruning.md")
