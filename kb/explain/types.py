"""Types: what a text, a number, a day, a list or a mapping of another type was meant to be."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace

from pydantic_core import ErrorDetails

from kb import kinds, meant
from kb.explain.flaw import Flaw, model_at, names_of, value_at
from kb.names import Inverted, may_be_several, read, without_degrees
from kb.schema import Model
from kb.schema.parts import Part, Short, Text
from kb.source.mends import Mend, Typed, rendered
from kb.source.reader import Keys
from kb.source.scalars import truth

TYPES = {
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
_DECIMAL_COMMA = re.compile(r"[-+]?\d+[,，]\d+")


def of_another_type(
    kind: type[Model], detail: ErrorDetails, data: object, keys: Keys, where: str
) -> Flaw:
    """A value of another type than its field, and what to write for it."""
    trouble, typed = detail["type"], detail["input"]
    message = f"`{where}` is {_named(typed)}, expected {TYPES[trouble]}"
    fault = Flaw("wrong-type", keys, message, "see the field reference")
    if typed is None:
        said = f"`{where}` is empty, expected {TYPES[trouble]}"
        return replace(fault, message=said, hint="write it out, or delete the line", empty=True)
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
            return _to_truth(fault, typed)
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


def _to_truth(fault: Flaw, typed: object) -> Flaw:
    said = truth(typed) if isinstance(typed, str) else None
    if said is None:
        return replace(fault, hint="write true or false, without quotes")
    shown = "true" if said else "false"
    return replace(fault, hint=f"write {shown}, without quotes", mend=Mend(fault.keys, said))


def _unit_beside(kind: type[Model], keys: Keys, data: object) -> str | None:
    """The unit of the number at ``keys``; "" if it is not given, None if there cannot be any."""
    at = keys[:-1] if keys[-1] in _ENDS else keys
    here = model_at(kind, at[:-1])
    if not here or "unit" not in names_of(here) or at[-1] not in _WITH_UNIT:
        return None
    row = value_at(data, at[:-1])
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
        return replace(fault, hint=_a_number(keys, typed, beside is not None))
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


def _a_number(keys: Keys, typed: str, with_unit: bool) -> str:
    """What to write for ``typed``, which is none."""
    if keys[-1] == "year":
        return "write the number alone: one year in four digits, such as 1989"
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
    if (item := model_at(kind, keys)) and not issubclass(item, Short):
        return replace(fault, hint=f"write a list: [{_pairs(item, typed)}]")
    items = meant.pieces(typed)
    if keys[-1] == "authors":
        items = [_in_order(item) for item in items]
        if "\n" in typed.strip() or any(map(may_be_several, items)):
            return replace(
                fault, hint="write a list, one item for each author: [Anna Lindgren, Bo Li]"
            )
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
    name = without_degrees(name)
    found = read(name)
    return found.instead if isinstance(found, Inverted) else name


def _to_pairs(fault: Flaw, here: type[Part] | None, typed: object) -> Flaw:
    if not here:
        return replace(fault, hint="write `key: value` pairs, indented by two spaces")
    if isinstance(typed, tuple) and len(typed) == 1 and isinstance(typed[0], dict):
        return replace(fault, hint="it is not a list: leave out the `- `")
    if (alone := _only(typed)) is not None and issubclass(here, Short) and here.bare:
        hint = f"write it without brackets: {rendered(alone)}"
        return replace(fault, hint=hint, mend=Mend(fault.keys, alone))
    return replace(fault, hint=f"write {_pairs(here, typed)}")


def _only(typed: object) -> str | None:
    """The one text that a list holds, if it is that."""
    alone = typed[0] if isinstance(typed, tuple) and len(typed) == 1 else None
    return alone if isinstance(alone, str) else None


def _pairs(here: type[Part], typed: object) -> str:
    """What must be said of a ``here``, with what can be read from ``typed`` filled in."""
    fields = here.model_fields
    wanted = [field.alias or name for name, field in fields.items() if field.is_required()]
    values = dict.fromkeys(wanted or list(fields)[:2], "…")
    if isinstance(typed, str):
        values |= _guessed(here, typed, values)
    return "{" + ", ".join(f"{name}: {_shown(value)}" for name, value in values.items()) + "}"


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
    if "url" in values and "://" in typed and len(typed.split()) == 1:
        found["url"] = typed
    elif "id" in values and len(words) == 1:
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
