"""The preview after an edit, against building the same site: from write to whole answer."""

import http.client
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.generate import write
from tests.bench.measure import Run, best, python
from tests.bench.table import Row, Section
from tests.catalogs import ROOT

AIMS = {200: "under 0.5 s", 10_000: "under 2 s"}
EDITS = 5


def measure(scratch: Path) -> Section:
    """Both sizes; the median of five edits of one article."""
    return Section("preview", "Previewing an edit", tuple(_row(scratch, size) for size in AIMS))


def _row(scratch: Path, size: int) -> Row:
    root = scratch / f"preview{size}" / "catalog"
    write(root, size)
    with _served(root) as (port, pid):
        seconds = sorted(_edited(root, port, number) for number in range(EDITS))[EDITS // 2]
        ours = Run(seconds, _peak(pid))
    build = python("-m", "mkdocs", "build", "--site-dir", str(scratch / "preview"))
    whole = best(build, 1, ROOT, KB_CATALOG=str(root), NO_MKDOCS_2_WARNING="1")
    what = f"an edited page of {size:,} entries, from the end of the write to the whole answer"
    return Row(what, ours, "building the site", whole, AIMS[size])


@contextmanager
def _served(root: Path) -> Iterator[tuple[int, int]]:
    """A preview in a process of its own: port and process id."""
    command = python("-m", "kb", "--root", str(root), "serve", "--port", "0")
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        said = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert said, "the preview did not start"
        yield int(said[1]), process.pid
    finally:
        process.terminate()
        process.communicate()


def _edited(root: Path, port: int, number: int) -> float:
    path = root / "articles" / "article5.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("title_en: ", f"title_en: Edit{number} ", text), encoding="utf-8")
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/articles/article5/")
    page = connection.getresponse().read().decode()
    connection.close()
    assert f"Edit{number}" in page
    return time.perf_counter() - start


def _peak(pid: int) -> float:
    """Peak memory of a process in MB, where the system tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0
