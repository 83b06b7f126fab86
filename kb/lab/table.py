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


def paired(name: str, a: Sequence[float] | np.ndarray, b: Sequence[float] | np.ndarray) -> None:
    """Print by how much ``a`` exceeds ``b`` on the same seeds, two or more numbers each.

    ``name  +.026 ± .011, 8 of 8``: mean and sample deviation (n - 1) of the differences, and on how
    many seeds the difference has the sign of the mean; no difference has none. Raises ValueError
    for other shapes.
    """
    one, other = np.asarray(a, float), np.asarray(b, float)
    if one.shape != other.shape or one.ndim != 1 or one.size < 2:
        raise ValueError(f"`{name}` needs one number a seed on both sides, two seeds or more")
    gaps = one - other
    mean, spread = float(gaps.mean()), float(gaps.std(ddof=1))
    alike = int(np.sum(gaps * mean > 0))
    print(f"{name}  {_short(f'{mean:+.3f}')} ± {_short(f'{spread:.3f}')}, {alike} of {gaps.size}")


def _short(number: str) -> str:
    return number.replace("0.", ".", 1) if number.lstrip("+-").startswith("0.") else number


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
