"""`kb release`: writes a release of the data into a folder."""

import argparse
from pathlib import Path

from kb import atomic
from kb.commands.base import change_since
from kb.commands.catalogue import checked
from kb.commands.exit import CLEAN, UsageError
from kb.forge.release import NOTES, PREFIX, latest, release, version
from kb.links.revision import UnknownRevision, git


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `release` to ``commands``."""
    parser = commands.add_parser("release")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="an empty or new folder")
    parser.add_argument(
        "--since",
        metavar="BASE",
        help="the release before: a tag, a commit or a folder (default: the newest tag data-…)",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    root, folder = arguments.root, arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"`{folder}` is not empty; give a new folder")
    graph = checked(root, arguments.today)
    tags = _tags(root)
    base = latest(tags) if arguments.since is None else arguments.since
    change = change_since(root, base, graph.catalog) if base else None
    name = version(arguments.today, tags)
    made = release(graph, name, arguments.today, change)
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in made.items():
        atomic.write(folder / path, content, within=folder)
    print(f"wrote release {name} to {folder}, with what is new since {base or 'the beginning'}")
    print(f"next: read {folder / NOTES}, then tag the commit `{PREFIX}{name}`")
    return CLEAN


def _tags(root: Path) -> list[str]:
    """The tags of the repository; none outside of one."""
    try:
        return git(root, "tag", "--list", f"{PREFIX}*", "--merged", "HEAD").decode().split()
    except (UnknownRevision, FileNotFoundError):
        return []
