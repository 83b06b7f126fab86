"""Chinese as it is typed elsewhere: traditional characters, words of Taiwan, sounds of characters.

Tables come from OpenCC and pypinyin when the index is built; a page gets the small part of them
that this catalogue can need.
"""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kb.spelling import normal

if TYPE_CHECKING:
    import opencc

_ALL = "".join(map(chr, range(0x3400, 0xA000)))
_ZHE = "\u8457"  # a particle that Taiwan writes with another character: no word of its own
_RUN = re.compile(r"[\u3400-\u9fff]+")
# Who speaks a dialect, or types in a hurry, does not tell these apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@cache
def _converter(name: str) -> "opencc.OpenCC":
    import opencc

    return opencc.OpenCC(name)


@cache
def _sounds() -> dict[int, str]:
    """The sounds of characters, by number."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # characters only: a third of the time
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


def _converted(items: Iterable[str], name: str) -> list[str]:
    """Each of ``items`` converted by itself."""
    text: str = _converter(name).convert("\n".join(items))
    return text.split("\n")


@cache
def _simple() -> dict[int, str]:
    pairs = zip(_ALL, _converted(_ALL, "t2s"), strict=True)
    return {ord(one): other for one, other in pairs if one != other and len(other) == 1}


def simplified(text: str) -> str:
    """``text`` in simplified characters, one by one."""
    return text if text.isascii() else text.translate(_simple())


def traditional(known: set[str]) -> tuple[str, str]:
    """Traditional characters, and the simplified one of each: those whose simplified is known."""
    pairs = [(chr(one), other) for one, other in _simple().items() if other in known]
    return "".join(one for one, _ in pairs), "".join(other for _, other in pairs)


def of_taiwan(names: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """Words of Taiwan in simplified characters, and what the catalogue calls the same.

    Of ``texts``, words of two characters are looked at, of ``names`` longer ones, too. A word that
    the catalogue uses itself is not among them, nor is one that is made of another.
    """
    grams = {gram for text in texts for gram in _grams(text, (2,))}
    grams |= {gram for name in names for gram in _grams(name, (2, 3, 4))}
    own = sorted(grams, key=lambda one: (len(one), one))
    found: dict[str, str] = {}
    for here, there in zip(own, map(simplified, _converted(own, "s2twp")), strict=True):
        if there == here or there in grams or _ZHE in there:
            continue
        if not any(other in here for other in found.values()):
            found[there] = here
    return found


def _grams(text: str, sizes: tuple[int, ...]) -> Iterator[str]:
    for run in _RUN.findall(text):
        for size in sizes:
            yield from (run[at : at + size] for at in range(len(run) - size + 1))


@cache
def _sound(character: str) -> str:
    sound = normal(_sounds().get(ord(character), "").partition(",")[0]).replace("ü", "v")
    for one, other in _ALIKE:
        sound = sound.replace(one, other)
    return sound


def sound(text: str) -> str:
    """How ``text`` sounds, without tones: the same for words that an input method mixes up."""
    return "".join(map(_sound, text))


def sounds() -> dict[str, str]:
    """Each sound with the characters in common use that have it."""
    found: dict[str, str] = {}
    for character in _common():
        found[_sound(character)] = found.get(_sound(character), "") + character
    return dict(sorted(found.items()))


def _common() -> Iterator[str]:
    """The characters of GB 2312, which is what is in common use."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            yield from bytes((high, low)).decode("gb2312", errors="ignore")
