"""What git knows of an earlier revision."""

import subprocess
from pathlib import Path

from kb.ledger.file import read
from kb.ledger.record import Record


class UnknownRevision(Exception):
    """git does not know the revision, or the folder is in no repository; the message is git's."""


def commit(folder: Path, ref: str) -> str:
    """The commit that ``ref`` names in the repository around ``folder``. Raises UnknownRevision."""
    return (
        git(folder, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
        .decode()
        .strip()
    )


def ledger_at(path: Path, ref: str) -> dict[str, Record]:
    """The ledger at ``path`` as it was at ``ref``; empty if it was not there yet.

    Raises UnknownRevision.
    """
    found = commit(path.parent, ref)
    try:
        content = git(path.parent, "show", f"{found}:./{path.name}")
    except UnknownRevision:
        return {}
    return read(path.name, content)[0]


def git(folder: Path, *words: str) -> bytes:
    """What `git` prints when it is called in ``folder``.

    Raises UnknownRevision with its message if it fails.
    """
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    if done.returncode:
        raise UnknownRevision(done.stderr.decode(errors="replace").strip())
    return done.stdout
