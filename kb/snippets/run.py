"""Runs snippets, each in a process of its own with limits on time, memory and output; a bad one is
ended, the others go on.

POSIX only: it needs process groups and resource limits.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Literal

from kb.code import Told
from kb.snippets import child
from kb.snippets.find import SnippetFile

Ended = Literal["ran", "failed", "too long", "too much output", "crashed", "stopped"]
PACKAGES = Path(__file__).parents[2]
_REPORTS = 4_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a snippet may use: ``seconds`` of time from start to end, ``memory`` in bytes of address
    space, ``output`` in bytes.
    """

    seconds: float = 60.0
    memory: int = 2 << 30
    output: int = 100_000


@dataclass(frozen=True, slots=True)
class Way:
    """How a snippet is run: on how many ``seeds``, with every draw moved by ``reseed``, and with
    ``source`` in place of the code in its file, which is experiment ``name``.

    As it stands, it is the way in which snippets are recorded.
    """

    seeds: int = 8
    reseed: int = 0
    source: str | None = None
    name: str = ""


RECORDED = Way()


@dataclass(frozen=True, slots=True)
class Run:
    """How one snippet ended: ``seconds`` without the start of Python, all that it printed, its
    figure, its claims; if it did not run through, why and at which line.
    """

    snippet: SnippetFile
    ended: Ended
    seconds: float
    output: str
    figure: str | None = None
    problem: str = ""
    line: int | None = None
    claims: tuple[Told, ...] = ()
    warnings: str = ""
    """What it wrote to the stream for errors, though it ran."""
    way: Way = RECORDED

    @property
    def fallen(self) -> tuple[Told, ...]:
        """Its claims that do not hold."""
        return tuple(told for told in self.claims if not told.holds)


def run_all(
    wanted: Sequence[tuple[SnippetFile, Way]],
    limits: Limits,
    jobs: int = 1,
    done: Callable[[Run], None] = lambda run: None,
) -> list[Run]:
    """Run each snippet in its way, ``jobs`` at a time; ``done`` gets each as it ends.

    The result is in the order of ``wanted``.

    An exception here, such as an interrupt from the keyboard, ends all that is still running.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        futures = [pool.submit(run, snippet, limits, stop, way) for snippet, way in wanted]
        try:
            for future in as_completed(futures):
                done(future.result())
        except BaseException:
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise
    return [future.result() for future in futures]


def run(
    snippet: SnippetFile, limits: Limits, stop: threading.Event | None = None, way: Way = RECORDED
) -> Run:
    """Run one snippet to its end or to its limits. Nothing that it does raises here."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        path = snippet.path
        if way.source is not None:
            path = place / path.name
            path.write_text(way.source, encoding="utf-8")
        found = _watched(replace(snippet, path=path), limits, place, stop or threading.Event(), way)
        return replace(found, snippet=snippet)


def _watched(
    snippet: SnippetFile, limits: Limits, folder: Path, stop: threading.Event, way: Way
) -> Run:
    reader, writer = os.pipe()
    started = time.monotonic()
    try:
        process = _start(snippet, limits, str(folder), writer, way)
    finally:
        os.close(writer)
    with process, os.fdopen(reader, "rb", buffering=0) as reports:
        try:
            said, cut = _read(
                {"output": process.stdout, "errors": process.stderr, "reports": reports},
                {"output": limits.output, "errors": limits.output, "reports": _REPORTS},
                started + limits.seconds,
                stop,
            )
            cut = cut or _left(process)
        finally:
            _kill(process)
    found = _judged(snippet, said, cut, process.returncode, limits, time.monotonic() - started)
    return replace(found, way=way)


def _start(
    snippet: SnippetFile, limits: Limits, folder: str, writer: int, way: Way
) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-I",
        "-B",
        "-X",
        "utf8",
        child.__file__,
        str(PACKAGES),
        str(snippet.path.resolve()),
        str(writer),
        str(limits.memory),
        str(way.seeds),
        str(way.reseed),
    ]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        cwd=folder,
        env=_environment(folder),
        pass_fds=(writer,),
        start_new_session=True,
    )


def _environment(folder: str) -> dict[str, str]:
    """Nothing of ours: no keys, no proxies; one thread, so that sums come out in the same order
    everywhere.
    """
    return {
        "PATH": os.defpath,
        "HOME": folder,
        "TMPDIR": folder,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def _read(
    streams: dict[str, IO[bytes] | None],
    limits: dict[str, int],
    deadline: float,
    stop: threading.Event,
) -> tuple[dict[str, bytes], Ended | None]:
    """Everything that the streams say until all are closed, or why reading was cut off."""
    said = dict.fromkeys(streams, b"")
    with selectors.DefaultSelector() as selector:
        for name, stream in streams.items():
            if stream is None:
                raise TypeError(f"{name} is not a pipe")
            selector.register(stream, selectors.EVENT_READ, name)
        while selector.get_map():
            if stop.is_set():
                return said, "stopped"
            if time.monotonic() > deadline:
                return said, "too long"
            for key, _ in selector.select(0.1):
                block = os.read(key.fd, 65536)
                if not block:
                    selector.unregister(key.fileobj)
                said[key.data] += block
                if len(said[key.data]) > limits[key.data]:
                    return said, "too much output"
    return said, None


def _left(process: subprocess.Popen[bytes]) -> Ended | None:
    """Give a process that closed all its streams a second to leave."""
    try:
        process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return "too long"
    return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _judged(
    snippet: SnippetFile,
    said: dict[str, bytes],
    cut: Ended | None,
    code: int,
    limits: Limits,
    seconds: float,
) -> Run:
    reports = _merged(said["reports"])
    seconds = seconds if reports.seconds is None else reports.seconds
    output = said["output"][: limits.output].decode(errors="replace")
    errors = said["errors"][: limits.output].decode(errors="replace").strip()
    figure = reports.figures[0] if reports.figures else None

    def ended(how: Ended, problem: str, line: int | None = None) -> Run:
        return Run(snippet, how, seconds, output, figure, problem, line, tuple(reports.claims))

    if cut == "too long":
        return ended(cut, f"stopped after {limits.seconds:g} s")
    if cut == "too much output":
        return ended(cut, f"stopped after {limits.output:,} bytes of output")
    if cut:
        return ended(cut, "stopped from outside")
    if reports.problem is not None:
        return ended("failed", reports.problem, reports.line)
    if code:
        return ended("crashed", _exit(code) + (f"\n{errors}" if errors else ""))
    if snippet.draws and len(reports.figures) != 1:
        return ended("failed", f"showed {len(reports.figures)} figures, expected 1")
    if reports.hasty:
        return ended("failed", f"claimed `{reports.hasty}` before its figure; `show` comes first")
    return replace(ended("ran", ""), warnings=errors)


@dataclass
class _Reports:
    """What the process itself said of how it ended."""

    seconds: float | None = None
    problem: str | None = None
    line: int | None = None
    figures: list[str] = field(default_factory=list)
    claims: list[Told] = field(default_factory=list)
    hasty: str = ""
    """The first claim that was made before there was a figure."""


def _merged(reports: bytes) -> _Reports:
    """All reports in one; a line that is not a report is left out, and so is a strange value."""
    merged = _Reports()
    for line in reports.splitlines():
        try:
            word = json.loads(line)
        except (ValueError, RecursionError):
            continue
        match word:
            case {"figure": str(figure)}:
                merged.figures.append(figure)
            case {"claim": str(name), "on": int(on), "of": int(of), "holds": bool(holds)}:
                merged.claims.append(Told(name, on, of, holds))
                merged.hasty = merged.hasty or ("" if merged.figures else name)
            case {"seconds": int() | float() as seconds}:
                merged.seconds = seconds
            case {"problem": str(problem), "line": int() | None as number}:
                merged.problem, merged.line = problem, number
    return merged


def _exit(code: int) -> str:
    if code < 0:
        return f"killed by signal {signal.Signals(-code).name}"
    return f"exited with code {code}"
