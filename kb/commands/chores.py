"""`kb chores`: what a maintainer has to do, as Markdown for an issue."""

import argparse
from pathlib import Path

from kb import atomic
from kb.catalog import assemble
from kb.commands import catalogue, console
from kb.commands.base import change_since
from kb.commands.exit import CLEAN
from kb.forge import chores
from kb.source.files import load


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `chores` to ``commands``."""
    parser = commands.add_parser("chores")
    sorts = parser.add_subparsers(required=True, metavar="{stale,moved,month}")
    stale = sorts.add_parser("stale", help="what nobody has looked at for long")
    stale.set_defaults(run=_stale)
    moved = sorts.add_parser("moved", help="links that moved for good, and where to")
    moved.add_argument("--write", action="store_true", help="write the new addresses, too")
    moved.set_defaults(run=_moved)
    month = sorts.add_parser("month", help="what is new since an earlier catalogue")
    month.add_argument(
        "base", metavar="BASE", help="a branch, a tag, a commit, or a folder with a catalogue"
    )
    month.set_defaults(run=_month)


def _stale(arguments: argparse.Namespace) -> int:
    catalog = assemble(*load(arguments.root))
    ledger = catalogue.seen(arguments.root)
    console.write(chores.of_stale(chores.stale(catalog, ledger, arguments.today)), "markdown")
    return CLEAN


def _moved(arguments: argparse.Namespace) -> int:
    root = arguments.root
    files, findings = load(root)
    ledger = catalogue.seen(root)
    found = chores.moved(assemble(files, findings), ledger)
    if arguments.write:
        for path, content in chores.followed(files, found).items():
            atomic.write(root / Path(*path.split("/")[1:]), content, within=root)
    console.write(chores.of_moved(found), "markdown")
    return CLEAN


def _month(arguments: argparse.Namespace) -> int:
    catalog = assemble(*load(arguments.root))
    change = change_since(arguments.root, arguments.base, catalog)
    console.write(chores.of_month(change), "markdown")
    return CLEAN
