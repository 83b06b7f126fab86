"""A page judges a new entry as `kb check` does, and shows the page that the site will have."""

import datetime
import json

import pytest

from kb import rules
from kb.carried import carried, unpacked
from kb.catalog import assemble, join
from kb.graph import Graph
from kb.kinds import KINDS
from kb.proposal.html import html
from kb.proposal.judge import KnownCatalog, Proposal, judged, mended
from kb.proposal.page import opened
from kb.report import as_data
from kb.site.language import Language
from kb.site.pages.add import blanks
from kb.source.files import load
from kb.source.format import misformatted
from tests.catalogs import TODAY, toy
from tests.proposal.mistakes import NAMES, proposed, without
from tests.test_mistakes import TABLE, some

DAY = datetime.date(2026, 11, 27)
GOOD = TABLE["specimens"]["paper"]["text"]
SUMMARY = {
    Language.ENGLISH: "twice, once after a short training",
    Language.CHINESE: "小权重分两次剪掉",
}
ID = "lindgren2024thinning"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with the small catalogue of the table of mistakes."""
    return tmp_path_factory.mktemp("small")


@pytest.fixture(scope="module")
def known(small):
    return KnownCatalog.of(unpacked(without(small, "")))


def expected(root, file):
    """What `kb check` says at ``file``, which is new."""
    catalog = assemble(*load(root))
    found = rules.check(catalog, Graph(catalog), DAY, touched=frozenset({file.path}))
    here = [one for one in found if one.path == file.path]
    if not any(one.path == file.path for one in catalog.findings):
        here += filter(None, [misformatted(file)])
    return here


@pytest.mark.parametrize("name", some(NAMES))
def test_a_mistake_is_answered_as_by_the_check(name, tmp_path, small):
    root, file, proposal = proposed(tmp_path, name)
    known = KnownCatalog.of(unpacked(without(small, file.path)))
    found = judged(known, proposal, DAY).findings
    assert as_data(found) == as_data(expected(root, file))


def test_the_table_is_not_left_out():
    assert len(NAMES) > 50


def test_what_travels_is_the_whole_catalogue():
    catalog = toy().catalog
    back = join([unpacked(carried(catalog))])
    models = {id: entry.model for id, entry in catalog.entries.items()}
    assert {id: entry.model for id, entry in back.entries.items()} == models
    assert back.venues == catalog.venues


@pytest.mark.parametrize("language", Language)
def test_a_whole_entry_is_shown_as_its_page(known, language):
    found = judged(known, Proposal("paper", ID, GOOD), DAY, language)
    assert found.findings == () and found.text == GOOD
    assert found.page == f"papers/{ID}.md"
    assert "<h1" in found.shown and "Thinning Small Networks" in found.shown
    assert SUMMARY[language] in found.shown


def test_a_broken_entry_is_not_shown(known):
    found = judged(known, Proposal("paper", ID, GOOD.replace("title:", "titel:")), DAY)
    assert found.findings and not found.shown


@pytest.mark.parametrize("kind", ["paper", "technique"])
def test_a_taken_id_is_refused_and_the_other_entry_is_not_shown(known, kind):
    taken = next(entry for entry in known.part.entries if entry.kind == kind)
    found = judged(known, Proposal("paper", taken.id, GOOD), DAY)
    assert "duplicate-id" in {one.name for one in found.findings} and not found.shown


TYPED = GOOD.replace("abs/2401.99999\n", "abs/2401.99999?utm_source=x\n").replace(
    "[pruning]", "[剪枝]"
)
"""Two mistakes, each with a safe answer."""


def test_safe_answers_lead_to_a_clean_entry(known):
    assert len(judged(known, Proposal("paper", ID, TYPED), DAY).findings) == 2
    assert mended(known, Proposal("paper", ID, TYPED), DAY) == GOOD
    assert mended(known, Proposal("paper", ID, GOOD.replace(": [p", ":  [p")), DAY) == GOOD


def test_one_safe_answer_leaves_the_others(known):
    first, second = judged(known, Proposal("paper", ID, TYPED), DAY).findings
    better = mended(known, Proposal("paper", ID, TYPED), DAY, 0)
    (left,) = judged(known, Proposal("paper", ID, better), DAY).findings
    assert (left.code, left.message) == (second.code, second.message) != (first.code, first.message)


def test_the_page_asks_in_json(small):
    answer = opened(without(small, ""))
    asked = {"kind": "paper", "id": ID, "text": GOOD, "today": "2026-11-27", "language": "zh"}
    told = json.loads(answer(json.dumps(asked)))
    assert (told["findings"], told["path"]) == ([], f"catalog/papers/{ID}.yaml")
    bad = asked | {"text": GOOD.replace("[pruning]", "[剪枝]")}
    (one,) = json.loads(answer(json.dumps(bad)))["findings"]
    assert one["mendable"] and one["code"] == "KB301"
    assert json.loads(answer(json.dumps(bad | {"mend": 0})))["text"] == GOOD


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "- a", "title: [", "a: " + "[" * 3000])
def test_whatever_is_typed_is_answered(known, text):
    assert judged(known, Proposal("paper", ID, text), TODAY).findings


def test_there_is_a_blank_of_every_kind_with_a_file_of_its_own():
    assert set(blanks()) == {name for name, kind in KINDS.items() if kind.form != "keys"}


@pytest.mark.parametrize("kind", blanks())
def test_a_blank_lacks_only_what_is_to_be_filled_in(known, kind):
    found = judged(known, Proposal(kind, "new-entry", blanks()[kind]), DAY).findings
    assert found
    assert {one.name for one in found} <= FILL_IN, found


FILL_IN = {
    "malformed-value",
    "missing-field",
    "wrong-type",
    "orphan",
    "unknown-id",
    "ambiguous-scalar",
}


def test_html_drops_the_front_matter_and_keeps_tables():
    made = html("---\ntitle: a\n---\n# A {#b}\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert "title: a" not in made and '<h1 id="b">A</h1>' in made and 'align="right"' in made
