"""The workflows: every step is an action pinned by its commit, or a make target that exists here."""

import re

import pytest
import yaml

from tests.catalogs import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def steps(path):
    return [
        step
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
        for step in job["steps"]
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit_and_name_their_version(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d", line), line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_commands_are_make_targets_of_this_repository(path):
    for step in steps(path):
        if "run" in step:
            assert (
                set(re.findall(r"\bmake ([a-z-]+)", step["run"])) <= TARGETS
                and "make " in step["run"]
            )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_allowed_by_default_and_jobs_end(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    assert all(
        "timeout-minutes" in job and "permissions" in job for job in workflow["jobs"].values()
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_checkouts_leave_no_credentials(path):
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
