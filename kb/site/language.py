"""The language of a page: how it says a pair, where its pages lie, how other texts are marked."""

import re
from enum import Enum
from typing import Protocol, TypeVar

from kb.site.html import tag

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_HAN = re.compile("[\u3400-\u9fff]")
_QUOTED = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


class Spoken(Protocol[T_co]):
    """Anything in both languages: a pair of words, a name or a text of an entry, its aliases."""

    @property
    def en(self) -> T_co:
        """The English."""

    @property
    def zh(self) -> T_co:
        """The Chinese."""


class Language(Enum):
    """A language in which the whole site exists; its value is the tag for `lang`."""

    ENGLISH = "en"
    CHINESE = "zh"

    def say(self, pair: Spoken[T]) -> T:
        """``pair`` in this language."""
        return pair.zh if self is Language.CHINESE else pair.en

    @property
    def other(self) -> "Language":
        """The language of the other tree."""
        return Language.ENGLISH if self is Language.CHINESE else Language.CHINESE

    @property
    def locale(self) -> str:
        """Its name for Open Graph, which wants a country, too."""
        return "zh_CN" if self is Language.CHINESE else "en_US"

    @property
    def folder(self) -> str:
        """Where its pages lie, from the root of the site: with a slash at the end, or empty."""
        return "zh/" if self is Language.CHINESE else ""

    @property
    def shared(self) -> str:
        """From the root of its pages to the root of the site, where the shared files lie."""
        return "../" if self is Language.CHINESE else ""

    def mark(self, inside: str) -> str | None:
        """The `lang` of ``inside`` if it is in the other language."""
        return self.other.value if written(inside) is self.other else None

    def quote(self, inside: str) -> str:
        """``inside``, HTML or Markdown of the catalogue: marked if it is in the other language."""
        lang = self.mark(inside)
        return tag("span", inside, lang=lang) if lang else inside

    def english(self, inside: str) -> str:
        """``inside``, HTML of what programs say in English, quoting Chinese perhaps: marked."""
        if self is not Language.ENGLISH:
            return tag("span", inside, lang=Language.ENGLISH.value)
        return _QUOTED.sub(lambda run: tag("span", run[0], lang=self.other.value), inside)


def written(text: str) -> Language | None:
    """The language of a title or label: Chinese if it holds any; None if it is only numbers."""
    if _HAN.search(text):
        return Language.CHINESE
    return Language.ENGLISH if any(map(str.isalpha, text)) else None
