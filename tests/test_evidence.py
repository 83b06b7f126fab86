"""On what an entry rests: its claims by ground, the weakest it stands on, and what is missing."""

import pytest

from kb import evidence
from kb.schema import Article
from kb.walk import claims, said
from tests.catalogs import TOY, toy, toy_with

PAPER = (TOY / "papers/first2015toys.yaml").read_text(encoding="utf-8")
THIRD = (TOY / "papers/third2019more.yaml").read_text(encoding="utf-8")
PRIMARY, COPY = "https://papers.nips.cc/paper/toys.pdf", "https://toys.museum/a/copy"
CHANGES = {  # what is changed in the paper: the weakest ground of what it stands on
    "nothing": (PAPER, "primary"),
    "a copy in place of the proceedings": (PAPER.replace(PRIMARY, COPY), "page"),
    "an account of somebody in place of the proceedings": (
        PAPER.replace(PRIMARY, "https://github.com/somebody/toys"),
        "page",
    ),
    "the account that the paper gives as that of its code": (
        PAPER.replace(
            PRIMARY, "https://raw.githubusercontent.com/first/toys/v1.0/README.md"
        ).replace("https://example.org/toys", "https://github.com/First/toys"),
        "primary",
    ),
    "the row is our judgement": (
        PAPER.replace("source: proceedings\n    where: Table 1", "source: ours"),
        "ours",
    ),
    "the row is shown by our code": (
        PAPER.replace("source: proceedings\n    where: Table 1", "source: snippet"),
        "code",
    ),
    "the row names nothing": (PAPER.replace("    source: proceedings\n", ""), "none"),
    "the row names two": (
        PAPER.replace("    source: proceedings\n", "    source: [ours, proceedings]\n"),
        "primary",
    ),
    "nobody supports the title": (PAPER.replace("supports: [title,", "supports: ["), "none"),
    "nobody supports the DOI, which is no key claim": (PAPER.replace(" doi,", ""), "primary"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_weakest_key_claim_is_the_status(change):
    text, weakest = CHANGES[change]
    entry = toy_with({"papers/first2015toys.yaml": text.encode()}).entries["first2015toys"]
    assert evidence.status(entry) == weakest
    assert all(claim.key for claim in evidence.standing(entry).weak)


def test_claims_are_counted_by_ground_and_missing_facts_stand_beside():
    known = toy().catalog.entries
    standing = evidence.standing(known["toy-pruning"])
    assert standing.counts == {"primary": 5, "page": 0, "code": 1, "ours": 4, "none": 0}
    assert [(claim.keys, claim.kind) for claim in standing.weak] == [(("fails", 0), "statement")]
    assert [pair.en for pair in evidence.missing(known["third2019more"])] == ["DOI"]
    assert [pair.en for pair in evidence.missing(known["toy-rounding"])] == ["origin", "formula"]


def test_relations_that_may_rest_on_our_judgement_weaken_nothing():
    entry = toy().catalog.entries["toy-pruning"]
    ours = [claim for claim in claims(entry) if claim.field == "combines"]
    assert ours and not any(claim.key for claim in ours)


def test_a_number_that_stands_elsewhere_has_a_claim_of_its_own():
    entry = toy().catalog.entries["third2019more"]
    rows = {claim.keys: claim.grounds for claim in claims(entry) if claim.kind == "row"}
    assert set(rows) == {
        ("results", 0),
        *(("results", 0, name) for name in ("params", "flops", "macs")),
    }
    assert [(cite.key, cite.where) for cite in rows["results", 0]] == [
        ("paper", "abstract"),
        ("paper", "Table 2"),
    ]


def test_the_place_beside_several_sources_is_that_of_each_without_one():
    text = PAPER.replace(
        "source: proceedings\n    where: Table 1",
        "source: [ours, {key: proceedings, where: page 2}]\n    where: Table 1",
    )
    entry = toy_with({"papers/first2015toys.yaml": text.encode()}).entries["first2015toys"]
    row = next(claim for claim in claims(entry) if claim.kind == "row")
    assert [cite.where for cite in row.grounds] == ["Table 1", "page 2"]


READ = {  # what is changed in the article: how well it is known
    "copy read": ({}, "text"),
    "a summary tells that the text was read": (
        {"basis: copy-read, source: copy": "basis: inferred"},
        "text",
    ),
    "title only": (
        {"basis: copy-read, source: copy": "basis: named-in-title", "summary:": "formerly: [] #"},
        "title",
    ),
    "guessed": (
        {"basis: copy-read, source: copy": "basis: inferred", "summary:": "formerly: [] #"},
        "guess",
    ),
}


@pytest.mark.parametrize("case", READ)
def test_an_article_is_known_by_its_text_its_title_or_by_guess(case):
    changes, reading = READ[case]
    text = (TOY / "articles/toys-explained.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    entry = toy_with({"articles/toys-explained.yaml": text.encode()}).of(Article)[0]
    assert entry.id == "toys-explained" and evidence.status(entry) == reading


def test_statements_run_on_in_both_languages():
    text = said(toy().catalog.entries["toy-pruning"].model.explanation)
    assert text.en == "Small toys are missed by nobody. One after the other is cut."
    assert text.zh == "小玩具没人惦记。逐个剪掉。"
