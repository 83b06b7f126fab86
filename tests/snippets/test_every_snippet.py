"""Every snippet of the catalogue runs, and prints what is recorded beside it."""

import ast
from xml.etree import ElementTree

import pytest

from kb.snippets.compare import compare
from kb.snippets.find import find
from kb.snippets.run import Limits, run
from tests.catalogs import ROOT

SNIPPETS = find(ROOT / "catalog")
LINES, WIDTH, SECONDS = 110, 100, 20


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[snippet.id for snippet in SNIPPETS])
def test_a_snippet_prints_what_is_recorded(snippet):
    found = run(snippet, Limits(seconds=SECONDS))
    assert found.problem == ""
    assert compare(snippet.output.read_text(encoding="utf-8"), found.output) == []


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[snippet.id for snippet in SNIPPETS])
def test_a_snippet_is_short_says_the_claim_first_and_asserts(snippet):
    source = snippet.path.read_text(encoding="utf-8")
    lines = source.splitlines()
    code = [line for line in lines if line.strip() and not line.startswith("#")]
    assert source.startswith("# ") and len(code) <= LINES and max(map(len, lines)) <= WIDTH
    assert any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(source)))


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[snippet.id for snippet in SNIPPETS])
def test_a_recorded_figure_says_what_it_shows(snippet):
    root = ElementTree.parse(snippet.figure).getroot()
    assert root.findtext("{*}title") and root.findtext("{*}desc")
