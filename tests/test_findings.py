"""Findings are clean: whatever they quote, each format has one line a finding and can be parsed."""

import json
import os
import unicodedata
from importlib.metadata import version
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import report
from kb.commands.written import written
from kb.findings import LIMIT, Finding, FindingKind, clean
from kb.source.files import load
from tests.catalogs import ROOT, findings, toy_with

KIND = FindingKind("KB999", "some-kind", "What.", "Why.", "example", "Instead.")
CLEANED = {
    "line break": ("a\nb", "a\\nb"),
    "carriage return": ("a\r\nb", "a\\r\\nb"),
    "tab": ("a\tb", "a\\tb"),
    "escape sequence": ("\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07"),
    "C1 control": ("a\x9bb\x85", "a\\x9bb\\x85"),
    "right-to-left override": ("a\u202egnp", "a\\u202egnp"),
    "line separator": ("a\u2028b\u2029", "a\\u2028b\\u2029"),
    "zero width": ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
    "tag character": ("a\U000e0041", "a\\U000e0041"),
    "lone surrogate": ("a\ud800b\udcff", "a\\ud800b\\udcff"),
    "command of GitHub's logs": ("x ##[stop-commands]abc", "x ##\\x5bstop-commands]abc"),
    "Chinese": ("剪枝，“量化”", "剪枝，“量化”"),
    "emoji": ("→ 🙂", "→ 🙂"),
}


@pytest.mark.parametrize("case", CLEANED)
def test_what_cannot_be_seen_is_escaped(case):
    typed, wanted = CLEANED[case]
    assert clean(typed) == wanted


def test_a_long_text_keeps_its_beginning_and_its_end():
    said = clean(f"`{'x' * 70_000}` is not a word of `form`")
    assert (
        len(said) == LIMIT
        and said.startswith("`xxx")
        and said.endswith("` is not a word of `form`")
    )


_NASTY = st.sampled_from(
    "\n\r\t\x00\x07\x1b\x7f\x85\x9b\u061c\u200e\u202e\u2028\u2029\u2066\ufeff\uffff\ud800\udcff"
    ':,%\\"`<a中🙂'
)
_TEXTS = st.text(
    st.one_of(_NASTY, st.characters(exclude_categories=())), max_size=60
) | st.sampled_from(["\n::error file=README.md::pwned", "##[error]x", "\x1b]0;x\x07" * 9_000])


@given(path=_TEXTS, message=_TEXTS, hint=_TEXTS)
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("name", report.FORMATS)
def test_no_format_carries_what_the_input_smuggles_in(name, path, message, hint):
    said = report.FORMATS[name]([KIND.at(f"catalog/{path}", (1, 2), message, hint)])
    kinds = {unicodedata.category(character) for character in said if character != "\n"}
    assert not kinds & {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    assert "##[" not in said and len(said) < 12 * LIMIT
    said.encode("utf-8")
    _has_its_shape(name, said)


def _has_its_shape(name: str, said: str) -> None:
    lines = said.splitlines()
    if name in ("json", "sarif"):
        json.loads(said)
    elif name == "github":
        assert len(lines) == 1 and lines[0].startswith("::error file=catalog")
    else:
        assert len(lines) in (2, 3) and lines[0].startswith("catalog/")
        assert lines[-1] == "1 finding in 1 file"


def test_a_hostile_value_is_quoted_on_one_line():
    entry = b'title: A\nform: "x\\n::error file=README.md::pwned\\e[2J \\u202e"\n'
    said = report.text(findings(toy_with({"papers/a2000b.yaml": entry})))
    assert "\n::error" not in said and "\x1b" not in said and "\u202e" not in said


NAMES = {
    "line break": b"a\n::error file=README.md::pwned.yaml",
    "not UTF-8": b"caf\xe9.yaml",
    "escape sequence": b"\x1b[2J.txt",
    "space and percent": b"a 100%.txt",
}


@pytest.mark.parametrize("name", ["json", "sarif", "github", "text"])
@pytest.mark.parametrize("case", NAMES)
def test_any_name_of_a_file_gives_a_valid_report(case, name, tmp_path):
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / os.fsdecode(NAMES[case])).touch()
    found = load(tmp_path / "catalog")[1]
    said = report.FORMATS[name](found)
    said.encode("utf-8")
    _has_its_shape(name, said)


def test_a_path_in_sarif_is_an_address():
    finding = KIND.at("catalog/papers/a 100%中.yaml", (1, 1), "said")
    uri = json.loads(report.sarif([finding]))["runs"][0]["results"][0]["locations"][0]
    uri = uri["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii() and " " not in uri and unquote(uri) == finding.path


def test_a_whole_path_in_sarif_is_an_address_of_this_machine():
    found = json.loads(report.sarif([KIND.at("/tmp/a b.md", (1, 1), "said")]))["runs"][0]["results"]
    file = found[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert file == {"uri": "file:///tmp/a%20b.md"}


def test_sarif_explains_each_kind_once():
    found = [KIND.at("catalog/a", (line, 1), "said") for line in (1, 2)]
    rules = json.loads(report.sarif(found))["runs"][0]["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in rules] == [("KB999", "SomeKind")]
    assert (
        rules[0]["shortDescription"] == {"text": "What."} and "Instead" in rules[0]["help"]["text"]
    )


def test_sarif_obeys_the_schema_of_its_standard():
    schema = json.loads((ROOT / "tests/data/sarif/schema.json").read_text(encoding="utf-8"))
    found = [
        KIND.at(f"catalog/a {hostile}%中", (1, 1), hostile, hostile) for hostile in ("a", "\n")
    ]
    for some in ([], found):
        said = json.loads(report.sarif(some, report.Tool("1.2.3", "https://a.example/kb/")))
        jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(said)


def test_sarif_says_what_made_it_and_where_each_rule_is_explained():
    said = json.loads(
        report.sarif([KIND.at("a", (1, 1), "")], report.Tool("1.2.3", "https://a/b/"))
    )
    driver = said["runs"][0]["tool"]["driver"]
    assert (driver["version"], driver["informationUri"]) == ("1.2.3", "https://a/b/")
    assert [rule["helpUri"] for rule in driver["rules"]] == ["https://a/b/rules/some-kind/"]


def test_sarif_leads_nowhere_where_no_site_is_known_and_names_its_command(monkeypatch):
    monkeypatch.delenv("KB_SITE_URL", raising=False)
    said = written([KIND.at("a", (1, 1), "")], "sarif", "kb links check")
    driver = json.loads(said)["runs"][0]["tool"]["driver"]
    assert "127.0.0.1" not in said
    assert driver["name"] == "kb links check"
    assert driver["informationUri"].startswith(("https://", "pkg:generic/kb@"))
    assert "helpUri" not in driver["rules"][0]


# site, repository, where to read about the program
HOMES = {
    "a site": ("https://kb.example/", "https://forge.example/a/kb", "https://kb.example/"),
    "a repository": ("", "https://forge.example/a/kb", "https://forge.example/a/kb"),
    "neither": ("", "", "pkg:generic/kb@1.2.3"),
}


@pytest.mark.parametrize("case", HOMES)
def test_sarif_always_says_where_to_read_about_the_program(case):
    site, repository, about = HOMES[case]
    said = report.sarif([], report.Tool("1.2.3", site, "kb check", repository))
    assert json.loads(said)["runs"][0]["tool"]["driver"]["informationUri"] == about


def test_sarif_of_a_command_names_this_version_and_the_site_of_its_build(monkeypatch):
    monkeypatch.setenv("KB_SITE_URL", "https://kb.example/")
    driver = json.loads(written([KIND.at("a", (1, 1), "")], "sarif"))["runs"][0]["tool"]["driver"]
    assert driver["version"] == version("kb")
    assert driver["rules"][0]["helpUri"] == "https://kb.example/rules/some-kind/"


def test_findings_are_sorted_by_place_and_then_by_code():
    other = FindingKind("KB001", "other", "", "", "", "")
    found = [KIND.at("b", (1, 1), ""), KIND.at("a", (2, 1), ""), KIND.at("a", (1, 9), "")]
    found += [other.at("a", (1, 9), "")]
    assert [(one.path, one.line, one.code) for one in sorted(found)] == [
        ("a", 1, "KB001"),
        ("a", 1, "KB999"),
        ("a", 2, "KB999"),
        ("b", 1, "KB999"),
    ]
    assert isinstance(found[0], Finding)
