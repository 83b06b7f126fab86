"""The weekly job: one issue for each sort of chore, moved links as a pull request."""

import os
import subprocess
import sys

import pytest

from tests.catalogs import ROOT
from tests.forge.stand_in import BOT, TOKEN
from tests.forge.test_answer_change import git
from tests.forge.test_offer_issue import files, forge, work  # noqa: F401  fixtures

pytestmark = pytest.mark.forge

RESOURCE = "catalog/resources/toybox.yaml"


def keep(forge, work, **environment):  # noqa: F811
    git(work, "reset", "--hard", "origin/main")
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "keep_chores"],
        cwd=work,
        env={
            "PATH": f"{work.parent}/bin:{os.environ['PATH']}",
            "HOME": str(work.parent),
            "KB": f"{sys.executable} -m kb",
            "PYTHONPATH": str(ROOT),
            "GITHUB_API_URL": forge.url,
            "GITHUB_REPOSITORY": "us/kb",
            "GH_TOKEN": TOKEN.removeprefix("Bearer "),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def titles(forge):  # noqa: F811
    return sorted(one["title"] for one in forge.issues.values() if one["user"] == BOT)


def test_a_week_keeps_its_issues_and_offers_the_edit_once(forge, work):  # noqa: F811
    assert keep(forge, work) == (0, "")
    assert keep(forge, work) == (0, "")
    assert [one for one in titles(forge) if one != "New this month"] == [
        "Moved links",
        "Stale data",
    ]
    [pull] = forge.pulls.values()
    assert pull["title"] == "links: follow what moved" and files(work, "moved-links") == [RESOURCE]
    assert forge.started == ["moved-links"] * 2


def test_every_schedule_is_kept_alive(forge, work):  # noqa: F811
    keep(forge, work)
    folder = ROOT / ".github" / "workflows"
    scheduled = {path.name for path in folder.glob("*.yml") if "schedule:" in path.read_text()}
    assert set(forge.enabled) == scheduled


def test_a_strangers_issue_of_the_same_title_stays(forge, work):  # noqa: F811
    theirs = {"number": 40, "state": "open", "user": {"login": "x"}, "title": "Stale data"}
    forge.issues[40] = {**theirs, "body": "mine"}
    assert keep(forge, work)[0] == 0
    assert forge.issues[40]["body"] == "mine" and "Stale data" in titles(forge)


REFUSALS = {"issue": "may allow workflows less", "open": "Allow GitHub Actions to create"}


@pytest.mark.parametrize("act", REFUSALS)
def test_what_is_not_allowed_stops_nothing_else_and_names_the_setting(act, forge, work):  # noqa: F811
    forge.may -= {act}
    summary = work.parent / "summary.md"
    code, err = keep(forge, work, GITHUB_STEP_SUMMARY=str(summary))
    others = [said for one, said in REFUSALS.items() if one != act]
    for text in (err, summary.read_text()):
        assert REFUSALS[act] in text and not any(said in text for said in others)
    assert code == 1
    assert bool(forge.pulls) == (act == "issue") and bool(titles(forge)) == (act == "open")


DAYS = {"2026-11-01": True, "2026-11-07": True, "2026-11-08": False, "2026-11-30": False}


@pytest.mark.parametrize("day", DAYS)
def test_the_first_week_of_a_month_says_what_is_new_since_a_month(day, forge, work, monkeypatch):  # noqa: F811
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2026-09-15T12:00:00Z")
    git(work, "commit", "--amend", "--no-edit", "--date", "2026-09-15T12:00:00Z")
    text = (work / "catalog" / "articles" / "toys-explained.yaml").read_text()
    (work / "catalog" / "articles" / "toys-anew.yaml").write_text(text)
    git(work, "add", ".")
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2026-10-28T12:00:00Z")
    git(work, "commit", "-m", "new")
    git(work, "push", "--force", "origin", "main")
    assert keep(forge, work, TODAY=day) == (0, "")
    said = [one["body"] for one in forge.issues.values() if one["title"] == "New this month"]
    assert bool(said) == DAYS[day] and all("`toys-anew`" in one for one in said)
