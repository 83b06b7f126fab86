"""What other formats call a field: their words, and how sure it is which field is meant."""

import re
from collections.abc import Collection

_ELSEWHERE = {
    "topics": "keywords keyword tags tag categories category subjects topic 主题 关键词 标签",
    "authors": "author creators creator by writers 作者",
    "venue": "journal booktitle conference proceedings published_in publication 会议 期刊",
    "year": "date 年份 年",
    "published": "date date_published pubdate",
    "summary": "abstract description tldr abstrakt 摘要 简介",
    "arxiv": "eprint arxiv_id arxivid",
    "url": "link href address homepage website uri 链接 地址",
    "links": "code github repository repo urls project",
    "sources": "evidence references source citations 来源",
    "title": "name headline 标题 题目",
    "name": "title 名称",
    "broader": "parent parents parent_topic part_of belongs_to supertopic 上级 上级主题",
    "given": "first first_name firstname given_name forename 名",
    "family": "last last_name lastname surname family_name 姓",
    "gains": "advantages advantage pros benefits strengths 优点 优势",
    "costs": "disadvantages disadvantage cons drawbacks price 缺点 代价",
    "fails": "limitations limitation limits caveats weaknesses 局限 局限性",
    "explanation": "how_it_works mechanism details 原理",
    "formulas": "equations equation formulae math 公式",
    "params": "parameters parameter num_params n_params 参数量",
    "language": "lang locale 语言",
    "form": "type kind sort 类型",
    "introduces": "proposes technique techniques",
    "compares_with": "compares compared_to baselines",
    "builds_on": "extends based_on cites",
    "publisher": "author authors by account source_name site magazine 发布者 作者",
    "aliases": "alias synonyms also_known_as 别名",
    "seen": "accessed urldate read_on date",
    "supports": "shows proves",
    "where": "place section table",
    "zh": "cn ch chi chs chinese zh_cn zh_hans zh_hant zhcn 中文 中 汉语",
    "en": "eng english en_us en_gb 英文 英 英语",
    "why": "reason because",
    "of": "technique techniques",
}
"""What other formats call a field."""
_RATHER = {
    "introduces": "technique techniques",
    "builds_on": "cites",
    "publisher": "author authors by site 作者",
    "seen": "date",
    "where": "place section table",
    "params": "parameters parameter num_params n_params 参数量",
}
"""Words that may say something else: the field is named, and a person writes it."""
_CALLS_ID = frozenset(
    "booktitle journal conference proceedings publication venue name ref slug 会议 期刊".split()
)
"""What other formats call the id of the venue or entry that a part of an entry names."""
_SCALED = re.compile(r"([kmgt])_?(flops|macs|params)")
_POWERS = {"k": "e3", "m": "e6", "g": "e9", "t": "e12"}


def called_elsewhere(word: str, names: Collection[str]) -> str:
    """The one of ``names`` for what other formats call ``word``, if there is but one."""
    found = elsewhere(word, names)
    return found[0] if len(found) == 1 else ""


def elsewhere(word: str, names: Collection[str]) -> list[str]:
    """Those of ``names`` for what other formats call ``word``."""
    wanted = _plain(word)
    return [name for name, words in _ELSEWHERE.items() if name in names and wanted in words.split()]


def says_the_same(word: str, name: str) -> bool:
    """Whether what other formats call ``word`` is always the field ``name``."""
    return _plain(word) not in _RATHER.get(name, "").split()


def calls_id(word: str) -> bool:
    """Whether other formats call ``word`` what is the id of a venue or an entry here."""
    return word.casefold() in _CALLS_ID


def in_full(word: str, value: object) -> tuple[str, str]:
    """The field that counts what ``word`` gives in thousands or more, and ``value`` in full.

    ("", "") if ``word`` is no such count.
    """
    found = _SCALED.fullmatch(_plain(word))
    if not found:
        return "", ""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return found[2], f"{value}{_POWERS[found[1]]}" if number else "…"


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_")
