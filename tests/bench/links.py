"""`kb links check` on 2,000 links of 40 hosts, all good and with 200 faults mixed in: against
lychee, and against the bound that politeness itself sets.
"""

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.links.model import Settings
from tests.bench.link_world import EACH, FAULTS, HOSTS, LINKS, links, right
from tests.bench.measure import python
from tests.bench.table import Plain, Section
from tests.catalogs import ROOT

SETTINGS = Settings()
BOUND = (LINKS // len(HOSTS) - 1) * SETTINGS.spacing
HEAD = ("what", "wall", "to the bound", "requests", "right verdicts", "peak memory")


@dataclass(frozen=True, slots=True)
class Checked:
    """One run: seconds, requests that reached hosts, links judged rightly, peak memory in MB."""

    seconds: float
    requests: int
    right: int
    megabytes: float

    def cells(self, what: str) -> tuple[str, ...]:
        """One row of the table."""
        return (
            what,
            f"{self.seconds:.1f} s",
            f"**{self.seconds / BOUND:.2f}×**",
            f"{self.requests:,}",
            f"{self.right:,} of {LINKS:,}",
            f"{self.megabytes:.0f} MB",
        )


def measure(scratch: Path) -> Section:
    """Both mixtures, by each checker."""
    rows = []
    for faulty, words in (
        (False, "all good"),
        (True, f"{len(FAULTS) * EACH} faults of {len(FAULTS)} kinds mixed in"),
    ):
        for name, check in CHECKERS.items():
            with _world() as port:
                rows.append(check(scratch, links(port, faulty), port).cells(f"{name}, {words}"))
    note = (
        f"{LINKS:,} links on {len(HOSTS)} hosts; the bound is the queue of one "
        f"host: {LINKS // len(HOSTS)} links, {SETTINGS.spacing:g} s from one start to the "
        f"next, {BOUND:.2f} s. Aim: at most 1.1× the bound with good links, no slower than "
        "lychee at the same pace with faults, 50 MB. Lychee knows *ok* and *error* alone: "
        "it counts as right if what is alive or moved is ok, and nothing else is."
    )
    return Section("links", "Checking links", (Plain(HEAD, tuple(rows)),), note)


def _ours(scratch: Path, urls: Sequence[str], port: int) -> Checked:
    (scratch / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
    out = scratch / "ours.json"
    command = python(
        "-m",
        "kb",
        "links",
        "check",
        "--from",
        str(scratch / "urls.txt"),
        "--json",
        str(out),
        "--allow-network",
        "127.0.0.0/8",
        "--allow-port",
        str(port),
    )
    seconds, megabytes = _timed(command)
    verdicts = {
        url: found["verdict"] for url, found in json.loads(out.read_text(encoding="utf-8")).items()
    }
    return Checked(
        seconds, _requests(port), sum(verdicts.get(url) == right(url) for url in urls), megabytes
    )


def _lychee(*options: str) -> Callable[[Path, Sequence[str], int], Checked]:
    def check(scratch: Path, urls: Sequence[str], port: int) -> Checked:
        (scratch / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
        out = scratch / "lychee.json"
        command = [
            str(Path(sys.executable).parent / "lychee"),
            "--no-progress",
            "--format",
            "json",
            "--output",
            str(out),
            *options,
            str(scratch / "urls.txt"),
        ]
        seconds, megabytes = _timed(command)
        said = json.loads(out.read_text(encoding="utf-8"))
        bad = {
            found["url"].rstrip("/")
            for key in ("error_map", "timeout_map")
            for found_in in said.get(key, {}).values()
            for found in found_in
        }
        return Checked(
            seconds,
            _requests(port),
            sum((url in bad) == (right(url) not in ("alive", "moved")) for url in urls),
            megabytes,
        )

    return check


CHECKERS: dict[str, Callable[[Path, Sequence[str], int], Checked]] = {
    "`kb links check`": _ours,
    "lychee, default": _lychee(),
    "lychee, at the same pace": _lychee(
        "--host-concurrency",
        str(SETTINGS.per_host),
        "--host-request-interval",
        f"{SETTINGS.spacing * 1000:.0f}ms",
        "--max-concurrency",
        str(SETTINGS.connections),
        "--timeout",
        f"{SETTINGS.deadline:.0f}",
        "--max-retries",
        str(SETTINGS.tries - 1),
    ),
}


def _timed(command: list[str]) -> tuple[float, float]:
    """Seconds and peak memory of a process; that it finds broken links is no failure."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _peak(process.pid))
        time.sleep(0.05)
    return time.perf_counter() - start, peak


def _peak(pid: int) -> float:
    """The high-water mark so far; that of wait4 begins with the process that started this one."""
    try:
        found = re.search(
            r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        )
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def _requests(port: int) -> int:
    with urllib.request.urlopen(f"http://{HOSTS[0]}:{port}/requests") as answer:
        return int(answer.read())


@contextmanager
def _world() -> Iterator[int]:
    """The world in a process of its own; its port."""
    process = subprocess.Popen(
        python("-m", "tests.bench.link_world"), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
