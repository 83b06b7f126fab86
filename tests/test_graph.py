"""The questions one asks of the graph."""

import pytest

from kb.catalog import assemble
from kb.graph import RELATIONS, Graph
from kb.words.pair import Pair
from kb.words.relations import RELATION_WORDS
from tests.catalogs import raw, real, toy

TECHNIQUE = (
    "name: {{en: X, zh: X}}\ntopics: [t]\n"
    "idea: [{{en: X, zh: X}}]\nexplanation: [{{en: X, zh: X}}]\n"
    "gains: [{{en: X, zh: X}}]\ncosts: [{{en: X, zh: X}}]\nfails: [{{en: X, zh: X}}]\n"
    "requires: [{}]\n"
)


def techniques(requires: dict[str, str]) -> Graph:
    return Graph(
        assemble(
            raw(f"techniques/{id}/entry.yaml", TECHNIQUE.format(names).encode())
            for id, names in requires.items()
        )
    )


def test_prerequisites_come_in_an_order_in_which_they_can_be_read():
    graph = techniques({"d": "c, b", "c": "a", "b": "a", "a": "", "other": "a"})
    assert graph.prerequisites("d") == ["a", "b", "c"]
    assert graph.prerequisites("a") == []


def test_a_circle_of_prerequisites_still_gives_an_answer():
    graph = techniques({"a": "b", "b": "a"})
    assert graph.prerequisites("a") == ["a", "b"]


def test_a_path_says_each_relation():
    steps = toy().path("toybox", "toy-rounding")
    assert [(step.words().en, step.to) for step in steps] == [
        ("implements", "toy-pruning"),
        ("is required by", "toy-rounding"),
    ]


def test_a_path_prefers_meaning_to_lists_and_topics():
    steps = toy().path("toys-explained", "third2019more")
    assert [step.edge.relation for step in steps] == ["about", "builds_on"]


def test_there_is_no_path_to_what_is_not_connected():
    assert techniques({"a": "", "b": ""}).path("a", "b") == []


def test_what_is_near_is_ranked_and_has_a_reason():
    near = toy().near("toy-pruning", limit=3)
    assert [one.id for one in near] == ["toy-rounding", "first2015toys", "toybox"]
    assert [one.score for one in near] == sorted((one.score for one in near), reverse=True)
    assert near[0].steps[0].sentence(Pair("this", "本技术"), Pair("it", "它")) == Pair(
        "it requires this", "先懂本技术，再看它"
    )


def test_inverses_are_computed():
    graph = toy()
    assert [edge.source for edge in graph.into("toy-pruning", "introduces")] == ["first2015toys"]
    assert {step.to for step in graph.steps("toy-pruning") if step.inverse} == {
        "first2015toys",
        "toy-list",
        "toy-rounding",
        "toybox",
    }


def test_statistics_count_entries_and_edges():
    stats = toy().stats()
    assert stats["entries"] == {
        "article": 2,
        "list": 1,
        "paper": 2,
        "resource": 1,
        "technique": 2,
        "topic": 2,
    }
    assert stats["edges"]["lists"] == 4


def test_orphans_are_what_only_topics_tie():
    assert toy().orphans() == []
    assert techniques({"a": ""}).orphans() == ["a"]


def test_centrality_adds_up_to_one():
    graph = toy()
    everything = graph.central(99, ("paper", "technique", "article", "resource", "topic", "list"))
    assert sum(score for _, score in everything) == pytest.approx(1, abs=1e-6)
    assert everything[0][0] == "first2015toys"


def test_every_relation_has_words_and_no_words_are_left_over():
    assert RELATION_WORDS.keys() == RELATIONS.keys()


def test_every_technique_of_the_real_catalogue_is_reached_by_a_paper_an_article_or_the_list():
    graph = real()
    assert graph.orphans() == []
