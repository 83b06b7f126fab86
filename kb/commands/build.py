"""`kb build`: the site."""

import argparse
import subprocess
import sys


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `build` to ``commands``."""
    commands.add_parser("build").set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    return subprocess.call([sys.executable, "-m", "mkdocs", "build", "--strict"])
