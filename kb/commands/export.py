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
    made = export(opened(arguments.root))
    if isinstance(made, bytes):
        console.write_bytes(made)
    else:
        console.write(made, arguments.format)
    return CLEAN
