"""`kb fmt`: entries in their canonical form."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from kb import atomic, report
from kb.commands import console
from kb.commands.exit import CLEAN, FINDINGS, UsageError, plain
from kb.commands.paths import Chosen
from kb.findings import Finding, clean
from kb.source.files import RawFile, classify, load
from kb.source.format import Formatted, Unformattable, formatted, misformatted

_FORMATS = tuple(name for name in report.FORMATS if name != "sarif")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fmt` to ``commands``."""
    parser = commands.add_parser("fmt")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="these files only")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if something would change"
    )
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="text",
        help="how `--check` says what would change: lines, or findings at the first line of it",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.format != "text" and not arguments.check:
        raise UsageError(f"`--format {arguments.format}` goes with `--check`; add it")
    files, findings = load(arguments.root)
    chosen = Chosen(arguments.paths, arguments.root)
    skipped = _say_skipped(finding for finding in findings if finding.path in chosen)
    changed: list[tuple[RawFile, bytes]] = []
    for file in files:
        if clean(file.path) not in chosen:
            continue
        match formatted(file):
            case Unformattable(reason):
                skipped += _skip(file.path, reason)
            case Formatted(new) if new != file.content:
                changed.append((file, new))
    if arguments.check:
        _tell([file for file, _ in changed], arguments.format)
    else:
        _write(changed, arguments.root.parent)
    return FINDINGS if skipped or (changed and arguments.check) else CLEAN


def _say_skipped(findings: Iterable[Finding]) -> int:
    return sum(
        _skip(finding.path, finding.message) for finding in findings if not _no_entry(finding)
    )


def _no_entry(finding: Finding) -> bool:
    """Whether it is on a file that holds no entry: `kb fmt` has no business with it."""
    return finding.name == "unexpected-file" or classify(tuple(finding.path.split("/")[1:])) == ()


def _skip(path: str, why: str) -> int:
    print(plain(f"skipped {path}: {why}"), file=sys.stderr)
    return 1


def _write(changed: Iterable[tuple[RawFile, bytes]], home: Path) -> None:
    for file, new in changed:
        atomic.write(home / file.path, new, within=home)
        print(f"formatted {plain(file.path)}")


def _tell(changed: Iterable[RawFile], format: str) -> None:
    if format == "text":
        for file in changed:
            print(f"would format {plain(file.path)}")
    else:
        findings = [finding for file in changed if (finding := misformatted(file))]
        console.write(report.FORMATS[format](findings), format)
