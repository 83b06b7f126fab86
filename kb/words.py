"""Every word that the interface shows, as a pair of English and Chinese."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same words in both languages."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """The words in ``language``."""
        return self.zh if language == "zh" else self.en
