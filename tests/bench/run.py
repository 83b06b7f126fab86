"""Code in the page, in Chromium: from click to first output, bytes, and native against in-page."""

import shutil
import time
from pathlib import Path
from typing import Any

from kb.snippets.find import Snippet, find
from kb.snippets.run import Limits
from kb.snippets.run import run as run_natively
from tests.bench.measure import best, python
from tests.bench.table import Plain, Section
from tests.browser.conftest import FLAGS, NAMES, serving
from tests.catalogs import ROOT

RUN, AREA = "button.kb-run", ".kb-editor textarea"
WAITS = 120_000
BEST_OF = 3


def measure(scratch: Path) -> Section:
    """Builds the real site; the best of three for each figure."""
    site = scratch / "run"
    best(python("-m", "mkdocs", "build", "--site-dir", str(site)), 1, ROOT, NO_MKDOCS_2_WARNING="1")
    snippets = find(ROOT / "catalog")
    with serving(site) as address:
        first, each = _in_browser(f"{address}techniques/{snippets[0].id}/", snippets)
    return Section(
        "run",
        "Running code in the page",
        (
            Plain(("what", "measured", "aim"), tuple(first)),
            Plain(("snippet", "natively", "in the page", "ratio"), tuple(each)),
        ),
    )


def _in_browser(
    address: str, snippets: list[Snippet]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    from playwright.sync_api import sync_playwright

    path = next(found for name in NAMES if name and (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        pairs = [_cold_and_warm(browser.new_context(), address) for _ in range(BEST_OF)]
        cold, warm = (min(found) for found in zip(*pairs, strict=True))
        page = browser.new_context().new_page()
        page.goto(address)
        each = [_compared(page, snippet) for snippet in snippets]
        stopped = _stopped(page)
        browser.close()
    first = [
        (
            "click to first output, nothing in the cache",
            f"{cold[0]:.2f} s, {cold[1] / 1e6:.1f} MB",
            "5 s",
        ),
        (
            "click to first output, all files in the cache of the browser",
            f"{warm[0]:.2f} s, {warm[1] / 1e6:.1f} MB",
            "3 s",
        ),
        ("Stop in an endless loop", f"{stopped * 1000:.0f} ms", "0.1 s"),
    ]
    return first, each


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
    sizes: list[int] = []

    def finished(request: Any) -> None:
        sizes.append(
            max(0, request.sizes()["responseBodySize"])
        )  # negative for what came out of the cache

    page.wait_for_load_state("networkidle")
    page.click("button.kb-edit")
    page.fill(AREA, "print('first')")
    context.on("requestfinished", finished)
    start = time.perf_counter()
    page.click(RUN)
    page.wait_for_selector(".kb-shown .kb-output code:text-is('first')", timeout=WAITS)
    seconds = time.perf_counter() - start
    page.wait_for_timeout(300)
    context.remove_listener("requestfinished", finished)
    return seconds, sum(sizes)


def _compared(page: Any, snippet: Snippet) -> tuple[str, ...]:
    native = min(run_natively(snippet, Limits()).seconds for _ in range(BEST_OF))
    here = min(_seconds(page, snippet.path.read_text(encoding="utf-8")) for _ in range(BEST_OF))
    return f"`{snippet.id}`", f"{native:.2f} s", f"{here:.2f} s", f"{here / native:.1f}×"


def _seconds(page: Any, code: str) -> float:
    """What the page says that ``code`` took."""
    if not page.locator(AREA).count():
        page.click("button.kb-edit")
    page.fill(AREA, code)
    page.click(RUN)
    page.wait_for_selector("kb-run[data-state=same], kb-run[data-state=other]", timeout=WAITS)
    return float(page.inner_text(".kb-time").removesuffix(" s"))


def _stopped(page: Any) -> float:
    page.fill(AREA, "while True: pass")
    page.click(RUN)
    page.wait_for_selector("kb-run[data-state=running]", timeout=WAITS)
    start = time.perf_counter()
    page.click("button.kb-stop")
    page.wait_for_selector("kb-run[data-state=stopped]")
    return time.perf_counter() - start
