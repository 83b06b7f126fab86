"""Chinese as it is typed elsewhere: traditional characters, words of Taiwan, sounds and looks of
characters.

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
_HAN = re.compile(r"[\u3400-\u9fff]")
# Who speaks a dialect, or types in a hurry, does not tell these apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
# Characters that differ in one part, which a shape-based input method or a poor scan mixes up.
_LOOKS = """
    枝技肢歧伎岐 馏溜榴镏瘤 秩佚轶迭铁 剪煎箭 量晕 化代仕 稀希烯 疏蔬梳 熵商墒 码玛妈 推堆椎唯
    理埋 校较 准淮 卷券 积织职识 核咳该刻 滤虑 掩淹俺 延廷诞 显湿 存在 裁栽载 权杈 值植直 低底抵
    矩柜 阵陈 偏编篇 微徽 训川 练炼拣 搜瘦 索素 构沟钩 端瑞喘 侧测则 特待持 征证 检捡险 部剖陪
    迟尺 缓援 耗耙 带滞 宽觅 吞吴 吐肚 层屈 网冈 删册 软轮 签鉴 旋施族 转传砖 离禽 群裙
    位拉泣 度席 参叁 数教 压庄 缩宿 零雷 点占 草早 稿搞 适括 配酝 器嚣 融隔 合含
"""
_LOOKS_LIKE = {one: "".join(group.replace(one, "")) for group in _LOOKS.split() for one in group}


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


def misread(name: str) -> Iterator[str]:
    """``name`` with one character replaced by one that looks much like it."""
    for at, character in enumerate(name):
        for other in _LOOKS_LIKE.get(character, ""):
            yield f"{name[:at]}{other}{name[at + 1 :]}"


def sounds() -> dict[str, str]:
    """Each sound with the characters in common use that have it, traditional ones, too."""
    found: dict[str, str] = {}
    for character in _common():
        found[_sound(character)] = found.get(_sound(character), "") + character
    return dict(sorted(found.items()))


def _common() -> Iterator[str]:
    """The characters of GB 2312 and of the first level of Big5: what is in common use."""
    simple = _characters("gb2312", range(0xB0, 0xF8))
    yield from dict.fromkeys((*simple, *_characters("big5", range(0xA4, 0xC7))))


def _characters(encoding: str, rows: Iterable[int]) -> Iterator[str]:
    """The Chinese characters in ``rows`` of a table of two bytes."""
    for high in rows:
        for low in range(0x40, 0xFF):
            yield from _HAN.findall(bytes((high, low)).decode(encoding, errors="ignore"))
