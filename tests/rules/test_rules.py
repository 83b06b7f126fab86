"""Every rule finds what it is for, where it is, says it in these words, and finds nothing else."""

from pathlib import Path

import pytest

from kb import rules
from kb.shape import SHAPES
from tests.catalogs import findings, toy_with
from tests.rules.bundle import expected, findings_over_toy, parse

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))
NAMES = {*SHAPES, *(rule.kind.name for rule in rules.RULES)}


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_all_findings_are_the_expected_ones(fixture):
    files = parse(fixture.read_text(encoding="utf-8"))
    found = [
        (finding.path, finding.line, f"{finding.code} {finding.name}: {finding.message}")
        for finding in findings_over_toy(files)
    ]
    assert sorted(found) == expected(files)
    assert any(finding.split()[1] == f"{fixture.stem}:" for _, _, finding in found)


def test_every_rule_has_a_fixture():
    assert {path.stem for path in FIXTURES} == NAMES


def test_the_toy_catalogue_is_clean():
    assert findings(toy_with({})) == []


@pytest.mark.parametrize("kind", rules.all_kinds(), ids=lambda kind: kind.name)
def test_every_page_says_what_why_an_example_and_a_cure(kind):
    assert kind.what.endswith(".") and kind.why and kind.example and kind.instead
    assert "Why it matters:" in kind.page and "Example:" in kind.page and "Instead:" in kind.page
    assert kind.code.startswith("KB") and kind.name == kind.name.lower()


def test_codes_are_unique_and_in_order():
    codes = [kind.code for kind in rules.all_kinds()]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_messages_are_lower_case_without_final_period_and_have_a_hint(fixture):
    for finding in findings_over_toy(parse(fixture.read_text(encoding="utf-8"))):
        assert finding.hint
        assert (
            not finding.message.endswith(".")
            and finding.message[0] in "`abcdefghijklmnopqrstuvwxyz"
        )


def test_a_docstring_that_lacks_a_part_is_refused():
    def half(knowledge):
        """A text is wrong.

        Why it matters: somebody reads it.
        """

    with pytest.raises(ValueError, match="four parts"):
        assert rules.Rule("KB999", half).kind


def test_a_page_that_shows_an_experiment_has_two_and_any_other_one():
    entry = parse((Path(__file__).parent / "fixtures" / "idea-left-in.txt").read_text("utf-8"))
    ((path, content),) = entry.items()
    bare = content.decode().partition("  experiments:")[0]
    said = {
        kind: [
            finding.message
            for finding in findings_over_toy({path: bare.replace("experiment", kind).encode()})
        ]
        for kind in ("experiment", "identity")
    }
    assert said == {
        "experiment": ["the snippet has 0 experiments, 2 needed"],
        "identity": ["the snippet has 0 experiments, 1 needed"],
    }
