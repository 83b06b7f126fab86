"""Links that a change brings in, as git sees it: real repositories, in temporary folders."""

import shutil
import subprocess

import pytest

from kb.ledger.file import load
from kb.links.changed import changed_targets
from kb.links.revision import UnknownRevision, ledger_at
from tests.catalogs import TOY


def git(folder, *words):
    settings = (
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "-c",
        "init.defaultBranch=main",
        "-c",
        "commit.gpgsign=false",
    )
    subprocess.run(["git", "-C", str(folder), *settings, *words], check=True, capture_output=True)


@pytest.fixture
def root(tmp_path):
    """The toy catalogue in a repository of its own, on a branch that left main."""
    root = shutil.copytree(TOY, tmp_path / "catalog")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "toys")
    git(tmp_path, "checkout", "-b", "change")
    return root


def replace(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def urls(root, ref="main"):
    return [target.url for target in changed_targets(root, ref)]


def test_no_change_brings_no_link(root):
    replace(root / "articles" / "toys-explained.yaml", "form: explainer", "form: survey")
    assert urls(root) == []


def test_a_changed_address_is_looked_at_committed_or_not(root):
    replace(
        root / "resources" / "toybox.yaml",
        "url: https://example.org/toybox",
        "url: https://example.org/new",
    )
    assert urls(root) == ["https://example.org/new"]
    git(root, "commit", "-am", "new address")
    assert urls(root) == ["https://example.org/new"]
    assert urls(root, "HEAD^") == ["https://example.org/new"]


def test_every_address_of_a_new_file_counts_but_those_moved_from_another(root):
    text = (root / "resources" / "toybox.yaml").read_text(encoding="utf-8")
    (root / "resources" / "toybox.yaml").unlink()
    (root / "resources" / "bigbox.yaml").write_text(
        text.replace("license: MIT", "license: MIT\ncopies: []")
        .replace(
            "license, status]}",
            "license, status]}\n  big: {url: 'https://example.org/big', seen: 2026-01-05, "
            "supports: [title]}",
        )
        .replace("copies: []\n", ""),
        encoding="utf-8",
    )
    assert urls(root) == ["https://example.org/big"]


def test_what_main_did_meanwhile_is_not_ours(root):
    replace(
        root / "resources" / "toybox.yaml", "https://example.org/toybox", "https://example.org/ours"
    )
    git(root, "commit", "-am", "ours")
    git(root, "checkout", "main")
    replace(
        root / "papers" / "third2019more.yaml",
        "https://example.org/slides",
        "https://example.org/theirs",
    )
    git(root, "commit", "-am", "theirs")
    git(root, "checkout", "change")
    assert set(urls(root)) == {"https://example.org/ours"}


def test_a_broken_file_hides_no_other(root):
    (root / "papers" / "broken.yaml").write_text("title: [A\n")
    replace(
        root / "resources" / "toybox.yaml",
        "url: https://example.org/toybox",
        "url: https://example.org/new",
    )
    assert urls(root) == ["https://example.org/new"]


# revision, part of what git says
UNKNOWN = {
    "none": ("no-such-branch", "Needed a single revision"),
    "an option": ("--output=/tmp/x", "Needed a single revision"),
    "empty": ("", "Needed a single revision"),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_an_unknown_revision_is_said(root, case):
    ref, said = UNKNOWN[case]
    with pytest.raises(UnknownRevision, match=said):
        changed_targets(root, ref)


def test_a_folder_outside_a_repository_is_said(tmp_path):
    with pytest.raises(UnknownRevision, match="not a git repository"):
        changed_targets(shutil.copytree(TOY, tmp_path / "catalog"), "HEAD")


def test_the_ledger_as_it_was(root):
    before = load(root / "links.jsonl")[0]
    (root / "links.jsonl").write_text("")
    git(root, "commit", "-am", "forget")
    assert (
        ledger_at(root / "links.jsonl", "main") == before
        and ledger_at(root / "links.jsonl", "HEAD") == {}
    )
    assert ledger_at(root / "other.jsonl", "main") == {}
