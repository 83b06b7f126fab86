"""What reference managers and search engines read in the head of a page."""

import json

from kb.catalog import assemble
from kb.site.metadata import citation, json_ld
from kb.source.files import load
from tests.catalogs import TOY


def toy(id):
    catalog = assemble(*load(TOY))
    return catalog, catalog.entries[id]


def test_a_paper_says_title_authors_and_venue_to_a_reference_manager():
    catalog, paper = toy("first2015toys")
    found = citation(catalog, paper)
    assert ("citation_title", paper.model.title) in found
    names = [content for name, content in found if name == "citation_author"]
    assert names == ["First, Ada", "de Second, Bo", "Toy Team"]
    assert all(content for _, content in found)


def test_other_kinds_have_no_citation():
    catalog, entry = toy("toys-explained")
    assert citation(catalog, entry) == () and json_ld(catalog, entry) == ""


def test_json_ld_is_json_and_cannot_end_its_element():
    catalog, paper = toy("first2015toys")
    hostile = paper.model.model_copy(update={"title": "</script><script>alert(1)</script>&"})
    text = json_ld(catalog, type(paper)(**{**_fields(paper), "model": hostile}))
    assert "<" not in text and "&" not in text
    assert json.loads(text)["headline"] == hostile.title


def _fields(entry):
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}
