"""Every snippet of the catalogue runs, and prints what is recorded beside it."""

from xml.etree import ElementTree

import pytest

from kb.snippets import folder
from kb.snippets.compare import compare
from kb.snippets.find import find
from kb.snippets.run import Limits, run
from tests.catalogs import ROOT

SNIPPETS = find(ROOT / "catalog")
SECONDS = 20


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[snippet.id for snippet in SNIPPETS])
def test_a_snippet_prints_what_is_recorded(snippet):
    found = run(snippet, Limits(seconds=SECONDS))
    assert found.problem == ""
    assert compare(snippet.output.read_text(encoding="utf-8"), found.output) == []


def test_every_folder_of_a_technique_is_whole_and_its_snippet_is_short():
    assert folder.findings(ROOT / "catalog") == []


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[snippet.id for snippet in SNIPPETS])
def test_a_recorded_figure_says_what_it_shows(snippet):
    root = ElementTree.parse(snippet.figure).getroot()
    assert root.findtext("{*}title") and root.findtext("{*}desc")
