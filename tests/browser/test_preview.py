"""The preview of a pull request in a real Chromium, with a stand-in for the forge's raw host."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.conftest import build, opened, until, violations
from tests.browser.test_hostile import TEXTS, paper
from tests.test_mistakes import TABLE, small_catalogue

pytestmark = pytest.mark.site

GOOD, PATH = TABLE["specimens"]["paper"]["text"], "catalog/papers/lindgren2024thinning.yaml"
HEAD = "0123456789abcdef0123456789abcdef01234567"
EVIL = {
    f"catalog/papers/e2015-{number}.yaml": paper(text) for number, text in enumerate(TEXTS.values())
}


FILES = {path: text.encode() for path, text in {PATH: GOOD, **EVIL}.items()}
FILES["catalog/papers/large.yaml"] = b"#" * 300_000
ASKED = []


class Raw(BaseHTTPRequestHandler):
    """Answers as the raw host does: plain text to everyone, 404 for what is not there."""

    def do_GET(self):
        ASKED.append(self.path)
        found = FILES.get(self.path.removeprefix(f"/OWNER/REPOSITORY/{HEAD}/"))
        self.send_response(200 if found is not None else 404)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(found or b"404: Not Found")

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def raw():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Raw)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def previewed(tmp_path_factory, raw, serve, checker):
    folder = tmp_path_factory.mktemp("preview")
    build(small_catalogue(folder), folder / "site", KB_RAW=raw)
    return serve(folder / "site")


@pytest.fixture(scope="module")
def reviewer(chromium, previewed):
    with opened(chromium) as page:
        page.goto(f"{previewed}preview/#head={HEAD}&path={PATH}")
        yield page


def fetched(page, *paths):
    page.fill("kb-preview textarea", "\n".join(paths))
    page.click("kb-preview button")
    return until(
        page,
        "() => { const { state } = document.querySelector('kb-preview').dataset;"
        " return state && state !== 'busy' && state; }",
        seconds=150,
    )


def status(page):
    return page.inner_text("kb-preview [role=status]")


def test_it_says_whom_it_will_ask_and_asks_nobody_before(reviewer, raw):
    assert f"will ask {raw.removeprefix('http://')}" in reviewer.inner_text("kb-preview")
    assert ASKED == []


def test_the_entry_is_shown_as_its_page_and_marked(reviewer):
    assert fetched(reviewer, PATH) == "done"
    assert reviewer.inner_text("kb-preview h2").startswith("Preview, not reviewed")
    frame = reviewer.frame_locator("kb-preview iframe")
    assert frame.locator("h1").inner_text().startswith("Thinning Small Networks")
    assert reviewer.locator("kb-preview .kb-findings").count() == 0
    assert reviewer.troubles == []


def test_hostile_entries_run_nothing_and_reach_nothing(reviewer):
    reviewer.troubles.clear()
    before = len(ASKED)
    assert fetched(reviewer, *EVIL) == "done"
    reviewer.wait_for_timeout(1000)
    assert reviewer.locator("kb-preview iframe").count() > 0
    assert "pwned" not in reviewer.title()
    assert all(frame.title() != "pwned" for frame in reviewer.frames)
    assert reviewer.troubles == []
    assert len(ASKED) == before + len(EVIL)
    for one in reviewer.query_selector_all("kb-preview iframe"):
        assert "allow-scripts" not in one.get_attribute("sandbox")
        assert "allow-same-origin" not in one.get_attribute("sandbox")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("catalog/papers/none.yaml", "Not there: catalog/papers/none.yaml"),
        ("catalog/papers/large.yaml", "Larger than an entry may be"),
        ("catalog/../kb/words.py", "Give a commit"),
        ("", "Give a commit"),
    ],
)
def test_what_cannot_be_shown_is_said(reviewer, path, said):
    assert fetched(reviewer, path) in ("failed", "malformed")
    assert said in status(reviewer)


def test_a_file_that_is_gone_hides_no_other(reviewer):
    gone, large = "catalog/papers/deleted2015.yaml", "catalog/papers/large.yaml"
    assert fetched(reviewer, gone, PATH, large) == "done"
    assert status(reviewer) == "Shown: 1"
    said = reviewer.locator("kb-preview .kb-left").all_inner_texts()
    assert {one.partition(":")[0] for one in said} == {"Not there", "Larger than an entry may be"}
    assert reviewer.locator("kb-preview iframe").count() == 1


def test_only_this_page_may_ask_the_other_host(page, previewed, raw):
    policies = {}
    for path in ("preview/", "zh/preview/", "add/", "", "browse/"):
        page.goto(previewed + path)
        policies[path] = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert {path for path, said in policies.items() if raw in said} == {"preview/", "zh/preview/"}


def test_everyone_can_read_it(page, previewed):
    for path in ("preview/", "zh/preview/"):
        page.goto(previewed + path)
        assert violations(page) == []
