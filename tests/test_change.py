"""What differs between two catalogues, and how it is written."""

import json
from dataclasses import replace

import pytest

from kb.change import difference
from kb.report.change import FORMATS, escaped, items
from kb.source.faults import FAULTS
from tests.catalogs import findings, toy_with

PATH = "papers/fourth2020paper.yaml"
PAPER = """\
title: Paper Planes
authors: [Di Fourth]
year: 2020
form: research
arxiv: "2001.00003"
topics: [cutting]
studies: [{id: toy-pruning, source: paper}]
summary: {en: It folds., zh: 它折叠。}
results:
  - {of: [toy-pruning], model: Plane, dataset: Shelf, metric: top-1 accuracy, value: 84.4,
     unit: "%", source: paper, where: abstract}
sources:
  paper: {url: "https://arxiv.org/abs/2001.00003", seen: 2026-01-03,
          supports: [title, authors, year, arxiv, summary]}
"""


def change(old, new, before=PATH, after=PATH):
    one = {before: old.encode()} if old else {}
    other = {after: new.encode()} if new else {}
    return difference(toy_with(one), toy_with(other))


def edited(*pairs):
    text = PAPER
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


STUDIES = {"id": "fourth2020paper", "relation": "studies", "target": "toy-pruning"}
ROUNDS = STUDIES | {"target": "toy-rounding"}
NUMBER = ("84.4", "84.3")
TEXT = """\
  text: {url: "https://papers.nips.cc/planes", seen: 2026-01-03, supports: [title, authors]}
"""
BESIDE = PAPER + TEXT
"""The paper with a second source, on which no result rests."""
AGAIN = ("seen: 2026-01-03", "seen: 2026-01-04")
# the edits, the items but for claims and pages, the codes of findings
CASES = {
    "nothing": ((), [], []),
    "a comment": ((("form:", "# said\nform:"),), [], []),
    "a number": ((NUMBER,), [], ["KB802"]),
    "a number that was read again": ((NUMBER, AGAIN), [], []),
    "a number from elsewhere in a page that was not read again": (
        (NUMBER, ("where: abstract", "where: Section 1")),
        [],
        ["KB802"],
    ),
    "a title": ((("Paper Planes", "Paper Plains"),), [], ["KB802"]),
    "an edge": (
        (("id: toy-pruning", "id: toy-rounding"),),
        [{"change": "edge-gained", **ROUNDS}, {"change": "edge-lost", **STUDIES}],
        [],
    ),
    "a link": (
        (("It folds.", "'[It](https://a.example) folds.'"), AGAIN),
        [{"change": "link-new", "id": "fourth2020paper", "url": "https://a.example"}],
        [],
    ),
}


FROM_TEXT = ("source: paper, where: abstract", "source: text, where: Table 1")
# the text before, the edits, whether a source must be read again
ELSEWHERE = {
    "another source, which stood there all the time": (BESIDE, (NUMBER, FROM_TEXT), True),
    "that source besides the first": (
        BESIDE,
        (NUMBER, ("source: paper, where", "source: [paper, text], where")),
        True,
    ),
    "that source under another key": (
        BESIDE,
        (
            NUMBER,
            ("source: paper, where: abstract", "source: printed, where: Table 1"),
            ("  text:", "  printed:"),
        ),
        True,
    ),
    "that source, read again": (
        BESIDE,
        (NUMBER, FROM_TEXT, ('planes", seen: 2026-01-03', 'planes", seen: 2026-01-04')),
        False,
    ),
    "a source that is new": (
        PAPER,
        (NUMBER, FROM_TEXT, ("sources:\n", f"sources:\n{TEXT}")),
        False,
    ),
    "a new source for another copy of a page": (
        BESIDE,
        (
            NUMBER,
            ("source: paper, where: abstract", "source: copy, where: Table 1"),
            ("sources:\n", f"sources:\n{TEXT.replace('text:', 'copy:')}"),
            (
                'copy: {url: "https://papers.nips.cc/planes"',
                'copy: {url: "https://papers.nips.cc/planes", read: "https://a.example/1"',
            ),
        ),
        False,
    ),
    "another source, and the number as it was": (BESIDE, (FROM_TEXT,), True),
    "another source, read again, and the number as it was": (
        BESIDE,
        (FROM_TEXT, ('planes", seen: 2026-01-03', 'planes", seen: 2026-01-04')),
        False,
    ),
    "one more source for the number as it was": (
        BESIDE,
        (("source: paper, where", "source: [paper, text], where"),),
        False,
    ),
    "another source for an edge": (
        BESIDE,
        (("toy-pruning, source: paper", "toy-pruning, source: text"),),
        True,
    ),
    "another source for a fact": (
        BESIDE,
        (
            ("arxiv, summary]", "summary]"),
            ("supports: [title, authors]", "supports: [title, authors, arxiv]"),
        ),
        True,
    ),
    "the source under another key": (
        PAPER,
        (("source: paper", "source: printed"), ("  paper:", "  printed:")),
        False,
    ),
    "a fact with one of its two grounds": (
        BESIDE,
        (("Paper Planes", "Paper Plains"), (TEXT, "")),
        True,
    ),
    "a fact as it was, with one of its two grounds": (BESIDE, ((TEXT, ""),), False),
    "a fact that a source now supports that did not": (
        BESIDE,
        (("year: 2020", "year: 2021"), ("supports: [title, authors]", "supports: [title, year]")),
        True,
    ),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_another_source_is_ground_only_if_somebody_read_it(case):
    before, edits, wanted = ELSEWHERE[case]
    after = before
    for old, new in edits:
        assert old in after
        after = after.replace(old, new)
    found = change(before, after)
    codes = [one.code for one in findings(found.after, change=found)]
    assert ("KB802" in codes) == wanted, codes


@pytest.mark.parametrize("case", CASES)
def test_an_edit_is_named(case):
    edits, wanted, codes = CASES[case]
    found = change(PAPER, edited(*edits))
    assert [one for one in items(found) if one["change"] not in ("claim", "page")] == wanted
    said = findings(found.after, change=found)
    assert [one.code for one in said if one.code.startswith("KB8")] == codes


def test_a_claim_is_shown_before_and_after_with_its_ground():
    found = change(PAPER, edited(NUMBER))
    (one,) = [one for one in found.claims if one.name == "results"]
    assert one.restated and not one.regrounded
    assert one.before.value["value"] == 84.4 and one.after.value["value"] == 84.3
    assert one.before.ground == one.after.ground == "primary"


def test_rows_that_change_places_are_no_change():
    row = PAPER[PAPER.index("  - {of") : PAPER.index("sources:")]
    other = row.replace("Plane", "Glider")
    found = change(edited((row, row + other)), edited((row, other + row)))
    assert found.claims == () and found.pages == ("fourth2020paper",)


def test_an_entry_comes_and_goes():
    assert change("", PAPER).added == ("fourth2020paper",)
    assert change(PAPER, "").removed == ("fourth2020paper",)


def test_a_renamed_entry_is_neither_added_nor_removed():
    after = "papers/fourth2020plane.yaml"
    found = change(PAPER, "formerly: [fourth2020paper]\n" + PAPER, after=after)
    assert dict(found.renamed) == {"fourth2020paper": "fourth2020plane"}
    assert (found.added, found.removed, found.claims, found.gained) == ((), (), (), ())


def test_what_cannot_be_read_is_known_and_not_compared():
    found = change(PAPER, edited(("year: 2020", "year: soon")))
    assert (found.removed, found.claims, found.lost, found.pages) == ((), (), (), ())


# before, after, whether nobody can tell what changes
UNREADABLE = {
    "a value of another form": (PAPER, edited(("year: 2020", "year: soon")), True),
    "a typo in a key": (PAPER, edited(("topics:", "topcs:")), True),
    "an identifier that is an address": (
        PAPER,
        edited(('"2001.00003"', '"https://arxiv.org/abs/2001.00003"')),
        True,
    ),
    "a bracket that is not closed": (PAPER, edited(("[cutting]", "[cutting")), True),
    "a new file with one": ("", edited(("form:", "fom:")), True),
    "what is mended": (edited(("form:", "fom:")), PAPER, True),
    "ends of lines from Windows": (PAPER, PAPER.replace("\n", "\r\n"), False),
    "another layout": (PAPER, edited(("topics: [", "topics:  [")), False),
    "an unknown topic": (PAPER, edited(("[cutting]", "[cuting]")), False),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_compared_is_never_no_change(case):
    before, after, untold = UNREADABLE[case]
    found = change(before, after)
    assert found.uncompared == [f"catalog/{PATH}"] * untold
    for format in ("text", "markdown"):
        said = FORMATS[format](found, [])
        assert ("not compared" in said) == untold
        assert not (untold and ("none" in said or "no changes" in said))


def test_a_second_file_of_one_id_and_a_stranger_are_not_compared():
    stranger = FAULTS["unexpected-file"].at("catalog/papers/a.yml", (1, 1), "none")
    twice = toy_with({PATH: PAPER.encode(), f"articles/{PATH.split('/')[1]}": b"title: A\n"})
    after = replace(twice, findings=(*twice.findings, stranger))
    shadowed = {entry.path for entry in after.shadowed}
    assert {"catalog/papers/a.yml", *shadowed} <= {*difference(toy_with({}), after).uncompared}


def test_recorded_output_is_compared():
    one = toy_with({})
    found = difference(one, one, ({"a": b"1", "b": b"2"}, {"a": b"1", "b": b"3"}))
    assert found.numbers == ("b",)


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_is_as_recorded(format, golden):
    found = change(PAPER, edited(NUMBER, ("id: toy-pruning", "id: toy-rounding")))
    said = [one for one in findings(found.after, change=found) if one.code == "KB802"]
    assert len(said) == 1
    golden(f"reports/change.{format}.txt", FORMATS[format](found, said))


def test_json_has_changes_and_findings():
    assert json.loads(FORMATS["json"](change(PAPER, PAPER), [])) == {"changes": [], "findings": []}


HOSTILE = {
    "<img src=x>": r"&lt;img src=x\>",
    "@everyone": "&#64;&#8203;everyone",
    "[a](https://b)": r"\[a\]\(https\://b\)",
    "a\n# b": r"a\\n\# b",
    "`x` **y**": r"\`x\` \*\*y\*\*",
    "\x1b[2J": r"\\x1b\[2J",
    "&lt;": r"\&lt;",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_markdown(text):
    assert escaped(text) == HOSTILE[text]


REREAD = {
    "the day": (AGAIN, "paper seen 2026-01-03 → 2026-01-04"),
    "the address": (
        ("https://arxiv.org/abs/2001.00003", "https://arxiv.org/abs/2001.00003v2"),
        "paper url https://arxiv.org/abs/2001.00003 → https://arxiv.org/abs/2001.00003v2",
    ),
    "the place": (("where: abstract", "where: Table 1"), "paper where abstract → Table 1"),
}


@pytest.mark.parametrize("case", REREAD)
def test_of_a_claim_whose_source_alone_differs_the_text_says_how(case):
    edit, said = REREAD[case]
    lines = FORMATS["text"](change(PAPER, edited(edit)), []).splitlines()
    claims = [line for line in lines if line.startswith("claim:")]
    assert claims
    assert all(line.endswith(f": {said}") for line in claims), claims
