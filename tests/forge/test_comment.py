"""What the comment holds at most, what it never does, and which archives are read at all."""

import importlib
import io
import json
import random
import zipfile

import pytest

from kb.report.change import escaped
from tests.catalogs import ROOT
from tests.forge.stand_in import acts
from tests.forge.test_answer_change import (  # noqa: F401  fixtures
    FINDING,
    GOOD,
    HEAD,
    PAPER,
    PATCH,
    SUGGESTION,
    answer,
    forge,
    leave,
    said,
)

pytestmark = pytest.mark.forge

LONGEST = 60_000
CALLS = "@" * 500
WIDE = {
    "findings": {"findings": [{**FINDING, "path": CALLS, "message": CALLS, "hint": CALLS}] * 200},
    "files that cannot be read": {"findings": [{**FINDING, "path": CALLS, "code": "KB106"}] * 200},
    "sorts of changes": {"changes": [{"change": f"x{at}" * 30, "id": "a"} for at in range(2_000)]},
    "links": {
        "links": {"unread": "", "seen": [{"url": "#1" * 250, "verdict": "x" * 300}] * 500},
        "findings": [],
    },
    "why it is not read": {"unread": CALLS},
    "why links are not": {"links": {"unread": CALLS, "seen": []}},
    "places of suggestions": {
        "suggestions": [
            {**SUGGESTION, "path": f"catalog/{'x' * 250}{at}.yaml"} for at in range(200)
        ]
    },
}


@pytest.mark.parametrize("case", WIDE)
def test_a_comment_is_never_longer_than_a_forge_takes(case, forge, tmp_path):  # noqa: F811
    leave(forge, {**GOOD, **WIDE[case]})
    code, err = answer(forge, tmp_path)
    assert code == 0, err
    [text] = said(forge)
    assert len(text.encode("utf-16-le")) // 2 <= LONGEST and acts(text) == []


def test_all_of_it_at_once_is_within_the_limit_too(forge, tmp_path):  # noqa: F811
    everything = {**WIDE["sorts of changes"], **WIDE["places of suggestions"]}
    seen = [{"url": "#1" * 250, "verdict": "x" * 300}] * 300
    findings = (
        WIDE["findings"]["findings"][:60] + WIDE["files that cannot be read"]["findings"][:60]
    )
    leave(
        forge,
        {**GOOD, **everything, "findings": findings, "links": {"unread": "", "seen": seen}},
    )
    for at in range(60):
        forge.files[7].append(
            {"filename": f"catalog/papers/{'a' * 200}-{at}.yaml", "patch": PATCH, "changes": 1}
        )
    code, err = answer(forge, tmp_path)
    assert code == 0, err
    assert len(said(forge)[0].encode("utf-16-le")) // 2 <= LONGEST


def test_a_long_finding_still_says_where_it_is(forge, tmp_path):  # noqa: F811
    leave(forge, {**GOOD, "findings": [{**FINDING, "message": "@" * 450, "hint": "@" * 450}] * 30})
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    shown = text.count(f"- `KB301` {PAPER}\\:2 ")
    assert 5 <= shown < 20 and f"- and {30 - shown} more, in the check" in text


def test_suggestions_over_the_limit_are_not_called_outside_the_diff(forge, tmp_path):  # noqa: F811
    many = [{**SUGGESTION, "new": [str(at)]} for at in range(40)]
    leave(forge, {**GOOD, "suggestions": many})
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert "30 suggestions to accept" in text and "10 more suggestions than the lines" in text
    assert "outside the diff" not in text


def test_a_suggestion_that_no_comment_can_hold_keeps_no_other_out(forge, tmp_path):  # noqa: F811
    long = {**SUGGESTION, "new": ["x" * 2_000] * 60}
    leave(forge, {**GOOD, "suggestions": [long, SUGGESTION]})
    code, err = answer(forge, tmp_path)
    assert code == 0, err
    [[one]] = forge.reviews[7]
    assert one["body"] == "```suggestion\nb\n```" and "1 more suggestion than" in said(forge)[0]


GONE = "catalog/papers/gone2015.yaml"


def test_a_file_that_is_gone_is_not_previewed(forge, tmp_path):  # noqa: F811
    forge.files[7].append({"filename": GONE, "status": "removed", "patch": PATCH, "changes": 3})
    renamed = {"filename": "catalog/papers/new2015.yaml", "status": "renamed", "changes": 0}
    forge.files[7].append(renamed)
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert f"path={GONE}" not in text and "path=catalog/papers/new2015.yaml" in text


def test_a_pull_request_that_only_deletes_has_no_preview(forge, tmp_path):  # noqa: F811
    forge.files[7] = [{"filename": GONE, "status": "removed", "patch": "", "changes": 3}]
    leave(forge, {**GOOD, "suggestions": []})
    assert answer(forge, tmp_path)[0] == 0 and "preview/" not in said(forge)[0]


HOSTILE = [
    *("@everyone", "a@b.example", "www.evil.example/x", "WWW.Evil.example", "x www.a.b", "#12"),
    *("see #1, GH-2 and gh-3", "us/kb#4", "https://a.example", "mailto:a@b.c", "ftp://x.example"),
    *("\\@x", "\\#1", "\\www.a.b", "&#64;x", "<b>", "![a](b)", "wwww.a.b", "@@a", "##1", "GH-GH-1"),
]


@pytest.fixture
def ours(monkeypatch):
    """The modules of the trusted job."""
    monkeypatch.syspath_prepend(ROOT / ".ci")
    return importlib.import_module("forge.comment"), importlib.import_module("forge.artifact")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_quoted_does_nothing_and_kb_and_the_job_agree_on_it(text, ours):
    comment, artifact = ours
    shown = comment.escaped(text)
    assert acts(shown) == [] and shown == escaped(text)
    line = f"- **claim** {shown}"
    assert artifact.read(json.dumps({**GOOD, "rendered": line}).encode()).rendered == line


@pytest.mark.parametrize("text", [one for one in HOSTILE if one not in ("\\www.a.b", "&#64;x")])
def test_what_acts_is_refused_wherever_it_comes_from(text, ours):
    _, artifact = ours
    with pytest.raises(artifact.Refused):
        artifact.read(json.dumps({**GOOD, "rendered": f"- **claim** {text}"}).encode())


@pytest.mark.parametrize("text", ["&#64;x", "\\#1", "GH\\-2", "&#8203;", "a www.b.c", "\\www.a.b"])
def test_what_only_looks_escaped_is_refused(text, ours):
    _, artifact = ours
    with pytest.raises(artifact.Refused):
        artifact.read(json.dumps({**GOOD, "rendered": f"- **claim** {text}"}).encode())


def archive(method):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        packed.writestr("change.json", json.dumps(GOOD) * 20)
    return stream.getvalue()


METHODS = {
    "stored": zipfile.ZIP_STORED,
    "deflated": zipfile.ZIP_DEFLATED,
    "bzip2": zipfile.ZIP_BZIP2,
    "LZMA": zipfile.ZIP_LZMA,
}


@pytest.mark.parametrize("method", METHODS)
def test_no_broken_byte_of_an_archive_ends_the_job(method, ours):
    _, artifact = ours
    whole, random_ = archive(METHODS[method]), random.Random(18)
    for _ in range(1_500):
        broken = bytearray(whole)
        for _ in range(random_.choice((1, 1, 2, 8))):
            broken[random_.randrange(len(broken))] = random_.randrange(256)
        try:
            artifact.unpacked(bytes(broken[: random_.choice((len(broken), len(broken) - 9))]))
        except artifact.Refused:
            continue
        assert method in ("stored", "deflated")


def test_a_broken_archive_is_told_in_the_summary(forge, tmp_path):  # noqa: F811
    broken = bytearray(archive(zipfile.ZIP_DEFLATED))
    broken[60:90] = bytes(255 - one for one in broken[60:90])
    forge.artifacts[5] = (len(broken), bytes(broken))
    code, err = answer(forge, tmp_path)
    assert code == 1 and "Traceback" not in err
    assert "it cannot be unpacked" in (tmp_path / "summary.md").read_text()
    assert HEAD not in err
