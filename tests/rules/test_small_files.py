"""A file as large as is allowed costs about what its parsing costs, however many findings it has."""

import time

import pytest
import yaml

from kb.source.reader import MAX_BYTES
from tests.catalogs import findings, toy_with

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


def filled(head: str, row: str) -> bytes:
    """``head`` and as many numbered rows as fit."""
    rows = (MAX_BYTES - len(head.encode())) // len(row.format(10_000))
    return (head + "".join(row.format(number) for number in range(rows))).encode()


@pytest.mark.parametrize("name", FILES)
def test_the_price_of_a_file_does_not_grow_with_the_square_of_its_findings(name):
    path, head, row = FILES[name]
    content = filled(head, row)
    begin = time.process_time()
    yaml.load(content, Loader=yaml.CSafeLoader)
    parsed = time.process_time()
    assert findings(toy_with({path: content}))
    assert time.process_time() - parsed < 4 * (parsed - begin) + 1
