"""`kb runtime`: Python for the browser, fetched once, every file of it checked."""

import argparse
import sys
from pathlib import Path

from kb.commands.exit import CLEAN, FINDINGS
from kb.commands.paths import of_project
from kb.runtime.clients import Unavailable
from kb.runtime.compile import compile_ahead, compile_packages
from kb.runtime.fetch import fetch
from kb.runtime.manifest import CHECKER, CHECKER_CARRIERS
from kb.site import shelf

CACHE = Path(".cache/runtime")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `runtime` to ``commands``."""
    parser = commands.add_parser("runtime")
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="CACHE",
        help=f"where it is kept (default: {CACHE} of the project)",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    kept: Path = arguments.folder or of_project(CACHE, arguments.root)
    try:
        folder = fetch(kept, print)
    except Unavailable as error:
        print(f"no runtime: {error}; the site is built without Run buttons", file=sys.stderr)
        return FINDINGS
    try:
        compile_ahead(folder, print)
    except Unavailable as error:
        print(f"{error}; Python will take twice as long to start in pages", file=sys.stderr)
    try:
        compile_packages(folder, shelf.packages(), print)
    except Unavailable as error:
        print(f"{error}; pages will compile our own modules at each start", file=sys.stderr)
    try:
        fetch(kept, print, carriers=CHECKER_CARRIERS, parts=CHECKER)
    except Unavailable as error:
        print(f"{error}; the page for new entries cannot check them", file=sys.stderr)
    print(f"the runtime is complete: {folder}")
    return CLEAN
