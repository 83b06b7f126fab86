"""Claims, knobs and experiments in a real Chromium: at once, without Python, and back again."""

import re

import pytest

from tests.browser.conftest import darken, opened, until, violations
from tests.browser.test_run import AREA, RESET, STATUS, output, run, type_in
from tests.catalogs import TOY

pytestmark = pytest.mark.site

PLACE = "techniques/toy-rounding/"
SOURCE = (TOY / PLACE / "snippet.py").read_text(encoding="utf-8").rstrip("\n")
IMAGE, SAYS, UNDO = ".kb-figure img", ".kb-says", "button.kb-undo"
LARGE, OTHER = (f"button.kb-try:has-text('{name}')" for name in ("All as large", "Other toys"))


@pytest.fixture
def trial(page, toy_site):
    page.goto(toy_site + PLACE)
    until(page, "() => document.querySelector('.kb-knob') !== null")
    return page


@pytest.fixture(scope="module")
def warm(chromium, toy_site, runtime):
    """One page for all tests that need Python."""
    with opened(chromium) as page:
        page.goto(toy_site + PLACE)
        yield page


@pytest.fixture
def python(warm):
    warm.click(RESET)
    warm.troubles.clear()
    return warm


def turn(page, value):
    page.fill(".kb-range", str(value))


def claims(page):
    """The state of each claim by its name."""
    return page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('[data-claim]')].map("
        "one => [one.dataset.claim, one.className]))"
    )


def waits(page, *states):
    until(
        page,
        "() => [...document.querySelectorAll('[data-claim]')].map(one => one.className).join()"
        f" === '{','.join(states)}'",
    )


KEEP = """() => {
    const make = URL.createObjectURL;
    window.kept = [];
    URL.createObjectURL = (blob) => {
        blob.text().then((text) => window.kept.push(text));
        return make.call(URL, blob);
    };
}"""


def code(page):
    return page.input_value(AREA) if page.locator(AREA).count() else SOURCE


def test_what_is_recorded_can_be_read_without_javascript(chromium, toy_site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(toy_site + PLACE)
    assert page.locator("[data-claim].holds").count() == 2
    assert "With 4 steps" in page.inner_text("[data-claim=little]")
    assert "8 of 8 seeds" in page.inner_text("[data-claim=little]")
    assert page.locator("details[data-try] summary").all_inner_texts() == [
        "All as large as one",
        "Other toys",
    ]
    context.close()


def test_a_knob_moves_figure_output_claims_and_code_without_python(trial):
    asked = []
    trial.on("request", lambda request: asked.append(request.url))
    turn(trial, 1)
    waits(trial, "falls", "falls")
    assert "With 1 steps" in trial.inner_text("[data-claim=little]")
    assert "no longer holds: 0 of 8 seeds" in trial.inner_text("[data-claim=not-all]")
    assert "STEPS = 1" in trial.inner_text(".kb-output .kb-caption")
    assert code(trial) == SOURCE.replace("STEPS = 4", "STEPS = 1")
    assert trial.get_attribute(IMAGE, "src").startswith("blob:")
    turn(trial, 8)
    waits(trial, "holds", "holds")
    turn(trial, 4)
    waits(trial, "holds", "holds")
    assert code(trial) == SOURCE and trial.get_attribute(IMAGE, "src").endswith("figure.svg")
    assert "recorded output" in trial.inner_text(".kb-output .kb-caption")
    assert not [url for url in asked if "runtime" in url or "worker" in url]
    assert trial.troubles == []


def test_an_experiment_changes_its_line_says_why_and_is_undone(trial):
    before = output(trial)
    trial.click(LARGE)
    waits(trial, "falls", "falls")
    assert code(trial) == SOURCE.replace(
        "return np.ceil(toys * steps) / steps", "return np.ones_like(toys)"
    )
    assert trial.text_content(".kb-numbers .kb-changed") == "13"
    assert "Nothing is rounded" in trial.inner_text(SAYS) and "np.ones_like" in trial.inner_text(
        SAYS
    )
    assert trial.get_attribute(LARGE, "aria-pressed") == "true"
    assert output(trial) != before
    trial.click(UNDO)
    waits(trial, "holds", "holds")
    assert code(trial) == SOURCE and output(trial) == before and trial.inner_text(SAYS) == ""
    assert trial.get_attribute(LARGE, "aria-pressed") == "false"
    trial.click(LARGE)
    trial.click(LARGE)
    waits(trial, "holds", "holds")
    assert code(trial) == SOURCE


def test_one_thing_is_tried_at_a_time(trial):
    turn(trial, 1)
    trial.click(OTHER)
    waits(trial, "holds", "holds")
    assert trial.input_value(".kb-range") == "4"
    assert code(trial) == SOURCE.replace("random(10)", "random(11)")
    turn(trial, 2)
    waits(trial, "falls", "holds")
    assert trial.get_attribute(OTHER, "aria-pressed") == "false"
    assert code(trial) == SOURCE.replace("STEPS = 4", "STEPS = 2")


def test_the_recorded_curve_stays_behind_on_the_same_axes(trial):
    trial.evaluate(KEEP)
    trial.click(OTHER)
    shown = until(trial, "() => window.kept[0]")
    assert shown.count("data-ghost") == 1 and "prefers-color-scheme" in shown
    found = re.search(r"matrix\((\S+) 0 0 (\S+) (\S+) (\S+)\)", shown)
    old, new = (
        [float(one) for one in re.search(r'data-y="([^"]*)"', svg)[1].split()]
        for svg in ((TOY / PLACE / "figure.svg").read_text(encoding="utf-8"), shown)
    )
    low, high, start, end = new
    pixel = 100.0  # of the recorded picture: the same height on its axis and on the other
    height = old[0] + (pixel - old[2]) / (old[3] - old[2]) * (old[1] - old[0])
    expected = start + (height - low) / (high - low) * (end - start)
    assert abs(float(found[2]) * pixel + float(found[4]) - expected) < 0.01
    assert abs(float(found[1]) - 1) < 1e-6 and abs(float(found[3])) < 1e-6
    assert "as recorded" in trial.inner_text(".kb-note")


def test_on_a_chinese_page_the_words_of_the_figure_are_chinese(trial):
    trial.evaluate("document.documentElement.lang = 'zh'")
    trial.evaluate(KEEP)
    turn(trial, 2)
    shown = until(trial, "() => window.kept[0]")
    assert ">圆玩具多占不了多少地方</text>" in shown and "Round toys" not in shown
    assert trial.get_attribute(IMAGE, "alt").startswith("圆玩具多占不了多少地方")


def test_a_missing_row_is_said_and_nothing_is_invented(page, toy_site):
    page.route(
        "**/grid.json",
        lambda route: route.fulfill(json={"code": "x", "knobs": {}, "rows": {"recorded": {}}}),
    )
    page.goto(toy_site + PLACE)
    turn(page, 2)
    waits(page, "untold", "untold")
    assert "Nothing is recorded for STEPS=2" in page.inner_text(SAYS)
    assert page.locator(".kb-figure.kb-old").count() == 1


def test_a_grid_that_does_not_come_is_said(page, toy_site):
    page.route("**/grid.json", lambda route: route.abort())
    page.goto(toy_site + PLACE)
    page.click(LARGE)
    waits(page, "untold", "untold")
    assert "could not be loaded" in page.inner_text(SAYS)


def test_what_was_typed_survives_a_visit_elsewhere_until_it_is_reset(trial, toy_site):
    type_in(trial, "print('mine')")
    trial.goto(toy_site)
    trial.goto(toy_site + PLACE)
    assert code(trial) == "print('mine')"
    trial.click(RESET)
    trial.reload()
    assert trial.locator(AREA).count() == 0


def test_an_experiment_is_made_in_what_was_typed_and_taken_back(trial):
    mine = SOURCE.replace("MOST = (1, 2, 4, 8)", "MOST = (1, 2)")
    type_in(trial, mine)
    trial.click(LARGE)
    until(trial, f"() => document.querySelector('{SAYS}').textContent.includes('Press Run')")
    assert code(trial) == mine.replace("np.ceil(toys * steps) / steps", "np.ones_like(toys)")
    trial.click(UNDO)
    assert code(trial) == mine
    type_in(trial, "print('nothing of it')")
    trial.click(LARGE)
    until(trial, f"() => document.querySelector('{SAYS}').textContent.includes('not in your code')")
    assert code(trial) == "print('nothing of it')"


def test_the_claims_of_a_run_are_told_beside_the_figure(python):
    assert run(python) == "all_hold"
    assert claims(python) == {"little": "holds", "not-all": "holds"}
    assert "3 of 3 seeds" in python.inner_text("[data-claim=little]")
    assert run(python, SOURCE.replace("< 1)", "> 1)")) == "broken"
    assert claims(python) == {"little": "holds", "not-all": "falls"}
    assert "no longer holds" in python.inner_text(STATUS)
    assert python.get_attribute(IMAGE, "src").startswith("blob:")
    assert python.troubles == []


OWN = "from kb.lab import claim, show, lines\n"
ENDS = {
    "an error before the figure": (OWN + "1 / 0", "failed", True),
    "no figure": (OWN + "print(1)", "other", True),
    "an error after it": (
        OWN + "show(lines({'a': ((1, 2), (1, 2))}, title='t', x='x', y='y'))\n1 / 0",
        "failed",
        False,
    ),
}


@pytest.mark.parametrize(("code", "state", "old"), ENDS.values(), ids=ENDS.keys())
def test_a_run_without_a_picture_does_not_borrow_the_old_one(python, code, state, old):
    assert run(python) == "all_hold"
    assert run(python, code) == state
    assert (python.locator(".kb-figure.kb-old").count() == 1) == old
    assert ("not that of your run" in python.inner_text(".kb-figure")) == old
    assert set(claims(python).values()) == {"untold"}


def test_an_experiment_computes_what_is_recorded_of_it(python):
    python.click(LARGE)
    waits(python, "falls", "falls")
    assert run(python) == "broken"
    assert claims(python) == {"little": "falls", "not-all": "falls"}


def test_a_module_that_no_browser_has_leads_to_the_notebook(python):
    assert run(python, "import torch") == "failed"
    assert "torch" in python.inner_text(STATUS)
    assert python.get_attribute(f"{STATUS} a", "href").endswith("toy-rounding.ipynb")


def test_every_state_of_a_claim_is_accessible_in_both_schemes_and_narrow(trial):
    trial.click(LARGE)
    waits(trial, "falls", "falls")
    assert violations(trial) == []
    darken(trial)
    assert violations(trial, "color-contrast") == []
    trial.set_viewport_size({"width": 390, "height": 800})
    assert trial.evaluate("document.documentElement.scrollWidth") <= 390
    assert trial.troubles == []
