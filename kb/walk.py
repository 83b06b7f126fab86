"""One walk over an entry: its texts, addresses, edges, days and claims, each with its keys."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kb import kinds
from kb.catalog import Catalog, Entry
from kb.schema import Article, Cite, EdgeTo, Grounded, Model, Name, Statement, Text, Unproven
from kb.schema.marks import Address, ClaimKind, Fact, Key, Mark, Refers, Relates, Says, When
from kb.source.reader import Keys

M = TypeVar("M", bound=Mark)
_LINK = re.compile(r"\]\(([^()\s]*)\)")


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge as it was typed: from ``source`` to ``target``, at ``keys`` of the source's file."""

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
class Claim:
    """Something that the entry says at ``keys`` and that could be false.

    ``grounds`` are the sources on which it rests, each with the place in it; none if it names none.
    ``key``: the entry stands on it. ``typed``: what stands there. ``fact``: what sources call it.
    """

    keys: Keys
    kind: ClaimKind
    grounds: tuple[Cite, ...]
    key: bool = False
    typed: object = None
    fact: str = ""

    @property
    def field(self) -> str:
        """The field in which it stands."""
        return str(self.keys[0])

    @property
    def name(self) -> str:
        """What it is called: a fact as sources call it, all else by its field."""
        return self.fact or self.field


@dataclass(frozen=True, slots=True)
class Target:
    """One address at one place of one entry.

    ``title`` is what the page should call itself; None where the entry does not say, as for its
    sources. ``own``: the address of the entry itself. ``typed``: what stands there, if that is not
    the address but an identifier.
    """

    url: str
    entry: Entry
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
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, (*keys, name))


def pairs(value: object, keys: Keys = ()) -> Iterator[tuple[Keys, Text | Statement | Name]]:
    """Every text and name in both languages in a model, with the keys that lead to it."""
    if isinstance(value, Text | Statement | Name):
        yield keys, value
    elif isinstance(value, BaseModel):
        for name in _paired(type(value)):
            if (inner := value.__dict__[name]) is not None:
                yield from pairs(inner, (*keys, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from pairs(item, (*keys, number))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from pairs(item, (*keys, name))


@cache
def _paired(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of ``model`` that hold, at any depth, a text in both languages."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if any(
            issubclass(part, Text | Statement | Name) or _paired(part)
            for part in _parts(field)
            if isinstance(part, type) and issubclass(part, BaseModel)
        )
    )


def edges(entry: Entry) -> Iterator[Edge]:
    """Every edge that ``entry`` itself names."""
    for keys, value, mark in marked(entry.model, Relates):
        typed = value if isinstance(value, EdgeTo) else None
        target = typed.id if typed else value
        if isinstance(target, str):
            yield Edge(entry.id, mark.relation, target, keys, typed)


def references(entry: Entry) -> Iterator[tuple[Keys, str]]:
    """Every id of another entry that ``entry`` names, edge or not, with the keys of the id."""
    for edge in edges(entry):
        yield edge.keys, edge.target
    for keys, value, _ in marked(entry.model, Refers):
        if isinstance(value, str):
            yield keys, value


def claims(entry: Entry) -> Iterator[Claim]:
    """Everything that ``entry`` says and that could be false, in the order of the fields.

    Facts rest on the sources that support them; those that need none are claims only if one does.
    Rows, edges, statements, formulas, origins and versions name their own grounds; so does a number
    in a row if it stands elsewhere.
    """
    model = entry.model
    if not isinstance(model, Unproven):
        return
    supports = _supports(model)
    for name, fact, says, key in _claimed(type(model)):
        value = model.__dict__[name]
        if says is not None:
            yield from _grounded(value, (name,), says.kind, key)
        elif fact is not None and value:
            called = fact.name or name
            cites = supports.get(called, ())
            if fact.needed or cites:
                yield Claim((name,), "fact", cites, key, value, called)


@cache
def _claimed(model: type[Model]) -> tuple[tuple[str, Fact | None, Says | None, bool], ...]:
    """The fields that hold claims, each with its mark, and whether the entry stands on it."""
    facts, says = dict(kinds.marked(model, Fact)), dict(kinds.marked(model, Says))
    held = dict(kinds.marked(model, Key))
    return tuple(
        (name, facts.get(name), says.get(name), name in held)
        for name in model.model_fields
        if name in facts or name in says
    )


@lru_cache(maxsize=10_000)
def _cite(key: str, where: str | None = None) -> Cite:
    return Cite(key=key, where=where)


def _supports(model: Unproven) -> dict[str, tuple[Cite, ...]]:
    found: dict[str, tuple[Cite, ...]] = {}
    for key, source in (model.sources or {}).items():
        for fact in (source.supports or ()) if source else ():
            found[fact] = (*found.get(fact, ()), _cite(key))
    return found


def _grounded(value: object, keys: Keys, kind: ClaimKind, key: bool) -> Iterator[Claim]:
    """The claims in ``value``: each part with a ground of its own.

    A number in a row is a claim only if it names a ground.
    """
    for at, item in _items(value, keys):
        if isinstance(item, Grounded):
            yield Claim(at, kind, grounds(item), key, item)
            for name, inner in item.__dict__.items():
                if isinstance(inner, Grounded) and inner.source:
                    yield Claim((*at, name), kind, grounds(inner), key, inner)


def grounds(part: Grounded) -> tuple[Cite, ...]:
    """What ``part`` rests on; the place that stands beside its sources is that of each."""
    cites = part.source or ()
    if part.where is None:
        return cites
    return tuple(cite if cite.where else _cite(cite.key, part.where) for cite in cites if cite)


def said(statements: Iterable[Statement] | None) -> Text:
    """Statements as one running text."""
    known = [one for one in statements or () if one]
    return Text.model_construct(
        en=" ".join(one.en for one in known), zh="".join(one.zh for one in known)
    )


def days(entry: Entry) -> Iterator[tuple[Keys, int | datetime.date]]:
    """Every year and day that ``entry`` names and that must have come."""
    for keys, value, _ in marked(entry.model, When):
        if isinstance(value, int | datetime.date):
            yield keys, value


def targets(catalog: Catalog) -> list[Target]:
    """All addresses that the entries name, in the order of entries and fields.

    An address that stands in several places is there several times.
    """
    return [target for entry in catalog.entries.values() for target in addresses(entry)]


def addresses(entry: Entry) -> Iterator[Target]:
    """Every address in ``entry``: the fields that hold one, and the links inside texts."""
    title = kinds.printed(entry.model)
    for keys, value, mark in marked(entry.model, Address):
        if isinstance(value, str):
            called, url = title if len(keys) == 1 else None, mark.form.format(value)
            yield Target(url, entry, keys, called, mark.own, "" if url == value else value)
    if entry.places.may_hold(_LINK):
        for keys, text in texts(entry.model):
            yield from (Target(url, entry, keys) for url in _LINK.findall(without_code(text)))


def without_code(text: str) -> str:
    """A text without what is shown character by character: code and formulas."""
    return re.sub(r"`[^`]*`|\$[^$]*\$", "", text)


def marked(model: BaseModel, mark: type[M], keys: Keys = ()) -> Iterator[tuple[Keys, object, M]]:
    """Every value in ``model`` whose field carries a ``mark``, item by item where it is a list."""
    for name, typed, found, deeper in _planned(type(model), mark):
        for at, value in _items(model.__dict__[name], (*keys, typed)):
            if found is not None:
                yield at, value, found
            if deeper and isinstance(value, BaseModel):
                yield from marked(value, mark, at)


def _items(value: object, keys: Keys) -> Iterable[tuple[Keys, object]]:
    if isinstance(value, tuple):
        return [((*keys, number), item) for number, item in enumerate(value)]
    if isinstance(value, dict):
        return [((*keys, name), item) for name, item in value.items()]
    return () if value is None else ((keys, value),)


_Plan = tuple[tuple[str, str, M | None, bool], ...]
_PLANS: dict[tuple[object, object], object] = {}


def _planned(model: type[BaseModel], mark: type[M]) -> _Plan[M]:
    """The plan of ``model``, made once."""
    if (model, mark) not in _PLANS:
        _PLANS[model, mark] = tuple(_plan(model, mark))
    return cast("_Plan[M]", _PLANS[model, mark])


def _plan(model: type[BaseModel], mark: type[M]) -> Iterator[tuple[str, str, M | None, bool]]:
    """The fields of ``model`` that carry ``mark`` or hold, at any depth, one that does.

    Each with the key under which it is typed.
    """
    for name, field in model.model_fields.items():
        parts = list(_parts(field))
        found = [part for part in parts if isinstance(part, mark)]
        models = (part for part in parts if isinstance(part, type) and issubclass(part, BaseModel))
        deeper = any(_planned(part, mark) for part in models)
        if found or deeper:
            yield name, field.alias or name, found[-1] if found else None, deeper


def _parts(field: FieldInfo) -> Iterator[object]:
    """Everything that the annotation of a field is made of, its marks last."""
    todo: list[object] = [field.annotation]
    while todo:
        part = todo.pop()
        yield part
        todo += get_args(part)
    yield from field.metadata


def has_page(entry: Entry) -> bool:
    """Whether there is something to say of an entry.

    An article of which no more is known than title and address stands in lists, which lead there.
    """
    model = entry.model
    if not isinstance(model, Article):
        return True
    return any((model.summary, model.copies, model.same_text, model.open, model.sources))
