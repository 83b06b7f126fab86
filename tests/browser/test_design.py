"""The frame of a page and the first screen of a technique, in Chromium: wide, narrow, no script."""

import pytest

from tests.browser.conftest import darken, violations

pytestmark = pytest.mark.site

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
PLACE = "techniques/toy-rounding/"
LANGUAGES = ("", "zh/")


def bottom(page, selector):
    """Where the lowest of the elements ends, in pixels from the top of the screen."""
    return page.evaluate(
        "(selector) => Math.max(...[...document.querySelectorAll(selector)]"
        ".map((one) => one.getBoundingClientRect().bottom))",
        selector,
    )


def overlaps(page, one, other):
    boxes = [page.locator(selector).bounding_box() for selector in (one, other)]
    (first, second) = sorted(boxes, key=lambda box: box["x"])
    return first["x"] + first["width"] > second["x"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", [".kb-lead", ".kb-figure img", ".kb-range", ".kb-try", "li.holds"])
def test_the_first_screen_shows_idea_figure_and_control(page, toy_site, language, part):
    page.set_viewport_size(WIDE)
    page.goto(f"{toy_site}{language}{PLACE}")
    page.wait_for_selector(".kb-range")
    assert page.locator(part).count() >= 1
    assert bottom(page, part) <= WIDE["height"]


def test_cause_and_effect_stand_before_the_code_and_its_output(page, toy_site):
    page.goto(toy_site + PLACE)
    order = page.evaluate(
        "() => [...document.querySelectorAll('.kb-panel, .kb-snippet, .kb-output')]"
        ".map((one) => one.classList[0])"
    )
    assert order[:2] == ["kb-panel", "kb-snippet"]
    assert page.locator(".kb-panel .kb-tries").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_is_one_row(page, toy_site, language):
    page.set_viewport_size(WIDE)
    page.goto(toy_site + language)
    assert page.locator(".md-header").bounding_box()["height"] == pytest.approx(57, abs=1)
    assert page.locator(".kb-tabs a").count() >= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_and_after_lead_through_the_topic_and_back(page, toy_site, language):
    page.goto(f"{toy_site}{language}topics/cutting/")
    page.goto(f"{toy_site}{language}{PLACE}")
    while page.locator(".kb-step a[rel=prev]").count():
        page.locator(".kb-step a[rel=prev]").click()
    seen = [page.url]
    while page.locator(".kb-step a[rel=next]").count():
        page.locator(".kb-step a[rel=next]").click()
        assert page.url not in seen
        seen.append(page.url)
    siblings = page.locator(".kb-nav li a").evaluate_all("all => all.map((one) => one.href)")
    assert seen == siblings and len(seen) > 1
    assert page.locator(".kb-nav [aria-current=page]").get_attribute("href") in ("./", page.url)


def test_siblings_stand_left_and_contents_right(page, toy_site):
    page.set_viewport_size(WIDE)
    page.goto(toy_site + PLACE)
    assert page.locator(".kb-nav").is_visible() and not page.locator(".kb-here").is_visible()
    assert not overlaps(page, ".kb-nav", ".md-content")
    assert not overlaps(page, ".md-content__inner", ".md-nav--secondary")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_siblings_are_a_sheet_and_topics_are_in_the_drawer(
    chromium, toy_site, language, script
):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{toy_site}{language}{PLACE}")
    other = page.locator(".kb-here a[href*='toy-pruning']")
    assert not other.is_visible()
    page.locator(".kb-here summary").click()
    assert other.is_visible()
    assert not page.locator(".kb-nav").is_visible()
    page.locator(".kb-here summary").click()
    page.locator("label.md-header__button[for=__drawer]").click()
    page.wait_for_timeout(400)
    topic = page.locator(".kb-drawer a[href*='topics/cutting']")
    assert topic.is_visible() and topic.bounding_box()["x"] >= 0
    context.close()


def test_without_a_script_no_control_is_dead(chromium, toy_site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(toy_site + PLACE)
    dead = page.locator("main button:not([hidden]), main input, main select, .md-header button")
    assert [one for one in dead.all() if one.is_visible()] == []
    assert page.locator(".kb-panel [data-try] summary").first.is_visible()
    context.close()


def test_rows_of_a_table_stack_on_a_phone(page, toy_site):
    page.set_viewport_size(PHONE)
    page.goto(f"{toy_site}papers/first2015toys/")
    row = page.locator(".kb-stack tbody tr").first
    for part in ("name", "value", "source"):
        box = row.locator(f".kb-{part}").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(
    "place", [PLACE, "papers/first2015toys/", "resources/toybox/", "results/wikitext-2/"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_is_accessible_wide_and_narrow_light_and_dark(page, toy_site, language, place):
    page.set_viewport_size(WIDE)
    page.goto(f"{toy_site}{language}{place}")
    page.wait_for_timeout(150)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    darken(page)
    assert violations(page, "color-contrast") == []
    page.set_viewport_size(WIDE)
    assert violations(page, "color-contrast") == []
    assert page.troubles == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_that_compare_show_value_and_source_on_a_phone(page, toy_site, language):
    page.set_viewport_size(PHONE)
    page.goto(f"{toy_site}{language}results/wikitext-2/")
    rows = page.locator(".kb-alike tbody tr")
    assert rows.count() == 2
    for row in rows.all():
        for part in ("name", "value", "baseline", "source"):
            box = row.locator(f".kb-{part}").bounding_box()
            assert box["width"] and box["x"] >= 0, part
            assert box["x"] + box["width"] <= PHONE["width"], part
    caption = page.locator(".kb-alike caption").first.bounding_box()
    assert caption["x"] + caption["width"] <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_and_its_lists_do_not_scroll_sideways_on_a_phone(page, toy_site, language):
    page.set_viewport_size(PHONE)
    for place in ("topics/cutting/", "lists/toy-list/", "results/"):
        page.goto(f"{toy_site}{language}{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], place
    page.goto(f"{toy_site}{language}topics/cutting/")
    link = page.locator("main li a[href*='weixin']").first.bounding_box()
    assert link["x"] + link["width"] <= PHONE["width"]
