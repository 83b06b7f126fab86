"""Tags are put together in one place, and nothing ends an attribute early."""

import pytest

from kb.site.html import tag

TAGS = {
    "text": (("p", "a", "b"), {}, "<p>ab</p>"),
    "class": (("p",), {"class_": "why"}, '<p class="why"></p>'),
    "hyphens": (("div",), {"data_kb_map": True}, "<div data-kb-map></div>"),
    "left out": (
        ("a", "x"),
        {"href": "y/", "download": False, "title": None},
        '<a href="y/">x</a>',
    ),
    "empty value": (("img",), {"alt": ""}, '<img alt="">'),
    "no end tag": (("br",), {}, "<br>"),
    "shape": (("rect",), {"x": 1.5, "rx": 8}, '<rect x="1.5" rx="8"/>'),
    "shape with a title": (("path", "<title>t</title>"), {}, "<path><title>t</title></path>"),
    "hostile": (
        ("a",),
        {"href": '"><script>', "title": "a\n'b'"},
        '<a href="&quot;&gt;&lt;script&gt;" title="a &#x27;b&#x27;"></a>',
    ),
    "marks that Markdown reads first": (
        ("b",),
        {"title": r"![x](//a.example) [x][y] `x` \*"},
        '<b title="!&#91;x&#93;(//a.example) &#91;x&#93;&#91;y&#93; &#96;x&#96; &#92;*"></b>',
    ),
}


@pytest.mark.parametrize("name", TAGS)
def test_a_tag(name):
    inside, attributes, shown = TAGS[name]
    assert tag(*inside, **attributes) == shown
