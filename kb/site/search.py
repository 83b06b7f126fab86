"""What the search indexes: one record an entry, made from the entries themselves. Pure."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.catalog import Entry
from kb.graph import Graph
from kb.site.pages.parts import name_of, name_zh_of
from kb.site.pages.words import FOLDERS, FORMS, KINDS


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the index.

    ``url`` counts from the site's root, ``name`` weighs more than ``aliases`` and these more than ``content``, ``meta`` is shown, ``filters`` narrow.
    """

    url: str
    name: str
    aliases: str
    content: str
    meta: dict[str, str]
    filters: dict[str, list[str]] = field(default_factory=dict)


def records(graph: Graph) -> list[Record]:
    """One record an entry, with names, aliases and texts of both languages, so that either finds the other."""
    return [_record(graph, entry) for entry in graph.catalog.entries.values()]


_HAN = re.compile(r"[\u3400-\u9fff]+")


def paired(text: str) -> str:
    """``text`` with every run of Chinese as overlapping pairs: 权重共享 becomes 权重 重共 共享.

    Chinese has no blanks, and no two segmenters cut it alike; pairs need none, and any two letters in a row are found. The search
    dialog does the same to what a reader types.
    """
    return _HAN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", text)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def opening(found: Iterable[Record]) -> str:
    """What the search needs before its index is loaded, as JSON: the values of each filter with their numbers, and all topics."""
    mine = list(found)
    filters: dict[str, Counter[str]] = {}
    for record in mine:
        for name, values in record.filters.items():
            filters.setdefault(name, Counter()).update(values)
    topics = [
        {"url": record.url, "meta": record.meta}
        for record in mine
        if record.meta["kind"] == "topic"
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
    names = _names(entry)
    around = [
        name for id in _around(graph, entry) for name in _names(graph.catalog.entries[id])[:2]
    ]
    words = [*_identifiers(entry), *_texts(entry), *KINDS[entry.kind], *around]
    return Record(
        f"/{FOLDERS[entry.kind]}/{entry.id}/",
        " . ".join(names[:2]),
        " . ".join(names[2:]),
        " . ".join(words),
        _meta(entry),
        _filters(entry),
    )


def _around(graph: Graph, entry: Entry) -> list[str]:
    """Entries by whose names this one is looked for, too: a technique by its papers, but no topic by what it holds, no paper by what is written of it."""
    steps = (
        step
        for step in graph.steps(entry.id)
        if step.edge.relation in ("introduces", "about", "topics")
    )
    return [step.to for step in steps if not step.inverse or step.edge.relation == "introduces"]


def _names(entry: Entry) -> list[str]:
    aliases = getattr(entry.model, "aliases", None)
    title = getattr(entry.model, "title", None)
    names = [
        name_of(entry),
        name_zh_of(entry),
        title,
        *(aliases.en + aliases.zh if aliases else ()),
    ]
    return list(dict.fromkeys(name for name in names if name))


def _identifiers(entry: Entry) -> list[str]:
    model = entry.model
    found = [
        entry.id,
        getattr(model, "arxiv", None),
        getattr(model, "doi", None),
        getattr(model, "publisher", None),
    ]
    venue = getattr(model, "venue", None)
    return [
        *(word for word in found if word),
        *getattr(model, "authors", ()),
        *([venue.name, str(venue.year)] if venue else []),
    ]


def _texts(entry: Entry) -> list[str]:
    texts = (getattr(entry.model, name, None) for name in ("idea", "summary", "explanation"))
    return [words for text in texts if text for words in (text.en, text.zh)]


def _meta(entry: Entry) -> dict[str, str]:
    text = getattr(entry.model, "idea", None) or getattr(entry.model, "summary", None)
    year = _year(entry)
    found = {
        "title": name_of(entry),
        "zh": name_zh_of(entry) or "",
        "also": " | ".join(_names(entry)[2:]),
        "kind": entry.kind,
        "year": str(year or ""),
        "en_text": text.en[:160] if text else "",
        "zh_text": text.zh[:90] if text else "",
    }
    return {key: value for key, value in found.items() if value}


def _filters(entry: Entry) -> dict[str, list[str]]:
    model = entry.model
    form = getattr(model, "form", None)
    year, language = _year(entry), getattr(model, "language", None)
    found = {
        "kind": [entry.kind],
        "topic": list(getattr(model, "topics", ())),
        "year": [str(year)] if year else [],
        "language": [language]
        if language
        else ["en", "zh"]
        if entry.kind in ("technique", "topic")
        else ["en"],
        "form": [FORMS[form][0]] if form else [],
    }
    return {key: values for key, values in found.items() if values}


def _year(entry: Entry) -> int | None:
    published = getattr(entry.model, "published", None)
    return getattr(entry.model, "year", None) or (published.year if published else None)
