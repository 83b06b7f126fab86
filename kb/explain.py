"""Says what is wrong with a value that its model refuses, and what was meant, to who typed it."""

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from pydantic_core import ErrorDetails

from kb import kinds, meant
from kb.names import Inverted, read
from kb.near import Nearest, asked
from kb.schema import Model
from kb.schema.marks import Relates
from kb.schema.parts import Keyed, Part, Place, Text, below
from kb.source.mends import Mend, Typed, rendered
from kb.source.reader import Keys


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with the shape of an entry, at ``keys`` of its data.

    ``mend`` is what was meant, if that is clear; ``instead`` the missing field that it is.
    """

    name: str
    keys: Keys
    message: str
    hint: str
    mend: Mend | None = None
    instead: Keys | None = None


_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_type": "a date such as 2026-11-23",
    "tuple_type": "a list",
    "model_type": "`key: value` pairs",
    "model_attributes_type": "`key: value` pairs",
    "dict_type": "`key: value` pairs",
}
_FORMS = {
    "arxiv": "an arXiv id such as 1905.11946, in quotes and without version",
    "doi": "a DOI such as 10.1109/5.771073, without any prefix",
    "key": "the key of a source: a-z, 0-9 and hyphens, a letter first",
    "id": "an id: a-z, 0-9 and single hyphens",
}
_LIMITS: dict[str, Callable[[dict[str, object]], tuple[str, str]]] = {
    "string_too_long": lambda c: (f"has more than {c['max_length']} characters", "shorten it"),
    "string_too_short": lambda c: (
        "is empty" if c["min_length"] == 1 else f"has fewer than {c['min_length']} characters",
        "write it out, or delete the line",
    ),
    "too_short": lambda c: ("has no items", "name at least one"),
    "too_long": lambda c: (f"has more than {c['max_length']} items", "shorten the list"),
    "greater_than": lambda c: (f"must be more than {c['gt']:g}", "correct the number"),
    "greater_than_equal": lambda c: (f"must be at least {c['ge']}", "correct the number"),
    "less_than": lambda c: (f"must be less than {c['lt']:g}", "correct the number"),
    "less_than_equal": lambda c: (f"must be at most {c['le']}", "correct the number"),
}
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
_WORDS = {
    "research": "paper article conference conferencepaper inproceedings journal journalarticle "
    "preprint proceedings misc 论文 研究",
    "survey": "review overview surveypaper 综述",
    "thesis": "phdthesis mastersthesis dissertation phd 学位论文",
    "report": "techreport technicalreport whitepaper 报告",
    "explainer": "blog blogpost post tutorial article 解读 博客 教程",
    "roundup": "list collection digest 汇总",
    "engineering": "casestudy practice 实践",
    "library": "package framework tool code repository 库 工具",
    "zh": "cn chinese 中文",
    "en": "eng english 英文",
}
"""What others call a word of a field."""
_DECIMAL_COMMA = re.compile(r"[-+]?\d+[,，]\d+")


def explained(kind: type[Model], near: Nearest, detail: ErrorDetails, data: object) -> Flaw:
    """What ``detail`` means to who typed ``data``, which should be a ``kind``."""
    keys = typed_at(data, tuple(detail["loc"]))
    fault = _explain(kind, near, detail, data, keys)
    if keys and keys[-1] == "[key]":
        slug = meant.slug(str(keys[-2]))
        form = _FORMS["key"]
        said = f"the key `{keys[-2]}` of `{keys[0]}` does not have the form of a key: {form}"
        return Flaw("malformed-value", keys[:-1], said, f"write `{slug}`" if slug else "rename it")
    return fault


def _explain(
    kind: type[Model], near: Nearest, detail: ErrorDetails, data: object, keys: Keys
) -> Flaw:
    trouble, typed = detail["type"], detail["input"]
    where = ".".join(map(str, keys))
    if trouble == "extra_forbidden":
        return _unknown(kind, near, keys, data)
    if trouble == "missing":
        return _missing(keys, where)
    if trouble == "literal_error":
        return _word(near, detail, keys, where)
    if trouble in _TYPES:
        return _type(kind, detail, data, keys, where)
    if trouble == "string_pattern_mismatch":
        return _form(keys, where, str(typed))
    if trouble in _LIMITS:
        message, hint = _LIMITS[trouble](detail.get("ctx", {}))
        return Flaw("malformed-value", keys, f"`{where}` {message}", hint)
    return Flaw(
        "malformed-value",
        keys,
        f"`{where}` does not have the form of its field",
        "see the field reference",
    )


# A field.


def _missing(keys: Keys, where: str) -> Flaw:
    if keys[-1] in ("en", "zh"):
        other = "Chinese (中文)" if keys[-1] == "zh" else "English"
        return Flaw(
            "missing-language", keys, f"`{where}` is missing", f"say the same in {other}, too"
        )
    return Flaw("missing-field", keys, f"required field `{where}` is missing", "add it")


def _unknown(kind: type[Model], near: Nearest, keys: Keys, data: object) -> Flaw:
    last, here = str(keys[-1]), model_at(kind, keys[:-1])
    names = names_of(here) if here else []
    holder = _at(data, keys[:-1])
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
    last, holder = str(keys[-1]), _at(data, keys[:-1])
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
    around = _at(data, keys[:-2])
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


# A value.


def _word(near: Nearest, detail: ErrorDetails, keys: Keys, where: str) -> Flaw:
    expected = str(detail.get("ctx", {})["expected"])
    words = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    typed, those = detail["input"], f"one of: {', '.join(words)}"
    if typed is None:
        return Flaw("unknown-word", keys, f"`{where}` is empty", those)
    message = f"`{typed}` is not a word of `{where}`"
    if isinstance(typed, str):
        if odd := meant.invisible(typed):
            message += f": it holds the invisible {odd}"
        if found := meant.word(typed, words):
            return Flaw("unknown-word", keys, message, f"write `{found}`", Mend(keys, found))
        if meant_here := _called(typed, words):
            those = f"what is called `{typed}` elsewhere is `{meant_here}` here; {those}"
            return Flaw("unknown-word", keys, message, those)
    guess = near(str(typed), where, words)
    return Flaw("unknown-word", keys, message, f"{asked(guess)} {those}" if guess else those)


def _called(typed: str, words: list[str]) -> str:
    """The one of ``words`` for what others call ``typed``."""
    wanted = re.sub(r"[\s_-]", "", typed.casefold())
    found = [word for word, others in _WORDS.items() if word in words and wanted in others.split()]
    return found[0] if len(found) == 1 else ""


def _form(keys: Keys, where: str, typed: str) -> Flaw:
    last = str(keys[-1])
    form = _FORMS.get(last, _FORMS["id"])
    fault = Flaw(
        "malformed-value", keys, f"`{where}` is `{typed}`, expected {form}", "write it in that form"
    )
    if odd := meant.invisible(typed):
        fault = replace(fault, message=f"`{where}` holds the invisible {odd}, expected {form}")
    elif typed[:1] in "“”‘’「『":
        fault = replace(
            fault, message=f"`{where}` stands in curly quotation marks, expected {form}"
        )
    found = {"arxiv": meant.arxiv, "doi": meant.doi}.get(last, lambda _: "")(typed)
    if last == "doi" and not found:
        return replace(fault, hint=_a_doi(typed) or fault.hint)
    if last == "arxiv" and (found or typed) == typed:
        return replace(fault, hint=_an_arxiv(typed) or fault.hint)
    if found:
        shown = rendered(found)
        return replace(fault, hint=f"write {shown}", mend=Mend(keys, found))
    return fault


def _a_doi(typed: str) -> str:
    """What to write for ``typed``, in which there is no DOI."""
    if id := meant.arxiv(typed):
        return f'that is an arXiv id; write `arxiv: "{id}"`, and leave `doi` out'
    if re.match(r"(https?:)?//|www\.", typed.strip(), re.IGNORECASE):
        return "that is a page; write the DOI that it shows, which begins with `10.`"
    return ""


def _an_arxiv(typed: str) -> str:
    """What is wrong with ``typed``, which only looks like an arXiv id."""
    found = re.fullmatch(r"(\d\d)(\d\d)\.(\d+)", typed)
    if not found:
        return ""
    if not 1 <= int(found[2]) <= 12:
        return f"look the id up: its month would be {found[2]}"
    wanted = 5 if int(found[1]) >= 15 else 4
    if len(found[3]) != wanted:
        wrong = "is missing" if len(found[3]) < wanted else "is too many"
        return f"look the id up: it has {wanted} digits behind the dot, so a digit {wrong}"
    return ""


def _type(kind: type[Model], detail: ErrorDetails, data: object, keys: Keys, where: str) -> Flaw:
    trouble, typed = detail["type"], detail["input"]
    message = f"`{where}` is {_named(typed)}, expected {_TYPES[trouble]}"
    fault = Flaw("wrong-type", keys, message, "see the field reference")
    if typed is None:
        said = f"`{where}` is empty, expected {_TYPES[trouble]}"
        return replace(fault, message=said, hint="write it out, or delete the line")
    match trouble:
        case "string_type":
            return _to_text(fault, typed)
        case "int_type" | "int_from_float" | "float_type":
            return _to_number(fault, typed, _unit_beside(kind, keys, data))
        case "date_type":
            return _to_day(fault, typed)
        case "tuple_type":
            return _to_list(kind, fault, typed)
        case "bool_type":
            return replace(fault, hint="write true or false, without quotes")
    return _to_pairs(fault, model_at(kind, keys), typed)


def _to_text(fault: Flaw, typed: object) -> Flaw:
    keys = fault.keys
    if isinstance(typed, tuple):
        if len(typed) == 1 and isinstance(typed[0], str):
            return replace(fault, hint="write it without brackets", mend=Mend(keys, typed[0]))
        return replace(fault, hint="write one text, not a list")
    if isinstance(typed, dict):
        return replace(fault, hint='put quotes around the whole text: "…"')
    if keys[-1] == "arxiv" and isinstance(typed, float):
        id = meant.arxiv_of_number(typed)
        if id:
            return replace(
                fault,
                hint=f'put quotes around it, zeros at the end included: "{id}"',
                mend=Mend(keys, how="quote"),
            )
    shown = typed.isoformat() if isinstance(typed, datetime.date) else typed
    shown = str(shown).lower() if isinstance(typed, bool) else shown
    return replace(
        fault,
        hint=f'put quotes around it: "{shown}" (if digits were lost, write them out)',
        mend=Mend(keys, how="quote"),
    )


def _unit_beside(kind: type[Model], keys: Keys, data: object) -> str | None:
    """The unit of the number at ``keys``; "" if it is not given, None if there cannot be any."""
    at = keys[:-1] if keys[-1] in _ENDS else keys
    here = model_at(kind, at[:-1])
    if not here or "unit" not in names_of(here) or at[-1] not in _WITH_UNIT:
        return None
    row = _at(data, at[:-1])
    given = row.get("unit") if isinstance(row, dict) else None
    return given if isinstance(given, str) else ""


_ENDS = ("from", "to")
_WITH_UNIT = ("value", "baseline")


def _to_number(fault: Flaw, typed: object, beside: str | None) -> Flaw:
    keys = fault.keys
    if isinstance(typed, float) and typed.is_integer():
        return replace(fault, hint=f"write {int(typed)}", mend=Mend(keys, int(typed)))
    if not isinstance(typed, str):
        return replace(fault, hint="write the number alone")
    if ends := meant.span(typed):
        return _to_range(fault, *ends)
    number, unit = meant.number(typed, beside or "")
    if not number:
        return replace(fault, hint=_a_number(typed, beside is not None))
    if "whole" in fault.message and not number.lstrip("-").isdigit():
        return replace(fault, hint="write a whole number")
    if not unit:
        return replace(
            fault, hint=f"write {number}, without quotes", mend=Mend(keys, Typed(number))
        )
    return _without_unit(fault, number, unit, beside)


def _without_unit(fault: Flaw, number: str, unit: str, beside: str | None) -> Flaw:
    """A number that was typed with its ``unit``, with what stands ``beside`` it in `unit`."""
    if beside is None:
        return replace(fault, hint=f"write {number}, without `{unit}`")
    if not beside:
        return replace(fault, hint=f"write {number} here and `unit: {rendered(unit)}` beside it")
    if beside != unit:
        return replace(fault, hint=f"write {number}; the unit stands in `unit`, as `{beside}`")
    return replace(
        fault,
        hint=f"write {number}; the unit stands in `unit`",
        mend=Mend(fault.keys, Typed(number)),
    )


def _to_range(fault: Flaw, low: float, high: float) -> Flaw:
    """A range that was typed as text, where a range may stand and where it may not."""
    if fault.keys[-1] != "value" or "results" not in fault.keys or len(fault.keys) != 3:
        return replace(fault, hint="write one number; which of the two is meant is not clear")
    ends = {"from": low, "to": high}
    return replace(fault, hint=f"write {rendered(ends)}", mend=Mend(fault.keys, ends))


def _a_number(typed: str, with_unit: bool) -> str:
    """What to write for ``typed``, which is none."""
    if _DECIMAL_COMMA.fullmatch(typed.strip()):
        return f"write {re.sub('[,，]', '.', typed.strip())}, with a point before the decimals"
    alone = "write the number alone, such as 84.4 or 66e6"
    return f"{alone}; a unit stands in `unit`" if with_unit else alone


def _to_day(fault: Flaw, typed: object) -> Flaw:
    found = meant.days(str(typed)) if isinstance(typed, str | int) else []
    if len(found) == 1:
        return replace(fault, hint=f"write {found[0]}", mend=Mend(fault.keys, found[0]))
    if found:
        those = " or ".join(map(str, found))
        return replace(fault, hint=f"write {those}: day and month cannot be told apart")
    return replace(fault, hint="write the day as YYYY-MM-DD, without quotes")


def _to_list(kind: type[Model], fault: Flaw, typed: object) -> Flaw:
    keys = fault.keys
    if isinstance(typed, dict):
        return replace(
            fault, hint="it is a list: begin each item with `- `, even if it is the only"
        )
    if not isinstance(typed, str):
        return replace(fault, hint="write a list: [first, second]")
    items = meant.pieces(typed)
    if keys[-1] == "authors":
        items = [_in_order(item) for item in items]
    sure = keys[-1] != "authors" or " and " in typed or len(items) == 1
    if not items:
        return replace(fault, hint="write a list: [first, second]")
    if keys[-1] == "supports" and set(items) - kinds.facts(kind).keys():
        return replace(fault, hint="list the facts that the page shows, such as [title, authors]")
    return replace(
        fault,
        hint=f"write {rendered(items)}",
        mend=Mend(keys, tuple(items)) if sure else None,
    )


def _in_order(name: str) -> str:
    found = read(name)
    return found.instead if isinstance(found, Inverted) else name


def _to_pairs(fault: Flaw, here: type[Part] | None, typed: object) -> Flaw:
    if not here:
        return replace(fault, hint="write `key: value` pairs, indented by two spaces")
    if isinstance(typed, tuple) and len(typed) == 1 and isinstance(typed[0], dict):
        return replace(fault, hint="it is not a list: leave out the `- `")
    fields = here.model_fields
    wanted = [field.alias or name for name, field in fields.items() if field.is_required()]
    values = dict.fromkeys(wanted or list(fields)[:2], "…")
    if isinstance(typed, str):
        values |= _guessed(here, typed, values)
    shown = ", ".join(f"{name}: {_shown(value)}" for name, value in values.items())
    return replace(fault, hint=f"write {{{shown}}}")


def _guessed(here: type[Part], typed: str, values: Mapping[str, str]) -> dict[str, str]:
    """What of the parts can be read from one text."""
    if issubclass(here, Text) or {"en", "zh"} <= values.keys():
        chinese = any("\u4e00" <= one <= "\u9fff" for one in typed)
        return {"zh" if chinese else "en": typed if len(typed) < 60 else "…"}
    found: dict[str, str] = {}
    words = [word for word in typed.replace(",", " ").split() if not word.strip("'’").isdigit()]
    years = [word for word in typed.replace(",", " ").split() if word.isdigit() and len(word) == 4]
    if "year" in values and years:
        found["year"] = years[0]
    if "id" in values and len(words) == 1:
        found["id"] = meant.slug(words[0])
    return found


def _shown(value: str) -> str:
    return value if value == "…" or value.isdigit() else rendered(value, False)


def _named(value: object) -> str:
    names = {
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        tuple: "a list",
        dict: "`key: value` pairs",
        type(None): "empty",
    }
    return names.get(type(value), "a date")


# Where things stand.


def typed_at(data: object, keys: Keys) -> Keys:
    """``keys`` as far as they lead in ``data``: a number may stand for a range from it to it."""
    for length in range(1, len(keys)):
        if _at(data, keys[:length]) is not None and not isinstance(
            _at(data, keys[:length]), dict | tuple
        ):
            return keys[:length]
    return keys


def names_of(model: type[Part]) -> list[str]:
    """The fields of ``model`` as they are typed."""
    return [field.alias or name for name, field in model.model_fields.items()]


def model_at(model: type[Part], keys: Iterable[str | int]) -> type[Part] | None:
    """The model of what stands at ``keys`` of a ``model``, if it is one."""
    place: Place = model
    for key in keys:
        if isinstance(key, str):
            place = below(place, key)
    return None if isinstance(place, Keyed) else place


def _at(data: object, keys: Keys) -> object:
    for key in keys:
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, tuple) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data
