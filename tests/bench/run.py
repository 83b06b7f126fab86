"""Code in the page, in Chromium: from click to first output, bytes, and native against in-page."""

import shutil
import time
from pathlib import Path
from statistics import median
from typing import Any

from kb.snippets.find import SnippetFile, find
from kb.snippets.run import Limits
from kb.snippets.run import run as run_natively
from tests.bench.measure import best, python
from tests.bench.table import Plain, Section
from tests.browser.conftest import FLAGS, NAMES, serving, until
from tests.catalogs import ROOT

RUN, AREA = "button.kb-run", ".kb-editor textarea"
FORM = "kb-add textarea", "kb-add .kb-acts button", "kb-add input"
FAULTY = "title: A\nauthors: [B C]\nyear: x\n"
EMPTY = "pass"
WAITS = 120
TIMES = 5


def measure(scratch: Path) -> Section:
    """Builds the real site; the median of five for each figure."""
    site = scratch / "run"
    best(python("-m", "mkdocs", "build", "--site-dir", str(site)), 1, ROOT, NO_MKDOCS_2_WARNING="1")
    snippets = find(ROOT / "catalog")
    with serving(site) as address:
        first, each = _in_browser(address, snippets)
    return Section(
        "run",
        "Running code in the page",
        (
            Plain(("what", "measured", "aim"), tuple(first)),
            Plain(
                ("snippet", "in the page", "to an empty snippet", "natively", "aim"), tuple(each)
            ),
        ),
        f"Medians of {TIMES}. An empty snippet runs in the same page before the others.",
    )


def _in_browser(
    address: str, snippets: list[SnippetFile]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    from playwright.sync_api import sync_playwright

    path = next(found for name in NAMES if name and (found := shutil.which(name)))
    place = f"{address}techniques/{snippets[0].id}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        pairs = [_cold_and_warm(browser.new_context(), place) for _ in range(TIMES)]
        cold, warm = (sorted(found)[TIMES // 2] for found in zip(*pairs, strict=True))
        form = sorted(_first_finding(browser.new_context(), address) for _ in range(TIMES))
        page = browser.new_context().new_page()
        page.goto(place)
        _seconds(page, EMPTY)  # brings Python
        empty = median(_seconds(page, EMPTY) for _ in range(TIMES))
        each = [_compared(page, snippet, empty) for snippet in snippets]
        stopped = median(_stopped(page) for _ in range(TIMES))
        browser.close()
    first = [
        ("click to first output, nothing in the cache", _told(cold), "1.5 s"),
        ("click to first output, all files in the cache of the browser", _told(warm), "1.5 s"),
        (
            "form page: click to first findings, nothing in the cache",
            _told(form[TIMES // 2]),
            "6 s",
        ),
        ("an empty snippet", f"{empty:.2f} s", "none set"),
        ("Stop in an endless loop", f"{stopped * 1000:.0f} ms", "0.1 s"),
    ]
    return first, each


def _told(measured: tuple[float, int]) -> str:
    seconds, size = measured
    return f"{seconds:.2f} s, {size / 1e6:.1f} MB"


def _cold_and_warm(context: Any, address: str) -> tuple[tuple[float, int], tuple[float, int]]:
    """Seconds from the click to the first output and bytes of all bodies, in a new browser profile
    and after a reload.
    """
    page = context.new_page()
    page.goto(address)
    found = _first_output(context, page), (page.reload(), _first_output(context, page))[1]
    context.close()
    return found


def _first_output(context: Any, page: Any) -> tuple[float, int]:
    page.wait_for_load_state("networkidle")
    page.click("button.kb-edit")
    page.fill(AREA, "print('first')")
    said = "() => document.querySelector('.kb-shown .kb-output code').textContent.includes('first')"
    return _until(context, page, RUN, said)


def _first_finding(context: Any, address: str) -> tuple[float, int]:
    """The same of the form for new entries, up to the first finding."""
    area, button, name = FORM
    page = context.new_page()
    page.goto(f"{address}add/")
    page.wait_for_load_state("networkidle")
    page.fill(name, "nobody2026nothing")
    page.fill(area, FAULTY)
    found = _until(context, page, button, "() => document.querySelector('.kb-findings > li')")
    context.close()
    return found


def _until(context: Any, page: Any, button: str, script: str) -> tuple[float, int]:
    """Seconds from a click on ``button`` until ``script`` is true, and bytes of all bodies."""
    sizes: list[int] = []

    def finished(request: Any) -> None:
        sizes.append(max(0, request.sizes()["responseBodySize"]))  # negative: out of the cache

    context.on("requestfinished", finished)
    start = time.perf_counter()
    page.click(button)
    until(page, f"() => Boolean(({script})())", seconds=WAITS)
    seconds = time.perf_counter() - start
    page.wait_for_timeout(300)
    context.remove_listener("requestfinished", finished)
    return seconds, sum(sizes)


def _compared(page: Any, snippet: SnippetFile, empty: float) -> tuple[str, ...]:
    native = median(run_natively(snippet, Limits()).seconds for _ in range(TIMES))
    here = median(_seconds(page, snippet.path.read_text(encoding="utf-8")) for _ in range(TIMES))
    return f"`{snippet.id}`", f"{here:.2f} s", f"{here / empty:.1f}×", f"{native:.2f} s", "3 s"


def _seconds(page: Any, code: str) -> float:
    """Seconds from the click on Run to the end of ``code``, as a reader waits."""
    if not page.locator(AREA).count():
        page.click("button.kb-edit")
    page.fill(AREA, code)
    start = time.perf_counter()
    page.click(RUN)
    until(
        page,
        "() => !['loading', 'running'].includes(document.querySelector('kb-run').dataset.state)",
        seconds=WAITS,
    )
    return time.perf_counter() - start


def _stopped(page: Any) -> float:
    page.fill(AREA, "while True: pass")
    page.click(RUN)
    until(page, "() => document.querySelector('kb-run').dataset.state === 'running'", seconds=WAITS)
    start = time.perf_counter()
    page.click("button.kb-stop")
    until(page, "() => document.querySelector('kb-run').dataset.state === 'stopped'")
    return time.perf_counter() - start
