"""A notebook is valid, carries the lab, and runs where there is no knowledge base."""

import json
import subprocess
import sys

import nbformat
import pytest

from kb.snippets.find import lab_files
from kb.snippets.notebook import notebook
from kb.snippets.run import PACKAGES

SOURCE = '''# Pruning by magnitude: small weights can go.
# Here: 450 test images.

from kb.lab import accuracy, dense_net, digits, show, train

net, data = dense_net(64, 8, 10), digits()
train(net, data, epochs=2)
print(accuracy(net, data) > 0.7, "\\\\", """three""")
show("<svg/>")
'''


@pytest.fixture(scope="module")
def made():
    return json.loads(notebook(SOURCE, lab_files(PACKAGES / "kb")))


def test_it_has_the_form_of_a_notebook(made):
    nbformat.validate(made)


def test_it_says_what_the_snippet_says_first(made):
    assert [cell["cell_type"] for cell in made["cells"]] == ["markdown", "markdown", "code", "code"]
    assert (
        "".join(made["cells"][0]["source"])
        == "Pruning by magnitude: small weights can go.\nHere: 450 test images."
    )
    assert "".join(made["cells"][3]["source"]) == SOURCE.split("\n\n", 1)[1].rstrip("\n")


def test_its_cells_run_where_there_is_no_knowledge_base(made, tmp_path):
    script = tmp_path / "cells.py"
    script.write_text(
        "\n\n".join(
            "".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "code"
        ),
        encoding="utf-8",
    )
    check = (
        f"import sys; sys.path = [p for p in sys.path if p != {str(PACKAGES)!r}]; "
        f"exec(open({str(script)!r}, encoding='utf-8').read()); print(FILES and "
        "sys.modules['kb'].__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", check], capture_output=True, text=True, timeout=60, check=True
    )
    first, where = done.stdout.splitlines()
    assert first == "True \\ three" and not where.startswith(str(PACKAGES))


def test_every_file_of_the_lab_comes_out_as_it_went_in(made):
    files = lab_files(PACKAGES / "kb")
    names = {}
    exec("".join(made["cells"][2]["source"]), names)
    try:
        assert {name: (names["folder"] / name).read_bytes() for name in names["FILES"]} == files
    finally:
        sys.path.remove(str(names["folder"]))


def test_a_snippet_without_a_comment_still_makes_a_notebook():
    assert json.loads(notebook("print(1)\n", {}))["cells"][3]["source"] == ["print(1)"]
