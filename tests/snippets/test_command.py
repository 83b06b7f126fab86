"""`kb snippets run`: what it says and its exit codes."""

import re

import pytest

from kb.commands.main import main

CODE = "from kb.lab import show\nprint('accuracy', {})\nshow('<svg/>')\n"


@pytest.fixture
def catalog(tmp_path):
    for id in ("pruning", "rounding"):
        (tmp_path / "techniques" / id).mkdir(parents=True)
        (tmp_path / "techniques" / id / "snippet.py").write_text(CODE.format(0.9))
    return tmp_path


def run(catalog, *words, capsys):
    code = main(["--root", str(catalog), "snippets", "run", *words])
    out, err = capsys.readouterr()
    return code, re.sub(r" +\d+\.\d\d s  ", " ", out), err


def test_what_is_not_recorded_is_said_then_recorded_then_the_same(catalog, capsys):
    assert run(catalog, "pruning", capsys=capsys)[:2] == (
        1,
        "new pruning\n  nothing is recorded; record it with `--record`\n1 run, 1 failed\n",
    )
    assert run(catalog, "--record", capsys=capsys)[:2] == (
        0,
        "recorded pruning\nrecorded rounding\n2 run, 0 failed\n",
    )
    assert run(catalog, capsys=capsys) == (
        0,
        "same pruning\nsame rounding\n2 run, 0 failed\n",
        "",
    )
    assert (
        run(catalog, "--record", "--jobs", "2", "pruning", capsys=capsys)[1]
        == "unchanged pruning\n1 run, 0 failed\n"
    )


def test_another_number_is_a_finding(catalog, capsys):
    run(catalog, "--record", capsys=capsys)
    (catalog / "techniques" / "pruning" / "snippet.py").write_text(CODE.format(0.7))
    code, out, _ = run(catalog, capsys=capsys)
    assert (code, out) == (
        1,
        (
            "differs pruning\n  line 1: `accuracy 0.7` found, `accuracy 0.9` expected\n"
            "same rounding\n2 run, 1 failed\n"
        ),
    )


def test_a_failure_is_not_recorded_and_the_others_are(catalog, capsys):
    (catalog / "techniques" / "pruning" / "snippet.py").write_text("x = 1\n1 / 0\n")
    code, out, _ = run(catalog, "--record", capsys=capsys)
    assert (
        code == 1 and "ZeroDivisionError" in out and "line 2" in out and "recorded rounding" in out
    )
    assert not (catalog / "techniques" / "pruning" / "output.txt").exists()


@pytest.fixture
def library(catalog):
    """Writes what `libraries.py` of the technique `pruning` prints."""
    path = catalog / "techniques" / "pruning" / "libraries.py"

    def printing(*lines):
        path.write_text("".join(f"print({line!r})\n" for line in lines))

    return printing


def test_code_with_libraries_is_compared_but_for_their_versions(catalog, library, capsys):
    library("with torch 2.13.0, faiss 1.15.1", "accuracy 0.96")
    assert run(catalog, "--libraries", "--record", capsys=capsys)[:2] == (
        0,
        "recorded pruning\n1 run, 0 failed\n",
    )
    assert (
        catalog / "techniques" / "pruning" / "libraries.txt"
    ).read_text() == "with torch 2.13.0, faiss 1.15.1\naccuracy 0.96\n"
    assert run(catalog, "--libraries", capsys=capsys)[:2] == (
        0,
        "same pruning\n1 run, 0 failed\n",
    )
    library("with torch 3.0.0rc1, faiss 1.15.1", "accuracy 0.95")
    assert run(catalog, "--libraries", capsys=capsys)[:2] == (
        0,
        (
            "same pruning\n  with torch 3.0.0rc1, faiss 1.15.1; recorded with torch "
            "2.13.0, faiss 1.15.1\n1 run, 0 failed\n"
        ),
    )


OTHER = {
    "a broken number": (
        ("with torch 3.0", "accuracy 0.81"),
        (
            "line 2: `accuracy 0.81` found, `accuracy 0.96` expected\n"
            "  with torch 3.0; recorded with torch 2.13.0"
        ),
    ),
    "another library": (
        ("with jax 2.13.0", "accuracy 0.96"),
        (
            "line 1: `with jax` found, `with torch` expected\n"
            "  with jax 2.13.0; recorded with torch 2.13.0"
        ),
    ),
    "no versions": (
        ("accuracy 0.96",),
        (
            "line 1: `accuracy 0.96` found, `with torch` expected\n"
            "  line 2: nothing found, `accuracy 0.96` expected\n"
            "  accuracy 0.96; recorded with torch 2.13.0"
        ),
    ),
}


@pytest.mark.parametrize(("lines", "said"), OTHER.values(), ids=OTHER.keys())
def test_code_with_libraries_that_prints_anything_else_is_a_finding(
    catalog, library, capsys, lines, said
):
    library("with torch 2.13.0", "accuracy 0.96")
    run(catalog, "--libraries", "--record", capsys=capsys)
    library(*lines)
    assert run(catalog, "--libraries", capsys=capsys)[:2] == (
        1,
        f"differs pruning\n  {said}\n1 run, 1 failed\n",
    )


WRONG = {
    "an unknown id": (
        ["prunning"],
        "technique `prunning` has no `snippet.py`; those that have one: pruning, rounding",
    ),
    "no such file": (
        ["--libraries", "pruning"],
        "technique `pruning` has no `libraries.py`; those that have one: none",
    ),
    "no jobs": (["--jobs", "0"], "`--jobs` and `--limit` must be above zero"),
}


@pytest.mark.parametrize(("words", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_call_exits_2_and_says_why(catalog, capsys, words, said):
    assert run(catalog, *words, capsys=capsys) == (2, "", f"kb: {said}\n")


def test_what_was_printed_before_an_assert_fails_is_shown(catalog, capsys):
    path = catalog / "techniques" / "pruning" / "snippet.py"
    path.write_text("print('sparsity  accuracy')\nprint('0.8       0.71')\nassert 0.71 > 0.9\n")
    code, out, _ = run(catalog, "pruning", capsys=capsys)
    lines = out.splitlines()
    assert code == 1
    assert lines[:3] == ["failed pruning", "  sparsity  accuracy", "  0.8       0.71"]
    assert "AssertionError" in out and "line 3" in out
    assert not path.with_name("output.txt").exists()
