"""An article of which no more is known than its address has no page: lists lead to the original."""

import pytest

from kb.graph import Graph
from kb.site.language import Language
from kb.site.pages import Pages
from tests.catalogs import toy_with

ADDRESS = "https://example.org/told"
BARE = f"""\
title: Told
title_en: Told
url: {ADDRESS}
language: en
form: news
topics: [cutting]
"""
ABOUT = "about: [{id: first2015toys, basis: named-in-title}]\n"
SAID = {
    "nothing": ("", False),
    "what it is about": (ABOUT, False),
    "a summary": ("summary: {en: Told again., zh: 又讲一遍。}\n", True),
    "a copy": (f"copies: [{{url: '{ADDRESS}/copy'}}]\n", True),
    "the same text": ("same_text: [toys-explained]\n", True),
    "a source": (f"sources: {{a: {{url: '{ADDRESS}', seen: 2026-01-04}}}}\n", True),
}


def site(more, language=Language.ENGLISH):
    entry = f"{BARE}{more}".encode()
    return Pages(Graph(toy_with({"articles/told.yaml": entry})), (), {}, language=language)


@pytest.mark.parametrize(("more", "has"), SAID.values(), ids=SAID.keys())
@pytest.mark.parametrize("language", Language)
def test_an_article_has_a_page_where_there_is_something_to_say(language, more, has):
    made = site(more, language)
    assert (f"{language.folder}articles/told.md" in made.sources) == has
    assert (f"{language.folder}articles/told/" in made.redirects) != has


@pytest.mark.parametrize("language", Language)
def test_in_lists_it_leads_to_the_original_and_nothing_to_a_page_that_is_not_there(language):
    made = site(ABOUT, language)
    pages = {path: made.markdown(path) for path in made.sources}
    for path in ("topics/cutting.md", "papers/first2015toys.md", "browse.md"):
        assert f'<a href="{ADDRESS}"' in pages[language.folder + path], path
    assert not [path for path, text in pages.items() if "articles/told.md" in text]


LEADS = {"its paper": (ABOUT, "papers/first2015toys/"), "its topic": ("", "topics/cutting/")}


@pytest.mark.parametrize(("more", "to"), LEADS.values(), ids=LEADS.keys())
@pytest.mark.parametrize("language", Language)
def test_its_address_leads_to_the_page_in_which_it_stands(language, more, to):
    made = site(f"{more}formerly: [tale]\n", language)
    for name in ("told", "tale"):
        assert made.redirects[f"{language.folder}articles/{name}/"] == language.folder + to
        page = made.former({})[f"{language.folder}articles/{name}/index.html"]
        assert f'content="0; url=../../{to}"' in page


NEWER = """\
title: Told later
title_en: Told later
url: https://example.org/later
language: en
form: news
topics: [cutting]
published: 2020-01-02
summary: {en: Bears again., zh: 又是熊。}
"""


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("page", ["topics/cutting.md", "lists/toy-list.md"])
def test_in_lists_an_article_with_a_page_leads_to_the_original_too(language, page):
    """Its gist stands beside it, and our page is a second link."""
    made = site(ABOUT, language).markdown(f"{language.folder}{page}")
    line = next(one for one in made.splitlines() if "aaaaaaaaaaaaaaaaaaaaaa" in one)
    link, ours = line.index("<a href="), line.index("](../articles/toys-explained.md)")
    assert link < ours
    assert "2019-05-06" in line
    assert ("bears are halved" in line) == (language is Language.ENGLISH)


def test_a_topic_lists_its_newest_article_first_and_undated_ones_last():
    files = {"articles/later.yaml": NEWER.encode(), "articles/told.yaml": BARE.encode()}
    made = Pages(Graph(toy_with(files)), (), {}).markdown("topics/cutting.md")
    places = [made.index(url) for url in ("example.org/later", "aaaaaaaaaaaa", "example.org/told")]
    assert places == sorted(places)
