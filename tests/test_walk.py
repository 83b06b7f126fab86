"""What the rules look at is what the link checker asks: one walk over each entry."""

import pytest

from kb.catalog import assemble
from kb.graph import Graph
from kb.rules.rule import Knowledge
from kb.source.files import load
from kb.walk import targets
from tests.catalogs import TODAY, TOY, real, toy_with

CATALOGS = {
    "toy": lambda: assemble(*load(TOY)),
    "real": lambda: real().catalog,
}


@pytest.mark.parametrize("name", CATALOGS)
def test_rules_and_link_checker_see_the_same_addresses(name):
    catalog = CATALOGS[name]()
    seen = {url for _, _, url in Knowledge(catalog, Graph(catalog), TODAY).addresses}
    assert seen == {target.url for target in targets(catalog)} and len(seen) > 10


def test_an_address_inside_a_text_is_asked():
    path = "resources/toybox.yaml"
    text = (TOY / path).read_text(encoding="utf-8")
    assert "summary: {en: " in text
    text = text.replace(
        "summary: {en: ", "summary: {en: '[trained](https://prose.example/dead)', zh: 好}\n#", 1
    )
    found = [t for t in targets(toy_with({path: text.encode()})) if "prose" in t.url]
    assert [(target.url, target.keys, target.title) for target in found] == [
        ("https://prose.example/dead", ("summary", "en"), None)
    ]


def test_an_address_in_code_or_formula_is_none():
    path = "resources/toybox.yaml"
    text = (TOY / path).read_text(encoding="utf-8")
    text = text.replace(
        "summary: {en: ", "summary: {en: '`[a](https://code.example/x)`', zh: 好}\n#", 1
    )
    assert not [t for t in targets(toy_with({path: text.encode()})) if "code.example" in t.url]
