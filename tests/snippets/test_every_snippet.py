"""Every snippet of the catalogue runs, and prints or claims what is recorded beside it."""

from xml.etree import ElementTree

import pytest

from kb.schema import Technique
from kb.schema.technique import Snippet
from kb.snippets import experiments, folder
from kb.snippets.claims import astray
from kb.snippets.compare import compare
from kb.snippets.find import find
from kb.snippets.page import SEEDS
from kb.snippets.read import read
from kb.snippets.run import Limits, Way, run
from tests.catalogs import ROOT, real

SNIPPETS = find(ROOT / "catalog")
TEXTS = {entry.id: entry.model.snippet or Snippet() for entry in real().catalog.of(Technique)}
SECONDS = 20
DRAWS = (1, 2)
every = pytest.mark.parametrize("snippet", SNIPPETS, ids=[snippet.id for snippet in SNIPPETS])
claiming = pytest.mark.parametrize(
    "snippet",
    [snippet for snippet in SNIPPETS if TEXTS[snippet.id].claims],
    ids=[snippet.id for snippet in SNIPPETS if TEXTS[snippet.id].claims],
)


def claims_hold(snippet, way):
    found = run(snippet, Limits(seconds=60), way=way)
    assert found.problem == ""
    assert astray(TEXTS[snippet.id].claims, [told.name for told in found.claims]) == []
    assert [told for told in found.claims if not told.holds] == []
    return found


@every
def test_a_snippet_claims_or_prints_what_is_recorded(snippet):
    """With as many seeds as the page has; only those without claims print the same then."""
    found = claims_hold(snippet, Way(seeds=SEEDS))
    if not found.claims:
        assert compare(snippet.output.read_text(encoding="utf-8"), found.output) == []


@pytest.mark.lab
@claiming
def test_with_all_seeds_a_snippet_prints_what_is_recorded(snippet):
    found = claims_hold(snippet, Way())
    assert compare(snippet.output.read_text(encoding="utf-8"), found.output) == []


@pytest.mark.lab
@pytest.mark.parametrize("by", DRAWS)
@claiming
def test_on_fresh_draws_all_claims_hold(snippet, by):
    claims_hold(snippet, Way(reseed=by))


def test_what_is_recorded_belongs_to_the_code_and_says_all_claims():
    codes, problems = read(ROOT / "catalog", TEXTS)
    assert problems == []
    recorded = {
        id: {told.name for told in code.grid.claims} for id, code in codes.items() if code.grid
    }
    assert recorded == {id: set(texts.claims) for id, texts in TEXTS.items() if texts.claims}


@pytest.mark.lab
@claiming
def test_each_experiment_breaks_what_it_foretells(snippet):
    texts = TEXTS[snippet.id]
    ways = experiments.ways(snippet.path.read_text(encoding="utf-8"), texts.experiments, Way())
    for one, way in zip(texts.experiments, ways, strict=True):
        found = run(snippet, Limits(seconds=60), way=way)
        assert (one.name, found.problem, experiments.surprise(one, found)) == (one.name, "", "")


def test_every_folder_of_a_technique_is_whole_and_its_snippet_is_short():
    assert folder.findings(ROOT / "catalog") == []


@every
def test_a_recorded_figure_says_what_it_shows(snippet):
    root = ElementTree.parse(snippet.figure).getroot()
    assert root.findtext("{*}title") and root.findtext("{*}desc")
