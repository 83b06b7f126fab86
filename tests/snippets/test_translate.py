"""A figure with Chinese words, and the words that lack one."""

import pytest

from kb.lab import bars, lines
from kb.snippets.picture import figure
from kb.snippets.translate import chinese, without_pair

PAIRS = {
    "Cut & retrained": "剪后 <重训>",
    "test accuracy": "测试准确率",
    "bits": "比特数",
    "after": "训练后",
    "about": "两条线都平。",
}
SVG = lines(
    {"after": ((1, 2), (0.5, 0.9))},
    title="Cut & retrained",
    x="bits",
    y="test accuracy",
    about="Flat.",
)


def test_every_word_has_its_pair_and_numbers_need_none():
    assert without_pair(SVG, PAIRS) == []


def test_the_chinese_picture_is_the_same_drawing_with_other_words():
    said = chinese(SVG, PAIRS)
    assert figure(said).title == "剪后 <重训>" and figure(said).about == "两条线都平。"
    assert not [word for word in PAIRS if f">{word}<" in said]
    assert [line for line in said.split("\n") if "<path" in line and "<text" not in line] == [
        line for line in SVG.split("\n") if "<path" in line and "<text" not in line
    ]


WRONG = {
    "a word without a pair": (
        {name: said for name, said in PAIRS.items() if name != "bits"},
        ["`bits` in the figure has no Chinese"],
    ),
    "no description": (
        {name: said for name, said in PAIRS.items() if name != "about"},
        ["`about` in the figure has no Chinese"],
    ),
    "a pair for nothing": (PAIRS | {"epochs": "轮数"}, ["`epochs` is not in the figure"]),
}


@pytest.mark.parametrize(("pairs", "said"), WRONG.values(), ids=WRONG.keys())
def test_words_and_pairs_agree(pairs, said):
    assert without_pair(SVG, pairs) == said


def test_groups_of_bars_are_words_too():
    svg = bars({"8 bits": 1.0, "64": 2.0}, title="t", y="y")
    assert without_pair(svg, {"t": "题", "y": "纵"}) == ["`8 bits` in the figure has no Chinese"]


def test_what_becomes_too_wide_for_a_legend_is_squeezed():
    wide = chinese(SVG, PAIRS | {"after": "训练结束之后才取整的准确率"})
    assert 'textLength="44"' in wide and "textLength" not in chinese(SVG, PAIRS)
