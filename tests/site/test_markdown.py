"""Text from YAML shows as written, whatever it holds."""

import html
import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.schema import Technique
from kb.site.language import Language
from kb.site.markdown import block_math, escape, front_matter, inline_math, link, prose
from tests.catalogs import real

EXTENSIONS = [
    "attr_list",
    "md_in_html",
    "tables",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
]
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "entity": "&lt;script&gt; &#60;b&#62;",
    "markdown link": "[x](javascript:alert(1))",
    "autolink": "<javascript:alert(1)>",
    "reference": "[x][1]\n\n[1]: javascript:alert(1)",
    "attributes": "word {: onclick=alert(1) } {#id .class}",
    "fence": "``` html\n<b>\n```",
    "heading": "# heading",
    "list": "- item",
    "number": "1. item",
    "table": "a | b\n--|--\n1 | 2",
    "tab": '=== "x"',
    "admonition": '!!! note "x"',
    "comment": "<!-- x -->",
    "emphasis": "__init__ and *_* and **",
    "html block": "<div markdown>\n# x\n</div>",
    "math": "$</math><script>alert(1)</script>$",
    "backslash": "\\<b> \\* \\\\",
    "definition": ": x",
    "front matter": "---\ntitle: x\n---",
}


def shown(source: str) -> tuple[str, str]:
    """The HTML of ``source`` and the text that a reader sees."""
    page = markdown.markdown(f"start {source} end\n", extensions=EXTENSIONS)
    return page, " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_verbatim(name):
    page, text = shown(escape(HOSTILE[name]))
    assert text == " ".join(f"start {HOSTILE[name]} end".split())
    assert re.findall(r"<[^>]+>", page) == ["<p>", "</p>"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_prose_makes_no_tag_but_the_small_subset(name):
    page, _ = shown(prose(HOSTILE[name]))
    allowed = r"</?(p|em|code|a|math|mrow|mi|mo|mn|mtext|mspace|msup|msub|mfrac)( [^>]*)?>"
    assert [tag for tag in re.findall(r"<[^>]+>", page) if not re.fullmatch(allowed, tag)] == []
    assert not re.search(r"<[^>]*(javascript:|onclick|onerror)", page)


@given(
    st.text(
        alphabet=st.characters(
            codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Co", "Cn")
        ),
        max_size=120,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_shown_as_written(text):
    page, seen = shown(escape(text))
    assert seen == " ".join(f"start {text} end".split())
    assert re.findall(r"<[^>]+>", page) == ["<p>", "</p>"]


@given(st.text(alphabet="a*_`[]()<>&$\\{}!|~^# \n:-=+.1\"'/", max_size=80))
@settings(max_examples=500, deadline=None)
def test_markup_like_text_at_the_start_of_a_line_is_shown_as_written(text):
    page = markdown.markdown(escape(text), extensions=EXTENSIONS)
    assert " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split()) == " ".join(text.split())


SUBSET = {
    "*word*": "<em>word</em>",
    "`a < b`": "<code>a < b</code>",
    "[text](https://example.org/a?b=1&c=2)": (
        '<a href="https://example.org/a?b=1&c=2" rel="noopener nofollow">text</a>'
    ),
    "2 * 3 * 4": "2 * 3 * 4",
}


@pytest.mark.parametrize("typed", SUBSET)
def test_the_small_subset_is_let_through(typed):
    assert html.unescape(markdown.markdown(prose(typed))) == f"<p>{SUBSET[typed]}</p>"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a b",
        "//example.org",
        "https://u:p@example.org",
    ],
)
def test_unsafe_addresses_make_no_link(url):
    assert "<a" not in link("text", url)


FORMULAS = [
    r"w < \sigma",
    r"</annotation><script>alert(1)</script>",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\href{javascript:alert(1)}{x}",
    r"\frac{",
    "a" * 3000,
]


@pytest.mark.parametrize("tex", FORMULAS, ids=range(len(FORMULAS)))
def test_formulas_make_mathml_only(tex):
    page = markdown.markdown(block_math(Language.ENGLISH, tex), extensions=EXTENSIONS)
    tags = {tag.split()[0].strip("</>") for tag in re.findall(r"<[^>]+>", page)}
    assert tags <= {
        "div",
        "math",
        "mrow",
        "mi",
        "mo",
        "mn",
        "mtext",
        "mspace",
        "mstyle",
        "mfrac",
        "msup",
        "msub",
        "msubsup",
        "code",
    }
    assert not re.search(r"<[^>]*(onerror|javascript)", page)


def test_nothing_ends_the_front_matter_early():
    head = front_matter('x"\n---\nevil: true', "a\n---\n")
    assert head.count("\n---\n") == 1


FORMULAS = [
    pytest.param(formula.tex, id=f"{entry.id} {number}")
    for entry in real().catalog.of(Technique)
    for number, formula in enumerate(entry.model.formulas)
]


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_formula_of_the_catalogue_is_set_whole(tex):
    made = inline_math(tex)
    assert made.startswith("<math") and "\\" not in html.unescape(re.sub(r"<[^>]*>", "", made))
