"""Whether data has the shape of its model: what is wrong with it, and what of it can be used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Generic, TypeVar, Union, cast, get_args, get_origin

from pydantic import Field, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from kb.findings import Kind
from kb.near import Nearest, asked
from kb.schema import Model
from kb.schema.parts import Keyed, Part, Place, below
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
SHAPES = {name: Kind(code, name, *page) for name, (code, *page) in _SHAPES.items()}
_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
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


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the shape of an entry, at ``keys`` of its data."""

    name: str
    keys: Keys
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Shaped(Generic[M]):
    """An entry's model, and what was wrong.

    If anything was, the model holds what obeys the shape and None elsewhere. ``faulty`` are the
    fields that are not what was typed. ``kept`` says which items are left of each list that lost
    some.
    """

    model: M
    faults: tuple[Fault, ...] = ()
    faulty: frozenset[str] = frozenset()
    kept: Mapping[Keys, tuple[int, ...]] | None = None


def shaped(model: type[M], data: object, near: Nearest) -> Shaped[M]:
    """``data`` as a ``model``, as far as it is one."""
    try:
        return Shaped(model.model_validate(data))
    except ValidationError as error:
        details = error.errors(include_url=False)
    meant = {_meant(model, detail, near) for detail in details} - {None}
    faults = tuple(
        Fault(name, tuple(detail["loc"]), message, hint)
        for detail in details
        if not (detail["type"] == "missing" and tuple(detail["loc"]) in meant)
        for name, message, hint in [_explain(model, near, detail)]
    )
    names = {str(keys[0]) for keys in meant if keys}
    names |= {str(detail["loc"][0]) for detail in details if detail["loc"]}
    whole = any(not detail["loc"] for detail in details)
    return _rest(model, data, faults, frozenset(model.model_fields if whole else names))


def nothing_of(model: type[M]) -> Shaped[M]:
    """What is left of an entry whose file cannot be read."""
    return Shaped(_lenient(model).model_validate({}), faulty=frozenset(model.model_fields))


def _rest(
    model: type[M], data: object, faults: tuple[Fault, ...], faulty: frozenset[str]
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


def _meant(model: type[Model], detail: ErrorDetails, near: Nearest) -> Keys | None:
    """The field that an unknown one was meant to be."""
    word = detail["type"] == "extra_forbidden" and _guess(model, detail["loc"], near)
    return (*detail["loc"][:-1], word) if word else None


def _guess(model: type[Model], keys: Keys, near: Nearest) -> str:
    """The name nearest to the last of ``keys`` among the fields that may stand there."""
    here = _model_at(model, keys[:-1])
    return near(str(keys[-1]), here.__name__, lambda: _names(here)) if here else ""


def _names(model: type[Part]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[Part], keys: Iterable[str | int]) -> type[Part] | None:
    place: Place = model
    for key in keys:
        if isinstance(key, str):
            place = below(place, key)
    return None if isinstance(place, Keyed) else place


def _explain(kind: type[Model], near: Nearest, detail: ErrorDetails) -> tuple[str, str, str]:
    last, trouble, context = (
        detail["loc"][-1] if detail["loc"] else "",
        detail["type"],
        detail.get("ctx", {}),
    )
    where = ".".join(str(key) for key in detail["loc"])
    match trouble:
        case "extra_forbidden":
            return (
                "unknown-field",
                f"unknown field `{last}`",
                asked(_guess(kind, tuple(detail["loc"]), near)) or "see the field reference",
            )
        case "missing" if last in ("en", "zh"):
            return "missing-language", f"`{where}` is missing", "say the same in both languages"
        case "missing":
            return "missing-field", f"required field `{where}` is missing", "add it"
        case "literal_error":
            words = [
                word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")
            ]
            return (
                "unknown-word",
                f"`{detail['input']}` is not a word of `{where}`",
                asked(near(str(detail["input"]), where, lambda: words))
                or f"one of: {', '.join(words)}",
            )
        case _ if trouble in _TYPES:
            return (
                "wrong-type",
                f"`{where}` is {_named(detail['input'])}, expected {_TYPES[trouble]}",
                _pairs_hint(kind, detail) or _quote_hint(trouble, detail["input"]),
            )
        case "string_pattern_mismatch":
            return (
                "malformed-value",
                f"`{where}` is `{detail['input']}`, expected {_FORMS.get(str(last), _FORMS['id'])}",
                "write it in that form",
            )
    return "malformed-value", f"`{where}`: {_lower(detail['msg'])}", "write it in that form"


def _named(value: object) -> str:
    names = {
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        tuple: "a list",
        dict: "a mapping",
        type(None): "empty",
    }
    return names.get(type(value), "a date")


def _pairs_hint(kind: type[Model], detail: ErrorDetails) -> str:
    """How to write the `key: value` pairs that are expected."""
    here = _model_at(kind, detail["loc"]) if detail["type"].startswith("model") else None
    required = (
        [field.alias or name for name, field in here.model_fields.items() if field.is_required()]
        if here
        else []
    )
    return f"write {{{', '.join(f'{name}: …' for name in required)}}}" if required else ""


def _quote_hint(trouble: str, value: object) -> str:
    if trouble == "string_type" and not isinstance(value, tuple | dict) and value is not None:
        return f'quote it: "{value}" (if digits were lost, write them out)'
    return "see the field reference"


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
