"""The home page, topics, maps, links and the page for what is not found, in a browser."""

import pytest

from tests.browser.conftest import darken, until, violations

pytestmark = pytest.mark.site

PHONE = {"width": 390, "height": 844}
PLACES = ("", "zh/", "topics/pruning/", "zh/topics/quantization/", "map/", "links/")


@pytest.mark.parametrize("place", PLACES)
def test_pages_are_accessible_and_fit_a_phone(page, site, place):
    page.goto(site + place)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert violations(page) == [] and page.troubles == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("place", ["", "zh/"])
def test_what_can_be_touched_and_the_doors_are_on_the_first_screen(page, site, place):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site + place)
    for part in (".kb-range", ".kb-doors h2 >> nth=2", ".kb-find input"):
        box = page.locator(part).bounding_box()
        assert box and box["y"] + box["height"] <= 800, part
    darken(page)
    assert violations(page, "color-contrast") == []


def test_the_slider_takes_weights_and_the_numbers_follow(page, site):
    page.goto(site)
    shown = lambda: page.locator(".kb-matrix path:not(.gone)").count()  # noqa: E731
    before, stored = shown(), page.locator("[data-put=stored]").inner_text()
    slider = page.locator(".kb-range")
    assert slider.get_attribute("aria-valuetext") == page.locator("[data-put=share]").inner_text()
    slider.press("Home")
    assert page.locator("[data-put=share]").inner_text() == "0%"
    assert shown() > before and page.locator("[data-put=stored]").inner_text() == "9,640 B"
    slider.press("End")
    assert shown() < before and page.locator("[data-put=stored]").inner_text() != stored
    x = page.locator(".kb-curves .cursor").bounding_box()["x"]
    dot = page.locator(".kb-curves .dot").first.bounding_box()
    assert dot["x"] < x < dot["x"] + dot["width"]


def test_without_scripts_the_panel_stands_and_nothing_is_dead(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert page.locator("[data-put=share]").inner_text() == "90%"
    assert page.locator(".kb-hero input, .kb-doors form:visible, .kb-hero button").count() == 0
    page.locator(".kb-savings summary").first.click()
    assert page.locator(".kb-savings details[open] a").count() > 3
    context.close()


def test_a_door_looks_up_what_is_typed(page, site):
    page.goto(site)
    page.locator(".kb-find input").fill("1510.00149")
    page.locator(".kb-find button").click()
    found = until(page, "() => document.querySelector('dialog ol a')?.href")
    assert found.endswith("/papers/han2016deep/")


def test_all_that_save_are_listed(page, site):
    page.goto(f"{site}browse/?saves=energy")
    rows = page.locator("[data-kb-index] tbody tr:visible")
    assert 0 < rows.count() < 30
    assert all("energy" in (row.get_attribute("data-saves") or "") for row in rows.all())


@pytest.mark.parametrize(
    ("address", "id"),
    [
        ("techniques/unifrom-magnitude-prunning/", "uniform-magnitude-pruning"),
        ("papers/tan2019efficientnett/", "tan2019efficientnet"),
        ("knowledge_distillation.html", "knowledge-distillation"),
        ("zh/techniques/weight-sharring/", "weight-sharing"),
    ],
)
def test_a_wrong_address_leads_to_the_nearest_entry(page, site, address, id):
    page.route(
        f"**/{address}", lambda route: route.fulfill(response=page.request.get(f"{site}404.html"))
    )
    page.goto(site + address)
    own = "[data-kb-near=zh]" if address.startswith("zh/") else "[data-kb-near=en]"
    script = f"""() => [...document.querySelectorAll("{own} a")].map((one) => one.href)"""
    found = until(page, script)
    assert any(f"/{id}/" in one for one in found[:3])
    assert all(("/zh/" in one) == address.startswith("zh/") for one in found)


def test_a_narrow_screen_has_maps_of_its_own(page, site):
    page.set_viewport_size(PHONE)
    for place in ("map/", "techniques/weight-sharing/"):
        page.goto(site + place)
        drawn = page.locator(".topic-map:visible, .small-map:visible")
        assert drawn.count() == 1
        box = drawn.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_no_label_of_a_map_leaves_its_box(page, site):
    script = """() => [...document.querySelectorAll(".topic-map .node-technique, .small-map a")]
      .filter((node) => node.getBoundingClientRect().width)
      .flatMap((node) => {
        const box = node.querySelector("rect").getBoundingClientRect();
        return [...node.querySelectorAll("text")]
          .filter((text) => text.getBoundingClientRect().right > box.right + 1)
          .map((text) => text.textContent);
      })"""
    for place in ("map/", "zh/map/", "techniques/weight-sharing/", "papers/han2016deep/"):
        page.goto(site + place)
        assert page.evaluate(script) == []


@pytest.mark.parametrize("width", [375, 620, 768, 900, 1024, 1280, 1440])
def test_no_map_is_cut_off_by_its_frame(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    script = """() => [...document.querySelectorAll(".map-frame")]
      .filter((frame) => frame.clientWidth)
      .map((frame) => frame.scrollWidth - frame.clientWidth)"""
    for place in ("map/", "zh/map/", "zh/techniques/gptq/", "papers/han2016deep/"):
        page.goto(site + place)
        assert page.evaluate(script) == [0]


def test_the_index_folds_on_a_phone(page, site):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}browse/")
    rows = page.locator("[data-kb-index] tbody tr:visible")
    assert rows.count() == 40 and not page.get_by_label("Kind").is_visible()
    page.locator(".kb-rest").click()
    assert rows.count() > 200 and not page.locator(".kb-rest").is_visible()
    page.locator(".kb-filters > summary").click()
    page.get_by_label("Kind").select_option("topic")
    assert 0 < rows.count() < 20
    assert violations(page) == []
