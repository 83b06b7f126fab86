"""A release of the data: its name, its files, the same bytes each time."""

import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
import yaml

from kb.commands.main import main
from kb.export import FORMATS
from kb.forge.release import latest, version
from tests.catalogs import ROOT, TODAY, TOY
from tests.forge.test_answer_change import git

pytestmark = pytest.mark.forge

DAY = datetime.date(2026, 11, 5)
VERSIONS = {
    "no tag": ([], "2026.11.05"),
    "another day": (["data-2026.11.04"], "2026.11.05"),
    "the same day": (["data-2026.11.05"], "2026.11.05.1"),
    "the third of the day": (["data-2026.11.05", "data-2026.11.05.1"], "2026.11.05.2"),
    "a tag of the code": (["v2026.11.05", "2026.11.05"], "2026.11.05"),
}
NEWEST = {
    "none": ([], ""),
    "by number, not by letter": (["data-2026.11.05.9", "data-2026.11.05.10"], "data-2026.11.05.10"),
    "no other tags": (["v9", "data-latest", "data-2026.11.05"], "data-2026.11.05"),
}


@pytest.mark.parametrize("case", VERSIONS)
def test_a_version_is_the_day_and_never_taken(case):
    tags, name = VERSIONS[case]
    assert version(DAY, tags) == name


@pytest.mark.parametrize("case", NEWEST)
def test_the_release_before_is_the_newest_tag(case):
    tags, tag = NEWEST[case]
    assert latest(tags) == tag


@pytest.fixture
def tree(tmp_path):
    """The toy catalogue, committed."""
    shutil.copytree(TOY, tmp_path / "catalog")
    git(tmp_path, "init", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "toys")
    return tmp_path


def release(tree, folder, *words, today=TODAY):
    return main(["--root", str(tree / "catalog"), "release", str(tree / folder), *words], today)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_holds_every_export_and_other_programs_read_them(tree):
    assert release(tree, "out") == 0
    found = files(tree / "out")
    assert {"catalog.bib", "catalog.jsonl", "catalog.graphml", "paper.schema.json"} <= found.keys()
    assert len(found) == len(FORMATS) + len(list((ROOT / "docs" / "schema").iterdir())) + 3
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tree / "out", check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.count(": OK") == len(found) - 1
    cited = yaml.safe_load(found["CITATION.cff"])
    assert (cited["version"], cited["date-released"]) == ("2026.11.24", TODAY)
    with sqlite3.connect(tree / "out" / "catalog.sqlite") as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()
    assert b"The first release" in found["NOTES.md"]


def test_the_same_catalogue_gives_the_same_bytes(tree):
    for folder, seed in (("one", "1"), ("two", "2")):
        subprocess.run(
            [sys.executable, "-m", "kb", "--root", "catalog", "release", folder],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
    assert files(tree / "one") == files(tree / "two")


def test_the_notes_say_what_is_new_since_the_last_tag(tree):
    git(tree, "tag", "data-2026.11.24")
    paper = tree / "catalog" / "papers" / "first2015toys.yaml"
    text = paper.read_text().replace("seen: 2026-01-02", "seen: 2026-11-20")
    paper.write_text(text.replace("    value: 2\n", "    value: 2.5\n"))
    git(tree, "commit", "-am", "2.5")
    assert release(tree, "out") == 0
    notes = (tree / "out" / "NOTES.md").read_text()
    assert notes.startswith("# 2026.11.24.1\n") and "## Changed (1)" in notes
    assert "`first2015toys` Toys\\: A First Look \\& 100% Fun: 1 claim" in notes


def test_the_same_as_the_last_release_is_said_to_be_so(tree):
    git(tree, "tag", "data-2026.11.23")
    assert release(tree, "out") == 0
    assert "Nothing differs" in (tree / "out" / "NOTES.md").read_text()


def test_a_catalogue_with_findings_is_not_released(tree, capsys):
    (tree / "catalog" / "papers" / "x.yaml").write_text("title: [A\n")
    assert release(tree, "out") == 2
    assert "1 finding;" in capsys.readouterr().err and not (tree / "out").exists()


def test_nothing_is_written_over(tree, capsys):
    assert release(tree, "out") == 0
    before = files(tree / "out")
    assert release(tree, "out") == 2 and files(tree / "out") == before
    assert "not empty" in capsys.readouterr().err


def test_every_line_of_the_export_is_of_the_same_schema(tree):
    assert release(tree, "out") == 0
    lines = (tree / "out" / "catalog.jsonl").read_text().splitlines()
    assert len({json.loads(line).get("schema") for line in lines}) == 1


def publish(tree, refusal=""):
    """Publish with a stand-in for the GitHub CLI; what it was asked, and the exit code."""
    shutil.copytree(ROOT / ".ci", tree / ".ci", ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "bin").mkdir()
    says = f"echo '{refusal}' >&2\nexit 1\n" if refusal else ""
    (tree / "bin" / "gh").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> asked\n{says}')
    (tree / "bin" / "gh").chmod(0o755)
    path = f"{tree / 'bin'}:{os.environ['PATH']}"
    env = {"PATH": path, "GITHUB_STEP_SUMMARY": str(tree / "summary.md")}
    call = [tree / ".ci" / "publish_release"]
    code = subprocess.run(call, env=env, capture_output=True, check=False).returncode
    asked = tree / "asked"
    return code, asked.read_text().splitlines() if asked.exists() else []


def test_a_release_is_published_with_all_its_files_at_its_commit(tree):
    assert release(tree, "build/release") == 0
    code, asked = publish(tree)
    assert code == 0 and asked[:3] == ["release", "create", "data-2026.11.24"]
    named = {word.removeprefix("build/release/") for word in asked if word.startswith("build/")}
    assert named == files(tree / "build" / "release").keys()
    assert git(tree, "rev-parse", "HEAD").strip() in asked


def test_a_refused_release_stands_in_the_summary_with_the_setting(tree):
    assert release(tree, "build/release") == 0
    refusal = "HTTP 403: Resource not accessible by integration (releases)"
    assert publish(tree, refusal)[0] == 1
    text = (tree / "summary.md").read_text()
    assert "the release data\\-2026.11.24 is not published" in text and "Settings → Actions" in text


def test_a_release_that_was_spoilt_is_not_published(tree):
    assert release(tree, "build/release") == 0
    (tree / "build" / "release" / "catalog.bib").write_text("x")
    code, asked = publish(tree)
    assert code != 0 and asked == []
