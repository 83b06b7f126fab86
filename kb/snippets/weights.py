"""Reads the recorded weights of a network, which the home page draws."""

from collections.abc import Iterator

MOST = 4_096
"""The most weights that a file may hold."""


def opened(text: str) -> tuple[tuple[int, ...], ...]:
    """The rows of ``text``: a line for each unit, with its weights as whole numbers.

    A number has the sign of its weight; at a sparsity of so many percent, and not below, magnitude
    pruning sets that weight to zero. Raises ValueError with what is wrong: the file may come from a
    stranger.
    """
    rows = tuple(tuple(_numbers(line)) for line in text.splitlines())
    if len({len(row) for row in rows}) != 1 or not rows[0]:
        raise ValueError("its lines do not hold equally many numbers")
    if len(rows) * len(rows[0]) > MOST:
        raise ValueError(f"more than {MOST:,} numbers")
    return rows


def _numbers(line: str) -> Iterator[int]:
    for word in line.split():
        found = int(word)
        if not 1 <= abs(found) <= 100:
            raise ValueError(f"`{found}` is neither from 1 to 100 nor from -100 to -1")
        yield found
