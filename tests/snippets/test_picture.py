"""A recorded figure is a drawing and nothing more, or it is not shown."""

import pytest

from kb.code import Figure
from kb.snippets.find import find
from kb.snippets.picture import SIZE, UnsafeSvg, figure
from tests.catalogs import ROOT

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 '
    '9"><title>T</title><desc>D</desc>{}</svg>'
)
MORE = {
    "a script": ("<script>alert(1)</script>", "an element `script`"),
    "a handler": ('<rect onclick="alert(1)"/>', "an attribute `onclick`"),
    "another case of it": ('<rect onLoad="alert(1)"/>', "an attribute `onLoad`"),
    "an animation": ('<animate attributeName="x" onbegin="alert(1)"/>', "an element `animate`"),
    "HTML": (
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        "an element `foreignObject`",
    ),
    "a foreign image": ('<image href="https://evil.example/x.png"/>', "an element `image`"),
    "a link": ('<a href="javascript:alert(1)"><text>x</text></a>', "an element `a`"),
    "a use": ('<use href="#x"/>', "an element `use`"),
    "an import": ("<style>@import '//evil.example/x.css';</style>", "a style"),
    "an address in a style": ("<style>rect{fill:url(evil.svg)}</style>", "a style"),
    "a hidden address": ("<style>rect{fill:u\\72l(evil.svg)}</style>", "a style"),
    "an address in an attribute": ('<rect fill="url(//evil.example/x)"/>', "an attribute `fill`"),
    "an entity": ("&x;", "not valid XML"),
    "a comment": ("<!-- x -->", "a declaration"),
    "an instruction": ("<?xml-stylesheet href='x'?>", "a declaration"),
    "half a picture": ("<g>", "not valid XML"),
    "too much": ("<g/>" * (SIZE // 4), "more than"),
}


@pytest.mark.parametrize(("inside", "said"), MORE.values(), ids=MORE.keys())
def test_what_is_more_than_a_drawing_is_refused(inside, said):
    with pytest.raises(UnsafeSvg, match=f"^{said}"):
        figure(SVG.format(inside))


def test_a_bomb_of_entities_is_refused_before_it_is_read():
    with pytest.raises(UnsafeSvg, match="a declaration"):
        figure('<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.format("&b;"))


def test_another_root_is_refused():
    with pytest.raises(UnsafeSvg, match="its root is not `svg`"):
        figure("<html><title>x</title></html>")


def test_title_and_description_are_read():
    drawing = SVG.format('<defs><marker id="m"/></defs><rect fill="url(#m)"/>')
    assert figure(drawing) == Figure(drawing, "T", "D")


def test_every_figure_of_the_catalogue_is_a_drawing():
    figures = [snippet.figure for snippet in find(ROOT / "catalog")]
    assert figures and all(figure(path.read_text(encoding="utf-8")).title for path in figures)
