"""Writes what a snippet printed and drew beside it."""

import os
import tempfile
from pathlib import Path

from kb.snippets.run import Run


def record(run: Run) -> list[Path]:
    """Write output and figure of ``run`` and return the files that changed. Raises ValueError if it did not run to its end.

    A kill at any moment leaves each file old or new, never half.
    """
    if run.ended != "ran":
        raise ValueError(f"`{run.snippet.id}` did not run to its end: {run.problem}")
    wanted = {run.snippet.output: run.output}
    if run.snippet.draws:
        wanted[run.snippet.figure] = run.figure or ""
    return [path for path, text in wanted.items() if _written(path, text.encode())]


def _written(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    descriptor, new = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
        os.chmod(new, 0o644)
        os.replace(new, path)
    except BaseException:
        os.unlink(new)
        raise
    return True
