"""What the search knows of each entry: names, authors, addresses and texts. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kb.bibliography import parts, printed, short
from kb.catalog import Entry
from kb.evidence import status
from kb.graph import Graph
from kb.kinds import KINDS
from kb.names import Person
from kb.schema import Article, Author, Model, Paper, Technique, Topic, Unproven
from kb.site.entries import (
    address_of,
    form_of,
    gist_of,
    language_of,
    name_of,
    topics_of,
    year_of,
)
from kb.site.search.pasted import pasted
from kb.walk import addresses, said
from kb.words.vocabularies import FORMS

_COLONS = ":\uff1a"
_PAUSES = " ,;:\uff0c\uff1b\uff1a\u3001"


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the search knows of one entry.

    ``url`` starts at the site's root. ``names`` are its own, ``brief`` is what stands before the
    colon of one (`EfficientNet: Rethinking …`), ``aliases`` are its other names; ``near`` are names
    of entries that it is about; ``authors`` are its writers, each with all forms of the name;
    ``keys`` the identifiers and addresses that are its own, best known first. ``texts`` are
    searched for single words. ``meta`` is shown, ``filters`` narrow the results,
    ``matters`` is how much the entry does so here, from 0 to 9.
    """

    url: str
    id: str
    kind: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    authors: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    filters: dict[str, list[str]] = field(default_factory=dict)
    matters: int = 0
    brief: tuple[str, ...] = ()


def records(graph: Graph) -> list[Indexed]:
    """One record per entry, with names, aliases and texts in both languages."""
    return [_record(graph, entry) for entry in graph.catalog.entries.values()]


def counts(found: Iterable[Indexed]) -> dict[str, dict[str, int]]:
    """The values of each filter with the number of entries that have them."""
    filters: dict[str, Counter[str]] = {}
    for record in found:
        for name, values in record.filters.items():
            filters.setdefault(name, Counter()).update(values)
    return {name: dict(sorted(values.items())) for name, values in sorted(filters.items())}


def _record(graph: Graph, entry: Entry) -> Indexed:
    names, kind = _names(entry), KINDS[entry.kind].names
    around = [_names(graph.catalog.entries[id]) for id in _around(graph, entry)]
    near = [name for other in around for name in (*other, *_brief(other))]
    return Indexed(
        f"/{address_of(entry)}",
        entry.id,
        entry.kind,
        names,
        _aliases(entry),
        tuple(_authors(entry.model)),
        tuple(_keys(entry)),
        tuple(dict.fromkeys(near)),
        (*_facts(graph, entry), *_texts(entry), kind.en, kind.zh),
        _meta(graph, entry),
        _filters(entry),
        _matters(graph, entry),
        _brief(names),
    )


def _matters(graph: Graph, entry: Entry) -> int:
    """How much ``entry`` matters here: by who names it, and more if it brings in a technique.

    A paper that many build on may be about something else; of one author's papers, those that this
    collection is about come first.
    """
    named = len(graph.into(entry.id)).bit_length()
    return min(9, named + (4 if graph.out(entry.id, "introduces") else 0))


def _around(graph: Graph, entry: Entry) -> list[str]:
    """Entries whose names find this one, too: papers find techniques, members no topic."""
    steps = (
        step
        for step in graph.steps(entry.id)
        if step.edge.relation in ("introduces", "about", "topics")
    )
    return [step.to for step in steps if not step.inverse or step.edge.relation == "introduces"]


def _names(entry: Entry) -> tuple[str, ...]:
    name = name_of(entry)
    return tuple(dict.fromkeys((name.en, name.zh)))


def _brief(names: Iterable[str]) -> tuple[str, ...]:
    """What stands before the colon of names: it is only part of a name, but used as one."""
    found = [one.partition(mark)[0] for one in names for mark in _COLONS if mark in one]
    return tuple(dict.fromkeys(one for one in found if len(one) > 2))


def _aliases(entry: Entry) -> tuple[str, ...]:
    model: Model = entry.model
    aliases = model.aliases if isinstance(model, Technique | Topic) else None
    return (*aliases.en, *aliases.zh) if aliases else ()


def _authors(model: Model) -> Iterator[tuple[str, ...]]:
    """Each author: the name as printed and in its other forms, the family name last."""
    for author in model.authors if isinstance(model, Paper) else ():
        yield tuple(dict.fromkeys(_forms(author)))


def _forms(author: Author) -> Iterator[str]:
    name = parts(author)
    yield printed(author)
    if author.zh:
        yield author.zh
    if isinstance(name, Person) and name.given:
        yield from (f"{name.family} {name.given}", f"{_first(name.given)} {name.family}")
        yield name.family


def _first(given: str) -> str:
    """Given names without those that are only a letter: `William J.` is looked for as `William`."""
    return " ".join(one for one in given.split() if len(one.strip(".")) > 1) or given


def _keys(entry: Entry) -> Iterator[str]:
    """Its id, its own identifiers and addresses, then the pages that say what it is."""
    yield f"id:{entry.id}"
    own = [target.url for target in addresses(entry) if target.keys[:1] != ("sources",)]
    model: Model = entry.model
    sources = model.sources.values() if isinstance(model, Unproven) else ()
    pages = [str(one.url) for one in sources if {"title", "authors"} & set(one.supports)]
    yield from dict.fromkeys(key for url in (*own, *pages) if (key := pasted(url)))


def _facts(graph: Graph, entry: Entry) -> list[str]:
    """Words that are no sentences: venue and year, publisher, id."""
    model: Model = entry.model
    if isinstance(model, Paper):
        venue = [short(graph.catalog, model), str(model.venue.year)] if model.venue else []
        return [str(model.year), *venue]
    publisher = model.publisher if isinstance(model, Article) else None
    return [publisher] if publisher else []


def _texts(entry: Entry) -> list[str]:
    model: Model = entry.model
    texts = [gist_of(entry)]
    if isinstance(model, Technique):
        texts.append(said(model.explanation))
    return [words for text in texts if text for words in (text.en, text.zh)]


def _meta(graph: Graph, entry: Entry) -> dict[str, str]:
    name, text = name_of(entry), gist_of(entry)
    model: Model = entry.model
    writers = [printed(one) for one in model.authors] if isinstance(model, Paper) else []
    found = {
        "url": f"/{address_of(entry)}",
        "kind": entry.kind,
        "en": name.en,
        "zh": name.zh if name.zh != name.en else "",
        "year": str(year_of(entry) or ""),
        "by": ", ".join(writers[:3]) + (" …" if len(writers) > 3 else ""),
        "venue": short(graph.catalog, model) if isinstance(model, Paper) else "",
        "en_text": _cut(text.en, 170) if text else "",
        "zh_text": _cut(text.zh, 90) if text else "",
    }
    return {key: value for key, value in found.items() if value}


def _cut(text: str, most: int) -> str:
    """The beginning of ``text``, at the end of a word."""
    if len(text) <= most:
        return text
    head = text[:most]
    if text[most].isascii() and text[most].isalnum():
        head = head.rpartition(" ")[0] or head
    return head.rstrip(_PAUSES) + "…"


def _filters(entry: Entry) -> dict[str, list[str]]:
    form, year = form_of(entry), year_of(entry)
    found: dict[str, list[str]] = {
        "kind": [entry.kind],
        "topic": list(topics_of(entry)),
        "year": [str(year)] if year else [],
        "language": _languages(entry),
        "form": [FORMS[form].en] if form else [],
        "status": [status(entry)] if isinstance(entry.model, Unproven) else [],
    }
    return {key: values for key, values in found.items() if values}


def _languages(entry: Entry) -> list[str]:
    """The languages in which an entry can be read: techniques and topics are written in both."""
    if isinstance(entry.model, Technique | Topic):
        return ["en", "zh"]
    return [language_of(entry) or "en"]
