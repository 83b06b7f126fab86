"""`kb schema`: the JSON Schema files with which editors complete and check entries."""

import argparse
from pathlib import Path

from kb import atomic
from kb.commands.exit import CLEAN
from kb.kinds import models, tables
from kb.schema.json_schema import files


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `schema` to ``commands``."""
    parser = commands.add_parser("schema")
    parser.add_argument("--folder", type=Path, default=Path("docs/schema"))
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, text in files(models(), tables()).items():
        atomic.write(arguments.folder / name, text.encode())
    return CLEAN
