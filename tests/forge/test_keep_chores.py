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


def keep(forge, work):  # noqa: F811
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


@pytest.mark.parametrize("act", ["issue", "open"])
def test_what_is_not_allowed_stops_nothing_else_and_names_the_setting(act, forge, work):  # noqa: F811
    forge.may -= {act}
    code, err = keep(forge, work)
    assert code == 1 and "Allow GitHub Actions to create" in err
    assert bool(forge.pulls) == (act == "issue") and bool(titles(forge)) == (act == "open")
