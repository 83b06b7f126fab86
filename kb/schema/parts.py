"""What several kinds of entry are built of: text in two languages, edges, sources, claims."""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Annotated, ClassVar, Literal, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    WrapSerializer,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from typing_extensions import TypeAliasType

from kb.schema.marks import Address, Relates, Shown, When
from kb.words.pair import Pair

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Ref = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}),
]
"""The id of another entry; whether there is one is for rules to say, which know what was meant."""
SourceKey = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9-]*$", "maxLength": 40}),
]
"""The key of a source, or one that is built in; rules say whether there is one."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Url = Annotated[str, StringConstraints(min_length=8, max_length=2000), Address()]
Language = Literal["en", "zh"]
Plain = TypeAliasType(
    "Plain",
    "str | int | float | bool | datetime.date | tuple[Plain, ...] | dict[str, Plain] | None",
)
Year = Annotated[int, Field(ge=1900, le=9999), When()]

WHOLE = {"whole": True}
"""The context of a dump in which nothing is typed short: each field has one shape."""


def whole(info: SerializationInfo) -> bool:
    """Whether a dump says everything in full."""
    return bool(info.context == WHOLE)


def _from_json(value: object, info: ValidationInfo) -> object:
    """The day that JSON writes as text.

    Inside a part that may be typed short, Pydantic no longer knows.
    """
    typed = info.mode == "json" and isinstance(value, str)
    return datetime.date.fromisoformat(str(value)) if typed else value


Day = Annotated[datetime.date, BeforeValidator(_from_json), When()]


class Part(BaseModel):
    """What every model here is: frozen, strict in its types, closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(Part):
    """The same thing said in both languages."""

    en: Prose = Field(description="English text.")
    zh: Prose = Field(description="The same in Chinese (中文), written as a native would write it.")


class Name(Part):
    """A name in both languages."""

    en: Line = Field(description="English name.")
    zh: Line = Field(description="Chinese name (中文名).")


class Aliases(Part):
    """Other names under which people look for the thing."""

    en: tuple[Line, ...] = Field(default=(), description="Other English names.")
    zh: tuple[Line, ...] = Field(default=(), description="Other Chinese names (别名).")


class Short(Part):
    """A part that may be typed as its field ``bare`` alone, if that is all there is to say."""

    bare: ClassVar[str]
    scalars: ClassVar[tuple[type, ...]] = (str,)

    @model_validator(mode="before")
    @classmethod
    def _from_bare(cls, value: object) -> object:
        return {cls.bare: value} if cls.bare and isinstance(value, cls.scalars) else value

    @model_serializer(mode="wrap")
    def _to_bare(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> object:
        alone = self.bare and self.model_fields_set <= {self.bare} and not whole(info)
        return getattr(self, self.bare) if alone else handler(self)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        full = handler(core)
        if not cls.bare:
            return full
        alone = {"type": "string" if cls.scalars == (str,) else "number"}
        said = full["properties"][cls.bare].get("description")
        return {"anyOf": [alone | ({"description": said} if said else {}), full]}


class Cite(Short):
    """One ground of a claim: the key of a source, and the place in it."""

    bare = "key"

    key: SourceKey = Field(description="Key of a source of the entry, or `snippet` or `ours`.")
    where: Line | None = Field(
        default=None, description="The place in it: abstract, Table 2, Section 3 …"
    )


def _listed(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str | dict) else value


def _alone(
    cites: tuple[Cite, ...], handler: SerializerFunctionWrapHandler, info: SerializationInfo
) -> object:
    said = handler(cites)
    one = isinstance(said, list | tuple) and len(said) == 1 and not whole(info)
    return said[0] if one else said


class _OrOne:
    """Says in the JSON Schema that a list may be typed as its only item."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string"}, handler(core)]}


Cites = Annotated[tuple[Cite, ...], BeforeValidator(_listed), WrapSerializer(_alone), _OrOne]


class Grounded(Part):
    """Something that could be false, with what it rests on."""

    source: Cites = Field(
        default=(),
        description="What it rests on: the key of a source, `snippet` (our code shows it), "
        "`ours` (our judgement), or a list of them.",
    )
    where: Line | None = Field(
        default=None, description="The place in the source: abstract, Table 2, Section 3 …"
    )


class Statement(Grounded):
    """One claim in words, in both languages."""

    en: Prose = Field(description="English text.")
    zh: Prose = Field(description="The same in Chinese (中文), written as a native would write it.")


class EdgeTo(Short):
    """A relation to another entry: its id alone, or the id with one sentence that says why."""

    bare = "id"

    id: Ref = Field(description="The id of the other entry.")
    why: Text | None = Field(
        default=None, description="One sentence that says why, in both languages."
    )


class Tie(Grounded, EdgeTo):
    """A relation that says something about the world, with what it rests on."""


class Open(Part):
    """A claim that nobody could settle, and what was tried."""

    claim: Line = Field(description="The field, or the claim in a few words.")
    zh: Line | None = Field(
        default=None, description="The same in Chinese, where `claim` is no field."
    )
    note: Text = Field(description="What was looked for and not found, or what disagrees.")


class Source(Part):
    """A page on which the entry rests."""

    url: Url = Field(description="Where a reader should look: the primary page if there is one.")
    read: Url | None = Field(
        default=None, description="The copy or record in which it was read, if not at `url`."
    )
    seen: Day = Field(description="The day on which it was read, as YYYY-MM-DD.")
    supports: tuple[Line, ...] = Field(
        default=(), description="The fields with a single value that this page shows: title, year …"
    )
    note: Text | None = Field(
        default=None, description="Anything a reader should know about this source."
    )


class Model(Part):
    """What every entry has. The id is the file's name."""

    id: Id | None = Field(
        default=None, description="Optional; if given it must equal the file's name."
    )
    formerly: tuple[Id, ...] = Field(
        default=(), description="Ids that the entry had before; their addresses still lead here."
    )


class Unproven(Model):
    """An entry whose claims name their grounds."""

    sources: dict[Key, Source] = Field(
        default_factory=dict, description="The pages on which the entry rests, each under a key."
    )
    open: tuple[Open, ...] = Field(default=(), description="Claims that nobody could settle.")


Topics = Annotated[
    tuple[Ref, ...],
    Field(min_length=1, description="Topic ids, the most specific ones that fit."),
    Relates("topics"),
    Shown(Pair("Topics", "主题")),
]


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping whose keys the entry chooses, and whose values are ``items``."""

    items: type[Part]


Place = type[Part] | Keyed | None


def below(place: Place, key: str) -> Place:
    """What stands at ``key`` of ``place``: the model of its value or of its items, or None."""
    if isinstance(place, Keyed):
        return place.items
    return _places(place).get(key) if place else None


@cache
def _places(model: type[Part]) -> dict[str, Place]:
    """What stands at each key of ``model``, by its name and by its alias."""
    return {
        key: _part(field.annotation)
        for name, field in model.model_fields.items()
        for key in (name, field.alias or name)
    }


def _part(annotation: object) -> Place:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, Part) else None
    inner = next((part for arg in get_args(annotation) if (part := _part(arg))), None)
    return Keyed(inner) if get_origin(annotation) is dict and isinstance(inner, type) else inner


def field_order(model: Place) -> list[str]:
    """The keys of ``model`` in the order of writing: what all models share comes last."""
    if model is None or isinstance(model, Keyed):
        return []
    last = {
        name: at
        for base in (Unproven, EdgeTo, Grounded)
        for at, name in enumerate(base.model_fields)
        if issubclass(model, base) and name not in Model.model_fields
    }
    if issubclass(model, EdgeTo):
        last = {"source": 0, "where": 1, "why": 2}
    fields = sorted(model.model_fields, key=lambda name: last.get(name, -1))
    return [model.model_fields[name].alias or name for name in fields]
