"""Public lists and hard cases of Markdown, judged by GitHub's own CommonMark parser."""

from html.parser import HTMLParser
from urllib.parse import unquote

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from kb.lists.grammar import read
from kb.lists.mention import MalformedAddress, Mention
from tests.catalogs import ROOT
from tests.lists.test_grammars import MARKDOWN

LISTS = ROOT / "tests" / "data" / "lists"
# file, lines of its slips
SLIPS = {
    "cedrickchee.md": [],
    "flhonker.md": [],
    "guan-yuan.md": [],
    "he-y.md": [11],
    "horseee.md": [11, 13, 15],
    "htqin.md": [],
    "huangowen.md": [],
    "jobbole.md": [],
    "memoiry.md": [6],
    "sindresorhus.md": [],
}
# To CommonMark a bare address is prose, where a backslash and `&amp;` are marks; the judge takes it
# as it is written, with the Chinese punctuation behind it. It takes templates for addresses, and
# does not see links of components, which are HTML that it does not know.
OURS = (
    "bare in Chinese",
    "escaped",
    "an entity",
    "at the end of a line with a break",
    "templates",
    "components",
)


class Judge(HTMLParser):
    """The web addresses of a page."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src") and (value or "").startswith("http"):
                self.found.add(unquote(value))


def judged(markdown):
    judge = Judge()
    judge.feed(
        cmarkgfm.github_flavored_markdown_to_html(
            markdown, options=Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
        )
    )
    return judge.found


def picked(markdown):
    found = read(markdown.encode(), "markdown")
    return {unquote(one.url) for one in found if isinstance(one, Mention)}


@pytest.mark.parametrize("name", SLIPS)
def test_a_public_list_has_the_addresses_that_the_judge_sees(name):
    text = (LISTS / name).read_text(encoding="utf-8")
    slips = [
        one.line for one in read(text.encode(), "markdown") if isinstance(one, MalformedAddress)
    ]
    assert slips == SLIPS[name]
    assert picked(text) == {url for url in judged(text) if "https://https://" not in url}


@pytest.mark.parametrize("case", MARKDOWN)
def test_a_hard_case_has_the_addresses_that_the_judge_sees(case):
    text, _ = MARKDOWN[case]
    assert (picked(text) == judged(text)) is (case not in OURS)
