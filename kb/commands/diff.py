"""`kb diff`: what differs from an earlier catalogue, and what is wrong with that."""

import argparse

from kb.commands import console
from kb.commands.base import change_since
from kb.commands.catalogue import opened, unread
from kb.commands.exit import CLEAN, FINDINGS
from kb.report.change import FORMATS
from kb.rules import on_change


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `diff` to ``commands``."""
    parser = commands.add_parser("diff")
    parser.add_argument(
        "base", metavar="BASE", help="a branch, a tag, a commit, or a folder with a catalogue"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how the change is written"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    graph = opened(arguments.root)
    change = change_since(arguments.root, arguments.base, graph.catalog)
    findings = [*unread(graph.catalog), *on_change(graph, arguments.today, change)]
    console.write(FORMATS[arguments.format](change, findings), arguments.format)
    return FINDINGS if findings else CLEAN
