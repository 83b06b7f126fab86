"""Where a snippet's one figure goes: to whoever asked for it."""

import sys
from collections.abc import Callable

sink: Callable[[str], object] | None = None
"""Called with the SVG; set by the page and by the recorder, None in a plain run."""


def show(svg: str) -> None:
    """Hand over the figure: to `sink` if it is set, to the notebook if there is one."""
    if sink is not None:
        sink(svg)
    elif "IPython" in sys.modules:
        _display(svg)


def _display(svg: str) -> None:
    from IPython import get_ipython  # pyright: ignore[reportMissingImports]
    from IPython.display import SVG, display  # pyright: ignore[reportMissingImports]

    if get_ipython() is not None:
        display(SVG(svg))
