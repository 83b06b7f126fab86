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
class Told:
    """What a snippet said of claim ``name``: on how many of how many seeds it is true, and whether
    that is enough.
    """

    name: str
    on: int
    of: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """What is recorded of knobs and experiments: the file as it is, the claims of the recorded run,
    and the value of each knob in it.
    """

    text: str
    claims: tuple[Told, ...]
    knobs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """What stands beside a technique; None for what is not there.

    Its snippet with recorded output, figure and grid, the figure in Chinese, the same with today's
    libraries, and the weights of its network: a row for each unit, each weight as the sparsity in
    percent from which it is set to zero, with its sign.
    """

    source: str | None = None
    output: str | None = None
    figure: Figure | None = None
    libraries: str | None = None
    libraries_output: str | None = None
    chinese: Figure | None = None
    grid: Grid | None = None
    weights: tuple[tuple[int, ...], ...] = ()


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
class Checker:
    """What a page loads to check an entry: the release of Pyodide, the file name of Pydantic's
    core, the size of it all in bytes, and the ``files`` that are made for it, by name. ``raw`` is
    the origin at which the forge shows files as they are, if it has one.
    """

    version: str
    core: str
    size: int
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All code by technique id, the runtime, and what checks new entries; without one the site only
    shows code, without the other it says how to add an entry elsewhere.
    """

    codes: Mapping[str, Code] = field(default_factory=dict)
    runtime: Runtime | None = None
    checker: Checker | None = None
