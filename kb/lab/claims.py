"""Claims: what a snippet says of its own numbers, told to whoever asked."""

from collections.abc import Callable, Sequence

import numpy as np

sink: Callable[[str, int, int], object] | None = None
"""Called with a claim's name, the seeds on which it holds, and all seeds.

Set by the page and by the runner, None in a plain run.
"""


class DoesNotHold(AssertionError):
    """A claim that these numbers do not bear out."""


def claim(name: str, condition: bool | np.bool_ | Sequence[bool] | np.ndarray) -> None:
    """Say whether claim ``name`` holds; its sentence stands in the entry, `snippet: claims`.

    ``condition`` is one yes or no, or one for each seed (seeds,), as in
    ``claim("recovers", retrained > cut)``; see `holds`. A plain run ends with DoesNotHold at the
    first claim that fails, so show the figure first. Raises ValueError for anything but yes or no.
    """
    answers = np.atleast_1d(np.asarray(condition))
    if answers.dtype != bool or answers.ndim != 1 or not answers.size:
        raise ValueError(
            f"claim `{name}` got {answers.dtype} of shape {answers.shape}; "
            "give it one yes or no, or one for each seed"
        )
    on, of = int(answers.sum()), answers.size
    if sink is not None:
        sink(name, on, of)
    elif not holds(on, of):
        raise DoesNotHold(f"claim `{name}` does not hold" + (f": {on} of {of}" if of > 1 else ""))


def holds(on: int, of: int) -> bool:
    """Whether a claim stands that is true on ``on`` of ``of`` seeds: one of eight may miss."""
    return of - on <= of // 8
