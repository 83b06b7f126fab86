"""The code of techniques as pages show it: plain values, made by whoever reads the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """A recorded figure: SVG, and its title and description for those who do not see it."""

    svg: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Code:
    """What stands beside a technique; None for what is not there.

    Its snippet with recorded output and figure, and the same with today's libraries.
    """

    source: str | None = None
    output: str | None = None
    figure: Figure | None = None
    libraries: str | None = None
    libraries_output: str | None = None


@dataclass(frozen=True, slots=True)
class Runtime:
    """The Python that pages can load: releases of Pyodide, Python and NumPy.

    ``size`` is what a first run downloads, in bytes.
    """

    version: str
    python: str
    numpy: str
    size: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """All code by technique id, and the runtime; without one the site only shows code."""

    codes: Mapping[str, Code] = field(default_factory=dict)
    runtime: Runtime | None = None
