"""Raw links of a page become links of Markdown, whatever tags they stand in."""

import pytest

from kb.site.relinked import relinked

SOURCES = frozenset({"index.md", "papers/a.md", "papers/b.md", "zh/papers/a.md", "papers/b/c.svg"})


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('See <a href="../b/">B</a>.', "See [B](b.md)."),
        ('<a href="../../" class="x" data-y="1">Home</a>', '[Home](../index.md){: class="x" }'),
        ('<a href="../b/?kind=paper#row">B</a>', "[B](b.md#row)"),
        ('<a href="../../zh/papers/a/">A</a>', "[A](../zh/papers/a.md)"),
        ('<a href="../b/c.svg">C</a>', "[C](b/c.svg)"),
        ('<img src="../b/c.svg" alt="A cat">', "![A cat](b/c.svg)"),
        ('<a href="../gone/">gone</a>', '<a href="../gone/">gone</a>'),
        ('<a href="https://a.test/b/">B</a>', '<a href="https://a.test/b/">B</a>'),
        ('<a href="#there">there</a>', '<a href="#there">there</a>'),
        (
            '<p class="x">A <span><a href="../b/">B</a></span></p>',
            '<p class="x" markdown="span">A <span>[B](b.md)</span></p>',
        ),
        (
            '<ul><li>One<ul><li><a href="../b/">B</a></li></ul></li></ul>',
            (
                '<ul markdown="block">\n\n<li markdown="block">\n\nOne\n\n<ul markdown="block">\n\n'
                '<li markdown="span">[B](b.md)</li>\n\n</ul>\n\n</li>\n\n</ul>'
            ),
        ),
        (
            '<div><svg><a href="../b/" aria-label="to B"><text>B</text></a></svg></div>\n\nAfter',
            (
                '<div><svg><g aria-label="to B"><text>B</text></g></svg></div>\n\n'
                "[to B](b.md)\n\n\n\nAfter"
            ),
        ),
        (
            '`<a href="../b/">` and\n\n```html\n<a href="../b/">B</a>\n```\n',
            '`<a href="../b/">` and\n\n```html\n<a href="../b/">B</a>\n```\n',
        ),
        (
            'A <b> 2 <c and </d> <p><a href="../b/">B</a>',
            "A <b> 2 <c and </d> <p>[B](b.md)",
        ),
        (
            '---\ntitle: "<a href=../b/>"\n---\n\n<a href="../b/">B</a>',
            '---\ntitle: "<a href=../b/>"\n---\n\n[B](b.md)',
        ),
    ],
)
def test_a_link_within_the_site_is_one_of_markdown(written, made):
    assert relinked("papers/a.md", written, SOURCES) == made


def test_the_page_of_a_folder_is_its_index():
    assert relinked("index.md", '<a href="papers/b/">B</a>', SOURCES) == "[B](papers/b.md)"
