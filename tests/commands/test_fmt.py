"""`kb fmt`: what it tells, in which format, and what it does not skip without a word."""

import json
import os
import shutil

import pytest

from kb.commands.main import main
from tests.catalogs import TOY

PAPER = "catalog/papers/third2019more.yaml"


@pytest.fixture
def root(tmp_path):
    """A copy of the toy catalogue, one paper of which is not in canonical form from line 3 on."""
    root = shutil.copytree(TOY, tmp_path / "catalog")
    paper = root.parent / PAPER
    lines = paper.read_text().splitlines()
    paper.write_text("\n".join([*lines[:2], lines[2].replace(": ", ":   "), *lines[3:]]) + "\n")
    return root


def run(root, *words, capsys):
    return main(["--root", str(root), "fmt", *words]), *capsys.readouterr()


def test_annotations_stand_at_the_first_line_that_would_change(root, capsys):
    code, out, _ = run(root, "--check", "--format", "github", capsys=capsys)
    assert code == 1 and out == (
        f"::error file={PAPER},line=3,col=1,title=KB019 not-canonical::"
        "not in canonical form from here on — hint: run `kb fmt`\n"
    )


def test_json_has_the_same_as_findings(root, capsys):
    code, out, _ = run(root, "--check", "--format", "json", capsys=capsys)
    (one,) = json.loads(out)
    assert code == 1 and (one["path"], one["line"], one["name"]) == (PAPER, 3, "not-canonical")


@pytest.mark.parametrize(("format", "out"), {"github": "", "json": "[]\n", "text": ""}.items())
def test_nothing_to_change_is_clean_in_every_format(format, out, capsys):
    assert run(TOY, "--check", "--format", format, capsys=capsys) == (0, out, "")


def test_a_format_without_check_is_a_usage_error(root, capsys):
    code, _, err = run(root, "--format", "json", capsys=capsys)
    assert (code, err) == (2, "kb: `--format json` goes with `--check`; add it\n")


SKIPPED = {
    "broken": lambda path: path.write_text("title: [A\n"),
    "a link": lambda path: path.symlink_to("/etc/hostname"),
}


@pytest.mark.parametrize("words", [[], ["--check"], ["--check", "--format", "json"]])
@pytest.mark.parametrize("case", SKIPPED)
def test_no_file_is_skipped_without_a_word(root, case, words, capsys):
    run(root, capsys=capsys)
    SKIPPED[case](root / "papers" / "new2020.yaml")
    code, _, err = run(root, *words, capsys=capsys)
    assert code == 1 and err.startswith("skipped catalog/papers/new2020.yaml: ")
    assert run(root, str(root / "lists"), capsys=capsys)[::2] == (0, "")


def test_a_file_that_is_not_an_entry_is_none_of_its_business(root, capsys):
    run(root, capsys=capsys)
    (root / "notes.txt").write_text("x")
    (root / "links.jsonl").unlink()
    os.mkfifo(root / "links.jsonl")
    assert run(root, capsys=capsys) == (0, "", "")
