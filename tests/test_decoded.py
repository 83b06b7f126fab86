"""Rules look at what a value says, not at how the file spells it: payloads times fields."""

import pytest

from tests.catalogs import findings, toy_with

PAYLOADS = {
    "escape, \\x": (r"\x1b[2J", "control-character"),
    "escape, \\e": (r"\e[2J", "control-character"),
    "escape, \\u": (r"\u001b[2J", "control-character"),
    "bell": (r"\a", "control-character"),
    "NUL": (r"\0", "control-character"),
    "carriage return": (r"\r", "control-character"),
    "next line": (r"\N", "control-character"),
    "line separator": (r"\L", "control-character"),
    "paragraph separator": (r"\u2029", "control-character"),
    "C1 control": (r"\x9b", "control-character"),
    "not a character": (r"\uffff", "control-character"),
    "right-to-left override, \\u": (r"\u202e", "bidirectional-control"),
    "right-to-left override, \\U": (r"\U0000202E", "bidirectional-control"),
    "isolate": (r"\u2066", "bidirectional-control"),
    "right-to-left override, raw": ("\u202e", "bidirectional-control"),
    "tag, raw": ("<script>", "raw-html"),
    "tag, \\x": (r"\x3Cscript>", "raw-html"),
    "tag, \\u": (r"\u003cimg src=x>", "raw-html"),
    "tag, \\U": (r"<\U00000073cript>", "raw-html"),
    "tag, broken line": ("<\\\n  script>", "raw-html"),
    "link, raw": ("[x](javascript:a)", "unsafe-address"),
    "link, \\x": (r"[x]\x28javascript:a)", "unsafe-address"),
    "link, \\u": (r"[x\u005d(javascript:a)", "unsafe-address"),
    "link, broken line": ("[x]\\\n  (javascript:a)", "unsafe-address"),
}
FIELDS = {
    "title": 'title: "A §"\n',
    "summary": 'title: A\nsummary: {en: "a §", zh: 一}\n',
    "in a list": (
        'title: A\nlinks:\n  - {role: code, url: "https://a.org", note: {en: "§", zh: 一}}\n'
    ),
    "deep": 'title: A\nbuilds_on:\n  - {id: first2015toys, why: {en: a, zh: "§"}}\n',
}
REST = {
    "authors": "authors: [A B]\n",
    "year": "year: 2015\n",
    "form": "form: research\n",
    "topics": "topics: [cutting]\n",
    "summary": "summary: {en: A, zh: 一}\n",
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_found_however_it_is_spelt(payload, field):
    spelt, name = PAYLOADS[payload]
    typed = FIELDS[field].replace("§", spelt)
    typed += "".join(line for key, line in REST.items() if f"{key}:" not in typed)
    found = findings(toy_with({"papers/b2015a.yaml": typed.encode()}))
    own = {finding.name for finding in found if finding.path.endswith("b2015a.yaml")}
    assert name in own, own


KEYS = {"plain": '"a\\x1bb": 1\n', "deep": 'venue: {"a\\u2028": 1}\n'}


@pytest.mark.parametrize("case", KEYS)
def test_keys_are_values_too(case):
    found = findings(toy_with({"papers/b2015a.yaml": KEYS[case].encode()}))
    assert "control-character" in {finding.name for finding in found}


def test_a_backslash_that_is_text_is_no_finding():
    typed = "title: A\n" + "".join(REST.values()).replace("en: A", r"en: 'a \x1b \u202e \x3Cb'")
    found = findings(toy_with({"papers/b2015a.yaml": typed.encode()}))
    assert not {"control-character", "bidirectional-control", "raw-html"} & {
        finding.name for finding in found
    }
