"""Words as a pair of English and Chinese, and how pairs are joined.

Texts may hold names in braces, which `Pair.fill` replaces.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Language = Literal["en", "zh"]


class Bilingual(Protocol):
    """Anything in both languages: a `Pair` of the interface, a name or a text of an entry."""

    @property
    def en(self) -> str:
        """The English."""

    @property
    def zh(self) -> str:
        """The Chinese."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same words in both languages."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """The words in ``language``."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> "Pair":
        """The pair with each `{name}` replaced; a pair as a value gives each language its own."""
        return Pair(_filled(self.en, values, "en"), _filled(self.zh, values, "zh"))


def _filled(text: str, values: Mapping[str, object], language: Language) -> str:
    own = {
        name: value.say(language) if isinstance(value, Pair) else value
        for name, value in values.items()
    }
    return text.format(**own)


def sentences(*pairs: Pair) -> Pair:
    """Several sentences as one."""
    return Pair("; ".join(one.en for one in pairs), "；".join(one.zh for one in pairs))


def listed(pairs: Iterable[Pair]) -> Pair:
    """Several things of a kind as a list, each once."""
    known = dict.fromkeys(pairs)
    return Pair(", ".join(one.en for one in known), "、".join(one.zh for one in known))


def clauses(pairs: Iterable[Pair]) -> Pair:
    """Several clauses as one sentence."""
    known = list(pairs)
    return Pair(", ".join(one.en for one in known), "，".join(one.zh for one in known))
