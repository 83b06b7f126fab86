"""What stands beside a technique is read; what is not plain text or a plain picture is left out."""

import pytest

from kb.code import Code
from kb.snippets.read import SIZE, read
from tests.catalogs import TOY


@pytest.fixture
def beside(tmp_path):
    folder = tmp_path / "techniques" / "one"
    folder.mkdir(parents=True)

    def put(**files):
        for name, content in files.items():
            folder.joinpath(name.replace("_", ".")).write_bytes(content)
        codes, problems = read(tmp_path, ["one", "two"])
        return codes.get("one"), [str(problem).replace(f"{folder}/", "") for problem in problems]

    return put


def test_the_toy_catalogue_has_all_of_it():
    codes, problems = read(TOY, ["toy-pruning", "toy-rounding"])
    assert problems == [] and list(codes) == ["toy-pruning", "toy-rounding"]
    code = codes["toy-pruning"]
    assert (
        code.source.startswith("# Toy pruning")
        and code.output.startswith("toys")
        and code.figure.title == "Small toys need little room"
    )
    assert (
        code.libraries.startswith("# The same")
        and code.libraries_output == 'json {"toys": [3, 5, 8]}\n'
    )
    other = codes["toy-rounding"]
    assert other.chinese.title == "圆玩具多占不了多少地方"
    assert [told.name for told in other.grid.claims] == ["little", "not-all"]


def test_only_the_techniques_asked_for_are_read():
    assert read(TOY, []) == ({}, [])


def test_output_without_code_is_nothing(beside):
    assert beside(output_txt=b"1", torch_txt=b"2", figure_svg=b"<svg/>") == (None, [])


LEFT_OUT = {
    "no text": (
        {"snippet_py": b"\xff"},
        None,
        (
            "snippet.py is left out: 'utf-8' codec can't decode byte 0xff in position 0: "
            "invalid start byte"
        ),
    ),
    "too long": (
        {"snippet_py": b"#" * (SIZE + 1)},
        None,
        "snippet.py is left out: more than 200,000 bytes",
    ),
    "no drawing": (
        {"snippet_py": b"1", "figure_svg": b"<script/>"},
        Code("1"),
        "figure.svg is left out: it is more than a drawing: its root is not `svg`",
    ),
}


@pytest.mark.parametrize(("files", "code", "problem"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_cannot_be_shown_is_left_out_and_said(beside, files, code, problem):
    assert beside(**files) == (code, [problem])


def test_a_symbolic_link_is_not_followed(beside, tmp_path):
    (tmp_path / "techniques" / "one" / "snippet.py").symlink_to("/etc/passwd")
    assert beside() == (None, [])
