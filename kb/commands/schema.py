"""`kb schema`: the JSON Schema files with which editors complete and check entries."""

import argparse
from pathlib import Path

from kb import atomic
from kb.catalog import assemble
from kb.commands.exit import CLEAN, UsageError
from kb.commands.paths import of_project
from kb.graph import RELATIONS
from kb.kinds import models, tables
from kb.schema.json_schema import files
from kb.source.files import load

DEFAULT = Path("docs/schema")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `schema` to ``commands``."""
    parser = commands.add_parser("schema")
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="FOLDER",
        help=f"where they go (default: {DEFAULT} of the project; another one is made)",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.folder or _of_project(arguments.root)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files(models(), tables(), _ids(arguments.root)).items():
        atomic.write(folder / name, text.encode())
    return CLEAN


def _of_project(root: Path) -> Path:
    """Raises UsageError where the project is not, so that nothing is written to a stranger's."""
    if not DEFAULT.is_dir():
        raise UsageError(
            f"there is no `{DEFAULT}` in `{Path.cwd()}`; run this in the folder of the project, or "
            "give `--folder`"
        )
    return of_project(DEFAULT, root)


def _ids(root: Path) -> dict[str, list[str]]:
    """The ids to which each relation may lead, of the entries that there are."""
    if not root.is_dir():
        return {}
    catalog = assemble(*load(root))
    return {
        relation.name: [entry.id for kind in relation.kinds for entry in catalog.of_kind(kind)]
        for relation in RELATIONS.values()
    }
