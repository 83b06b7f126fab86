"""`kb export`: the catalogue in another format."""

import argparse

from kb.commands import console
from kb.commands.catalogue import opened
from kb.commands.exit import CLEAN
from kb.export import FORMATS


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `export` to ``commands``."""
    parser = commands.add_parser("export")
    parser.add_argument("format", choices=FORMATS)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    _, export = FORMATS[arguments.format]
    console.write(export(opened(arguments.root)), arguments.format)
    return CLEAN
