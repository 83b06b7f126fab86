"""What a field is, said where it is declared; walk, graph, evidence and rules read it."""

from dataclasses import dataclass
from typing import Literal

from kb.words.pair import Pair


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a source may support; ``needed``: must support.

    ``name`` is what sources call it, if that is not the name of its field.
    """

    needed: bool = True
    name: str = ""


ClaimKind = Literal["fact", "row", "edge", "about", "statement", "formula", "origin", "version"]


@dataclass(frozen=True, slots=True)
class Says:
    """One claim or several, each of which names its own grounds."""

    kind: ClaimKind


@dataclass(frozen=True, slots=True)
class Key:
    """Claims on which the entry stands: the weakest of them says how well it is grounded."""


@dataclass(frozen=True, slots=True)
class Covers:
    """A field that an entry should have; without it, its ``label`` is named as missing."""

    label: Pair


@dataclass(frozen=True, slots=True)
class Address:
    """A web address, or an identifier from which ``form`` makes one.

    ``own`` is the address of the entry itself: no two entries share it.
    """

    form: str = "{}"
    own: bool = False


@dataclass(frozen=True, slots=True)
class Relates:
    """Ids of other entries, to each of which there is an edge of the type ``relation``."""

    relation: str


@dataclass(frozen=True, slots=True)
class Refers:
    """Ids of other entries that are named in passing: they make no edge."""


@dataclass(frozen=True, slots=True)
class When:
    """A year or a day in the past."""


@dataclass(frozen=True, slots=True)
class Title:
    """What the entry is called: as printed, or its name in one language."""

    language: Literal["", "en", "zh"] = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field that pages show under ``label``, in the order of the fields."""

    label: Pair


Mark = Fact | Says | Key | Covers | Address | Relates | Refers | When | Title | Shown
