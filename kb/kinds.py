"""The one table of the kinds of entry; whoever needs to know which kinds there are reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar

from kb.schema import (
    Article,
    Model,
    Name,
    Paper,
    ReadingList,
    Resource,
    Technique,
    Term,
    Topic,
    Venue,
)
from kb.schema.marks import Fact, Mark, Shown, Title
from kb.schema.parts import Keyed, Part, below
from kb.words.pair import Pair

Form = Literal["file", "folder", "keys"]
Ground = Literal["facts", "basis", "ours"]
Tie = Literal["any", "relation", "other-kind"]
Called = Literal["term", "work", "title"]
M = TypeVar("M", bound=Mark)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry.

    ``form``: an entry is a file of ``folder``, a folder in it, or a key of the file
    ``folder``.yaml. ``names`` and ``this``: what it is called, and what an entry of it calls
    itself. ``page``: the module that renders its page; pages show kinds in the order of the table.
    ``ground``: what an entry rests on: sources of its facts, the basis of what it is about, or
    ourselves. ``tie``: which edges keep it from being an orphan: any, any but topics, or one from
    an entry of another kind. ``called``: whether its name is a term of the field, that of a work
    with an id made of author and year, or the title of a text. ``facets``: the fields by which
    readers filter. ``beside``: files that may stand beside the entry's own in its folder.
    """

    name: str
    model: type[Model]
    folder: str
    names: Pair
    this: Pair
    page: str
    form: Form = "file"
    ground: Ground = "facts"
    tie: Tie = "relation"
    called: Called = "title"
    facets: tuple[str, ...] = ("topics",)
    beside: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """What the reader of files calls it: all entries of a file of keys are read at once."""
        return self.folder if self.form == "keys" else self.name

    def path(self, id: str) -> str:
        """Where the entry ``id`` stands in the catalogue."""
        match self.form:
            case "file":
                return f"{self.folder}/{id}.yaml"
            case "folder":
                return f"{self.folder}/{id}/entry.yaml"
        return f"{self.folder}.yaml"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "technique",
            Technique,
            "techniques",
            Pair("Technique", "技术"),
            Pair("this technique", "本技术"),
            "kb.site.pages.technique",
            form="folder",
            tie="other-kind",
            called="term",
            facets=("topics", "saves", "needs", "networks", "year"),
            beside=frozenset(
                {
                    *("snippet.py", "output.txt", "figure.svg", "figure.zh.svg", "grid.json"),
                    *("libraries.py", "libraries.txt", "weights.txt"),
                }
            ),
        ),
        Kind(
            "paper",
            Paper,
            "papers",
            Pair("Paper", "论文"),
            Pair("this paper", "本论文"),
            "kb.site.pages.paper",
            called="work",
            facets=("topics", "form", "year"),
        ),
        Kind(
            "article",
            Article,
            "articles",
            Pair("Article", "文章"),
            Pair("this article", "本文"),
            "kb.site.pages.article",
            ground="basis",
            facets=("topics", "form", "language", "published"),
        ),
        Kind(
            "resource",
            Resource,
            "resources",
            Pair("Resource", "资源"),
            Pair("this resource", "本资源"),
            "kb.site.pages.article",
            facets=("topics", "form", "language", "status"),
        ),
        Kind(
            "topic",
            Topic,
            "topics",
            Pair("Topic", "主题"),
            Pair("this topic", "本主题"),
            "kb.site.pages.topic",
            form="keys",
            ground="ours",
            tie="any",
            called="term",
            facets=(),
        ),
        Kind(
            "list",
            ReadingList,
            "lists",
            Pair("Reading list", "阅读清单"),
            Pair("this list", "本清单"),
            "kb.site.pages.reading_list",
            ground="ours",
            tie="any",
            facets=("topics", "language"),
        ),
    )
}


VENUES = "venues"
"""The table of venues, `venues.yaml`: beside the entries, not a kind of them."""
VOCABULARY = "vocabulary"
"""The table of terms, `vocabulary.yaml`: beside the entries, too."""


def tables() -> dict[str, type[Model]]:
    """The models of files that hold many things, each under its key, by the file's name."""
    beside: dict[str, type[Model]] = {VENUES: Venue, VOCABULARY: Term}
    return beside | {kind.folder: kind.model for kind in KINDS.values() if kind.form == "keys"}


def models() -> dict[str, type[Model]]:
    """The model of each kind, by the kind's name."""
    return {kind.name: kind.model for kind in KINDS.values()}


@cache
def parts() -> tuple[type[Part], ...]:
    """The models of all entries, of the tables beside them, and of all that these are built of."""
    found: list[type[Part]] = list({*models().values(), *tables().values()})
    for part in found:
        for name in part.model_fields:
            place = below(part, name)
            inner = place.items if isinstance(place, Keyed) else place
            if inner and inner not in found:
                found.append(inner)
    return tuple(found)


def by_file(name: str) -> Kind:
    """The kind whose entries the file kind ``name`` holds. Raises KeyError if there is none."""
    return {kind.file: kind for kind in KINDS.values()}[name]


def required(model: type[Model]) -> list[str]:
    """The fields that every entry with this ``model`` has, in their order."""
    return [name for name, field in model.model_fields.items() if field.is_required()]


def fits(kind: Kind, fields: frozenset[str]) -> bool:
    """Whether an entry of ``kind`` has all of ``fields``, and these all that it needs."""
    return set(required(kind.model)) <= fields <= set(kind.model.model_fields)


@cache
def of_model(model: type[Model]) -> Kind:
    """The kind of entries with this ``model``. Raises KeyError if there is none."""
    return {kind.model: kind for kind in KINDS.values()}[model]


def place_of(parts: tuple[str, ...]) -> tuple[Kind, str] | None:
    """The kind and the id of the entry whose file is at ``parts``; no id in a file of keys."""
    for kind in KINDS.values():
        id = _id(kind, parts)
        if id is not None:
            return kind, id
    return None


def _id(kind: Kind, parts: tuple[str, ...]) -> str | None:
    match kind.form, parts:
        case "file", (folder, name) if folder == kind.folder and name.endswith(".yaml"):
            return name.removesuffix(".yaml")
        case "folder", (folder, name, "entry.yaml") if folder == kind.folder:
            return name
        case "keys", (name,) if name == f"{kind.folder}.yaml":
            return ""
    return None


def meant_id(kind: Kind, parts: tuple[str, ...]) -> str:
    """The id of a file or folder at ``parts`` if it were an entry of ``kind``, or nothing."""
    if kind.form == "keys" or len(parts) < 2 or parts[0] != kind.folder:
        return ""
    return parts[1 if kind.form == "folder" else -1].split(".")[0]


def beside(parts: tuple[str, ...]) -> bool:
    """Whether the file at ``parts`` belongs to an entry without being its own."""
    return len(parts) == 3 and any(
        kind.form == "folder" and kind.folder == parts[0] and parts[2] in kind.beside
        for kind in KINDS.values()
    )


def marked(model: type[Model], mark: type[M]) -> Iterator[tuple[str, M]]:
    """The fields of ``model`` that carry a ``mark``, in their order, each with the last of it."""
    for name, field in model.model_fields.items():
        found = [one for one in field.metadata if isinstance(one, mark)]
        if found:
            yield name, found[-1]


def printed(model: Model) -> str | None:
    """The title as printed, of an entry that has one."""
    titles = (model.__dict__[field] for field, language in _titles(type(model)) if not language)
    return next((title for title in titles if isinstance(title, str)), None)


def name(model: Model) -> Pair:
    """What an entry is called; where a language has no name of its own, the title as printed."""
    titles = {
        language: value
        for field, language in _titles(type(model))
        if (value := model.__dict__[field]) is not None
    }
    printed = titles.get("", "")
    if isinstance(printed, Name):
        return Pair(printed.en, printed.zh)
    return Pair(titles.get("en", printed), titles.get("zh", printed))


@cache
def _titles(model: type[Model]) -> list[tuple[str, str]]:
    """The fields that hold a title, each with its language, or nothing for the one as printed."""
    return [(field, mark.language) for field, mark in marked(model, Title)]


def of_facets(kind: Kind, model: Model) -> dict[str, object]:
    """The values by which readers filter the entry ``model``."""
    return {facet: _value(model, facet) for facet in kind.facets}


def _value(model: Model, facet: str) -> object:
    """The value of a field; the year of a technique is that of its origin."""
    if facet == "year" and isinstance(model, Technique):
        return model.origin.year if model.origin else None
    return model.__dict__[facet]


def shown(model: type[Model]) -> list[tuple[str, Pair]]:
    """The fields that pages show, in order, with their labels."""
    return [(field, mark.label) for field, mark in marked(model, Shown)]


@cache
def facts(model: type[Model]) -> dict[str, tuple[str, Fact]]:
    """The facts an entry can have: what sources call each, to its field and its mark."""
    return {mark.name or field: (field, mark) for field, mark in marked(model, Fact)}
