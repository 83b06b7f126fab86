"""The script that offers a new ledger: real git repositories, and a stand-in for the GitHub CLI that writes down what it is asked."""

import datetime
import os
import shutil
import subprocess
import sys

import pytest

from kb.ledger.file import load, read, save
from kb.ledger.look import Look
from kb.ledger.merge import after
from tests.catalogs import ROOT, TOY

GH = """#!/bin/sh
echo "gh $*" >> "$ASKED"
case "$1 $2" in
  "pr list") echo "$OPEN_PULL_REQUESTS" ;;
  "issue list") echo "$OPEN_ISSUE" ;;
esac
"""
URL, OTHER = "https://example.org/toys", "https://example.org/copy"


def git(folder, *words):
    settings = (
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "-c",
        "init.defaultBranch=main",
    )
    return subprocess.run(
        ["git", "-C", str(folder), *settings, *words], check=True, capture_output=True, text=True
    ).stdout


def saw(url, day, verdict="alive"):
    return {url: after(None, Look(url, verdict, f"said {verdict}"), datetime.date(2026, 10, day))}


@pytest.fixture
def work(tmp_path):
    """A clone with the toy catalogue and the script; its origin is a bare repository."""
    git(tmp_path, "init", "--bare", "origin.git")
    work = tmp_path / "work"
    shutil.copytree(TOY, work / "catalog")
    (work / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "publish_links", work / ".ci")
    (work / ".gitignore").write_text("/build/\n")
    git(work, "init")
    git(work, "add", ".")
    git(work, "commit", "-m", "toys")
    git(work, "remote", "add", "origin", f"file://{tmp_path}/origin.git")
    git(work, "push", "origin", "main")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(GH)
    (tmp_path / "bin" / "gh").chmod(0o755)
    return work


def publish(work, pull_requests="0", issue=""):
    """Runs the script; gives what the GitHub CLI was asked and the ledger on the branch that is offered."""
    asked = work.parent / "asked"
    asked.write_text("")
    environment = {
        **os.environ,
        "PATH": f"{work.parent}/bin:{os.environ['PATH']}",
        "KB": f"{sys.executable} -m kb",
        "ASKED": str(asked),
        "OPEN_PULL_REQUESTS": pull_requests,
        "OPEN_ISSUE": issue,
    }
    done = subprocess.run(
        [work / ".ci" / "publish_links"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    offered = (
        git(work.parent / "origin.git", "show", "link-ledger:catalog/links.jsonl")
        if "link-ledger" in git(work.parent / "origin.git", "branch")
        else ""
    )
    return asked.read_text().splitlines(), read("links.jsonl", offered.encode())[0]


def shard(work, number, ledger):
    save(work / "build" / "links" / f"links-{number}" / "links.jsonl", ledger)


def test_a_new_ledger_becomes_a_branch_a_pull_request_and_an_issue(work):
    shard(work, 0, saw(URL, 26))
    shard(work, 1, saw(OTHER, 26, "gone"))
    asked, offered = publish(work)
    assert asked == [
        "gh auth setup-git",
        "gh pr list --head link-ledger --state open --json number --jq length",
        "gh pr create --head link-ledger --base main --title links: what was seen --body-file build/links.md",
        "gh issue list --label link-health --state open --limit 1 --json number --jq .[].number",
        "gh label create link-health --force --description The state of all links, kept by the weekly job",
        "gh issue create --label link-health --title Link health --body-file build/links.md",
    ]
    known = load(TOY / "links.jsonl")[0]
    assert offered.keys() == known.keys() - {"https://example.org/forgotten"} | {URL, OTHER}
    assert "## New (2)" in (work / "build" / "links.md").read_text()
    assert git(work, "diff", "--name-only", "main~1", "main") == "catalog/links.jsonl\n"


def test_what_was_offered_and_not_merged_yet_is_not_lost(work):
    shard(work, 0, saw(URL, 26))
    publish(work)
    git(work, "reset", "--hard", "origin/main")
    shard(work, 0, saw(OTHER, 27))
    asked, offered = publish(work, "1", "7")
    assert {URL, OTHER} <= offered.keys()
    assert (
        "gh pr edit link-ledger --body-file build/links.md" in asked
        and "gh issue edit 7 --body-file build/links.md" in asked
    )
    assert not any("create" in line for line in asked)


def test_nothing_new_offers_nothing_and_still_keeps_the_issue(work):
    tidy = {
        url: one
        for url, one in load(work / "catalog" / "links.jsonl")[0].items()
        if not url.endswith("forgotten")
    }
    save(work / "catalog" / "links.jsonl", tidy)
    git(work, "commit", "-am", "tidy")
    shard(work, 0, tidy)
    asked, offered = publish(work, "0", "7")
    assert (
        offered == {}
        and not any("pr " in line for line in asked)
        and asked[-1] == "gh issue edit 7 --body-file build/links.md"
    )


def test_what_the_new_ledger_makes_kb_check_say_stands_in_the_report(work):
    path = work / "catalog" / "resources" / "toybox.yaml"
    path.write_text(
        path.read_text().replace(
            "url: https://example.org/toybox", "url: http://example.org/toybox"
        )
    )
    git(work, "commit", "-am", "http")
    shard(work, 0, saw("https://example.org/toybox", 26))
    publish(work)
    report = (work / "build" / "links.md").read_text()
    assert "\n    catalog/resources/toybox.yaml:3:1: KB507 http-where-https-answers: " in report


def test_a_broken_ledger_of_a_shard_stops_everything(work):
    (work / "build" / "links" / "links-0").mkdir(parents=True)
    (work / "build" / "links" / "links-0" / "links.jsonl").write_text("{\n")
    with pytest.raises(AssertionError, match="KB601 broken-ledger-line"):
        publish(work)
