"""A file as large as is allowed costs little, whatever it holds and however many findings."""

import time

import pytest
from yaml import ScalarEvent, parse

from kb.source.format import formatted
from kb.source.reader import MAX_BYTES, MAX_VALUES
from tests.catalogs import findings, raw, toy_with

PAPER = (
    "title: Sixth Sense\nauthors: [Di Sixth]\nyear: 2016\nform: research\n"
    "builds_on: [first2015toys]\nsummary: {en: A sense., zh: 感觉。}\n"
)
TOPIC = "cutting:\n  name: {en: C, zh: C}\n  summary: {en: C, zh: C}\n"
SOURCE = (
    "sources:\n  page:\n    url: 'https://toys.museum/6'\n    seen: 2026-01-02\n    supports:\n"
)
VERSION = "- {{version: v, differs: {{x: y}}, note: {{en: '{long}', zh: '{long}{0}'}}}}\n"
FILES = {  # what is repeated: path, head, one row
    "rows with a misspelt key": (
        "papers/sixth2016sixth.yaml",
        f"{PAPER}topics: [cutting]\nresults:\n",
        "- {{modl: M{}, dataset: D, metric: m, value: 1, where: T}}\n",
    ),
    "unknown fields": ("papers/sixth2016sixth.yaml", PAPER, "titles{}: 1\n"),
    "unknown ids": (
        "papers/sixth2016sixth.yaml",
        f"{PAPER}studies:\n",
        "- {{id: toy-prunin{}, source: ours}}\n",
    ),
    "unknown facts": ("papers/sixth2016sixth.yaml", PAPER + SOURCE, "    - tittle{}\n"),
    "unknown words": ("techniques/x/entry.yaml", "saves:\n", "- laten{}\n"),
    "empty topics": ("topics.yaml", TOPIC, "t{}:\n"),
    "duplicate keys": ("papers/sixth2016sixth.yaml", PAPER, "year: {}\n"),
    "links that never end": (
        "papers/sixth2016sixth.yaml",
        f"{PAPER}topics: [cutting]\nversions:\n",
        VERSION.replace("{long}", "](" * 1900),
    ),
}


WHOLE = {  # files of one value, or of few: path, content up to the limit
    "authors as one text": ('authors: "A', " ", 'B"\n'),
    "authors that end nowhere": ('authors: "A', " and", 'B"\n'),
    "authors by commas": ("authors: ", "A,", "B\n"),
    "marks above marks in a form": ('form: "a', "\u0300\u0316", '"\n'),
    "marks above marks in a day": ('published: "a', "\u0300\u0316", '"\n'),
    "marks above marks in a year": ('year: "a', "\u0300\u0316", '"\n'),
    "marks above marks in an arXiv id": ('arxiv: "a', "\u0300\u0316", '"\n'),
    "marks above marks in a key": ('"a', "\u0300\u0316", '": A\n'),
}
AUTHORS = {
    "many authors": "Di Sixth {}",
    "many authors in wrong order": "'Sixth, Di {}'",
    "many authors in pairs": "Di Sixth and Do Sixth {}",
    "authors with blanks": "A" + " " * 385 + "x{}",
    "authors with brackets": "'A" + "(" * 385 + ")x{}'",
    "authors with invisible blanks": '"Di\\u200b Sixth{}"',
    "authors before comments": "Di Sixth{} # x\n ",
    "authors with control characters": '"Di\\a Sixth{}"',
    "authors with closed brackets": "'A" + "()" * 190 + "x{}'",
}


SECONDS = 0.8
"""Of a core, beyond what the catalogue takes without the file: half a second of a core that is left
alone, more of one that two tests share.
"""

TRIES = 5
"""A neighbour can take half of a core for a while; what is quadratic is slow each time."""


def filled(head: str, row: str, most: int) -> bytes:
    """``head`` and as many numbered rows as fit, ``most`` at most."""
    rows = (MAX_BYTES - len(head.encode())) // len(row.format(10_000))
    return (head + "".join(row.format(number) for number in range(min(rows, most)))).encode()


def cheap(path: str, content: bytes) -> bool:
    """Whether one of a few tries at one more file stays within the bound."""
    return any(seconds(path, content) < SECONDS for _ in range(TRIES))


def seconds(path: str, content: bytes) -> float:
    """The time of ``kb check`` or of ``kb fmt`` for one more file, whichever is longer."""
    start = time.process_time()
    findings(toy_with({}))
    begin = time.process_time()
    assert findings(toy_with({path: content}))
    checked = time.process_time()
    formatted(raw(path, content))
    return max(checked - begin - (begin - start), time.process_time() - checked)


@pytest.mark.parametrize("name", FILES)
def test_a_file_as_large_as_is_allowed_costs_little(name):
    path, head, row = FILES[name]
    assert cheap(path, filled(head, row, MAX_BYTES))


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_as_many_values_as_are_allowed_costs_little(name):
    path, head, row = FILES[name]
    one, two = (
        sum(isinstance(one, ScalarEvent) for one in parse(filled(head, row, n))) for n in (1, 2)
    )
    content = filled(head, row, (MAX_VALUES - one) // (two - one))
    assert cheap(path, content)
    found = findings(toy_with({path: content}))
    assert not any("keys and values" in one.message for one in found)


@pytest.mark.parametrize("name", WHOLE)
def test_a_value_as_long_as_a_file_costs_little(name):
    head, unit, tail = WHOLE[name]
    room = MAX_BYTES - len((head + tail).encode())
    content = (head + unit * (room // len(unit.encode())) + tail).encode()
    assert cheap("papers/sixth2016sixth.yaml", content)


@pytest.mark.parametrize("name", AUTHORS)
def test_as_many_authors_as_a_file_may_hold_cost_little(name):
    head, tail = PAPER.split("[Di Sixth]")
    row = AUTHORS[name] + ", "
    rows = min((MAX_BYTES - len(PAPER.encode())) // len(row.format(1000)), MAX_VALUES - 50)
    authors = "".join(row.format(number) for number in range(rows))
    assert cheap("papers/sixth2016sixth.yaml", f"{head}[{authors}]{tail}".encode())
