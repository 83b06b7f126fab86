"""The page on which an entry is written, in a real Chromium: the same findings, nothing lost."""

import datetime
import gzip
import urllib.parse

import pytest

from kb.carried import unpacked
from kb.proposal.judge import KnownCatalog, judged
from kb.site.mkdocs.preview import Preview
from tests.browser.conftest import build, opened, until, violations
from tests.browser.test_run import ARRIVED
from tests.catalogs import ROOT, TOY
from tests.proposal.mistakes import NAMES, proposed, without
from tests.test_mistakes import TABLE, small_catalogue

pytestmark = pytest.mark.site

GOOD, ID = TABLE["specimens"]["paper"]["text"], "lindgren2024thinning"
AREA, NAME, STATUS = "kb-add textarea", "kb-add input", "kb-add [role=status]"
LOADS = 120
SAMPLE = (
    "misspelt-id",
    "day-that-is-none",
    "zh-not-indented",
    "half-width-punctuation",
    "bell-in-title",
    "good-paper",
)


@pytest.fixture(scope="module")
def place(built):
    """A folder with the small catalogue of the table of mistakes, and its site."""

    def make(folder):
        folder.mkdir()
        build(small_catalogue(folder), folder / "site")

    return built("addsite", make)


@pytest.fixture(scope="module")
def site(place, serve):
    return serve(place / "site")


@pytest.fixture(scope="module")
def writer(chromium, site, checker):
    """One page for many entries: Python is loaded once."""
    with opened(chromium) as page:
        page.goto(site + "add/")
        yield page


def check(page, id=ID, text=GOOD):
    """Check ``text`` as the entry ``id``; gives the state of the form."""
    page.fill(NAME, id)
    page.fill(AREA, text)
    page.click("kb-add .kb-acts button")
    return settled(page)


def settled(page):
    return until(
        page,
        "() => { const { state } = document.querySelector('kb-add').dataset;"
        " return state && state !== 'busy' && state; }",
        seconds=LOADS,
    )


def told(page):
    """The findings that are shown: code, line, message."""
    return page.evaluate(
        "() => [...document.querySelectorAll('.kb-findings > li')].map(one => [one.dataset.code,"
        " Number(one.querySelector('button').textContent.match(/\\d+/)[0]),"
        " one.querySelector('span').textContent.trim()])"
    )


def expected(known, proposal):
    day = datetime.datetime.now().astimezone().date()
    found = judged(known, proposal, day).findings
    return [[one.code, one.line, one.message.strip()] for one in found]


def compare(page, names, folder, known_of):
    for name in names:
        _, file, proposal = proposed(folder / name, name)
        if "\r" in proposal.text:  # a text field knows one kind of line end
            continue
        state = check(page, proposal.id, proposal.text)
        wanted = expected(known_of(file.path), proposal)
        assert told(page) == wanted, name
        assert state == ("findings" if wanted else "clean"), name


def test_the_page_says_what_the_check_says(writer, place, tmp_path):
    known = KnownCatalog.of(unpacked(without(place, "")))
    compare(writer, SAMPLE, tmp_path, lambda _: known)
    assert writer.troubles == []


def test_the_download_tells_how_much_has_arrived(page, site, checker):
    page.goto(site + "add/")
    page.evaluate(ARRIVED.replace("%s", "kb-add"))
    assert check(page) == "clean"
    told = [float(one.split()[0]) for one in page.evaluate("window.arrived")]
    assert len(told) > 3 and told == sorted(told) and page.locator(".kb-arriving").count() == 0


def _by_file():
    """The mistakes in papers, the first kind of the form, by the file in which they are made."""
    found = {}
    for name in NAMES:
        found.setdefault(TABLE_ROWS[name]["make"][0]["file"], []).append(name)
    return {file: names for file, names in found.items() if file.startswith("papers/")}


TABLE_ROWS = {row["id"]: row for row in TABLE["mistakes"]}
BY_FILE = _by_file()


@pytest.mark.lab
@pytest.mark.parametrize("file", BY_FILE)
def test_the_page_says_what_the_check_says_of_every_mistake(
    page, site, place, checker, tmp_path, file
):
    text = without(place, f"catalog/{file}")
    packed = gzip.compress(text.encode())
    page.context.route("**/entries.json.packed", lambda route: route.fulfill(body=packed))
    page.goto(site + "add/")
    known = KnownCatalog.of(unpacked(text))
    compare(page, BY_FILE[file], tmp_path, lambda _: known)


def test_a_clean_entry_is_shown_and_leads_to_the_forge(writer):
    assert check(writer) == "clean"
    assert "No findings" in writer.inner_text(STATUS)
    frame = writer.frame_locator("kb-add iframe")
    assert frame.locator("h1").inner_text().startswith("Thinning Small Networks")
    assert "Pruning" in frame.locator(".crumbs").inner_text()
    assert frame.locator("a[href^='http://127'], a[href^='https://arxiv.org']").count() >= 2
    size = frame.locator(".crumbs").evaluate("one => getComputedStyle(one).fontSize")
    assert size != "16px", "the site's styles reach the frame"
    address = urllib.parse.urlsplit(writer.get_attribute("kb-add .kb-acts a[target]", "href"))
    asked = urllib.parse.parse_qs(address.query)
    assert f"{address.netloc}{address.path}" == "github.com/OWNER/REPOSITORY/new/main"
    assert asked == {"filename": [f"catalog/papers/{ID}.yaml"], "value": [GOOD]}
    assert writer.troubles == []


def test_a_long_entry_is_copied_instead(writer):
    long = GOOD.replace("权重", "权重" * 380, 1)
    assert check(writer, text=long) == "clean"
    href = writer.get_attribute("kb-add .kb-acts a[target]", "href")
    assert href.endswith("lindgren2024thinning.yaml") and len(href) < 8000
    with writer.expect_download() as download:
        writer.click("kb-add .kb-acts a[download]")
    assert download.value.suggested_filename == f"{ID}.yaml"
    assert download.value.path().read_text(encoding="utf-8") == long


def test_a_safe_answer_is_taken_over(writer):
    assert check(writer, text=GOOD.replace("[pruning]", "[剪枝]")) == "findings"
    writer.click(".kb-findings button:has-text('Mend')")
    until(writer, "() => document.querySelector('kb-add').dataset.state === 'clean'", seconds=LOADS)
    assert writer.input_value(AREA) == GOOD


def test_an_id_that_differs_is_offered(writer):
    assert check(writer, id="two-passes") == "findings"
    writer.click(f".kb-findings button:has-text('{ID}')")
    until(writer, "() => document.querySelector('kb-add').dataset.state === 'clean'", seconds=LOADS)
    assert writer.input_value(NAME) == ID


def test_a_line_leads_to_its_place(writer):
    check(writer, text=GOOD.replace("[pruning]", "[剪枝]"))
    writer.click(".kb-findings button")
    place = writer.evaluate(f"() => document.querySelector('{AREA}').selectionStart")
    assert GOOD[place:].startswith("pruning]")
    assert writer.evaluate("() => document.activeElement.tagName") == "TEXTAREA"


def test_hostile_text_does_nothing(writer):
    evil = "<img src=x onerror=document.title='pwned'><script>document.title='pwned'</script>"
    check(
        writer,
        text=GOOD.replace("Thinning", evil.replace("'", '"'))
        .replace("title: ", "title: '", 1)
        .replace("Passes", "Passes'"),
    )
    writer.wait_for_timeout(300)
    assert "pwned" not in writer.title()
    frame = writer.query_selector("kb-add iframe")
    assert frame is None or frame.get_attribute("sandbox").find("allow-scripts") < 0
    assert writer.troubles == []


def test_nothing_is_loaded_before_it_is_asked_for_and_what_is_typed_stays(page, site, checker):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + "add/")
    page.fill(NAME, "one2024two")
    page.fill(AREA, "title: Mine\n")
    assert not any("pyodide" in url or "checker" in url for url in asked)
    assert "MB, once" in page.inner_text("kb-add .kb-acts")
    page.goto(site + "browse/")
    page.go_back()
    until(page, f"() => document.querySelector('{AREA}')?.value === 'title: Mine\\n'")
    page.goto(site + "zh/add/")
    assert page.input_value(AREA) == "title: Mine\n" and page.input_value(NAME) == "one2024two"
    assert page.troubles == []


def test_the_form_can_be_used_with_the_keyboard_and_read_by_everyone(page, site, checker):
    for path in ("add/", "zh/add/"):
        page.goto(site + path)
        assert violations(page) == []
    page.focus("kb-add select")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert settled(page) == "unnamed"
    assert page.evaluate("() => document.activeElement.tagName") == "INPUT"


def test_in_chinese(page, site, checker):
    page.goto(site + "zh/add/")
    assert page.locator("kb-add option").first.inner_text() == "论文"
    assert check(page) == "clean"
    assert "可以提交" in page.inner_text(STATUS)
    assert "在仓库" not in page.frame_locator("kb-add iframe").locator("body").inner_text()
    assert page.frame_locator("kb-add iframe").locator("h2").first.inner_text().strip()


@pytest.mark.parametrize(
    "lost", ["pyodide.mjs", "pydantic_core-*.whl", "checker.zip.packed", "checker.js", "archive.js"]
)
def test_a_missing_file_is_said_and_nothing_is_lost(page, site, checker, lost):
    page.context.route(f"**/{lost}", lambda route: route.fulfill(status=404, body=""))
    page.goto(site + "add/")
    assert check(page) == "missing"
    assert "could not be loaded" in page.inner_text(STATUS)
    assert page.input_value(AREA) == GOOD


def test_without_scripts_the_other_ways_are_there(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "add/")
    text = page.inner_text("article")
    context.close()
    assert "needs JavaScript" in text and "kb add ID" in text and "title:" in text


@pytest.mark.parametrize("name", ["checker.zip.packed", "entries.json.packed", "checker.js"])
def test_the_preview_has_what_the_form_loads(checker, monkeypatch, name):
    monkeypatch.chdir(ROOT)
    shown = Preview(TOY)
    assert "<kb-add" in shown.answer("/add/index.html").body.decode()
    assert shown.answer(f"/assets/kb/{name}").status == 200
    shown.search.kept.cleanup()
