"""`kb export`: the catalogue in another format."""

import argparse
import sys

from kb.catalog import Catalog
from kb.commands import console
from kb.commands.catalogue import opened, unread
from kb.commands.exit import CLEAN, FINDINGS, plain
from kb.export import FORMATS


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `export` to ``commands``."""
    parser = commands.add_parser("export")
    parser.add_argument("format", choices=FORMATS)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    _, export = FORMATS[arguments.format]
    graph = opened(arguments.root)
    made = export(graph)
    if isinstance(made, bytes):
        console.write_bytes(made)
    else:
        console.write(made, arguments.format)
    return _missing(graph.catalog)


def _missing(catalog: Catalog) -> int:
    """Name what is not in the export on the error stream; the exit code."""
    lacks = [f"`{entry.id}` ({entry.path})" for entry in catalog.broken.values()]
    named = {entry.path for entry in catalog.broken.values()}
    lacks += [one.path for one in unread(catalog) if one.path not in named]
    for one in lacks:
        print(plain(f"not exported: {one}; `kb check` shows why"), file=sys.stderr)
    return FINDINGS if lacks else CLEAN
