"""The building blocks that several kinds of entry share: text in two languages, edges, evidence."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_serializer,
    model_validator,
)

from kb.schema.marks import Address, Relates, Shown, When
from kb.words import Pair

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Url = Annotated[str, StringConstraints(min_length=8, max_length=2000), Address()]
Language = Literal["en", "zh"]
Year = Annotated[int, Field(ge=1900, le=9999), When()]
Day = Annotated[datetime.date, When()]


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


class EdgeTo(Part):
    """A relation to another entry: its id alone, or the id with one sentence that says why."""

    id: Id = Field(description="The id of the other entry.")
    why: Text | None = Field(
        default=None, description="One sentence that says why, in both languages."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_bare_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _to_bare_id(self, handler: Any) -> Any:
        return self.id if self.why is None else handler(self)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        full = handler(core)
        return {"anyOf": [{"type": "string", "description": "The id of the other entry."}, full]}


class Unconfirmed(Part):
    """A fact that nobody could confirm, and what was tried."""

    fact: Line = Field(description="The field that is not confirmed.")
    note: Text = Field(description="What was looked for and not found.")


class Evidence(Part):
    """Where facts of the entry were seen."""

    url: Url = Field(description="The page on which the facts were seen.")
    supports: tuple[Line, ...] = Field(
        min_length=1, description="The fields that this page confirms."
    )
    seen: Day = Field(description="The day on which the page was read, as YYYY-MM-DD.")
    note: Text | None = Field(
        default=None, description="Anything a reader should know about this source."
    )


class Model(Part):
    """What every entry has. The id is the file's name."""

    id: Id | None = Field(
        default=None, description="Optional; if given it must equal the file's name."
    )


class Unproven(Model):
    """An entry whose facts carry evidence."""

    evidence: tuple[Evidence, ...] = Field(default=(), description="Where the facts were seen.")
    unconfirmed: tuple[Unconfirmed, ...] = Field(
        default=(), description="Facts that nobody could confirm."
    )


Topics = Annotated[
    tuple[Id, ...],
    Field(min_length=1, description="Topic ids, the most specific ones that fit."),
    Relates("topics"),
    Shown(Pair("Topics", "主题")),
]


def field_order(model: type[BaseModel]) -> list[str]:
    """The fields of ``model`` in the order in which an entry is written: evidence and doubts come last."""
    last = [
        name
        for name in Unproven.model_fields
        if name not in Model.model_fields and name in model.model_fields
    ]
    return [name for name in model.model_fields if name not in last] + last
