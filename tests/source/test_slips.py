"""A slip is named where it was made, and its mend changes nothing that was right."""

import pytest

from kb.fix import edited
from kb.source.reader import Document, read

ENTRY = """\
title: Sixth Sense
authors: [Di Sixth, Do Sixth]
venue: {id: arxiv, year: 2023}
arxiv: "2305.98765"
topics: [cutting]
summary:
  en: >-
    Small "weights" are dropped, twice: once.
  zh: "caf\\u00e9"
seen: 2026-11-23
note: {en: "the abstract", zh: 摘要}
"""
MENDED = {  # what the entry has, what is right in its place, what was typed
    "a comma behind braces": ("year: 2023}", "year: 2023}", "year: 2023},"),
    "a semicolon behind a text in quotes": ('"2305.98765"', '"2305.98765"', '"2305.98765" ;'),
    "a full-width comma behind a list": ("[cutting]", "[cutting]", "[cutting]，"),
    "a comment with slashes": ("[cutting]", "[cutting]  # later", "[cutting], // later"),
    "an open quotation mark": ('"2305.98765"', '"2305.98765"', '"2305.98765'),
    "an open quotation mark in braces": ("摘要}", '"摘要"}', '"摘要}'),
    "an accent": ("Do Sixth", "Do Šixth", r"Do \v{S}ixth"),
    "an accent without a dot": ("Do Sixth", '"Dí Sixth"', r"""  "D\'{\i} Sixth" """.strip()),
    "a backslash beside a good escape": (
        "Sixth Sense",
        r'"A \\epsilon of \\sum"',
        r'"A \epsilon of \sum"',
    ),
    "a colon beside a text in quotes": ("Sixth Sense", '"Sixth: Sense"', "Sixth: Sense"),
    "curly marks inside": ("Sixth Sense", '"The “sixth”: a “sense”"', "The “sixth”: a “sense”"),
    "a comma in a text in braces": (
        '"the abstract"',
        '"the abstract, Table 1, and 2"',
        "the abstract, Table 1, and 2",
    ),
    "a comma before a number": ("摘要}", '"摘要 10,000 字"}', "摘要 10,000 字}"),
    "a comma before quotes": (
        '"the abstract"',
        r'"its \"first\", I think"',
        'its "first", I think',
    ),
    "commas in a number of pages": ("2023}", '2023, pages: "1, 5"}', "2023, pages: 1, 5}"),
    "a list of a part": ("2023}", "2023, topics: [a, b]}", "2023, topics: a, b}"),
    "a list in braces": ("[cutting]", "[cutting, folding]", "{cutting, folding}"),
    "a word in brackets before a title": ("Sixth Sense", '"[Old] Sense"', "[Old] Sense"),
}
TOLD = {  # what the entry has, what was typed, what is said
    "a quotation mark before two names": ("Do Sixth", '"Do Sixth, De Sixth', "not closed"),
    "a quotation mark before two parts": ('"the abstract"', '"the abstract', "not closed"),
    "an open text with a comment": ('"2305.98765"', '"2305.98765  # id', "not closed"),
    "words behind a list": ("[cutting]", "[cutting] and folding", "`and folding` behind"),
    "a second list": ("[Di Sixth, Do Sixth]", "[Di Sixth], [Do Sixth]", "behind the `]`"),
    "words behind braces": ("year: 2023}", "year: 2023} (draft)", "`(draft)` behind"),
    "a comma behind quotes": ('"the abstract"', '"the abstract", here', "`here` is read as a key"),
    "a comma in a year": ("2023}", "2023, 2024}", "`2024` is read as a key"),
    "a list that may be a text": ("2023}", "2023, source: page, table 3}", "`table 3` is read"),
    "a colon before what may be a comment": ("Sixth Sense", "Sixth: Sense # 6", "without quotes"),
}


def _only_finding(text: str, typed: str):
    """The finding on ``text``, which stands on the line with ``typed``."""
    found = read("a.yaml", text.encode())
    assert not isinstance(found, Document) and len(found) == 1
    assert text.split("\n")[found[0].line - 1].count(typed) == 1
    return found[0]


@pytest.mark.parametrize("case", MENDED)
def test_a_slip_is_mended_and_nothing_else(case):
    before, right, typed = MENDED[case]
    wanted, text = (ENTRY.replace(before, one, 1) for one in (right, typed))
    assert isinstance(read("a.yaml", wanted.encode()), Document)
    assert edited(text, _only_finding(text, typed).edits) == wanted


@pytest.mark.parametrize("case", TOLD)
def test_what_may_be_meant_in_two_ways_is_told_and_left(case):
    before, typed, said = TOLD[case]
    found = _only_finding(ENTRY.replace(before, typed, 1), typed)
    assert said in found.message and found.edits == ()
