"""The reading list from which the catalogue grew is whole.

All else about the real catalogue is for `kb check`, with today's clock.
"""

from kb.addresses import normal
from kb.graph import Graph
from kb.schema.reading_list import ReadingList
from tests.catalogs import real

CATALOG = real().catalog
SEED = CATALOG.entries["deep-acceleration-five"].model
assert isinstance(SEED, ReadingList)
ITEMS = [item.id for section in SEED.sections for item in section.items]


def test_the_reading_list_holds_79_links_and_two_papers_each_once():
    kinds = [CATALOG.entries[id].kind for id in ITEMS]
    assert len(ITEMS) == len(set(ITEMS)) == 81
    assert kinds.count("paper") == 2
    links = [CATALOG.entries[id].model.url for id in ITEMS if CATALOG.entries[id].kind != "paper"]
    assert len(links) == len({normal(link) for link in links}) == 79


def test_its_articles_keep_their_language():
    for id in ITEMS:
        model = CATALOG.entries[id].model
        if getattr(model, "language", None) == "zh":
            assert any("\u4e00" <= letter <= "\u9fff" for letter in model.title) and not any(
                "\u4e00" <= letter <= "\u9fff" for letter in model.title_en
            )


def test_topics_are_one_tree():
    graph = Graph(CATALOG)
    roots = [topic.id for topic in CATALOG.of_kind("topic") if not graph.out(topic.id, "broader")]
    assert roots == ["compression"]
