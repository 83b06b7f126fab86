"""`kb rename`, carried out on disk: whole or not at all."""

import os
import shutil

import pytest

from kb.commands.main import main
from tests.catalogs import TODAY, TOY


@pytest.fixture
def tree(tmp_path):
    """The toy catalogue, and a page of its project that names an entry."""
    shutil.copytree(TOY, tmp_path / "catalog")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("a\n[toys](papers/first2015toys.md)\n")
    return tmp_path


def run(tree, *words):
    return main(["--root", str(tree / "catalog"), *words], TODAY)


def content(tree):
    return {path: path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}


def test_files_move_and_what_only_a_person_can_change_is_listed(tree, capsys):
    assert run(tree, "rename", "first2015toys", "first2015bears") == 0
    out = capsys.readouterr().out
    assert out == (
        "renamed `first2015toys` to `first2015bears`; 6 other files name it\n"
        "it is still named here; change what should follow:\n"
        "  docs/page.md:2\n"
        "next: `kb check`, then look at the change with `git diff`\n"
    )
    assert not (tree / "catalog" / "papers" / "first2015toys.yaml").exists()
    assert run(tree, "fmt", "--check") == 0


def test_a_technique_moves_with_its_code(tree):
    old = tree / "catalog" / "techniques" / "toy-pruning"
    beside = {path.name for path in old.iterdir()}
    assert run(tree, "rename", "toy-pruning", "bear-pruning") == 0
    assert not old.exists()
    assert {path.name for path in old.with_name("bear-pruning").iterdir()} == beside
    assert run(tree, "check") == 0


REFUSED = {
    "unknown": (["first2015toy", "x"], "there is no entry `first2015toy`; did you mean"),
    "taken": (["toybox", "toy-list"], "`toy-list` is already the id of"),
    "what stands there is no entry": (["toy-pruning", "stray"], "is there already; move it away"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_changes_nothing(case, tree, capsys):
    (tree / "catalog" / "techniques" / "stray").mkdir()
    before = content(tree)
    words, said = REFUSED[case]
    assert run(tree, "rename", *words) == 2
    assert said in capsys.readouterr().err
    assert content(tree) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_cannot_be_written_leaves_all_as_it_was(tree, capsys):
    before = content(tree)
    (tree / "catalog" / "resources").chmod(0o555)
    try:
        assert run(tree, "rename", "toy-pruning", "bear-pruning") == 2
    finally:
        (tree / "catalog" / "resources").chmod(0o755)
    assert "permission denied" in capsys.readouterr().err
    assert content(tree) == before
