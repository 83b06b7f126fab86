"""The maps: no label is stretched or leaves its box, no curve can cross one."""

import re
from itertools import pairwise

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


@pytest.mark.parametrize("language", Language)
def test_the_small_map_fits_into_a_column_of_text(language):
    """686 px are left of a window of 1280 beside both menus; the frame takes 15 of them."""
    for id, entry in real().catalog.entries.items():
        for form in re.findall(r"<svg.*?</svg>", small_map.draw(language, real(), id)):
            width, whole, high = re.findall(r'width="(\d+)" viewBox="-3 -3 (\d+) (\d+)"', form)[0]
            assert width == whole and int(whole) <= 671
            boxes = re.findall(
                r'x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', form
            )
            for x, y, wide, tall in (map(float, box) for box in boxes):
                assert x + wide <= int(whole) - 6 and y + tall <= int(high) - 5, entry.id


def test_boxes_of_the_small_map_do_not_overlap_and_hold_their_lines():
    drawn = small_map.draw(Language.ENGLISH, real(), "han2016deep")
    columns = {}
    for box in re.findall(r"<rect [^>]*>.*?</(?:a|g)>", drawn):
        x, y, tall = (
            float(re.search(rf'{name}="([\d.]+)"', box)[1]) for name in ("x", "y", "height")
        )
        rest = box.partition("/>")[2]
        assert all(
            y + 10 < float(line) < y + tall - 5 for line in re.findall(r' y="([\d.]+)"', rest)
        )
        columns.setdefault(x, []).append((y, y + tall))
    assert len(columns) == 4
    for boxes in columns.values():
        assert all(above[1] < below[0] for above, below in pairwise(sorted(boxes)))
