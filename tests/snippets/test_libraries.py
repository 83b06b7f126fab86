"""The code with today's libraries: its form here, its numbers in `make test-libraries`, where the
libraries are.
"""

import ast
import re
import sys
import tomllib

import pytest

from kb.snippets.compare import without_versions
from kb.snippets.find import LIBRARIES, find
from tests.catalogs import ROOT

SNIPPETS = find(ROOT / "catalog", name=LIBRARIES)
IDS = [snippet.id for snippet in SNIPPETS]
LINES, WIDTH = 110, 150
PACKAGES = {
    "torch_pruning": "torch-pruning",
    "faiss": "faiss-cpu",
    "coreai_opt": "coreai-opt",
    "fms_mo": "fms-model-optimizer",
}


def imported(source: str) -> set[str]:
    """The top-level packages that ``source`` imports, but for the standard library, the lab and
    NumPy.
    """
    nodes = list(ast.walk(ast.parse(source)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    packages = {name.split(".")[0] for name in names}
    return packages - sys.stdlib_module_names - {"kb", "numpy"}


@pytest.mark.parametrize("snippet", SNIPPETS, ids=IDS)
def test_it_is_short_says_what_it_shows_and_asserts(snippet):
    source = snippet.path.read_text(encoding="utf-8")
    lines = source.splitlines()
    assert source.startswith("# ") and len(lines) <= LINES and max(map(len, lines)) <= WIDTH
    assert any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(source)))


@pytest.mark.parametrize("snippet", SNIPPETS, ids=IDS)
def test_it_does_not_import_itself_when_a_reader_runs_the_file(snippet):
    assert snippet.path.stem not in imported(snippet.path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("snippet", SNIPPETS, ids=IDS)
def test_what_is_recorded_begins_with_the_libraries_it_imports(snippet):
    first = without_versions(snippet.output.read_text(encoding="utf-8")).partition("\n")[0]
    named = set(first.removeprefix("with ").split(", "))
    assert named == {
        PACKAGES.get(name, name) if name != "faiss" else name
        for name in imported(snippet.path.read_text(encoding="utf-8"))
    }


def test_the_extra_installs_what_is_imported_within_a_range():
    wanted = {
        PACKAGES.get(name, name)
        for snippet in SNIPPETS
        for name in imported(snippet.path.read_text(encoding="utf-8"))
    }
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]["libraries"]
    assert wanted <= {re.split("[<>=]", line)[0] for line in extra}
    assert all(re.fullmatch(r"[\w-]+>=[\d.]+,<[\d.]+", line) for line in extra)
