"""Findings: something wrong with content, where it is, what it is called and how to cure it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem at one place.

    ``path`` is relative to the catalogue's parent, with forward slashes; ``line`` and ``column`` count from 1.
    """

    path: str
    line: int
    column: int
    code: str
    name: str = field(compare=False)
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its code, its name and the page that explains it (a docstring of four parts)."""

    code: str
    name: str
    page: str

    def at(self, path: str, place: tuple[int, int], message: str, hint: str = "") -> Finding:
        """A finding of this kind at ``place`` = (line, column)."""
        return Finding(path, place[0], place[1], self.code, self.name, message, hint)
