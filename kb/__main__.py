"""Runs the command as a process: `kb`, or `python -m kb`."""

import gc
import sys

from kb.commands import console
from kb.commands.main import guarded, main


def run() -> int:
    """What the process exits with."""
    # Entries live as long as the process; looking for garbage cost 25% of `kb check`.
    gc.set_threshold(50_000, 20, 50)
    console.prepare()
    return guarded(main)


if __name__ == "__main__":
    sys.exit(run())
