"""`kb add`, carried out on disk."""

import shutil

import pytest

from kb.commands.main import main
from tests.catalogs import TODAY, TOY


@pytest.fixture
def tree(tmp_path):
    """The toy catalogue."""
    shutil.copytree(TOY, tmp_path / "catalog")
    return tmp_path


def run(tree, *words):
    return main(["--root", str(tree / "catalog"), "add", *words], TODAY)


def test_the_entry_is_written_and_the_next_step_printed(tree, capsys):
    assert run(tree, "--offline", "2301.00774") == 0
    out = capsys.readouterr().out
    path = tree / "catalog" / "papers" / "arxiv-2301-00774.yaml"
    assert out.startswith(f"wrote {path}\n")
    assert "next: open that file and write\n  - `title`, `authors`" in out
    assert out.endswith("then: `kb fmt`, and `kb check` until it says `no findings`\n")
    assert 'arxiv: "2301.00774"' in path.read_text()
    assert main(["--root", str(tree / "catalog"), "fmt", "--check"], TODAY) == 0


def test_what_is_known_is_not_added_and_others_are(tree, capsys):
    assert run(tree, "--offline", "1501.00001", "2301.00774") == 1
    out = capsys.readouterr().out
    assert "not added: 1501.00001: already in `catalog/papers/first2015toys.yaml`" in out
    assert (tree / "catalog" / "papers" / "arxiv-2301-00774.yaml").is_file()


REFUSED = {
    "nothing to look up": (["--offline", "hello"], "`hello` is nothing that can be looked up"),
    "an id for several": (
        ["--offline", "--id", "x", "2301.00774", "2301.00775"],
        "one work",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_said_in_one_sentence(case, tree, capsys):
    words, said = REFUSED[case]
    before = sorted(tree.rglob("*"))
    assert run(tree, *words) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1
    assert sorted(tree.rglob("*")) == before
