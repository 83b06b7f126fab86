"""What can be spelt in several ways has one spelling, and different words keep theirs."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import spelling

TABLE = Path(__file__).parent / "data" / "spellings.tsv"
with TABLE.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream, delimiter="\t"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['one']}-{row['other']}")
def test_the_same_word_has_the_same_key_and_another_has_not(row):
    same = spelling.key(row["one"]) == spelling.key(row["other"])
    assert same == (row["same"] == "yes")


@given(st.text())
def test_any_text_has_words_and_normal_text_is_left_alone(text):
    once = spelling.normal(text)
    assert spelling.normal(once) == once
    assert all(spelling.stem(word) for word in spelling.words(text))
