"""The two languages in the browser: the switch with and without scripts, the hint, what is lost."""

import contextlib

import pytest

from kb.words import scripts
from tests.browser.conftest import darken, until, violations, watch

pytestmark = pytest.mark.site

PAGE = "techniques/toy-pruning/"
SWITCH = "[data-kb-switch]"


@pytest.fixture
def speaking(chromium):
    """Opens a page in a browser that prefers a language."""
    with contextlib.ExitStack() as stack:

        def browse(locale="en-US", **options):
            context = chromium.new_context(locale=locale, **options)
            stack.callback(context.close)
            page = context.new_page()
            watch(page)
            return page

        yield browse


@pytest.mark.parametrize(("start", "end"), [("", "zh/"), ("zh/", "")])
def test_the_switch_keeps_page_and_anchor(page, toy_site, start, end):
    page.goto(f"{toy_site}{start}{PAGE}#how-it-works")
    page.click(SWITCH)
    page.wait_for_url(f"{toy_site}{end}{PAGE}#how-it-works")
    assert page.locator("h2#how-it-works").count() == 1
    assert page.get_attribute("html", "lang") == ("zh" if end else "en")
    assert page.troubles == []


def test_the_switch_works_without_scripts(speaking, toy_site):
    page = speaking("zh-CN", java_script_enabled=False)
    page.goto(f"{toy_site}{PAGE}")
    assert page.locator(".kb-hint").count() == 0
    page.click(SWITCH)
    assert page.url == f"{toy_site}zh/{PAGE}"


def test_the_switch_of_a_page_for_maintainers_leads_to_the_page_about_it(page, toy_site):
    page.goto(f"{toy_site}rules/cycle/#elsewhere")
    page.click(SWITCH)
    page.wait_for_url(f"{toy_site}zh/reference/#rules")
    assert page.locator("h2#rules").count() == 1


@pytest.mark.parametrize(
    ("locale", "place", "shown"),
    [
        ("zh-CN", "", True),
        ("zh-TW", "", True),
        ("en-GB", "", False),
        ("en-GB", "zh/", True),
        ("zh-CN", "zh/", False),
        ("de-DE", "", False),
    ],
)
def test_a_hint_is_shown_to_those_who_prefer_the_other_language(
    speaking, toy_site, locale, place, shown
):
    page = speaking(locale)
    page.goto(f"{toy_site}{place}{PAGE}")
    page.wait_for_selector(".kb-open")
    assert page.url == f"{toy_site}{place}{PAGE}"
    assert page.locator(".kb-hint").count() == shown


def test_a_hint_that_was_closed_does_not_come_back(speaking, toy_site):
    page = speaking("zh-CN")
    page.goto(f"{toy_site}{PAGE}")
    assert page.get_attribute(".kb-hint", "lang") == "zh"
    assert violations(page) == []
    page.click(".kb-hint button")
    assert page.locator(".kb-hint").count() == 0
    page.goto(f"{toy_site}browse/")
    page.wait_for_selector(".kb-open")
    assert page.locator(".kb-hint").count() == 0


def test_a_hint_leads_to_the_same_place(speaking, toy_site):
    page = speaking("zh-CN")
    page.goto(f"{toy_site}{PAGE}#formula")
    page.click(".kb-hint a")
    page.wait_for_url(f"{toy_site}zh/{PAGE}#formula")


@pytest.mark.parametrize(("path", "own"), [("nowhere/", "en"), ("zh/nowhere/", "zh")])
def test_what_is_not_found_is_said_in_the_language_of_the_address(page, toy_site, path, own):
    page.route(
        f"**/{path}", lambda route: route.fulfill(response=page.request.get(f"{toy_site}404.html"))
    )
    page.goto(f"{toy_site}{path}")
    until(page, "() => document.querySelectorAll('[data-kb-lost]:not([hidden])').length === 1")
    assert page.locator("[data-kb-lost]:visible").get_attribute("lang") == own


KINDS = ("", PAGE, "papers/first2015toys/", "topics/cutting/", "browse/", "map/", "contribute/")


@pytest.mark.parametrize("path", KINDS)
def test_pages_in_chinese_are_accessible_in_both_schemes_and_narrow(page, toy_site, path):
    page.goto(f"{toy_site}zh/{path}")
    page.wait_for_timeout(100)
    assert violations(page) == []
    darken(page)
    assert violations(page, "color-contrast") == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(SWITCH).is_visible()
    assert page.troubles == []


def test_a_hit_of_the_search_leads_into_the_tree_of_the_page(page, toy_site):
    page.goto(f"{toy_site}zh/")
    page.keyboard.press("/")
    page.fill(".kb-search input[type=search]", "toy pruning")
    hit = page.locator(".kb-search li a").first
    hit.wait_for()
    assert hit.get_attribute("href") == f"{toy_site}zh/{PAGE}"
    assert page.locator(".kb-search li strong").first.inner_text() == "\u73a9\u5177\u526a\u679d"


def test_code_runs_on_a_page_in_chinese_and_speaks_it(page, toy_site, runtime):
    page.goto(f"{toy_site}zh/{PAGE}")
    page.click(".kb-bar .kb-run")
    done = scripts.script_words({}, "zh")["run"]["same"]
    until(page, "said => document.querySelector('.kb-bar').innerText.includes(said)", done, 120)
    assert page.troubles == []
