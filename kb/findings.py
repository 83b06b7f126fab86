"""Findings: something wrong with content, where it is, what it is called and how to cure it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

LIMIT = 400
"""How many characters a path, a message or a hint may have."""
_END = 120
"""How many of them are kept from the end of a longer text."""


def clean(text: str, limit: int = LIMIT) -> str:
    """``text`` as one line that any terminal, log or parser may get.

    Whatever is not printable (control characters, line breaks, marks that turn the direction of
    writing, lone surrogates) becomes its visible escape, such as ``\\x1b``; a longer text than
    ``limit`` characters loses its middle. ``##[`` starts a command in the logs of GitHub Actions.
    """
    if len(text) <= limit and text.isprintable() and "##[" not in text:
        return text
    text = _cut(text, limit).replace("##[", "##\\x5b")
    if not text.isprintable():
        text = "".join(map(_visible, text))
    return _cut(text, limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - _END - 3]} … {text[-_END:]}"


def _visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()


@dataclass(frozen=True, slots=True, order=True)
class FindingKind:
    """A kind of finding: its code, its name, and the texts of its page, all of them plain text.

    ``what`` and ``why`` may have several paragraphs; ``example`` is YAML, or the part of a file
    that shows the fault.
    """

    code: str
    name: str
    what: str = field(repr=False, compare=False)
    why: str = field(repr=False, compare=False)
    example: str = field(repr=False, compare=False)
    instead: str = field(repr=False, compare=False)

    @property
    def page(self) -> str:
        """Everything there is to say about it, for a terminal."""
        example = "\n".join(f"    {line}".rstrip() for line in self.example.split("\n"))
        return (
            f"{self.what}\n\nWhy it matters: {self.why}\n\nExample:\n\n{example}"
            f"\n\nInstead: {self.instead}"
        )

    def at(
        self,
        path: str,
        place: tuple[int, int],
        message: str,
        hint: str = "",
        edits: "tuple[Edit, ...]" = (),
        rename: str = "",
    ) -> "Finding":
        """A finding of this kind at ``place`` = (line, column)."""
        return Finding(path, place[0], place[1], self, message, hint, edits, rename)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What stands from ``start`` up to ``end`` becomes ``text``.

    Both are (line, column) from 1, in characters; the end is the first that stays.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem at one place.

    ``path`` is relative to the catalogue's parent, with forward slashes; ``line`` and ``column``
    count from 1. All texts are cleaned and cut here, whoever made them.

    Where there is one safe answer it stands in ``edits``, which belong together, or in ``rename``:
    the path that the file should have.
    """

    path: str
    line: int
    column: int
    kind: FindingKind
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()
    rename: str = ""

    def __post_init__(self) -> None:
        for name in ("path", "message", "hint"):
            if (cleaned := clean(said := getattr(self, name))) is not said:
                object.__setattr__(self, name, cleaned)

    @property
    def code(self) -> str:
        """The code of its kind, such as KB101."""
        return self.kind.code

    @property
    def name(self) -> str:
        """The name of its kind, such as unknown-field."""
        return self.kind.name

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.name}: {self.message}"


BY_FORMAT = frozenset({"byte-order-mark", "carriage-return", "not-canonical"})
"""Names of findings that are mended by writing the file in its canonical form."""


def mendable(findings: Iterable[Finding]) -> int:
    """How many of ``findings`` have a safe answer."""
    return sum(bool(one.edits or one.rename or one.name in BY_FORMAT) for one in findings)
