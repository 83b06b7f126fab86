"""Tables for the terminal: one row a variant, numbers over seeds as mean and spread."""

from collections.abc import Iterable, Sequence

import numpy as np

Cell = str | float | Sequence[float] | np.ndarray


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Print ``rows`` under ``head``. The first column is flush left, the others flush right.

    A cell is a text, a number, or a number for each seed; those are shown as mean and standard
    deviation, as in ``0.962 ± 0.004``.
    """
    lines = [list(head), *([shown(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        first, *rest = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join((first, *rest)).rstrip())


def shown(cell: Cell) -> str:
    """A cell as text: 3 decimals below 10, one below 1,000, none above; integers as they are."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | np.integer):
        return f"{cell:,}"
    numbers = np.asarray(cell, float)
    mean, spread = float(numbers.mean()), float(numbers.std())
    return _rounded(mean, mean) + (f" ± {_rounded(spread, mean)}" if numbers.size > 1 else "")


def _rounded(value: float, like: float) -> str:
    size = abs(like)
    return f"{value:,.{3 if size < 10 else 1 if size < 1000 else 0}f}"
