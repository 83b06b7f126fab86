"""The text of the tiny language model: our own prose, frozen, as whole numbers."""

import gzip
from functools import cache
from pathlib import Path

import numpy as np

LETTERS = " abcdefghijklmnopqrstuvwxyz0123456789.,:;()'-%"
"""All characters that the model knows; a token is a position in here."""
_PLACES = {letter: place for place, letter in enumerate(LETTERS)}
CONTEXT = 32
"""How many characters the model sees."""
TEXT = Path(__file__).with_name("text.txt.gz")
_TRAINING = 0.9


@cache
def characters() -> tuple[np.ndarray, np.ndarray]:
    """The tokens to train with and those held out, nine to one; read-only.

    The text is the English prose of this project's entries as of November 2026, in lower case,
    under the project's licence; frozen, so that recorded numbers stay.
    """
    text = gzip.decompress(TEXT.read_bytes()).decode("ascii")
    tokens = encoded(text)
    tokens.flags.writeable = False
    first = int(_TRAINING * len(tokens))
    return tokens[:first], tokens[first:]


def windows(tokens: np.ndarray, count: int | None = None, start: int = 0) -> np.ndarray:
    """Windows (count, CONTEXT + 1) side by side, the first at ``start``; all that fit without a
    ``count``. Each holds the characters that are seen, and one more to predict.
    """
    fit = (len(tokens) - start) // (CONTEXT + 1)
    count = fit if count is None else min(count, fit)
    return tokens[start : start + count * (CONTEXT + 1)].reshape(count, CONTEXT + 1)


def encoded(text: str) -> np.ndarray:
    """The tokens of ``text`` in lower case, without the characters that the model does not know."""
    return np.array([_PLACES[one] for one in text.lower() if one in _PLACES], np.int64)


def decoded(tokens: np.ndarray) -> str:
    """The text of ``tokens``."""
    return "".join(LETTERS[one] for one in tokens)
