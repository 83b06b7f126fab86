"""The maps: no label is stretched or leaves its box, no curve can cross one."""

import re

import pytest

from kb.schema import Technique
from kb.site import small_map, topic_map
from kb.site.language import Language
from kb.site.lettering import lines
from tests.catalogs import real


@pytest.mark.parametrize(
    ("words", "room", "shown"),
    [
        ("Pruning", 100, ["Pruning"]),
        (
            "Context enhancement and spatial attention",
            210,
            ["Context enhancement", "and spatial attention"],
        ),
        ("one two three four", 80, ["one two", "three f…"]),
        ("unbreakable", 60, ["unbre…"]),
        ("强化学习决定各层稀疏度", 90, ["强化学习决", "定各层稀…"]),
        ("", 60, [""]),
    ],
    ids=["short", "two lines", "too long", "one word", "Chinese", "nothing"],
)
def test_labels_are_broken_into_lines(words, room, shown):
    assert lines(words, room, 10) == shown


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("columns", [1, 3])
def test_curves_lie_behind_the_boxes_and_nothing_is_stretched(language, columns):
    drawn = topic_map.draw(language, real(), "", columns)
    assert "textLength" not in drawn
    assert drawn.rindex('class="edge ') < drawn.index('class="box"') < drawn.index("<text")


def test_the_small_map_goes_down_as_well_as_across():
    for technique in real().catalog.of(Technique):
        drawn = small_map.draw(Language.ENGLISH, real(), technique.id)
        across, down = re.findall(r"<svg.*?</svg>", drawn)
        leads = [sorted(re.findall('href="([^"]+)"', form)) for form in (across, down)]
        assert leads[0] == leads[1] != []
        assert "textLength" not in drawn
        left = {float(x) for x in re.findall(r'<rect x="([\d.]+)"', down)}
        assert left == {small_map.MARGIN}
        assert all(float(x) <= small_map.MARGIN for x in re.findall(r"H([\d.]+)", down))
