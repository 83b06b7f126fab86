"""The way to suggest a correction, beside each claim, in a real Chromium."""

import urllib.parse

import pytest

from tests.browser.conftest import until, violations

pytestmark = pytest.mark.site

PAPER = "papers/first2015toys/"


def links(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('.kb-correct')]"
        ".map(one => [one.textContent, one.href])"
    )


@pytest.mark.parametrize(("tree", "said"), [("", "correct"), ("zh/", "更正")])
def test_each_claim_leads_to_the_form_with_what_is_known(page, toy_site, tree, said):
    page.goto(toy_site + tree + PAPER)
    until(page, "() => document.querySelector('.kb-correct')")
    found = links(page)
    asked = [dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(href).query)) for _, href in found]
    assert {text for text, _ in found} == {said}
    assert all(
        href.startswith("https://github.com/OWNER/REPOSITORY/issues/new?") for _, href in found
    )
    assert all(len(href) < 8000 for _, href in found)
    (title,) = [one for one in asked if one["field"] == "title"]
    assert title["template"] == "correct.yml" and title["entry"] == "first2015toys"
    assert title["now"] in page.inner_text("h1") and title["page"].startswith("https://")
    assert any(one["field"].startswith("introduces.") for one in asked)
    assert violations(page, "link-name", "color-contrast") == []


def test_without_a_forge_nothing_is_drawn(page, toy_site):
    def other(route):
        body = route.fetch().text().replace("https://github.com/OWNER/REPOSITORY", "")
        route.fulfill(body=body, content_type="text/html")

    page.context.route(f"**/{PAPER}", other)
    page.goto(toy_site + PAPER)
    until(page, "() => document.querySelector('.md-search, .kb-search, header')")
    page.wait_for_timeout(300)
    assert links(page) == []


def test_the_keyboard_finds_it(page, toy_site):
    page.goto(toy_site + PAPER)
    until(page, "() => document.querySelector('.kb-correct')")
    page.focus(".kb-correct >> nth=0")
    page.wait_for_timeout(300)
    opacity = page.evaluate("() => getComputedStyle(document.activeElement).opacity")
    assert opacity == "1"
