"""Reads what stands beside techniques: code, recorded outputs, figures.

A file that is not plain text, or not only a drawing, is left out and reported.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kb.code import Code, Figure, Grid
from kb.snippets import grid, weights
from kb.snippets.find import CHINESE_FIGURE, FIGURE, GRID, LIBRARIES, RECORDED, SNIPPET, WEIGHTS
from kb.snippets.picture import UnsafeSvg, figure
from kb.source.files import content

SIZE = 200_000


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file beside a technique that cannot be shown, and why.

    ``denied``: the operating system refuses to read it, whatever it holds.
    """

    path: Path
    why: str
    denied: bool = False

    def __str__(self) -> str:
        return f"{self.path} is left out: {self.why}"


def read(root: Path, ids: Iterable[str]) -> tuple[dict[str, Code], list[LeftOut]]:
    """The code of those techniques of ``ids`` that have any, and each file that had to be left
    out.
    """
    problems: list[LeftOut] = []
    codes = {id: _code(root / "techniques" / id, problems) for id in sorted(ids)}
    return {id: code for id, code in codes.items() if code != Code()}, problems


def sources(root: Path, ids: Iterable[str]) -> dict[str, str]:
    """The snippets of those techniques of ``ids`` that have one which can be read."""
    found = {id: _text(root / "techniques" / id / SNIPPET, []) for id in sorted(ids)}
    return {id: text for id, text in found.items() if text is not None}


def _code(folder: Path, problems: list[LeftOut]) -> Code:
    source, libraries = _text(folder / SNIPPET, problems), _text(folder / LIBRARIES, problems)
    drawn = _figure(folder / FIGURE, problems) if source else None
    return Code(
        source,
        _text(folder / RECORDED[SNIPPET], problems) if source else None,
        drawn,
        libraries,
        _text(folder / RECORDED[LIBRARIES], problems) if libraries else None,
        _figure(folder / CHINESE_FIGURE, problems) if source else None,
        _grid(folder / GRID, source, drawn, problems) if source and drawn else None,
        _weights(folder / WEIGHTS, problems) if source else (),
    )


def _weights(path: Path, problems: list[LeftOut]) -> tuple[tuple[int, ...], ...]:
    text = _text(path, problems)
    if text is None:
        return ()
    try:
        return weights.opened(text)
    except ValueError as error:
        problems.append(LeftOut(path, str(error)))
        return ()


def _grid(path: Path, source: str, drawn: Figure, problems: list[LeftOut]) -> Grid | None:
    text = _text(path, problems)
    if text is None:
        return None
    try:
        return grid.opened(text, source, drawn.svg)
    except ValueError as error:
        problems.append(LeftOut(path, str(error)))
        return None


def _text(path: Path, problems: list[LeftOut]) -> str | None:
    try:
        if not path.is_file() or path.is_symlink():
            return None
    except OSError as error:
        found: bytes | str = (error.strerror or type(error).__name__).lower()
    else:
        found = content(path)
    if isinstance(found, str):
        problems.append(LeftOut(path, f"cannot be read: {found}", denied=True))
        return None
    try:
        return _small(found).decode()
    except ValueError as error:
        problems.append(LeftOut(path, str(error)))
        return None


def _small(content: bytes) -> bytes:
    """``content``. Raises ValueError if it is larger than any text needs to be."""
    if len(content) > SIZE:
        raise ValueError(f"more than {SIZE:,} bytes")
    return content


def _figure(path: Path, problems: list[LeftOut]) -> Figure | None:
    svg = _text(path, problems)
    if svg is None:
        return None
    try:
        return figure(svg)
    except UnsafeSvg as error:
        problems.append(LeftOut(path, f"it is more than a drawing: {error}"))
        return None
