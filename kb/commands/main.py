"""The table of commands, and the one way in: finds the command, loads its module, runs it."""

import argparse
import contextlib
import datetime
import difflib
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from kb.commands.exit import CLEAN, INTERRUPTED, UNDONE, UsageError, plain, refusal


class Command(NamedTuple):
    """What a command is for, and the `module:function` that adds its parser.

    The function gets the subparsers to add to, and sets ``run``: (arguments) -> exit code.
    """

    help: str
    add: str


COMMANDS = {
    "check": Command("find everything that is wrong in the catalogue", "kb.commands.check:add"),
    "fix": Command("make the edits that are safe", "kb.commands.fix:add"),
    "diff": Command("show what differs from an earlier catalogue", "kb.commands.diff:add"),
    "fmt": Command("write entries in their canonical form", "kb.commands.fmt:add"),
    "add": Command("write an entry from what others say of a work", "kb.commands.add:add"),
    "rename": Command("give an entry another id, everywhere", "kb.commands.rename:add"),
    "issue": Command("write the entry that an issue form asks for", "kb.commands.issue:add"),
    "graph": Command("ask the graph of the catalogue", "kb.commands.graph:add"),
    "export": Command("print the catalogue in another format", "kb.commands.export:add"),
    "chores": Command("list what a maintainer has to do", "kb.commands.chores:add"),
    "release": Command("write a release of the data into a folder", "kb.commands.release:add"),
    "render": Command("write all pages as plain Markdown", "kb.commands.render:add"),
    "schema": Command("write the JSON Schema files for editors", "kb.commands.schema:add"),
    "rules": Command("list the rules, or explain one", "kb.commands.rules:add"),
    "links": Command("check links and remember what was seen", "kb.commands.links:add"),
    "snippets": Command("run the code of techniques", "kb.commands.snippets:add"),
    "runtime": Command("fetch Python for the browser, once", "kb.commands.runtime:add"),
    "build": Command("build the site into site/", "kb.commands.build:add"),
    "serve": Command("show the site, each page made when it is asked for", "kb.commands.serve:add"),
}


def main(argv: Sequence[str] | None = None, today: datetime.date | None = None) -> int:
    """Run one command on the day ``today``, by default that of the clock, and return its exit code.

    Raises SystemExit for `--help` and for arguments that argparse refuses.
    """
    try:
        return _run(sys.argv[1:] if argv is None else argv, today or datetime.date.today())
    except UsageError as error:
        return _undone(plain(str(error)))
    except OSError as error:
        return _undone(refusal(error))
    except KeyboardInterrupt:
        print("\nkb: interrupted" if sys.stderr.isatty() else "kb: interrupted", file=sys.stderr)
        return INTERRUPTED


def guarded(run: Callable[[], int]) -> int:
    """The exit code of ``run``, after everything it printed was written. Raises nothing."""
    try:
        code = run()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else CLEAN
    try:
        sys.stdout.flush()
    except OSError as error:
        return _undone(refusal(error))
    return code


def _undone(why: str) -> int:
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    print(f"kb: {why}", file=sys.stderr)
    return UNDONE


def _run(words: Sequence[str], today: datetime.date) -> int:
    parser = _parser()
    front = parser.parse_args(words)
    if front.version:
        print(f"kb {_version()}")
        return CLEAN
    if front.command is None:
        parser.print_help()
        return CLEAN
    if front.command not in COMMANDS:
        _unknown(front.command)
    root = front.root if front.root.name else front.root.resolve()
    arguments = argparse.Namespace(root=root, today=today)
    _command(front.command).parse_args([front.command, *front.rest], arguments)
    code: int = arguments.run(arguments)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kb",
        usage="kb [-h] [--version] [--root ROOT] COMMAND ...",
        description="A knowledge base about making neural networks small and fast.",
        epilog="commands:\n"
        + "".join(f"  {name:10}{one.help}\n" for name, one in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument(
        "--root",
        type=Path,
        default=Path("catalog"),
        help="the catalogue's folder (default: catalog)",
    )
    parser.add_argument("command", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _command(name: str) -> argparse.ArgumentParser:
    """The parser of command ``name``; its module, and no other command's, is imported here."""
    module, _, function = COMMANDS[name].add.partition(":")
    parser = argparse.ArgumentParser(prog="kb")
    commands = parser.add_subparsers()
    getattr(importlib.import_module(module), function)(commands)
    commands.choices[name].description = COMMANDS[name].help
    return parser


def _unknown(name: str) -> NoReturn:
    near = difflib.get_close_matches(name, COMMANDS, 1)
    cure = f"did you mean `{near[0]}`?" if near else "`kb --help` lists the commands"
    raise UsageError(f"`{name}` is not a command; {cure}")


def _version() -> str:
    from importlib.metadata import version

    return version("kb")
