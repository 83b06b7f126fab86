"""The script that offers a new ledger: real git repositories, and a GitHub with real limits."""

import datetime
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

import pytest

from kb.ledger.file import load, read, save
from kb.ledger.look import Look
from kb.ledger.merge import after
from tests import fake_github
from tests.catalogs import ROOT, TOY
from tests.forge.workflows import unreported

pytestmark = pytest.mark.forge

URL, OTHER = "https://example.org/toys", "https://toys.museum/copy"
SETTING = "Allow GitHub Actions to create and approve pull requests"


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


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A clone with the toy catalogue and the script, and its origin, made once."""
    root = tmp_path_factory.mktemp("template")
    git(root, "init", "--bare", "origin.git")
    work = root / "work"
    shutil.copytree(TOY, work / "catalog")
    (work / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "publish_links", work / ".ci")
    shutil.copytree(ROOT / ".ci" / "forge", work / ".ci" / "forge")
    (work / ".gitignore").write_text("/build/\n")
    git(work, "init")
    git(work, "add", ".")
    git(work, "commit", "-m", "toys")
    git(work, "remote", "add", "origin", "../origin.git")
    git(work, "push", "origin", "main")
    (root / "bin").mkdir()
    gh = root / "bin" / "gh"
    gh.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{fake_github.__file__}" "$@"\n')
    gh.chmod(0o755)
    return root


@pytest.fixture
def work(template, tmp_path):
    """A clone of its own with its origin."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return tmp_path / "work"


@dataclass
class Done:
    """What a run of the script left behind."""

    code: int
    said: str
    state: dict
    offered: dict = field(default_factory=dict)

    def issue(self):
        (one,) = [one for one in self.state["issues"] if one["author"] == self.state["me"]]
        return one

    def pull(self):
        (one,) = [one for one in self.state["pulls"] if one["owner"] == "us"]
        return one


def publish(work, state=None, **environment):
    """Run the script against a GitHub in ``state``."""
    store = work.parent / "github.json"
    known = {**fake_github.START, "remote": str(work.parent / "origin.git"), **(state or {})}
    store.write_text(json.dumps(known))
    done = subprocess.run(
        [work / ".ci" / "publish_links"],
        env={
            **{key: word for key, word in os.environ.items() if not key.startswith("GITHUB_")},
            "PATH": f"{work.parent}/bin:{os.environ['PATH']}",
            "KB": f"{sys.executable} -m kb",
            "GH_TOKEN": "x",
            "FAKE_GITHUB": str(store),
            "PUBLISH_PAUSE": "0",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    origin = work.parent / "origin.git"
    there = "link-ledger" in git(origin, "branch")
    offered = git(origin, "show", "link-ledger:catalog/links.jsonl") if there else ""
    found = read("links.jsonl", offered.encode())[0]
    return Done(done.returncode, done.stderr, json.loads(store.read_text()), found)


def shard(work, number, ledger):
    save(work / "build" / "links" / f"links-{number}" / "links.jsonl", ledger)


def test_a_new_ledger_becomes_a_branch_a_pull_request_and_an_issue(work):
    shard(work, 0, saw(URL, 26))
    shard(work, 1, saw(OTHER, 26, "gone"))
    done = publish(work)
    assert done.code == 0, done.said
    known = load(TOY / "links.jsonl")[0]
    assert done.offered.keys() == known.keys() - {"https://example.org/forgotten"} | {URL, OTHER}
    assert done.pull()["title"] == "links: what was seen" and "## New (2)" in done.pull()["body"]
    assert (done.issue()["title"], done.issue()["labels"]) == ("Link health", ["link-health"])
    assert done.issue()["body"] == done.pull()["body"]
    assert git(work, "diff", "--name-only", "main~1", "main") == "catalog/links.jsonl\n"


def test_what_was_offered_and_not_merged_yet_is_not_lost(work):
    shard(work, 0, saw(URL, 26))
    first = publish(work)
    git(work, "reset", "--hard", "origin/main")
    shard(work, 0, saw(OTHER, 27))
    done = publish(work, first.state)
    assert done.code == 0 and {URL, OTHER} <= done.offered.keys()
    assert len(done.state["pulls"]) == len(done.state["issues"]) == 1
    assert "## New (2)" in done.pull()["body"] and "## New (2)" in done.issue()["body"]


def test_every_required_check_reports_on_the_branch_of_the_ledger(work):
    shard(work, 0, saw(URL, 26))
    done = publish(work)
    assert done.code == 0 and {one["ref"] for one in done.state["runs"]} == {"link-ledger"}
    assert unreported([(one["workflow"], one["inputs"]) for one in done.state["runs"]]) == []


def test_checks_that_may_not_be_started_are_told_with_the_setting(work, tmp_path):
    shard(work, 0, saw(URL, 26))
    summary = tmp_path / "summary.md"
    done = publish(work, {"may_start": False}, GITHUB_STEP_SUMMARY=str(summary))
    assert done.code == 1 and len(done.state["pulls"]) == 1 and done.state["runs"] == []
    assert "Settings → Actions → General" in summary.read_text(encoding="utf-8")
    assert "Settings → Actions → General" in done.issue()["body"]


def test_nothing_new_offers_nothing_and_still_keeps_the_issue(work):
    tidy = {
        url: one
        for url, one in load(work / "catalog" / "links.jsonl")[0].items()
        if not url.endswith("forgotten")
    }
    save(work / "catalog" / "links.jsonl", tidy)
    git(work, "commit", "-am", "tidy")
    shard(work, 0, tidy)
    done = publish(work)
    assert done.code == 0 and done.offered == {} and done.state["pulls"] == []
    assert "links: " in done.issue()["body"]


def test_what_the_new_ledger_makes_kb_check_say_stands_in_the_report(work):
    path = work / "catalog" / "resources" / "toybox.yaml"
    path.write_text(
        path.read_text().replace(
            "url: https://example.org/toybox", "url: http://example.org/toybox"
        )
    )
    git(work, "commit", "-am", "http")
    shard(work, 0, saw("https://example.org/toybox", 26))
    report = publish(work).issue()["body"]
    assert "\n    catalog/resources/toybox.yaml:3:1: KB507 http-where-https-answers: " in report


def test_a_broken_ledger_of_a_shard_stops_everything(work):
    (work / "build" / "links" / "links-0").mkdir(parents=True)
    (work / "build" / "links" / "links-0" / "links.jsonl").write_text("{\n")
    done = publish(work)
    assert done.code == 1 and "links-0/links.jsonl` is no record of a ledger" in done.said
    assert done.state["calls"] == ["auth setup-git"] and done.offered == {}


STRANGER = {"owner": "stranger", "head": "link-ledger", "state": "open", "title": "Mine"}
CROWD = [{"number": number, "body": "hands off", **STRANGER} for number in range(1, 51)]
OURS = {"author": "github-actions", "state": "open", "title": "Link health", "body": "old"}
THEIRS = {**OURS, "author": "stranger", "labels": ["link-health"], "body": "hands off"}


def issue(number, like=OURS, **fields):
    return {"number": number, "labels": ["link-health"], **like, **fields}


# state of GitHub; exit code; words on standard error; pull requests of ours; open issues of ours
# and their labels
CASES = {
    "all is well": ({}, 0, "", 1, [["link-health"]]),
    "Actions may not create pull requests": (
        {"may_create_pull_requests": False},
        1,
        SETTING,
        0,
        [["link-health"]],
    ),
    "no label, and none may be made": ({"may_write_labels": False}, 0, "without a label", 1, [[]]),
    "our issue lost its label": ({"issues": [issue(3, labels=[])]}, 0, "", 1, [[]]),
    "our issue was renamed": (
        {"issues": [issue(3, title="Dead links")]},
        0,
        "",
        1,
        [["link-health"]],
    ),
    "our issue was closed": (
        {"issues": [issue(3, state="closed")]},
        0,
        "",
        1,
        [["link-health"], ["link-health"]],
    ),
    "a stranger's issue has our label and title": (
        {"issues": [issue(3, THEIRS)]},
        0,
        "",
        1,
        [["link-health"]],
    ),
    "a stranger's branch has our name": ({"pulls": CROWD[:1]}, 0, "", 1, [["link-health"]]),
    "fifty strangers' branches have our name": ({"pulls": CROWD}, 0, "", 1, [["link-health"]]),
    "issues are off": ({"issues_enabled": False}, 1, "disabled issues", 1, []),
    "issues may not be written": ({"may_write_issues": False}, 1, "not accessible", 1, []),
    "a list fails once": (
        {"outages": {"pr list": 1, "issue list": 1}},
        0,
        "tries left",
        1,
        [["link-health"]],
    ),
    "each call fails once": (
        {"outages": dict.fromkeys(fake_github.COMMANDS, 1)},
        0,
        "tries left",
        1,
        [["link-health"]],
    ),
    "pull requests fail for good": (
        {"outages": {"pr create": 9}},
        1,
        "502",
        0,
        [["link-health"]],
    ),
    "issues fail for good": ({"outages": {"issue create": 9}}, 1, "502", 1, []),
}


# A case starts `kb` three times and the fake of GitHub up to twenty times.
OFTEN = (
    "all is well",
    "Actions may not create pull requests",
    "issues are off",
    "each call fails once",
    "a stranger's branch has our name",
)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case in OFTEN else pytest.mark.lab) for case in CASES],
)
def test_whatever_github_refuses_everything_else_is_done(case, work):
    state, code, said, pulls, labels = CASES[case]
    shard(work, 0, saw(URL, 26))
    done = publish(work, state)
    assert (done.code, said in done.said) == (code, True), done.said
    assert URL in done.offered
    ours = [one for one in done.state["issues"] if one["author"] == "github-actions"]
    assert [one["labels"] for one in ours] == labels
    assert sum(one["owner"] == "us" for one in done.state["pulls"]) == pulls
    assert all(one["body"] != "old" for one in ours if one["state"] == "open")
    strangers = [one for one in done.state["pulls"] if one["owner"] != "us"]
    strangers += [one for one in done.state["issues"] if one["author"] != "github-actions"]
    assert all(one["body"] == "hands off" for one in strangers)


def test_a_forbidden_pull_request_is_told_in_the_issue(work):
    shard(work, 0, saw(URL, 26))
    done = publish(work, {"may_create_pull_requests": False}, GITHUB_ACTIONS="true")
    assert done.code == 1 and "::error::pull request: " in done.said
    body = done.issue()["body"]
    assert body.startswith("> **The pull request is missing") and f"*{SETTING}*" in body
    assert "`link-ledger`" in body
    assert "## New (1)" in body


def test_the_next_run_after_a_refusal_opens_the_pull_request(work):
    shard(work, 0, saw(URL, 26))
    refused = publish(work, {"may_create_pull_requests": False})
    git(work, "reset", "--hard", "origin/main")
    done = publish(work, {**refused.state, "may_create_pull_requests": True})
    assert done.code == 0 and len(done.state["issues"]) == 1 and URL in done.offered
    assert SETTING not in done.issue()["body"] and "## New (1)" in done.pull()["body"]


def test_a_long_body_is_cut_with_a_sentence(work, tmp_path):
    shard(work, 0, saw(URL, 26))
    long_kb = tmp_path / "long_kb.py"
    long_kb.write_text(
        "import sys\nfrom kb.commands.main import main\n"
        "if 'report' not in sys.argv: sys.exit(main(sys.argv[1:]))\n"
        "print('700 links\\n' + ('- 链接 ' + 'x' * 140 + '\\n') * 700)\n",
        encoding="utf-8",
    )
    summary = tmp_path / "summary.md"
    done = publish(
        work,
        KB=f"{sys.executable} {long_kb}",
        PYTHONPATH=str(ROOT),
        GITHUB_ACTIONS="true",
        GITHUB_RUN_ID="17",
        GITHUB_REPOSITORY="us/kb",
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert done.code == 0, done.said
    body = done.issue()["body"]
    assert 60_000 < len(body) <= fake_github.LONGEST_BODY and body == done.pull()["body"]
    assert "lines are left out here.** The whole report is in the [summary of the run]" in body
    assert "https://github.com/us/kb/actions/runs/17" in body
    assert summary.read_text(encoding="utf-8").count("链接") == 700
