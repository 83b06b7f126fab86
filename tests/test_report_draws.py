"""The script that tells which claims fell on a fresh draw: one issue, never a red branch."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests import fake_github
from tests.catalogs import ROOT

pytestmark = pytest.mark.forge

SAID = {
    "all": "holds       1.20 s  a --reseed 7\nholds       0.90 s  b --reseed 7\n2 run, 0 failed\n",
    "one": (
        "holds       1.20 s  a --reseed 7\n"
        "falls       0.90 s  b --reseed 7\n  claim `small` does not hold, on 5 of 8 seeds: It is\n"
        "holds       0.10 s  c --reseed 7\n  snippet.py:3: UserWarning: 1 of 8 units\n"
        "3 run, 1 failed\n"
    ),
}


@pytest.fixture
def report(tmp_path):
    """Runs the script with a `kb` that says something; gives exit code, errors and the issues."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "report_draws", tmp_path / ".ci")
    shutil.copytree(ROOT / ".ci" / "forge", tmp_path / ".ci" / "forge")
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin" / "gh"
    gh.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{fake_github.__file__}" "$@"\n')
    gh.chmod(0o755)
    store = tmp_path / "github.json"
    store.write_text(json.dumps(fake_github.START))
    kb = tmp_path / "kb.py"

    def run(said, code, environment=None, **state):
        store.write_text(json.dumps({**json.loads(store.read_text()), **state}))
        kb.write_text(f"import sys\nsys.stdout.write({said!r} if sys.argv[4] == '7' else '')\n")
        kb.write_text(kb.read_text() + f"sys.exit({code})\n")
        done = subprocess.run(
            [tmp_path / ".ci" / "report_draws"],
            env={
                **{key: word for key, word in os.environ.items() if not key.startswith("GITHUB_")},
                "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
                "KB": f"{sys.executable} {kb}",
                "GH_TOKEN": "x",
                "FAKE_GITHUB": str(store),
                "DRAW": "7",
                **(environment or {}),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr, json.loads(store.read_text())["issues"]

    return run


def test_what_falls_is_said_in_one_issue_that_is_kept(report):
    code, _, (issue,) = report(SAID["one"], 1)
    assert code == 0 and issue["title"] == "Claims on fresh draws"
    assert issue["body"] == (
        "3 run, 1 failed, with every draw moved by 7. `kb snippets run --reseed 7` shows the same."
        "\n\n    falls       0.90 s  b --reseed 7\n"
        "      claim `small` does not hold, on 5 of 8 seeds: It is\n"
    )
    code, _, (issue,) = report(SAID["all"], 0)
    assert code == 0 and issue["body"].endswith("shows the same.\n\nAll claims hold.\n")


def test_a_run_that_could_not_begin_is_an_error_and_no_issue(report):
    code, said, issues = report("", 2)
    assert (code, issues) == (1, []) and "could not run" in said


def test_a_refusal_of_github_is_said(report):
    code, said, issues = report(SAID["all"], 0, may_write_issues=False)
    assert (code, issues) == (1, []) and "`gh issue list` failed" in said


def test_a_refusal_stands_in_the_summary_with_the_setting(report, tmp_path):
    summary = tmp_path / "summary.md"
    code, _, _ = report(SAID["all"], 0, {"GITHUB_STEP_SUMMARY": str(summary)}, issues_enabled=False)
    assert code == 1 and "Features: tick *Issues*" in summary.read_text()
