"""`kb fmt`: entries in their canonical form."""

import argparse
from pathlib import Path

from kb import atomic
from kb.commands.exit import CLEAN, FINDINGS
from kb.commands.paths import Chosen
from kb.source.files import load
from kb.source.format import formatted


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fmt` to ``commands``."""
    parser = commands.add_parser("fmt")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="these files only")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if something would change"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    files, _ = load(arguments.root)
    chosen = Chosen(arguments.paths, arguments.root)
    home = arguments.root.parent
    changed = 0
    for file in files:
        if file.path not in chosen:
            continue
        new = formatted(file)
        if new is None or new == file.content:
            continue
        changed += 1
        print(f"would format {file.path}" if arguments.check else f"formatted {file.path}")
        if not arguments.check:
            atomic.write(home / file.path, new, within=home)
    return FINDINGS if changed and arguments.check else CLEAN
