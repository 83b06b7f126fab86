"""`kb check`: everything that is wrong in the catalogue."""

import argparse
from pathlib import Path

from kb import report
from kb.commands import console
from kb.commands.catalogue import uncollected
from kb.commands.everything import everything
from kb.commands.exit import CLEAN, FINDINGS, UsageError
from kb.commands.paths import Chosen
from kb.commands.written import written
from kb.findings import Finding
from kb.source.files import load


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `check` to ``commands``."""
    parser = commands.add_parser("check")
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="report on these files or folders only"
    )
    parser.add_argument(
        "--format", choices=report.FORMATS, default="text", help="how findings are written"
    )
    parser.add_argument(
        "--base",
        metavar="REF",
        help="report on the change since this branch left REF, too, and clashes at what is new "
        "since then (default: at what is not committed)",
    )
    parser.add_argument(
        "--fmt",
        action="store_true",
        help="report every file that `kb fmt` would change (default: new files, and those that do "
        "not look canonical)",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    with uncollected():
        findings = _found(arguments)
        console.write(written(findings, arguments.format), arguments.format)
    return FINDINGS if findings else CLEAN


def _found(arguments: argparse.Namespace) -> list[Finding]:
    chosen = Chosen(arguments.paths, arguments.root)
    files, strange = load(arguments.root)
    if not files and not strange:
        raise UsageError(f"`{arguments.root}` holds no entries; give `--root` a catalogue")
    how = (arguments.base, arguments.fmt)
    found = everything(arguments.root, arguments.today, files, strange, *how)
    return [finding for finding in found if finding.path in chosen]
