"""The ledger's file: one form, small differences, and nothing in it that could stop a reader."""

import datetime

import pytest

from kb.ledger.file import line, load, parse, read, save, text
from kb.ledger.look import VERDICTS, ArchivedCopy, Look
from kb.ledger.merge import after, with_copy

A, B = "https://example.org/a", "https://example.org/b"
DAY = datetime.date(2026, 3, 2)
ALIVE = (
    '{"url": "https://example.org/a", "state": "alive", "since": "2026-03-02", "looks": '
    '[{"day": "2026-03-02", "verdict": "alive", "reason": "the page is there", "status": '
    '200, "title": "A 甲"}], "firsts": {"alive": ["2026-03-02"]}}'
)
GONE = (
    '{"url": "https://example.org/b", "state": "unknown", "since": "2026-03-02", '
    '"failing_since": "2026-03-02", "looks": [{"day": "2026-03-02", "verdict": "gone", '
    '"reason": "404", "status": 404}], "firsts": {"gone": ["2026-03-02"]}, "copy": {"url": '
    '"https://archive.example/b", "day": "2020-01-01"}}'
)


def ledger():
    found = {
        B: after(None, Look(B, "gone", "404", 404), DAY),
        A: after(None, Look(A, "alive", "the page is there", 200, A, "A 甲"), DAY),
    }
    return {
        **found,
        B: with_copy(
            found[B], B, ArchivedCopy("https://archive.example/b", datetime.date(2020, 1, 1))
        ),
    }


def test_one_address_a_line_sorted_and_readable():
    assert text(ledger()) == f"{ALIVE}\n{GONE}\n"


def test_reading_gives_back_what_was_written():
    assert read("catalog/links.jsonl", text(ledger()).encode()) == (
        dict(sorted(ledger().items())),
        [],
    )


def test_one_new_look_changes_one_line():
    newer = {
        **ledger(),
        A: after(ledger()[A], Look(A, "unsure", "503", 503), DAY + datetime.timedelta(7)),
    }
    old, new = text(ledger()).splitlines(), text(newer).splitlines()
    assert [one == other for one, other in zip(old, new, strict=True)] == [False, True]


def test_saving_replaces_the_file_at_once_and_leaves_nothing_behind(tmp_path):
    path = tmp_path / "catalog" / "links.jsonl"
    save(path, ledger())
    save(path, ledger())
    assert load(path) == (dict(sorted(ledger().items())), []) and [
        one.name for one in path.parent.iterdir()
    ] == ["links.jsonl"]


def test_a_ledger_that_is_not_there_is_empty(tmp_path):
    assert load(tmp_path / "links.jsonl") == ({}, [])


BROKEN = {
    "no JSON": (
        b"{",
        "KB601 broken-ledger-line: not valid JSON from character 2 on",
    ),
    "no JSON at all": (b"gone", "KB601 broken-ledger-line: not valid JSON"),
    "a mark of bytes": (
        b"\xef\xbb\xbf{}",
        "KB601 broken-ledger-line: the line begins with the invisible U+FEFF",
    ),
    "a conflict": (
        b"<<<<<<< HEAD",
        "KB601 broken-ledger-line: a merge conflict that is not resolved",
    ),
    "no UTF-8": (
        b'{"url": "\xff"}',
        "KB601 broken-ledger-line: the byte 10 of the line is not UTF-8",
    ),
    "a list": (b"[]", "KB601 broken-ledger-line: the line is not `{…}`"),
    "nested deep": (b"[" * 200_000, "KB601 broken-ledger-line: not valid JSON"),
    "endless": (
        b'{"url": "' + b"x" * 1_100_000 + b'"}',
        "KB601 broken-ledger-line: longer than 1,048,576 bytes",
    ),
    "no address": (
        b'{"looks": []}',
        "KB601 broken-ledger-line: `url` is not an http or https address",
    ),
    "script": (
        b'{"url": "javascript:alert(1)"}',
        "KB601 broken-ledger-line: `url` is not an http or https address",
    ),
    "script as copy": (
        (
            b'{"url": "https://a.example", "copy": {"url": "javascript:alert(1)", "day": '
            b'"2026-01-01"}}'
        ),
        "KB601 broken-ledger-line: `copy` is not an http or https address",
    ),
    "another field": (
        b'{"url": "https://a.example", "admin": true}',
        "KB601 broken-ledger-line: unknown field `admin`",
    ),
    "another verdict": (
        (
            b'{"url": "https://a.example", "looks": [{"day": "2026-01-01", "verdict": '
            b'"dead", "reason": ""}]}'
        ),
        "KB601 broken-ledger-line: a verdict must be one of alive, moved, blocked, gone, unsure",
    ),
    "no such day": (
        (
            b'{"url": "https://a.example", "looks": [{"day": "2026-02-30", "verdict": '
            b'"gone", "reason": ""}]}'
        ),
        "KB601 broken-ledger-line: a day must be written as 2026-11-23",
    ),
    "status": (
        (
            b'{"url": "https://a.example", "looks": [{"day": "2026-02-03", "verdict": '
            b'"gone", "reason": "", "status": true}]}'
        ),
        "KB601 broken-ledger-line: `status` is not a valid HTTP status",
    ),
    "terminal codes": (
        (
            b'{"url": "https://a.example", "looks": [{"day": "2026-02-03", "verdict": '
            b'"gone", "reason": "a\\u001b[1m"}]}'
        ),
        "KB601 broken-ledger-line: `reason` must be one line of at most 200 characters",
    ),
    "too many looks": (
        b'{"url": "https://a.example", "looks": [' + b", ".join([b"{}"] * 99) + b"]}",
        "KB601 broken-ledger-line: `looks` must be a list of at most 17",
    ),
    "by hand": (
        ALIVE.replace('"state": "alive"', '"state": "gone"').encode(),
        "KB602 untidy-ledger-line: the line of `https://example.org/a` is not what its looks say",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_bad_line_is_a_finding_at_its_place_and_hides_no_other(case):
    bad, said = BROKEN[case]
    found, findings = read("catalog/links.jsonl", b"\n".join([bad, GONE.encode(), b""]))
    assert B in found
    assert [str(one)[: len("catalog/links.jsonl:1:1: ") + len(said)] for one in findings] == [
        f"catalog/links.jsonl:1:1: {said}"
    ]
    assert all(one.hint for one in findings)


def test_the_longest_line_that_a_hostile_host_can_cause_can_be_read_again():
    text = '𝔄"' * 5000
    found = None
    for day in range(30):
        for verdict in VERDICTS:
            look = Look(
                A, verdict, text, 200, text, text, redirects=(text,) * 20, notes=(text,) * 20
            )
            found = after(found, look, DAY + datetime.timedelta(day), text)
    assert parse(line(found).encode()) == found and len(line(found).encode()) > 100_000


def test_lines_out_of_order_or_twice_are_findings_and_lose_nothing():
    found, findings = read("links.jsonl", f"{GONE}\n{ALIVE}\n{ALIVE}\n".encode())
    assert list(found) == [A, B]
    assert [(one.line, one.name, one.message) for one in findings] == [
        (2, "untidy-ledger-line", f"address `{A}` comes after `{B}`"),
        (3, "untidy-ledger-line", f"address `{A}` appears twice"),
    ]
