"""What the search indexes: one record per entry, made from the entries themselves. Pure."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.bibliography import printed, short
from kb.catalog import Entry
from kb.evidence import status
from kb.graph import Graph
from kb.kinds import KINDS, of_model
from kb.schema import Article, Model, Paper, Technique, Topic, Unproven
from kb.site.entries import (
    address_of,
    form_of,
    gist_of,
    language_of,
    name_of,
    topics_of,
    year_of,
)
from kb.walk import said
from kb.words import FORMS


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the index.

    ``url`` starts at the site's root. ``name`` weighs more than ``aliases``, and these more than
    ``content``; ``meta`` is shown, ``filters`` narrow the results.
    """

    url: str
    name: str
    aliases: str
    content: str
    meta: dict[str, str]
    filters: dict[str, list[str]] = field(default_factory=dict)


def records(graph: Graph) -> list[Record]:
    """One record per entry, with names, aliases and texts in both languages."""
    return [_record(graph, entry) for entry in graph.catalog.entries.values()]


_HAN = re.compile(r"[\u3400-\u9fff]+")


def paired(text: str) -> str:
    """``text`` with every run of Chinese as overlapping pairs of characters: ABCD becomes AB BC CD.

    Chinese has no spaces, and no two segmenters agree; pairs need none, and any two adjacent
    characters are found. The search dialog does the same to what a reader types.
    """
    return _HAN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", text)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def opening(found: Iterable[Record]) -> str:
    """What the search needs before its index is loaded, as JSON.

    ``filters`` holds the values of each filter with their counts, ``topics`` all topics.
    """
    mine = list(found)
    filters: dict[str, Counter[str]] = {}
    for record in mine:
        for name, values in record.filters.items():
            filters.setdefault(name, Counter()).update(values)
    topics = [
        {"url": record.url, "meta": record.meta}
        for record in mine
        if record.meta["kind"] == of_model(Topic).name
    ]
    return json.dumps(
        {
            "filters": {
                name: dict(sorted(values.items())) for name, values in sorted(filters.items())
            },
            "topics": topics,
        },
        ensure_ascii=False,
    )


def _record(graph: Graph, entry: Entry) -> Record:
    names, kind = _names(entry), KINDS[entry.kind].names
    around = [
        name for id in _around(graph, entry) for name in _names(graph.catalog.entries[id])[:2]
    ]
    words = [*_identifiers(graph, entry), *_texts(entry), kind.en, kind.zh, *around]
    return Record(
        f"/{address_of(entry)}",
        " . ".join(names[:2]),
        " . ".join(names[2:]),
        " . ".join(words),
        _meta(entry),
        _filters(entry),
    )


def _around(graph: Graph, entry: Entry) -> list[str]:
    """Entries whose names find this one, too: papers find techniques, members no topic."""
    steps = (
        step
        for step in graph.steps(entry.id)
        if step.edge.relation in ("introduces", "about", "topics")
    )
    return [step.to for step in steps if not step.inverse or step.edge.relation == "introduces"]


def _names(entry: Entry) -> list[str]:
    model: Model = entry.model
    name = name_of(entry)
    aliases = model.aliases if isinstance(model, Technique | Topic) else None
    also = (*aliases.en, *aliases.zh) if aliases else ()
    return list(dict.fromkeys((name.en, name.zh, *also)))


def _identifiers(graph: Graph, entry: Entry) -> list[str]:
    model: Model = entry.model
    if isinstance(model, Paper):
        venue = [short(graph.catalog, model), str(model.venue.year)] if model.venue else []
        ids = [word for word in (model.arxiv, model.doi) if word]
        return [entry.id, *ids, *map(printed, model.authors), *venue]
    publisher = model.publisher if isinstance(model, Article) else None
    return [entry.id, publisher] if publisher else [entry.id]


def _texts(entry: Entry) -> list[str]:
    model: Model = entry.model
    texts = [gist_of(entry)]
    if isinstance(model, Technique):
        texts.append(said(model.explanation))
    return [words for text in texts if text for words in (text.en, text.zh)]


def _meta(entry: Entry) -> dict[str, str]:
    name, text = name_of(entry), gist_of(entry)
    found = {
        "title": name.en,
        "zh": name.zh if name.zh != name.en else "",
        "also": " | ".join(_names(entry)[2:]),
        "kind": entry.kind,
        "year": str(year_of(entry) or ""),
        "en_text": text.en[:160] if text else "",
        "zh_text": text.zh[:90] if text else "",
    }
    return {key: value for key, value in found.items() if value}


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
