"""`kb diff` and `kb check --base`: against a branch, a commit and a folder."""

import json
import os
import shutil

import pytest

from kb.commands.main import main
from tests.catalogs import TODAY, TOY
from tests.commands.test_changed import git

PAPER = "papers/first2015toys.yaml"


@pytest.fixture
def tree(tmp_path):
    """The toy catalogue in a folder that is no repository."""
    shutil.copytree(TOY, tmp_path / "catalog")
    return tmp_path


@pytest.fixture
def repository(tree):
    """The same, committed on `main`."""
    git(tree, "init", "--initial-branch=main")
    git(tree, "add", ".")
    git(tree, "commit", "-m", "toys")
    return tree


def run(tree, *words):
    return main(["--root", str(tree / "catalog"), *words], TODAY)


def spoil(tree):
    paper = tree / "catalog" / PAPER
    text = paper.read_text()
    assert "    value: 2\n" in text
    paper.write_text(text.replace("    value: 2\n", "    value: 3\n"))


LOST = {
    "not YAML": lambda path: path.write_text("title: [A\n"),
    "no entry": lambda path: path.write_text("title: A\nyeer: 2015\n"),
    "a pipe": os.mkfifo,
    "a link": lambda path: path.symlink_to("/etc/hostname"),
}


@pytest.mark.parametrize("lose", LOST.values(), ids=LOST)
def test_an_entry_that_cannot_be_compared_or_exported_is_named(repository, lose, capsys):
    (repository / "catalog" / PAPER).unlink()
    lose(repository / "catalog" / PAPER)
    assert run(repository, "diff", "main") == 1
    assert f"catalog/{PAPER}:" in capsys.readouterr().out
    for format in ("jsonl", "graphml"):
        assert run(repository, "export", format) == 1
        out, err = capsys.readouterr()
        assert "third2019more" in out and err == (
            f"not exported: `first2015toys` (catalog/{PAPER}); `kb check` shows why\n"
        )


def test_a_folder_that_cannot_be_read_is_named(repository, capsys):
    shutil.rmtree(repository / "catalog" / "lists")
    os.mkfifo(repository / "catalog" / "lists")
    assert run(repository, "diff", "main") == 1 and "catalog/lists:1" in capsys.readouterr().out
    assert run(repository, "export", "jsonl") == 1
    said = "not exported: catalog/lists; `kb check` shows why\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("base", ["main", "HEAD"])
def test_a_clean_tree_differs_in_nothing(repository, base, capsys):
    assert run(repository, "diff", base) == 0
    assert capsys.readouterr().out == "no changes\nno findings\n"


def test_a_number_without_ground_is_a_finding(repository, capsys):
    spoil(repository)
    assert run(repository, "diff", "main", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["change"] for one in found["changes"]] == ["claim", "page"]
    assert [one["code"] for one in found["findings"]] == ["KB802"]


def test_check_reports_the_change_with_a_base_only(repository, capsys):
    spoil(repository)
    assert run(repository, "check") == 0
    assert run(repository, "check", "--base", "main") == 1
    assert "KB802 changed-without-ground" in capsys.readouterr().out


def test_a_folder_is_a_base_outside_git(tree, tmp_path_factory, capsys):
    spoil(tree)
    assert run(tree, "diff", str(TOY)) == 1
    assert run(tree, "diff", str(TOY.parent)) == 1


def test_an_id_that_vanished_is_a_finding(repository, capsys):
    (repository / "catalog" / PAPER).unlink()
    assert run(repository, "diff", "main") == 1
    assert "entry removed: first2015toys" in (out := capsys.readouterr().out)
    assert f"catalog/{PAPER}:2:1: KB801 vanished-id" in out


@pytest.mark.parametrize("base", ["nowhere", "HEAD:catalog", ""])
def test_without_a_base_it_cannot_be_done(repository, base, capsys):
    assert run(repository, "diff", base) == 2
    assert "give a branch, a tag, a commit or a folder" in capsys.readouterr().err


def test_without_git_it_says_to_install_it(repository, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(repository / "nothing"))
    for words, folder in ((("diff", "main"), True), (("check", "--base", "main"), False)):
        assert run(repository, *words) == 2
        said = capsys.readouterr().err
        assert "install git" in said and "Errno" not in said and "branch" not in said
        assert ("give a folder" in said) == folder


def test_an_empty_folder_is_no_clean_catalogue(tmp_path, capsys):
    (tmp_path / "catalog").mkdir()
    assert run(tmp_path, "check") == 2
    assert "holds no entries" in capsys.readouterr().err


BESIDE = {
    "code": ("techniques/toy-pruning/snippet.py", "\n", "\n\n", ["code: toy-pruning"]),
    "venue": (
        "venues.yaml",
        "Advances in",
        "Retreats from",
        [
            (
                'venue: neurips: {"name": "Advances in Neural Information Processing Systems"} → '
                '{"name": "Retreats from Neural Information Processing Systems"}'
            ),
            "page: first2015toys",
        ],
    ),
    "blanks": ("topics.yaml", "Leave something", "Leave  something", ["page: cutting"]),
}


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_beside_entries_is_compared_too(repository, case, capsys):
    name, old, new, wanted = BESIDE[case]
    path = repository / "catalog" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert run(repository, "diff", "main") == 0
    said = capsys.readouterr().out.splitlines()
    assert [one for one in said if one in wanted] == wanted, said


def test_a_blank_more_in_a_summary_is_no_other_fact(repository, capsys):
    paper = repository / "catalog" / PAPER
    old = next(line for line in paper.read_text().splitlines() if line.startswith("title: "))
    paper.write_text(paper.read_text().replace(old, old.replace(" ", "  ")))
    assert run(repository, "diff", "main") == 0


def test_outside_git_a_branch_is_no_base(tree, capsys):
    assert run(tree, "diff", "main") == 2


def test_a_folder_without_entries_is_no_base(tree, tmp_path_factory, capsys):
    assert run(tree, "diff", str(tmp_path_factory.mktemp("empty"))) == 2
    assert "holds no entries" in capsys.readouterr().err


def test_a_release_counts_the_findings_in_its_way(repository, capsys):
    (repository / "catalog" / "notes.txt").write_text("x")
    assert run(repository, "release", str(repository / "out")) == 2
    assert capsys.readouterr().err == ("kb: the catalogue has 1 finding; `kb check` shows it\n")
    (repository / "catalog" / "more.txt").write_text("x")
    assert run(repository, "release", str(repository / "out")) == 2
    assert capsys.readouterr().err == ("kb: the catalogue has 2 findings; `kb check` shows them\n")
