"""One walk over an entry: its texts, addresses, edges and days, each with the keys that lead to it."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kb import kinds
from kb.catalog import Catalog, Entry
from kb.schema import EdgeTo, Model, Text
from kb.schema.marks import Address, Mark, Relates, When
from kb.source.reader import Keys

M = TypeVar("M", bound=Mark)
_LINK = re.compile(r"\]\(([^()\s]*)\)")


@dataclass(frozen=True, slots=True)
class Edge:
    """One typed edge as it was typed: from ``source`` to ``target``, at ``keys`` of the source's file."""

    source: str
    relation: str
    target: str
    keys: Keys
    typed: EdgeTo | None = None

    @property
    def why(self) -> Text | None:
        """The sentence that says why, if there is one."""
        return self.typed.why if self.typed else None


@dataclass(frozen=True, slots=True)
class Target:
    """One address at one place of one entry.

    ``title`` is what the page should call itself; None where the entry does not say, as for pages of
    evidence. ``own``: the address of the entry itself. ``typed``: what stands there, if that is not
    the address but an identifier.
    """

    url: str
    entry: Entry[Model]
    keys: Keys
    title: str | None = None
    own: bool = False
    typed: str = ""


def texts(value: object, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in a model, or in a value of one, with the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, BaseModel):
        for name, inner in value.__dict__.items():
            yield from texts(inner, (*keys, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from texts(item, (*keys, number))


def edges(entry: Entry[Model]) -> Iterator[Edge]:
    """Every edge that ``entry`` itself names."""
    for keys, value, mark in marked(entry.model, Relates):
        typed = value if isinstance(value, EdgeTo) else None
        target = typed.id if typed else value
        if isinstance(target, str):
            yield Edge(entry.id, mark.relation, target, keys, typed)


def days(entry: Entry[Model]) -> Iterator[tuple[Keys, int | datetime.date]]:
    """Every year and day that ``entry`` names and that must have come."""
    for keys, value, _ in marked(entry.model, When):
        if isinstance(value, int | datetime.date):
            yield keys, value


def targets(catalog: Catalog) -> list[Target]:
    """All addresses that the entries name, in the order of entries and fields.

    An address that stands in several places is there several times.
    """
    return [target for entry in catalog.entries.values() for target in addresses(entry)]


def addresses(entry: Entry[Model]) -> Iterator[Target]:
    """Every address in ``entry``: the fields that hold one, and the links inside texts."""
    title = kinds.printed(entry.model)
    for keys, value, mark in marked(entry.model, Address):
        if isinstance(value, str):
            called, url = title if len(keys) == 1 else None, mark.form.format(value)
            yield Target(url, entry, keys, called, mark.own, "" if url == value else value)
    if "](" in entry.text:
        for keys, text in texts(entry.model):
            yield from (Target(url, entry, keys) for url in _LINK.findall(without_code(text)))


def without_code(text: str) -> str:
    """A text without what is shown character by character: code and formulas."""
    return re.sub(r"`[^`]*`|\$[^$]*\$", "", text)


def marked(model: BaseModel, mark: type[M], keys: Keys = ()) -> Iterator[tuple[Keys, object, M]]:
    """Every value in ``model`` whose field carries a ``mark``, item by item where it is a list."""
    for name, found, deeper in _planned(type(model), mark):
        for at, value in _items(model.__dict__[name], (*keys, name)):
            if found is not None:
                yield at, value, found
            if deeper and isinstance(value, BaseModel):
                yield from marked(value, mark, at)


def _items(value: object, keys: Keys) -> Iterable[tuple[Keys, object]]:
    if isinstance(value, tuple):
        return [((*keys, number), item) for number, item in enumerate(value)]
    return () if value is None else ((keys, value),)


_Plan = tuple[tuple[str, M | None, bool], ...]
_PLANS: dict[tuple[type[BaseModel], type[Mark]], _Plan[Mark]] = {}


def _planned(model: type[BaseModel], mark: type[M]) -> _Plan[M]:
    """The plan of ``model``, made once."""
    if (model, mark) not in _PLANS:
        _PLANS[model, mark] = tuple(_plan(model, mark))
    return cast(_Plan[M], _PLANS[model, mark])


def _plan(model: type[BaseModel], mark: type[M]) -> Iterator[tuple[str, M | None, bool]]:
    """The fields of ``model`` that carry ``mark`` or hold, at any depth, one that does."""
    for name, field in model.model_fields.items():
        parts = list(_parts(field))
        found = [part for part in parts if isinstance(part, mark)]
        models = (part for part in parts if isinstance(part, type) and issubclass(part, BaseModel))
        deeper = any(_planned(part, mark) for part in models)
        if found or deeper:
            yield name, found[-1] if found else None, deeper


def _parts(field: FieldInfo) -> Iterator[object]:
    """Everything that the annotation of a field is made of, its marks last."""
    todo: list[object] = [field.annotation]
    while todo:
        part = todo.pop()
        yield part
        todo += get_args(part)
    yield from field.metadata
