"""What a line of YAML may have been meant to be, and the patterns by which suspects look at it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kb import kinds
from kb.findings import Edit

KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
ITEM = rf"^ *(?:- +)*{KEY}"
ODD_BLANKS = "\u3000\u00a0\u2000-\u200b\u202f\u205f\ufeff"
CLOSES = {"[": "]", "{": "}"}
LONG_LINE = 2_000
"""A line as long as that was not typed by hand, and suspects may look at it over and over."""


@dataclass(frozen=True, slots=True)
class Guess:
    """In one line, from ``start`` up to ``end``, ``text`` was meant; columns from 0.

    Not ``sure``: with ``text`` the line can be read, but something else may be meant.
    """

    start: int
    end: int
    text: str
    message: str
    hint: str
    sure: bool = True

    def edit(self, number: int) -> Edit:
        """The edit that writes it, in line ``number`` from 0."""
        return Edit((number + 1, self.start + 1), (number + 1, self.end + 1), self.text)


Suspect = Callable[[list[str], int], Iterator[Guess]]


@cache
def fields() -> frozenset[str]:
    """The names of fields of entries."""
    return frozenset(name for model in kinds.models().values() for name in model.model_fields)


def left_open(row: str, waiting: list[str]) -> list[str]:
    """What has to close the brackets that are still open behind ``row``."""
    waiting = list(waiting)
    for one in re.sub(r'"(\\.|[^"\\])*"|(?<![\w])\'[^\']*\'', "", row):
        if one in CLOSES:
            waiting.append(CLOSES[one])
        elif waiting and one == waiting[-1]:
            waiting.pop()
    return waiting


_PIECES = re.compile(r"""(?<!\w)"(?:\\.|[^"\\])*"|(?<!\w)'(?:[^']|'')*'|[\[\]{}]""")


def closing(line: str, start: int) -> int:
    """Where in ``line`` that ends which a bracket or a quotation mark opens at ``start``.

    0 if it does not.
    """
    waiting: list[str] = []
    for found in _PIECES.finditer(line, start):
        if found[0] in CLOSES:
            waiting.append(CLOSES[found[0]])
        elif found[0] in "]}" and (not waiting or waiting.pop() != found[0]):
            return 0
        if not waiting:
            return found.end()
    return 0


def holds_text(start: str) -> bool:
    """Whether the value of the key that ``start`` ends with is a running text or a name."""
    return start.replace(":", " ").split()[-1] in _TEXTS


_TEXTS = frozenset(
    "title title_en title_zh name en zh where note why publisher model metric dataset".split()
)
