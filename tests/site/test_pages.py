"""Pages over the toy catalogue: golden files, and what must be true of each."""

import re

import pytest

from kb import rules
from kb.export import FORMATS
from kb.site.pages import pages
from kb.site.search import records
from kb.site.topic_map import layout, rows
from tests.catalogs import toy, toy_ledger

DOWNLOADS = {name: file for name, (file, _) in FORMATS.items()}
PAGES = pages(toy(), rules.all_kinds(), DOWNLOADS, ledger=toy_ledger())
GOLDEN = [path for path in PAGES if not path.startswith(("rules/", "fields"))]
HAND_WRITTEN = {"facts.md", "link-states.md"}


@pytest.mark.parametrize("path", GOLDEN)
def test_golden(path, golden):
    golden(f"pages/{path}", PAGES[path].markdown)


@pytest.mark.parametrize("path", PAGES)
def test_every_relative_link_leads_to_a_page(path):
    folder = path.split("/")[:-1]
    for target in re.findall(r"\]\(([^)#?]+\.md)\)", PAGES[path].markdown):
        parts = list(folder)
        for step in target.split("/"):
            parts = parts[:-1] if step == ".." else [*parts, step]
        assert "/".join(parts) in PAGES or "/".join(parts) in HAND_WRITTEN


def test_every_entry_has_a_page_that_names_its_file():
    sources = {page.source for page in PAGES.values() if page.source}
    assert sources == {entry.path for entry in toy().catalog.entries.values()}


def test_every_rule_has_a_page():
    assert {f"rules/{kind.name}.md" for kind in rules.all_kinds()} <= PAGES.keys()


def test_every_entry_is_searchable_in_both_languages():
    found = {(record.url, record.language) for record in records(toy())}
    assert len(found) == 2 * len(toy().catalog.entries)


def test_names_of_both_languages_and_aliases_stand_in_both_records():
    for record in records(toy()):
        if record.url == "/techniques/toy-pruning/":
            assert all(word in f"{record.name} {record.aliases}" for word in ("Toy pruning", "玩具剪枝", "toy cutting", "剪玩具"))


def test_the_map_holds_every_technique_and_no_two_rows_collide():
    places = rows(layout(toy()))
    assert set(places) == {"toy-pruning", "toy-rounding"}
    assert len(set(places.values())) == len(places)
