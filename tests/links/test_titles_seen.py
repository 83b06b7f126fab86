"""Pages with another title than the entry expects: how often they are tried, what is believed."""

import asyncio

import pytest

from kb.links.engine import look_at
from tests.links.test_faults import settings_for
from tests.links.world import OPEN, World, http, opened, page, says

TITLE, OTHER = "Learning Structured Sparsity", "Buy cheap shoes online"
GOOD, WRONG = http(200, page(TITLE)), http(200, page(OTHER))

# answers one after the other: verdict, expected title where another was found, tries
STORIES = {
    "the title that is expected": ((GOOD,), "alive", None, 1),
    "another title": ((WRONG,), "alive", TITLE, 2),
    "another title at first": ((WRONG, GOOD), "alive", None, 2),
    "another title, then a fault": ((WRONG, http(503)), "unsure", None, 3),
    "another title twice around a fault": ((WRONG, http(503), WRONG), "alive", TITLE, 3),
    "another title, then a wall": ((WRONG, http(403)), "blocked", None, 2),
    "an interstitial": ((http(200, page("Before you continue to YouTube")),), "alive", None, 1),
    "the site's own name": ((http(200, page("Shoes")),), "alive", None, 1),
    "no title": ((http(200, page("")),), "alive", None, 1),
}


@pytest.mark.parametrize("story", STORIES)
def test_another_title_is_tried_twice(story):
    answers, verdict, expected, tries = STORIES[story]
    with opened(World()) as world:
        url = world.at("shoes.example", "/text.html", says(*answers))
        settings = settings_for(world, resolve={("shoes.example", world.port): OPEN[0]})
        looks = []
        asyncio.run(look_at([url], settings, looks.append, titles={url: (TITLE,)}))
    (look,) = looks
    assert (look.verdict, look.expected, look.tries) == (verdict, expected, tries)
