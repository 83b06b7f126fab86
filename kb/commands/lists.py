"""The files of `--from`: opens them and has each read by its grammar."""

import sys
from collections.abc import Sequence
from pathlib import Path

from kb.commands.exit import UsageError
from kb.lists.grammar import GRAMMARS, grammar_of, read
from kb.lists.mention import MalformedAddress, Mention, Unreadable

STANDARD_INPUT = "-"
Lists = dict[str, list[Mention | MalformedAddress]]


def lists(names: Sequence[str], grammar: str = "") -> Lists:
    """What each of the files ``names`` says; ``grammar`` is theirs, by default that of their names.

    Raises UsageError for what cannot be read.
    """
    found: Lists = {}
    for name in names:
        chosen = grammar or grammar_of(name)
        try:
            found[name] = read(_content(name, GRAMMARS[chosen].most), chosen)
        except OSError as error:
            raise UsageError(f"cannot read `{name}`: {error.strerror}") from None
        except Unreadable as error:
            raise UsageError(f"cannot read `{name}`: {error}") from None
    return found


def mentions(found: Lists) -> dict[str, list[Mention]]:
    """The addresses of lists, without what is none."""
    return {
        name: [one for one in every if isinstance(one, Mention)] for name, every in found.items()
    }


def _content(name: str, most: int) -> bytes:
    """The bytes of a file, cut off just beyond what its grammar reads."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(most + 1)
    with Path(name).open("rb") as file:
        return file.read(most + 1)
