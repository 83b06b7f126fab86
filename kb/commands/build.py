"""`kb build`: the site."""

import argparse

from kb.commands.catalogue import named
from kb.site.mkdocs.build import build


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `build` to ``commands``."""
    commands.add_parser("build").set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    return build(named(arguments.root))
