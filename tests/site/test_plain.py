"""A page as plain text: what a reader sees stays, the markup goes."""

import hashlib
import re

import pytest

from kb.commands.main import main
from kb.site.markdown import prose
from kb.site.plain import plain_edition, plain_text

CASES = {  # HTML: the same as plain text
    "headings and paragraphs": (
        (
            '<h1 id="a">A <span lang="zh">一</span><a class="headerlink" href="#a">¶</a></h1>'
            "<p>One\n  two.</p><h2>B</h2><p>C</p>"
        ),
        "# A 一\n\nOne two.\n\n## B\n\nC\n",
    ),
    "links": (
        '<p>See <a href="../x/?a=1&amp;b=2">that</a>, <a href="#s">[1]</a>.</p>',
        "See that <../x/?a=1&b=2>, [1].\n",
    ),
    "marks of sources, with the place in them": (
        (
            '<p>So. <a class="kb-mark" href="#s" title="Table 2">1</a>'
            '<a class="kb-mark" href="#c"><span class="kb-sr">our code</span></a> '
            '<a class="kb-mark" href="../x/#s">paper</a></p>'
        ),
        "So. [1, Table 2][our code] [paper] <../x/#s>\n",
    ),
    "the sheet of siblings": (
        '<details class="kb-here"><summary>Topic</summary><ol><li>a</li></ol></details><p>b</p>',
        "b\n",
    ),
    "lists": (
        "<ul><li>a<ul><li><p>b</p></li></ul></li><li>c</li></ul><ol><li>d</li><li>e</li></ol>",
        "- a\n  - b\n- c\n\n1. d\n2. e\n",
    ),
    "tables": (
        (
            "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
            "<tbody><tr><td></td><td>1 &lt; 2</td></tr></tbody></table>"
        ),
        "A | B\n | 1 < 2\n",
    ),
    "captions": (
        (
            "<dl><div><dt>year</dt><dd>2019</dd></div><div><dt>saves</dt><dd>"
            '<span class="chip">a</span><span class="chip">b</span></dd></div></dl>'
        ),
        "year: 2019\n\nsaves: a · b\n",
    ),
    "code": (
        (
            '<div class="highlight"><pre><span></span><code><span class="k">if</span> a:'
            "\n\n\n    b\n</code></pre></div><p>c</p>"
        ),
        "```\nif a:\n\n\n    b\n```\n\nc\n",
    ),
    "figures and line breaks": (
        '<p><img src="f.svg" alt="Loss &gt; 1"><br>after</p>',
        "[Loss > 1]\nafter\n",
    ),
    "what nobody reads": (
        (
            "<nav><a href='/'>Home</a></nav><script>if (a < b) {}</script><svg><g><text>x"
            "</text></g></svg><button>Run</button><p hidden>no</p><!-- <p>no</p> --><p>yes</p>"
            "<template>no</template>"
        ),
        "yes\n",
    ),
    "only the article of a document": (
        (
            "<html><head><title>T</title></head><body><header>H</header>"
            '<article class="x"><h1>A</h1></article><footer>F</footer></body></html>'
        ),
        "# A\n",
    ),
    "marks inside quotes": ('<p><a href="a>b" title="<p>">x</a></p>', "x <a>b>\n"),
    "broken HTML": ("</li></ul></a><p>a < b & c</p></table><li>d", "a < b & c\n\n- d\n"),
    "nothing": ("", "\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_reader_sees_stays(case):
    html, wanted = CASES[case]
    assert plain_text(html) == wanted


def test_a_formula_is_its_tex():
    tex = r"\frac{a_1}{b} < \{c\} * 2"
    html = f"<p>{prose(f'so ${tex}$ holds')}</p>"
    assert "<math" in html and plain_text(html) == f"so ${tex}$ holds\n"


def test_the_edition_stands_beside_its_page():
    assert plain_edition("papers/a/index.html") == "papers/a/index.txt"


@pytest.mark.site
def test_every_page_of_the_site_stands_there_in_plain_text(project):
    assert main(["build"]) == 0
    site = project / "site"
    pages = [
        page
        for page in site.rglob("index.html")
        if 'http-equiv="refresh"' not in page.read_text("utf-8")
    ]
    assert len(pages) > 20
    for page in pages:
        text, html = page.with_suffix(".txt").read_text("utf-8"), page.read_text("utf-8")
        title = plain_text(re.search(r"<h1\b.*?</h1>", html, re.S)[0]).strip()
        assert text.startswith(title), page
        assert text == plain_text(html), page
        assert 'type="text/plain" href="index.txt"' in html, page
    places = re.findall(r"\]\(([^()]+)\)", (site / "llms.txt").read_text("utf-8"))
    assert len(places) > 10 and places == [
        one for one in places if "://" in one or (site / one).is_file()
    ]
    sums = (site / "exports" / "SHA256SUMS").read_text("utf-8")
    assert sums in html_of_exports(site)
    for line in sums.splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((site / "exports" / name).read_bytes()).hexdigest() == digest
    assert len(sums.splitlines()) == len(list((site / "exports").glob("*.*"))) - 2 + 1
    assert any(line.endswith("  ../llms.txt") for line in sums.splitlines())


def html_of_exports(site):
    """The exports page in plain text, in which the sums stand as a block."""
    return (site / "exports" / "index.txt").read_text("utf-8")
