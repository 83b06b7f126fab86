"""The product of matrices, which takes most of the time of training."""

import sys

import numpy as np

_IN_A_PAGE = sys.platform == "emscripten"


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """``a @ b`` (..., columns) of a (..., inner) and b (inner, columns).

    NumPy in a page has no BLAS, and its `@` reads one of the two across its rows. A sum over rows
    that lie side by side takes about half as long there.
    """
    return _by_rows(a, b) if _IN_A_PAGE else a @ b


def _by_rows(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """`product` for pages: the inner axis is the last of both."""
    rows, columns = np.ascontiguousarray(a), np.ascontiguousarray(b.T)
    return np.asarray(np.einsum("...i,ji->...j", rows, columns))
