"""A clone as Git for Windows makes it by default: the same bytes, and no findings."""

import json
import subprocess

import pytest

from kb.commands.main import main
from tests.catalogs import ROOT


def git(*words):
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone of this repository with the line ends of Windows asked for."""
    if not (ROOT / ".git").exists():
        pytest.skip("these files do not come from a repository")
    folder = tmp_path_factory.mktemp("windows") / "clone"
    git("clone", "--quiet", "-c", "core.autocrlf=true", ROOT.as_uri(), str(folder))
    return folder


def test_nothing_is_changed_by_cloning(clone):
    assert git("-C", str(clone), "status", "--porcelain") == ""


def test_every_text_ends_its_lines_as_the_repository_does(clone):
    listed = git("-C", str(clone), "ls-files", "--eol")
    assert [line for line in listed.splitlines() if "crlf" in line or "w/mixed" in line] == []


def test_the_catalogue_of_the_clone_has_no_line_end_of_windows(clone, monkeypatch, capsys):
    monkeypatch.chdir(clone)
    main(["check", "--format", "json"])
    said = capsys.readouterr().out
    assert json.loads(said) is not None and "KB004" not in said and "KB019" not in said
