"""The reader: bad input gets a finding at its place, never a traceback, and hides no other file."""

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.catalog import assemble, part
from kb.fix import edited
from kb.source.characters import MOST_FAULTS
from kb.source.faults import FAULTS
from kb.source.format import formatted
from kb.source.reader import MAX_BYTES, Document, read
from tests.catalogs import findings, raw, toy_with

BILLION_LAUGHS = b"a: &a [x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c]\n" % (98 + n, 98 + n, 97 + n, 97 + n, 97 + n) for n in range(20)
)

BAD = {
    "not-utf-8": (b"title: caf\xe9\n", 1, 11),
    "byte-order-mark": (b"\xef\xbb\xbftitle: A\n", 1, 1),
    "control-character": (b"title: A\x00B\n", 1, 9),
    "carriage-return": (b"title: A\r\n", 1, 9),
    "tab": (b"venue:\n\tname: A\n", 2, 1),
    "too-large": (b"title: " + b"A" * 10_000_000 + b"\n", 1, 1),
    "yaml-syntax": (b"title: [A\n", 1, 10),
    "duplicate-key": (b"title: A\nyear: 1\ntitle: B\n", 3, 1),
    "anchor-or-alias": (BILLION_LAUGHS, 1, 4),
    "tag": (b"title: !!python/name:os.system\n", 1, 8),
    "ambiguous-scalar": (b"title: no\n", 1, 8),
    "several-documents": (b"title: A\n---\ntitle: B\n", 2, 1),
    "not-a-mapping": (b"- a\n- b\n", 1, 1),
    "key-not-text": (b"1: A\n", 1, 1),
    "nested-too-deep": (b"a: " + b"[" * 10_000, 1, 204),
    "no-such-day": (b"seen: 2026-02-30\n", 1, 7),
}
DEEP = {
    "brackets": b"a: " + b"[" * 10_000,
    "closed brackets": b"a: " + b"[" * 10_000 + b"]" * 10_000,
    "braces": b"{a: " * 10_000,
    "dashes": b"- " * 10_000,
    "indents": b"".join(b" " * n + b"a:\n" for n in range(300)),
    "question marks": b"? " * 10_000,
    "dashes far apart": b"a:\n  " + b"-  " * 400 + b"b\n",
    "dashes and keys": b"".join(b"  " * n + b"- a:\n" for n in range(11)),
    "indents of one space": b"".join(b" " * n + b"a:\n" for n in range(21)),
    "question marks far apart": b"?   " * 30,
    "quotes and brackets": b'a: "' + b"[" * 10_000 + b'"\n',
}
SCALARS = {
    "no": None,
    "Yes": None,
    "ON": None,
    "012": None,
    "0x1F": None,
    "1_000": None,
    "12:30:00": None,
    ".inf": None,
    "2026-13-01": None,
    "1e999": None,
    "true": True,
    "null": None,
    "7": 7,
    "-3": -3,
    "1.5": 1.5,
    "66e6": 66e6,
    "2026-11-24": datetime.date(2026, 11, 24),
    "text": "text",
    "v1.10": "v1.10",
    "1.2.3": "1.2.3",
}
AMBIGUOUS = {word for word, value in SCALARS.items() if value is None and word != "null"}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_found_at_its_place(name):
    content, line, column = BAD[name]
    found = read("catalog/papers/a.yaml", content)
    assert [(finding.name, finding.line, finding.column) for finding in found] == [
        (name, line, column)
    ]


def test_every_fault_of_a_file_is_in_the_table():
    of_folders = set(
        "outside-catalogue unexpected-file unreadable not-canonical wrong-folder "
        "folder-without-entry not-recorded record-without-code snippet-form unusable-record".split()
    )
    assert set(BAD) == set(FAULTS) - of_folders


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_found_and_costs_no_stack(name):
    assert (
        all(finding.code.startswith("KB0") for finding in read("a.yaml", DEEP[name]))
        or name == "quotes and brackets"
    )


@pytest.mark.parametrize("name", sorted(DEEP.keys() - {"quotes and brackets"}))
def test_deep_nesting_is_called_so(name):
    assert "nested-too-deep" in {finding.name for finding in read("a.yaml", DEEP[name])}


def test_twenty_levels_are_read():
    typed = b"".join(b" " * n + b"a:\n" for n in range(19)) + b" " * 19 + b"a: 1\n"
    assert isinstance(read("a.yaml", typed), Document)


@pytest.mark.parametrize("word", SCALARS)
def test_unquoted_words_never_change_meaning_silently(word):
    document = read("a.yaml", f"key: {word}\n".encode())
    if word in AMBIGUOUS:
        assert [finding.name for finding in document] in (["ambiguous-scalar"], ["no-such-day"])
    else:
        assert document.data["key"] == SCALARS[word] and type(document.data["key"]) is type(
            SCALARS[word]
        )


@pytest.mark.parametrize("word", SCALARS)
def test_quoted_words_are_text(word):
    assert read("a.yaml", f'key: "{word}"\n'.encode()).data == {"key": word}


@given(st.binary(max_size=400))
@settings(max_examples=400, deadline=None)
def test_no_bytes_make_the_reader_raise(content):
    _is_document_or_findings(read("a.yaml", content))


@given(st.text(alphabet="ab: -[]{}\"'#&*!|>%@`\n\\?,~0.ex\u4e2d\t", max_size=200))
@settings(max_examples=600, deadline=None)
def test_no_yaml_like_text_makes_the_reader_raise(text):
    _is_document_or_findings(read("a.yaml", text.encode()))


def _is_document_or_findings(found):
    assert isinstance(found, Document) or (
        found and all(finding.line >= 1 and finding.column >= 1 for finding in found)
    )


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_a_bad_file_hides_no_other(content):
    catalog = toy_with({"papers/bad.yaml": content})
    assert "first2015toys" in catalog.entries
    assert any(finding.path == "catalog/papers/bad.yaml" for finding in catalog.findings)


def test_all_findings_of_a_file_come_in_one_run():
    catalog = assemble([raw("papers/a.yaml", b"titel: A\nyear: x\nform: book\n")])
    assert {finding.name for finding in catalog.findings} >= {
        "unknown-field",
        "missing-field",
        "wrong-type",
        "unknown-word",
    }


def test_the_limit_is_exact():
    room = b"title: "
    assert isinstance(read("a.yaml", room + b"A" * (MAX_BYTES - len(room))), Document)
    assert not isinstance(read("a.yaml", room + b"A" * (MAX_BYTES - len(room) + 1)), Document)


def test_an_escaped_control_character_hides_nothing_else():
    found = findings(
        toy_with(
            {
                "articles/post.yaml": """\
title: "A \\u202E<script>"
title_en: A post
url: https://example.org/post
language: en
form: gossip
topics: [cutting]
about:
  - {id: first2015toys, basis: inferred}
summary: {en: "A short\\u0085 post.", zh: "\u4e00\u7bc7\\x07\u77ed\u6587\u3002"}
""".encode()
            }
        )
    )
    codes = [one.code for one in found]
    assert codes.count("KB003") == 2 and {"KB105", "KB501", "KB502"} <= set(codes)


PAPER = """\
form: novel
title: Toys
authors: [Ada First]
yaer: 2015
summary: {en: A TODO list., zh: \u4e00\u7bc7\u3002}
note: a@b
"""
BESIDE = {
    "byte order mark": ("\ufeff" + PAPER, ["KB002"]),
    "Windows line ends": (PAPER.replace("\n", "\r\n"), ["KB004"]),
    "both": ("\ufeff" + PAPER.replace("\n", "\r\n"), ["KB002", "KB004"]),
    "NUL in a title": (PAPER.replace("Toys", "To\0ys"), ["KB003"]),
    "next line in a title": (PAPER.replace("Toys", "To\x85ys"), ["KB003"]),
    "line separator in a name": (PAPER.replace("Ada", "A\u2028da"), ["KB003"]),
    "bell in a comment": (PAPER + "# \a\n", ["KB003"]),
    "a lost character": (PAPER.replace("Toys", "Toys \ufffd"), ["KB003"]),
    "two lines with them": (
        PAPER.replace("Toys", "\x7fToys").replace("Ada", "\x1bAda"),
        ["KB003"] * 2,
    ),
    "a tab inside of a line": (PAPER.replace("form: ", "form:\t"), ["KB005"]),
    "a tab behind a value": (PAPER.replace("novel", "novel\t"), ["KB005"]),
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_bad_character_hides_nothing_else(name):
    text, codes = BESIDE[name]
    rest = [(one.code, one.line, one.column) for one in part(_paper(PAPER)).findings]
    found = [(one.code, one.line, one.column) for one in part(_paper(text)).findings]
    assert [code for code, _, _ in found if code < "KB006"] == codes
    assert [one for one in found if one[0] >= "KB006"] == rest and len(rest) > 2


def test_of_a_lost_value_nothing_else_is_said():
    for text in (PAPER.replace("novel", "no\0vel"), PAPER.replace("yaer", "ya\x1ber")):
        found = part(_paper(text)).findings
        [lost] = [one.line for one in found if one.code == "KB003"]
        assert {one.code for one in found if one.line == lost} <= {"KB003", "KB102"}
        assert not any("\ufffd" in edit.text for one in found for edit in one.edits)


LATEX = {  # what stands in double quotes: the edit
    r"$\theta_t \times \nabla L \neq \tau$": r"'$\theta_t \times \nabla L \neq \tau$'",
    r"$\beta$ isn't \frac": r"'$\beta$ isn''t \frac'",
    r"\\alpha and \rho": r"'\alpha and \rho'",
    r"\alpha \x41": None,
    r"col\tumn": None,
    r"\backward": None,
}
HARMLESS = (r"one\nline", r"\\theta", r"caf\u00e9", r"\"quoted\"", r"a\/b")


@pytest.mark.parametrize("typed", LATEX)
def test_latex_that_double_quotes_spoil_is_put_into_single_ones(typed):
    text = f'form: novel\ntex: "{typed}"\n'
    [found] = [one for one in part(_paper(text)).findings if one.code == "KB003"]
    assert (found.line, found.column) == (2, 6)
    assert [edit.text for edit in found.edits] == ([LATEX[typed]] if LATEX[typed] else [])
    if found.edits:
        again = read("a.yaml", edited(text, found.edits).encode())
        assert again.data["tex"] == LATEX[typed][1:-1].replace("''", "'")


@pytest.mark.parametrize("typed", HARMLESS)
def test_other_escapes_are_left_alone(typed):
    assert isinstance(read("a.yaml", f'tex: "{typed}"\n'.encode()), Document)


NEIGHBOURS = {  # an unreadable value, and what else is said of the file
    'topics: ["\\x01pruning", nosuch]': ["KB301"],
    "topics: [prun\x01ing, nosuch]": ["KB301"],
    "venue: {id: neu\x01rips, year: 2015}": ["KB401"],  # there is no source
    "studies: [{id: toy-prun\x7fing, source: ours}]": [],
    "sources: {page: {url: https://papers.ni\x01ps.cc/1, seen: 2026-01-02, supports: [title]}}": [],
    "sources: {page: {url: https://papers.nips.cc/1, seen: 2026-01-02, supports: [ti\x01tle]}}": [],
}


@pytest.mark.parametrize("line", NEIGHBOURS)
def test_an_unreadable_value_hides_its_neighbours_no_more_than_it_accuses_them(line):
    base = "title: Fourth Toys\nauthors: [Di Fourth]\nyear: 2015\nform: research\n"
    path, number = "catalog/papers/fourth2015fourth.yaml", 5
    found = findings(toy_with({"papers/fourth2015fourth.yaml": f"{base}{line}\n".encode()}))
    here = [one.code for one in found if one.path == path and one.line == number]
    assert here == ["KB003", *NEIGHBOURS[line]]


def test_carriage_returns_alone_are_mended_by_the_format():
    text = PAPER.replace("form: novel\n", "form: research\r").replace("yaer", "year")
    [found] = part(_paper(text)).findings
    assert found.code == "KB004" and "alone" in found.message
    assert b"\r" not in formatted(_paper(text)).content


def test_tabs_that_indent_are_all_that_is_said():
    found = part(_paper(PAPER.replace("{en:", "\n\ten:").replace(", zh:", "\n\tzh:"))).findings
    assert {one.code for one in found} == {"KB005"}


def test_a_file_of_control_characters_is_one_short_answer():
    assert len(read("a.yaml", b"\0\n" * 50_000)) == MOST_FAULTS


def _paper(text):
    return raw("papers/first2015toys.yaml", text.encode())


IN_ANOTHER_ENCODING = {
    "a Chinese text of the mainland": (
        "小权重分两次剪掉：短暂训练之后剪一次，到底值不值？",
        "gb18030",
        "seems to be GB18030",
    ),
    "a Chinese text of Taiwan": (
        "小權重分兩次剪掉：短暫訓練之後剪一次",
        "big5",
        "seems to be Big5",
    ),
    "two characters that two encodings know": ("剪枝", "big5", "may be GB18030 or Big5"),
    "a Japanese text": ("小さい重みを二回に分けて刈り込む", "cp932", "may be .*Shift-JIS"),
}


@pytest.mark.parametrize("name", IN_ANOTHER_ENCODING)
def test_of_another_encoding_only_what_is_sure_is_said(name):
    text, encoding, said = IN_ANOTHER_ENCODING[name]
    [found] = read("a.yaml", f"title: {text}\n".encode(encoding))
    assert re.search(said, found.hint)
