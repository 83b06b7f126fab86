"""Seeds: how many draws a run makes, and how all of them are moved to fresh ones."""

import numpy as np

RECORDED = 8
"""How many seeds a recorded run has."""

count = RECORDED
"""How many seeds this run has; set by the page and by tests, which have less time."""

_APART = 1_000
_make = np.random.default_rng
_moved = 0


def seeds() -> range:
    """The seeds of this run, one for each draw: 8 when recorded, 3 in the page.

    They are moved by `--reseed`, so never ask whether a seed is 0: `seeds()[0]` is the first.
    """
    return range(_APART * _moved, _APART * _moved + count)


def reseed(by: int) -> None:
    """Move every draw of this process: `seeds()`, and each generator made from a fixed seed.

    0 moves nothing back to where it was recorded.
    """
    global _moved  # noqa: PLW0603  the one state: a process has one draw of everything
    _moved = by
    np.random.default_rng = _elsewhere if by else _make


def _elsewhere(seed: object = None) -> np.random.Generator:
    """`numpy.random.default_rng`, with seeds that are numbers moved."""
    match seed:
        case int() | np.integer():
            return _make([int(seed), _moved])
        case list() | tuple() | range() | np.ndarray():
            return _make([*(int(one) for one in seed), _moved])
        case _:
            return _make(seed)  # type: ignore[arg-type]  # NumPy itself says what is wrong
