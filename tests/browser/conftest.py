"""Real sites, really served, in a real Chromium."""

import contextlib
import functools
import os
import shutil
import subprocess
import sys
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from filelock import FileLock

from kb.runtime.manifest import CHECKER, PARTS
from kb.runtime.store import missing, place
from tests.catalogs import ROOT, TOY

NAMES = (os.environ.get("KB_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def chromium():
    """A running Chromium, with an event loop that must not outlive these tests.

    Without one, tests are skipped, or fail where KB_REQUIRE_BROWSER is set.
    """
    from playwright.sync_api import sync_playwright

    path = next((found for name in NAMES if name and (found := shutil.which(name))), None)
    if path is None:
        say = pytest.fail if os.environ.get("KB_REQUIRE_BROWSER") else pytest.skip
        say("no Chromium found; install one (Debian: apt-get install chromium) or set KB_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def build(catalog, folder, **environment):
    """Build the site of ``catalog``, both trees, into ``folder`` as `kb build` does."""
    return _run("kb", "build", KB_CATALOG=str(catalog), KB_SITE_DIR=str(folder), **environment)


def build_loosely(catalog, folder, **environment):
    """Build the tree in English of a ``catalog`` that has findings; gives what MkDocs said."""
    return _run("mkdocs", "build", KB_CATALOG=str(catalog), KB_SITE_DIR=str(folder), **environment)


def _run(*words, **environment):
    environment = {
        **os.environ,
        "KB_REPOSITORY_URL": "https://github.com/OWNER/REPOSITORY",
        "NO_MKDOCS_2_WARNING": "1",
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@contextlib.contextmanager
def serving(folder):
    """Serves ``folder`` on loopback; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def serve():
    """Serves folders on loopback until the tests end; calling it gives the address of one."""
    with contextlib.ExitStack() as stack:
        yield lambda folder: stack.enter_context(serving(folder))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Builds a site once for all workers: called with a name and a builder, it gives the folder."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name, make):
        folder, new = base / name, base / f"{name}.new"
        with FileLock(base / f"{name}.lock"):
            if not folder.exists():
                make(new)
                new.rename(folder)
        return folder

    return once


@pytest.fixture(scope="session")
def site_folder(built):
    """Where the real site was built, strictly."""
    return built("site", lambda folder: build(ROOT / "catalog", folder))


@pytest.fixture(scope="session")
def toy_folder(built):
    """Where the site of the toy catalogue was built."""
    return built("toysite", lambda folder: build(TOY, folder))


@pytest.fixture(scope="session")
def site(site_folder, serve):
    """The address of the real site."""
    return serve(site_folder)


@pytest.fixture(scope="session")
def toy_site(toy_folder, serve):
    """The address of the site of the toy catalogue."""
    return serve(toy_folder)


@pytest.fixture(scope="session")
def runtime():
    """Python for the browser, complete in the cache.

    Without it, tests are skipped, or fail where KB_REQUIRE_BROWSER is set.
    """
    return _complete(PARTS)


@pytest.fixture(scope="session")
def checker(runtime):
    """What the page for new entries needs besides, likewise."""
    return _complete(CHECKER)


def _complete(parts):
    folder = place(ROOT / ".cache" / "runtime")
    if left := missing(folder, parts):
        say = pytest.fail if os.environ.get("KB_REQUIRE_BROWSER") else pytest.skip
        names = ", ".join(part.name for part in left)
        say(f"no runtime: {names} missing in {folder}; `make runtime` fetches it")
    return folder


@contextlib.contextmanager
def opened(chromium):
    """A new page; its errors and its requests to other origins are in ``page.troubles``."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    watch(page)
    yield page
    context.close()


@pytest.fixture
def page(chromium):
    """A fresh page."""
    with opened(chromium) as page:
        yield page


def watch(page):
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(f"error: {error}"))
    page.on(
        "console",
        lambda said: (
            page.troubles.append(f"console: {said.text}") if said.type == "error" else None
        ),
    )
    page.on(
        "dialog",
        lambda dialog: (page.troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()),
    )
    page.on(
        "request",
        lambda request: (
            page.troubles.append(f"foreign: {request.url}") if _is_foreign(request.url) else None
        ),
    )


def _is_foreign(url):
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


def until(page, script, argument=None, seconds=30):
    """Waits until the function ``script`` returns something true in the page, and returns it.

    Playwright's own wait needs `eval`, which the pages forbid.
    """
    end = time.monotonic() + seconds
    while not (found := page.evaluate(script, argument)):
        assert time.monotonic() < end, f"never true within {seconds} s: {script}"
        page.wait_for_timeout(50)
    return found


ROWS = 12


def violations(page, *rules):
    """What axe-core finds, by all its rules or by ``rules`` alone.

    Of a long table and of long code only the first rows are checked: one function makes them all.
    """
    rest = f":nth-child(n+{ROWS + 1})"
    left_out = {"exclude": [[f"tbody tr{rest}"], [f"pre code > span{rest}"]]}
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, context=left_out, options=options).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


_TO_DARK = {"en": "Switch to dark mode", "zh": "切换到深色模式"}


def darken(page):
    """Press the switch to the dark scheme, whose name is in the language of the page."""
    label = _TO_DARK[page.get_attribute("html", "lang")]
    page.locator(f"label[title='{label}']").click()
    page.wait_for_timeout(250)
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
