"""Times a command as a whole process: wall seconds and peak memory, the best of several runs."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """Wall time in seconds and peak resident memory in MB of one process."""

    seconds: float
    megabytes: float


def best(command: list[str], runs: int = 3, folder: Path | None = None, **environment: str) -> Run:
    """The fastest of ``runs``; raises RuntimeError with its output if one fails."""
    return min((_once(command, folder, environment) for _ in range(runs)), key=lambda run: run.seconds)


def _once(command: list[str], folder: Path | None, environment: dict[str, str]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{' '.join(command)}\n{said.decode()}")
    return Run(seconds, usage.ru_maxrss / 1024)


def python(*words: str) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *words]
