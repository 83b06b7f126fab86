"""Words that resemble one another, and those that only share letters."""

import pytest

from kb.near import is_slip, nearest

SLIPS = [
    ("titel", "title"),
    ("yaer", "year"),
    ("autors", "authors"),
    ("langage", "language"),
    ("licence", "license"),
    ("notes", "note"),
    ("copmares_wih", "compares_with"),
    ("Summray", "summary"),
]
OTHER_WORDS = [
    ("gflops", "flops"),
    ("top5", "top1"),
    ("falls", "fails"),
    ("supported", "supports"),
    ("evaluated", "evaluator"),
    ("pages", "place"),
    ("sparsity", "split"),
    ("step", "stride"),
    ("at", "as"),
]


@pytest.mark.parametrize(("word", "known"), SLIPS)
def test_a_letter_or_two_of_a_long_word_are_a_slip(word, known):
    assert is_slip(word, known)
    assert nearest(word, ["other", known, "words"]) == known


@pytest.mark.parametrize(("word", "known"), OTHER_WORDS)
def test_another_word_is_no_slip(word, known):
    assert not is_slip(word, known)


ASTRAY = [
    ("maintained", ["active", "archived", "inactive", "discontinued"]),
    ("supported", ["active", "superseded", "ended"]),
    ("memory", ["summary", "form"]),
    ("top1", ["topics"]),
    ("stars", ["status"]),
    ("volume", ["value"]),
    ("cites", ["bits", "title"]),
    ("size", ["stride", "since"]),
    ("github", ["with"]),
    ("", ["a"]),
]


@pytest.mark.parametrize(("word", "known"), ASTRAY)
def test_letters_in_common_do_not_make_one_word_another(word, known):
    assert nearest(word, known) == ""


def test_the_begin_of_an_id_is_enough_to_ask():
    assert nearest("han2015", ["han2015learning", "hinton2015distilling"]) == "han2015learning"
    assert nearest("hinton2014distilling", ["hinton2015distilling"]) == "hinton2015distilling"
