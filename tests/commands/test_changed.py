"""`kb check --base`: what Git says is new or changed."""

import shutil
import subprocess

import pytest

from kb.commands.changed import touched
from kb.commands.exit import UsageError
from kb.commands.main import main
from tests.catalogs import TOY

NAME = "catalog/papers/注 意.yaml"


def git(folder, *words):
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", folder, *identity, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    """A repository with the toy catalogue on `main`, and a branch that changed a paper."""
    shutil.copytree(TOY, tmp_path / "catalog")
    git(tmp_path, "init", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "toys")
    git(tmp_path, "switch", "-c", "branch")
    with (tmp_path / "catalog" / "papers" / "third2019more.yaml").open("a") as paper:
        paper.write("# changed\n")
    git(tmp_path, "commit", "-am", "change")
    return tmp_path


def test_against_a_branch_all_its_changes_count(repository):
    (repository / NAME).write_text("title: New\n")
    assert touched(repository / "catalog", "main") == {NAME, "catalog/papers/third2019more.yaml"}


def test_what_main_did_meanwhile_does_not_count(repository):
    git(repository, "switch", "main")
    (repository / "catalog" / "topics.yaml").write_text("{}\n")
    git(repository, "commit", "-am", "elsewhere")
    git(repository, "switch", "branch")
    assert touched(repository / "catalog", "main") == {"catalog/papers/third2019more.yaml"}


def test_without_a_branch_what_is_not_committed_counts(repository):
    assert touched(repository / "catalog", None) == frozenset()
    (repository / NAME).write_text("title: New\n")
    git(repository, "rm", "catalog/lists/toy-list.yaml")
    assert touched(repository / "catalog", None) == {NAME, "catalog/lists/toy-list.yaml"}


def test_without_git_nothing_counts(tmp_path, monkeypatch):
    shutil.copytree(TOY, tmp_path / "catalog")
    assert touched(tmp_path / "catalog", None) == frozenset()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert touched(tmp_path / "catalog", None) == frozenset()


@pytest.mark.parametrize("base", ["nowhere", "--output=x", "HEAD:catalog", ""])
def test_a_base_that_is_not_there_is_a_usage_error(repository, base):
    with pytest.raises(UsageError, match="git cannot compare with"):
        touched(repository / "catalog", base)


def test_a_base_outside_of_git_exits_2(tmp_path, capsys):
    root = shutil.copytree(TOY, tmp_path / "catalog")
    assert main(["--root", str(root), "check", "--base", "main"]) == 2
    assert capsys.readouterr().err.startswith("kb: git cannot compare with `main`: ")


def test_a_clean_branch_is_clean(repository, capsys):
    assert main(["--root", str(repository / "catalog"), "check", "--base", "main"]) == 0
