"""Writes what a snippet printed and drew beside it."""

from pathlib import Path

from kb import atomic
from kb.snippets.run import Run


def record(run: Run, chinese: str | None = None, grid: str | None = None) -> list[Path]:
    """Write output and figure of ``run``, its figure in ``chinese`` and its ``grid`` if it has one,
    and return the files that changed.

    Raises ValueError if it did not finish, and OSError. A kill at any moment leaves each
    file old or new, never half.
    """
    if run.ended != "ran":
        raise ValueError(f"`{run.snippet.id}` did not finish: {run.problem}")
    wanted = {run.snippet.output: run.output}
    if run.snippet.draws:
        wanted[run.snippet.figure] = run.figure or ""
    if chinese is not None:
        wanted[run.snippet.chinese_figure] = chinese
    if grid is not None:
        wanted[run.snippet.grid] = grid
    return [path for path, text in wanted.items() if _written(path, text.encode())]


def _written(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    atomic.write(path, content, within=path.parents[2])
    return True
