"""From an issue to a branch, a pull request and an answer: real Git, a forge with limits."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.catalogs import ROOT, TOY
from tests.forge.stand_in import BOT, TOKEN, Forge
from tests.forge.test_answer_change import git
from tests.forge.test_form import body
from tests.forge.test_issue import CORRECT, ENTRY, FIX, TYPED

pytestmark = pytest.mark.forge

PAPER = "catalog/papers/bear2020bears.yaml"
WRONG = {**TYPED, "Kind of entry": "paper", "Entry in YAML": "title: [A"}


@pytest.fixture
def work(tmp_path):
    """A clone of a repository with the toy catalogue."""
    git(tmp_path, "init", "--bare", "origin.git")
    tree = tmp_path / "work"
    shutil.copytree(TOY, tree / "catalog")
    git(tree, "init")
    git(tree, "add", ".")
    git(tree, "commit", "-m", "toys")
    git(tree, "remote", "add", "origin", "../origin.git")
    git(tree, "push", "origin", "main")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text("#!/bin/sh\n[ \"$*\" = 'auth setup-git' ]\n")
    (tmp_path / "bin" / "gh").chmod(0o755)
    return tree


@pytest.fixture
def forge(work):
    forge = Forge()
    forge.issue(3)
    forge.branches = lambda: git(work.parent / "origin.git", "branch", "--format=%(refname:short)")
    with forge.serving():
        yield forge


def offer(forge, work, said, kb=f"{sys.executable} -m kb", **issue):
    """Run the job on a fresh clone of `main`; its exit code and what it said."""
    git(work, "reset", "--hard", "origin/main")
    git(work, "clean", "-fd")
    event = work.parent / "event.json"
    fields = {"number": 3, "state": "open", "body": said, **issue}
    event.write_text(json.dumps({"action": "opened", "issue": fields}))
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "offer_issue"],
        cwd=work,
        env={
            "PATH": f"{work.parent}/bin:{os.environ['PATH']}",
            "HOME": str(work.parent),
            "KB": kb,
            "PYTHONPATH": str(ROOT),
            "GITHUB_API_URL": forge.url,
            "GITHUB_REPOSITORY": "us/kb",
            "GITHUB_EVENT_PATH": str(event),
            "GH_TOKEN": TOKEN.removeprefix("Bearer "),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def answers(forge):
    return [one["body"] for one in forge.comments[3] if one["user"] == BOT]


def files(work, branch):
    git(work, "fetch", "origin")
    return git(work, "diff", "--name-only", "origin/main", f"origin/{branch}").split()


def test_a_form_becomes_a_branch_a_pull_request_checks_and_an_answer(forge, work):
    code, err = offer(forge, work, body(ENTRY, TYPED))
    assert code == 0, err
    assert files(work, "issue-3") == [PAPER] and forge.started == ["issue-3"]
    assert "Closes #3" in forge.pulls[4]["body"] and forge.pulls[4]["state"] == "open"
    [text] = answers(forge)
    assert f"`{PAPER}` is written" in text and "offered in #4" in text


def test_an_edited_issue_changes_the_same_branch_and_the_same_answer(forge, work):
    offer(forge, work, body(ENTRY, WRONG))
    assert "Nothing was written" in answers(forge)[0] and forge.pulls == {}
    offer(forge, work, body(ENTRY, TYPED))
    assert offer(forge, work, body(ENTRY, {**TYPED, "Id of the entry": "bear2020other"}))[0] == 0
    assert files(work, "issue-3") == ["catalog/papers/bear2020other.yaml"]
    assert len(answers(forge)) == 1 and list(forge.pulls) == [4]


def test_what_a_person_committed_to_the_branch_stays(forge, work):
    offer(forge, work, body(ENTRY, TYPED))
    git(work, "switch", "-c", "mine", "origin/issue-3")
    git(work, "commit", "--allow-empty", "-m", "a person")
    git(work, "push", "origin", "HEAD:issue-3")
    git(work, "switch", "main")
    assert offer(forge, work, body(ENTRY, {**TYPED, "Id of the entry": "bear2020other"}))[0] == 0
    assert files(work, "issue-3") == [PAPER] and "Somebody has worked" in answers(forge)[0]


def test_a_malformed_form_blocks_nobody_else(forge, work):
    forge.issue(5)
    assert offer(forge, work, body(ENTRY, WRONG))[0] == 0
    assert offer(forge, work, body(CORRECT, FIX), number=5)[0] == 0
    assert files(work, "issue-5") == ["catalog/papers/first2015toys.yaml"]


GONE = {
    "broken YAML": (ENTRY, {**TYPED, "Entry in YAML": "title: [A"}, "Nothing was written"),
    "an empty field": (ENTRY, {**TYPED, "Entry in YAML": ""}, "Nothing was written"),
    "an id that is taken": (ENTRY, {**TYPED, "Id of the entry": "third2019more"}, "Nothing was"),
    "plain text": (None, "Please forget it.", "no form any more"),
    "nothing at all": (None, "", "no form any more"),
}


@pytest.mark.parametrize("case", GONE)
def test_what_the_issue_no_longer_asks_for_is_not_left_to_be_merged(case, forge, work):
    form, typed, told = GONE[case]
    offer(forge, work, body(ENTRY, TYPED))
    code, err = offer(forge, work, body(form, typed) if form else typed)
    assert code == 0, err
    assert forge.pulls[4]["state"] == "closed" and "**Closed**: #3" in forge.pulls[4]["body"]
    [text] = answers(forge)
    assert told in text and "#4, which offered what it said before, is closed." in text
    assert offer(forge, work, body(ENTRY, TYPED))[0] == 0
    assert forge.pulls[5]["state"] == "open" and "offered in #5" in answers(forge)[0]


def test_what_a_person_committed_is_not_closed_either(forge, work):
    offer(forge, work, body(ENTRY, TYPED))
    git(work, "switch", "-c", "mine", "origin/issue-3")
    git(work, "commit", "--allow-empty", "-m", "a person")
    git(work, "push", "origin", "HEAD:issue-3")
    git(work, "switch", "main")
    assert offer(forge, work, body(ENTRY, WRONG))[0] == 0
    assert forge.pulls[4]["state"] == "open" and "Somebody has worked" in answers(forge)[0]


CRASHES = {
    "a traceback": "raise ValueError('no such digit')",
    "silence": "raise SystemExit(1)",
    "a signal": "import os; os.kill(os.getpid(), 9)",
    "another code": "raise SystemExit(70)",
}


@pytest.mark.parametrize("case", CRASHES)
def test_a_crash_is_no_answer(case, forge, work):
    offer(forge, work, body(ENTRY, TYPED))
    (work.parent / "crash.py").write_text(CRASHES[case])
    kb = f"{sys.executable} {work.parent / 'crash.py'}"
    code, err = offer(forge, work, body(ENTRY, TYPED), kb=kb)
    assert code == 1 and "the form: " in err
    assert "**This form could not be read.**" in answers(forge)[0]
    assert forge.pulls[4]["state"] == "open"


@pytest.mark.parametrize("issue", [{"state": "closed"}, {"body": "Hello"}], ids=str)
def test_a_closed_issue_and_a_plain_one_get_no_answer(issue, forge, work):
    code, err = offer(forge, work, body(ENTRY, TYPED), **issue)
    assert code == 0 and "nothing to do" in err and forge.calls == []


REFUSALS = {
    "no pull request may be opened": ("open", "Allow GitHub Actions to create"),
    "no check may be started": ("start", "offered in #4"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refused_step_is_told_and_stops_no_other(case, forge, work):
    act, said = REFUSALS[case]
    forge.may -= {act}
    code, err = offer(forge, work, body(ENTRY, TYPED))
    assert code == 1 and "403" in err
    assert files(work, "issue-3") == [PAPER] and said in answers(forge)[0]
