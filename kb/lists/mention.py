"""What a list says: where an address stands and what it is called there, or why it is none."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """An address at a line and a column, both from 1.

    ``title`` is the text of its link, empty where it has none. ``shorter`` is the other way to read
    it where a sentence may have run into it, empty where there is one way only.
    """

    url: str
    line: int
    column: int = 1
    title: str = ""
    shorter: str = ""


@dataclass(frozen=True, slots=True)
class MalformedAddress:
    """Something at a line and a column that was meant as an address but is not one."""

    line: int
    column: int
    message: str
    hint: str


Found = Iterator[Mention | MalformedAddress]


class Unreadable(Exception):
    """A file that its grammar refuses; the message says where and what to do."""
