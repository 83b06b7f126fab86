"""Pages in the browser: accessible, narrow, dark, in two languages, and never calling elsewhere."""

import pytest

from tests.browser.conftest import darken, violations

pytestmark = pytest.mark.site

PHONE = {"width": 360, "height": 740}

KINDS = {
    "home": "",
    "technique": "techniques/compound-scaling/",
    "technique that runs": "techniques/uniform-affine-quantization/",
    "topic with figures": "topics/quantization/",
    "paper": "papers/tan2019efficientnet/",
    "article": "articles/lightweight-networks-survey/",
    "resource": "resources/distiller/",
    "topic": "topics/pruning/",
    "list": "lists/deep-acceleration-five/",
    "browse": "browse/",
    "map": "map/",
    "status": "status/",
    "links": "links/",
    "link states": "link-states/",
    "rules": "rules/",
    "rule": "rules/duplicate-id/",
    "fields": "fields/",
    "exports": "exports/",
    "facts": "facts/",
    "contribute": "contribute/",
    "contribute in Chinese": "zh/contribute/",
}


# One page of each make; axe takes seconds for a page, and the others are made of the same parts.
OFTEN = ("home", "technique", "paper", "article", "topic", "browse", "map")


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=() if kind in OFTEN else pytest.mark.lab) for kind in KINDS]
)
def test_a_page_is_accessible_in_both_schemes_and_narrow(page, site, kind):
    page.goto(site + KINDS[kind])
    page.wait_for_timeout(100)
    assert violations(page) == []
    darken(page)
    assert violations(page, "color-contrast") == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.troubles == []


@pytest.mark.parametrize(
    "address",
    ["", "map/", "browse/", "links/", "add/", "zh/techniques/gptq/", "papers/han2016deep/"],
)
def test_paper_shows_nothing_to_press_and_all_of_the_code(page, site, address):
    page.goto(site + address)
    page.wait_for_timeout(100)
    page.emulate_media(media="print")
    controls = ".md-content :is(button, input, select, textarea, .kb-step), .md-header"
    assert page.locator(f":is({controls}):visible").all_inner_texts() == []
    code = page.locator(".kb-snippet .highlight")
    assert all(one.is_visible() for one in code.all())


TOYS = {
    "links": "links/",
    "gone": "articles/toys-explained/",
    "wrong target": "papers/first2015toys/",
    "moved": "resources/toybox/",
}


@pytest.mark.parametrize("kind", TOYS)
def test_badges_beside_links_are_accessible_in_both_schemes_and_narrow(page, toy_site, kind):
    page.goto(toy_site + TOYS[kind])
    assert violations(page) == []
    darken(page)
    assert violations(page, "color-contrast") == []
    page.set_viewport_size(PHONE)
    assert (
        page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        and page.troubles == []
    )


def test_links_are_filtered_by_state_and_host(page, toy_site):
    page.goto(toy_site + "links/?state=gone")
    rows = page.locator("[data-kb-index] tbody tr:visible")
    assert rows.count() == 1 and "Toys explained" in rows.first.inner_text()
    page.get_by_label("State").select_option("")
    page.get_by_label("Site").select_option("example.org")
    assert rows.count() == 4


def test_bibtex_can_be_copied(page, site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}papers/tan2019efficientnet/")
    page.locator(
        "button[data-clipboard-target], .md-code__button[data-md-type=copy], .md-clipboard"
    ).first.click()
    assert "@inproceedings{tan2019efficientnet," in page.evaluate("navigator.clipboard.readText()")


def test_edit_leads_to_the_yaml_file(page, site):
    page.goto(f"{site}papers/tan2019efficientnet/")
    assert (
        page.locator("a[title='Edit this page']")
        .get_attribute("href")
        .endswith("/edit/main/catalog/papers/tan2019efficientnet.yaml")
    )


def test_breadcrumbs_lead_up(page, site):
    page.goto(f"{site}papers/tan2019efficientnet/")
    page.locator("nav.crumbs a").nth(1).click()
    assert page.url == f"{site}topics/efficient-architectures/"


def test_formulas_are_mathml(page, site):
    page.goto(f"{site}techniques/compound-scaling/")
    assert page.locator(".formula math").count() == 1
    assert (
        page.evaluate("document.querySelector('.formula math').getBoundingClientRect().height") > 10
    )


def test_the_index_filters_and_keeps_its_address(page, site):
    page.goto(f"{site}browse/?kind=technique")
    shown = "table.index tbody tr:not([hidden])"
    assert page.locator(shown).count() == page.locator("tr[data-kind=technique]").count()
    page.fill(".kb-facets input", "pruning")
    assert 0 < page.locator(shown).count() < 30
    page.reload()
    assert page.locator(".kb-facets input").input_value() == "pruning"
    page.fill(".kb-facets input", "zzzz")
    assert page.locator(shown).count() == 0 and "No matches" in page.inner_text("[role=status]")


def test_the_map_lights_up_zooms_and_is_walked_by_keyboard(page, site):
    page.goto(f"{site}map/")
    node = page.locator(".map-wide .node-technique[data-id=weight-sharing]")
    node.focus()
    assert page.locator(".edge.lit").count() >= 1
    before = page.get_attribute(".topic-map", "viewBox")
    page.keyboard.press("+")
    assert page.get_attribute(".topic-map", "viewBox") != before
    page.keyboard.press("0")
    assert float(page.get_attribute(".topic-map", "viewBox").split()[2]) == float(before.split()[2])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('node')")
    node.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/techniques/weight-sharing/")
    assert page.troubles == []


def test_the_map_is_a_list_too(page, site):
    page.goto(f"{site}map/")
    assert page.locator(".md-content ul >> text=Weight sharing").count() >= 1


def test_the_exports_can_be_downloaded(page, site):
    for name in (
        "catalog.jsonl",
        "catalog.sqlite",
        "catalog.ris",
        "results.csv",
        "catalog.graphml",
    ):
        answer = page.request.get(f"{site}exports/{name}")
        assert answer.status == 200 and len(answer.body()) > 1000
