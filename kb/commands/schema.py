"""`kb schema`: the JSON Schema files with which editors complete and check entries."""

import argparse
from pathlib import Path

from kb import atomic
from kb.catalog import assemble
from kb.commands.exit import CLEAN
from kb.graph import RELATIONS
from kb.kinds import models, tables
from kb.schema.json_schema import files
from kb.source.files import load


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `schema` to ``commands``."""
    parser = commands.add_parser("schema")
    parser.add_argument("--folder", type=Path, default=Path("docs/schema"))
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, text in files(models(), tables(), _ids(arguments.root)).items():
        atomic.write(arguments.folder / name, text.encode())
    return CLEAN


def _ids(root: Path) -> dict[str, list[str]]:
    """The ids to which each relation may lead, of the entries that there are."""
    if not root.is_dir():
        return {}
    catalog = assemble(*load(root))
    return {
        relation.name: [entry.id for kind in relation.kinds for entry in catalog.of_kind(kind)]
        for relation in RELATIONS.values()
    }
