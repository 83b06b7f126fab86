"""Times a command as a whole process: wall seconds and peak memory, the best of several runs."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """Wall time in seconds and peak resident memory in MB of one process."""

    seconds: float
    megabytes: float


def best(command: list[str], runs: int = 3, folder: Path | None = None, **environment: str) -> Run:
    """The fastest of ``runs``; raises RuntimeError with its output if one fails."""
    return min(
        (_once(command, folder, environment) for _ in range(runs)), key=lambda run: run.seconds
    )


_LAUNCHER = (
    "import os, sys, time\n"
    "start = time.perf_counter()\n"
    "process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, "
    "file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])\n"
    "_, status, usage = os.wait4(process, 0)\n"
    "print(time.perf_counter() - start, usage.ru_maxrss / 1024, "
    "os.waitstatus_to_exitcode(status))\n"
)
"""Starts a command and waits for it.

A process begins with the peak of the one that it comes from, so that must be a small one.
"""


def _once(command: list[str], folder: Path | None, environment: dict[str, str]) -> Run:
    words = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command]
    done = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes, code = done.stdout.split()
    if code != "0":
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
    return Run(float(seconds), float(megabytes))


def python(*words: str) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *words]
