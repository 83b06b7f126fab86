"""Fields: missing, unknown, called otherwise elsewhere, or indented too little or too much."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache

from kb import kinds, meant
from kb.explain.flaw import Flaw, model_at, names_of, value_at
from kb.near import Nearest, asked
from kb.schema import Model
from kb.schema.marks import Relates
from kb.source.mends import Mend, Typed
from kb.source.reader import Keys

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
    "language": "lang locale 语言",
    "form": "type kind sort 类型",
    "introduces": "proposes technique techniques",
    "compares_with": "compares compared_to baselines",
    "builds_on": "extends based_on cites",
    "publisher": "source_name site magazine 发布者",
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
_CALLS_ID = frozenset(
    "booktitle journal conference proceedings publication venue name ref slug 会议 期刊".split()
)
"""What other formats call the id of the venue or entry that a part of an entry names."""


def missing(keys: Keys, where: str) -> Flaw:
    """A required field, or a language of a text, that is not there."""
    if keys[-1] in ("en", "zh"):
        other = "Chinese (中文)" if keys[-1] == "zh" else "English"
        return Flaw(
            "missing-language", keys, f"`{where}` is missing", f"say the same in {other}, too"
        )
    return Flaw("missing-field", keys, f"required field `{where}` is missing", "add it")


def unknown(kind: type[Model], near: Nearest, keys: Keys, data: object) -> Flaw:
    """A key that is no field where it stands, and the field that was meant."""
    last, here = str(keys[-1]), model_at(kind, keys[:-1])
    names = names_of(here) if here else []
    holder = value_at(data, keys[:-1])
    taken: Collection[object] = holder if isinstance(holder, dict) else ()
    fault = Flaw("unknown-field", keys, f"unknown field `{last}`", "see the field reference")
    if odd := meant.invisible(last):
        fault = replace(fault, message=f"unknown field `{last}` with the invisible {odd}")
    if found := meant.word(last, names):
        return _renamed(fault, keys, found, taken, f"write `{found}`")
    if ":" in last:
        key, _, value = last.partition(":")
        return replace(
            fault,
            message=f"no blank behind the colon of `{key}`",
            hint=f"write `{key}: {value}`",
            mend=Mend(keys, Typed(f"{key}: {value}"), "key") if value else None,
        )
    if moved := _misplaced(kind, keys, data):
        return replace(moved, message=f"{fault.message}, {moved.message}")
    if "id" in names and here and not issubclass(here, Model) and last.casefold() in _CALLS_ID:
        return _renamed(fault, keys, "id", taken, f"what is called `{last}` elsewhere is `id` here")
    others = [name for name in _elsewhere(last) if name in names]
    if others:
        called = " or ".join(f"`{name}`" for name in others)
        hint = f"what is called `{last}` elsewhere is {called} here"
        return _renamed(fault, keys, others[0], taken, hint, sure=len(others) == 1)
    if here and issubclass(here, Model) and (relations := _relations(last, here)):
        return replace(
            fault,
            message=f"unknown field `{last}`: it is a relation of another kind of entry",
            hint=f"here the relations are {', '.join(f'`{one}`' for one in relations)}",
        )
    guess = near(last, here.__name__, names) if here else ""
    if guess:
        return _renamed(fault, keys, guess, taken, asked(guess))
    return fault


def _renamed(
    fault: Flaw, keys: Keys, name: str, taken: Collection[object], hint: str, sure: bool = True
) -> Flaw:
    """``fault``, of a key that should be ``name``, unless that stands there already."""
    if name in taken:
        return replace(fault, hint=f"`{name}` stands there already; move what this says into it")
    instead = (*keys[:-1], name)
    return replace(
        fault, hint=hint, instead=instead, mend=Mend(keys, name, "key") if sure else None
    )


def called_elsewhere(word: str, names: Collection[str]) -> str:
    """The one of ``names`` for what other formats call ``word``, if there is but one."""
    found = [name for name in _elsewhere(word) if name in names]
    return found[0] if len(found) == 1 else ""


def _elsewhere(last: str) -> list[str]:
    wanted = last.casefold().replace("-", "_")
    return [name for name, others in _ELSEWHERE.items() if wanted in others.split()]


def _relations(last: str, here: type[Model]) -> list[str]:
    """The relations of ``here``, if ``last`` is one of another kind of entry."""
    return [name for name, _ in kinds.marked(here, Relates)] if last in _known_relations() else []


@cache
def _known_relations() -> frozenset[str]:
    """The relations of every kind of entry."""
    models = kinds.models().values()
    return frozenset(name for model in models for name, _ in kinds.marked(model, Relates))


def _misplaced(kind: type[Model], keys: Keys, data: object) -> Flaw | None:
    """A field that was indented too little or too much."""
    last, holder = str(keys[-1]), value_at(data, keys[:-1])
    before = _before(holder, last)
    inner = model_at(kind, (*keys[:-1], before)) if before else None
    inside = holder.get(before) if isinstance(holder, dict) else None
    free = isinstance(inside, dict | None) and last not in (inside or {})
    if before and inner and last in names_of(inner) and free:
        return Flaw(
            "unknown-field",
            keys,
            f"which belongs below `{before}`",
            f"indent it by two spaces, so that it stands below `{before}`",
            Mend(keys, how="indent"),
            (*keys[:-1], before, last),
        )
    outer = model_at(kind, keys[:-2]) if len(keys) > 1 and isinstance(keys[-2], str) else None
    around = value_at(data, keys[:-2])
    if outer and last in names_of(outer) and isinstance(around, dict) and last not in around:
        return Flaw(
            "unknown-field",
            keys,
            f"which belongs beside `{keys[-2]}`",
            f"indent it as far as `{keys[-2]}`",
            Mend(keys, how="outdent"),
            (*keys[:-2], last),
        )
    return None


_MANY = 200
"""So many keys of one mapping nobody types; where one of them belongs is not looked for."""


def _before(holder: object, key: str) -> str:
    """The key that stands right before ``key``."""
    names = list(holder) if isinstance(holder, Mapping) and len(holder) < _MANY else []
    at = names.index(key) if key in names else 0
    return str(names[at - 1]) if at else ""
