"""Whether data has the shape of its model: what is wrong with it, and what of it can be used."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Generic, TypeVar, Union, cast, get_args, get_origin

from pydantic import Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from kb.explain import explained, lost_its_items
from kb.explain.flaw import Flaw
from kb.findings import FindingKind
from kb.near import Nearest
from kb.schema import Model
from kb.schema.parts import Part
from kb.source.reader import Keys

M = TypeVar("M", bound=Model)
P = TypeVar("P", bound=Part)

_SHAPES = {
    "unknown-field": (
        "KB101",
        "A field that this kind of entry does not have.",
        "It would be ignored, and its author would believe that it says something.",
        "titel: A",
        "Use the field that is meant; the message names the nearest one.",
    ),
    "missing-field": (
        "KB102",
        "A required field is missing.",
        "Pages, exports and rules count on it.",
        "a paper without authors",
        "Add the field.",
    ),
    "missing-language": (
        "KB103",
        "A text is given in one language only.",
        "Chinese and English readers are served alike.",
        "summary: {en: …}",
        "Add the other language.",
    ),
    "wrong-type": (
        "KB104",
        "A value has the wrong type.",
        "`1905.11946` without quotes is a number and loses its zeros; a date is not a text.",
        "arxiv: 1905.11946",
        "Quote text that looks like a number or a date; write lists with dashes or brackets.",
    ),
    "unknown-word": (
        "KB105",
        "A value that is not in the closed vocabulary.",
        "Filters and pages know the listed words only.",
        "form: blogpost",
        "Use one of the listed words.",
    ),
    "malformed-value": (
        "KB106",
        "A value that does not have the form of its field.",
        "An id that cannot be right leads nowhere.",
        'arxiv: "abs/1905.11946"',
        "Write it in the form that the message shows.",
    ),
}
SHAPES = {name: FindingKind(code, name, *page) for name, (code, *page) in _SHAPES.items()}


@dataclass(frozen=True, slots=True)
class Shaped(Generic[M]):
    """An entry's model, and what was wrong.

    If anything was, the model holds what obeys the shape and None elsewhere. ``faulty`` are the
    fields that are not what was typed. ``kept`` says which items are left of each list that lost
    some.
    """

    model: M
    faults: tuple[Flaw, ...] = ()
    faulty: frozenset[str] = frozenset()
    kept: Mapping[Keys, tuple[int, ...]] | None = None


def shaped(model: type[M], data: object, near: Nearest) -> Shaped[M]:
    """``data`` as a ``model``, as far as it is one."""
    try:
        return Shaped(model.model_validate(data))
    except ValidationError as error:
        details = error.errors(include_url=False)
    causes = [detail for detail in details if not lost_its_items(detail)]
    found = [explained(model, near, detail, data) for detail in causes]
    meant = {keys for fault in found for keys in fault.instead}
    faults = _proved(model, data, _told(found, meant), len(details))
    names = {str(keys[0]) for keys in meant if keys}
    names |= {str(detail["loc"][0]) for detail in details if detail["loc"]}
    whole = any(not detail["loc"] for detail in details)
    return _rest(model, data, faults, frozenset(model.model_fields if whole else names))


_ABSENT = frozenset({"missing-field", "missing-language"})
_MANY_FAULTS = 100
_MOST_PROOFS = 20
"""How many mends of one entry are tried; each costs a validation."""


def _told(found: list[Flaw], meant: set[Keys]) -> tuple[Flaw, ...]:
    """Each fault once, without those that another one explains: a field that is only misspelt."""
    below = {fault.keys[:-1] for fault in found if fault.keys}
    first: dict[tuple[Keys, str], Flaw] = {}
    for fault in found:
        absent = fault.name in _ABSENT and fault.keys in meant
        if not absent and not (fault.keys in below and fault.name == "malformed-value"):
            first.setdefault((fault.keys, fault.name), fault)
    return tuple(first.values())


def _proved(
    model: type[M], data: object, faults: tuple[Flaw, ...], before: int
) -> tuple[Flaw, ...]:
    """``faults``, each with its mend only if that leaves fewer of them.

    And if what is written below another key can stand there: a number is no proof that the key of
    a text was misspelt.
    """
    most = _MOST_PROOFS if before < _MANY_FAULTS else 1
    tried = [fault for fault in faults if fault.mend][:most]
    good = {id(one) for one in tried if _helps(model, data, one, before)}
    return tuple(fault if id(fault) in good else replace(fault, mend=None) for fault in faults)


def _helps(model: type[M], data: object, fault: Flaw, before: int) -> bool:
    if not fault.mend:
        return False
    left = _wrong(model, fault.mend.applied(data))
    moved = fault.instead if fault.mend.how == "key" else ()
    at_new = any(keys[: len(new)] == new for keys in left for new in moved)
    return len(left) < before and not at_new


def _wrong(model: type[M], data: object) -> list[Keys]:
    """Where ``data`` is wrong."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        return [tuple(detail["loc"]) for detail in error.errors(include_url=False)]
    return []


def nothing_of(model: type[M]) -> Shaped[M]:
    """What is left of an entry whose file cannot be read."""
    return Shaped(_lenient(model).model_validate({}), faulty=frozenset(model.model_fields))


def _rest(
    model: type[M], data: object, faults: tuple[Flaw, ...], faulty: frozenset[str]
) -> Shaped[M]:
    """What is left when everything is dropped that does not obey the shape."""
    rest = _thawed(data) if isinstance(data, dict) else {}
    for _ in range(50):
        kept: dict[Keys, tuple[int, ...]] = {}
        try:
            return Shaped(
                _lenient(model).model_validate(_frozen(rest, (), kept)), faults, faulty, kept
            )
        except ValidationError as error:
            for loc in {original(tuple(detail["loc"]), kept) for detail in error.errors()}:
                _drop(rest, loc)
    return Shaped(nothing_of(model).model, faults, frozenset(model.model_fields))


def original(keys: Keys, kept: Mapping[Keys, tuple[int, ...]]) -> Keys:
    """Where the value at ``keys`` of what was ``kept`` stands in what was typed."""
    return tuple(
        kept[keys[:at]][key] if keys[:at] in kept and isinstance(key, int) else key
        for at, key in enumerate(keys)
    )


class _Items(dict[str | int, object]):
    """The items of a list by number, so that one can be dropped and the others keep theirs."""


def _thawed(value: object) -> object:
    if isinstance(value, dict):
        return {key: _thawed(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return _Items((number, _thawed(item)) for number, item in enumerate(value))
    return value


def _frozen(value: object, keys: Keys, kept: dict[Keys, tuple[int, ...]]) -> object:
    if isinstance(value, _Items):
        if len(value) and len(value) <= cast(int, max(value)):
            kept[keys] = cast(tuple[int, ...], tuple(value))
        return tuple(_frozen(item, (*keys, at), kept) for at, item in enumerate(value.values()))
    if isinstance(value, dict):
        return {key: _frozen(inner, (*keys, key), kept) for key, inner in value.items()}
    return value


def _drop(data: object, keys: Keys) -> None:
    """Take out what stands at ``keys``, or the nearest thing around it."""
    holder, last = None, None
    for key in keys:
        if not isinstance(data, dict) or key not in data:
            break
        holder, last, data = data, key, data[key]
    if holder is not None:
        del holder[last]


@cache
def _lenient(model: type[P]) -> type[P]:
    """The same model with nothing required, at any depth: what is missing is None."""
    fields = {name: _optional(field) for name, field in model.model_fields.items()}
    return cast(type[P], create_model(model.__name__, __base__=model, **fields))  # type: ignore[call-overload]  # fields by name


def _optional(field: FieldInfo) -> tuple[object, object]:
    soft: object = Union[_soft(field.annotation), None]  # noqa: UP007  built at run time
    marked: object = Annotated[(soft, *field.metadata)] if field.metadata else soft
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return marked, Field(default=default, alias=field.alias)


def _soft(annotation: object) -> object:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return _lenient(annotation)
    inner = tuple(map(_soft, get_args(annotation)))
    if get_origin(annotation) in (Union, UnionType):
        return Union[inner]  # noqa: UP007  built at run time
    if get_origin(annotation) is tuple:
        return tuple[inner]  # type: ignore[valid-type]  # built at run time
    if get_origin(annotation) is dict:
        return dict[inner]  # type: ignore[misc,valid-type]  # built at run time
    if get_origin(annotation) is Annotated:
        return Annotated[(inner[0], *get_args(annotation)[1:])]
    return annotation
