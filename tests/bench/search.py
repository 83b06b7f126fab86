"""The search at 10,000 entries, in Chromium: bytes, and seconds from key press to first hit."""

import shutil
import time
from pathlib import Path
from typing import Any

from kb.site.search_index import FOLDER
from tests.bench.generate import write
from tests.bench.measure import best, python
from tests.bench.table import Plain, Section
from tests.browser.conftest import FLAGS, NAMES, serving
from tests.catalogs import ROOT

INPUT = ".kb-search input[type=search]"
SCRIPTS = ("ask.js", "hit.js", "lexicon.js", "pasted.js", "question.js", "repair.js", "spelling.js")
ASKED = {"en-GB": "pruning", "zh-CN": "剪枝"}


def measure(scratch: Path) -> Section:
    """Needs the site of 10,000 entries; builds it if the group `build` has not."""
    site = scratch / "ours"
    if not site.exists():
        write(scratch / "search" / "catalog", 10_000)
        best(
            python("-m", "mkdocs", "build", "--site-dir", str(site)),
            1,
            ROOT,
            KB_CATALOG=str(scratch / "search" / "catalog"),
            NO_MKDOCS_2_WARNING="1",
        )
    with serving(site) as address:
        rows = _ask(address)
    own = sum(file.stat().st_size for file in (site / FOLDER).rglob("*") if file.is_file())
    rows.append(("whole index on the server", f"{own / 1e6:.1f} MB", ""))
    return Section(
        "search", "Searching 10,000 entries", (Plain(("what", "measured", "aim"), tuple(rows)),)
    )


def _ask(address: str) -> list[tuple[str, str, str]]:
    from playwright.sync_api import sync_playwright

    path = next(found for name in NAMES if name and (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        rows = [
            row
            for locale, text in ASKED.items()
            for row in _one(browser.new_context(locale=locale).new_page(), address, text)
        ]
        browser.close()
        return rows


def _is_ours(url: str) -> bool:
    """Whether ``url`` is fetched for the search alone."""
    return f"/{FOLDER}/" in url or url.endswith(SCRIPTS)


def _one(page: Any, address: str, text: str) -> list[tuple[str, str, str]]:
    """Open the search, let it load, ask ``text``: bytes of everything, seconds of the asking."""
    sizes: list[int] = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(
            request.sizes()["responseBodySize"] if _is_ours(request.url) else 0
        ),
    )
    page.goto(f"{address}exports/")
    page.keyboard.press("/")
    page.wait_for_timeout(2000)
    loaded, start = sum(sizes), time.perf_counter()
    page.fill(INPUT, text)
    page.wait_for_selector(".kb-search li a")
    seconds = time.perf_counter() - start
    page.wait_for_timeout(500)
    return [
        (
            f"`{text}`: seconds from typing to the first hit, once loaded",
            f"{seconds:.2f} s",
            "0.3 s",
        ),
        (
            f"`{text}`: all bytes up to then, of which {loaded / 1000:.0f} kB on opening",
            f"{sum(sizes) / 1000:.0f} kB",
            "under 300 kB",
        ),
    ]
