"""What the search indexes: one record an entry and language, made from the entries themselves. Pure."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.catalog import Entry
from kb.graph import Graph
from kb.site.pages.parts import name_of, name_zh_of
from kb.site.pages.words import FOLDERS, FORMS, KINDS


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the index in ``language``.

    ``url`` counts from the site's root, ``name`` weighs more than ``aliases`` and these more than ``content``, ``meta`` is shown, ``filters`` narrow.
    """

    url: str
    language: str
    name: str
    aliases: str
    content: str
    meta: dict[str, str]
    filters: dict[str, list[str]] = field(default_factory=dict)


def records(graph: Graph) -> list[Record]:
    """Two records an entry. Names and aliases of both languages stand in both, so that either language finds the other."""
    return [_record(graph, entry, language) for entry in graph.catalog.entries.values() for language in ("en", "zh")]


def facets(found: Iterable[Record]) -> str:
    """How many entries each value of each filter has, as JSON: small enough to be loaded before the index is."""
    counts: dict[str, Counter[str]] = {}
    for record in found:
        if record.language == "en":
            for name, values in record.filters.items():
                counts.setdefault(name, Counter()).update(values)
    return json.dumps({name: dict(sorted(values.items())) for name, values in sorted(counts.items())}, ensure_ascii=False)


def _record(graph: Graph, entry: Entry, language: str) -> Record:
    names = _names(entry)
    around = [name for id in _around(graph, entry) for name in _names(graph.catalog.entries[id])[:2]]
    words = [*_identifiers(entry), *_texts(entry, language), *KINDS[entry.kind], *around]
    return Record(f"/{FOLDERS[entry.kind]}/{entry.id}/", language, " . ".join(names[:2]), " . ".join(names[2:]), " . ".join(words), _meta(entry, language), _filters(entry))


def _around(graph: Graph, entry: Entry) -> list[str]:
    """Entries by whose names this one is looked for, too. A topic is not looked for by the names of all that it holds."""
    steps = (step for step in graph.steps(entry.id) if step.link.relation in ("introduces", "about", "topics"))
    return [step.to for step in steps if not (step.inverse and step.link.relation == "topics")]


def _names(entry: Entry) -> list[str]:
    aliases = getattr(entry.model, "aliases", None)
    title = getattr(entry.model, "title", None)
    names = [name_of(entry), name_zh_of(entry), title, *(aliases.en + aliases.zh if aliases else ())]
    return list(dict.fromkeys(name for name in names if name))


def _identifiers(entry: Entry) -> list[str]:
    model = entry.model
    found = [entry.id, getattr(model, "arxiv", None), getattr(model, "doi", None), getattr(model, "publisher", None)]
    venue = getattr(model, "venue", None)
    return [*(word for word in found if word), *getattr(model, "authors", ()), *([venue.name, str(venue.year)] if venue else [])]


def _texts(entry: Entry, language: str) -> list[str]:
    texts = (getattr(entry.model, name, None) for name in ("idea", "summary", "explanation"))
    return [getattr(text, language) for text in texts if text]


def _meta(entry: Entry, language: str) -> dict[str, str]:
    text = getattr(entry.model, "idea", None) or getattr(entry.model, "summary", None)
    year = _year(entry)
    found = {
        "title": name_of(entry), "zh": name_zh_of(entry) or "", "also": " | ".join(_names(entry)[2:]), "kind": entry.kind, "year": str(year or ""),
        "en_text": text.en[:160] if text else "", "zh_text": text.zh[:90] if text else "",
    }
    return {key: value for key, value in found.items() if value} | {"language": language}


def _filters(entry: Entry) -> dict[str, list[str]]:
    model = entry.model
    form = getattr(model, "form", None)
    year, language = _year(entry), getattr(model, "language", None)
    found = {
        "kind": [entry.kind], "topic": list(getattr(model, "topics", ())), "year": [str(year)] if year else [],
        "language": [language] if language else ["en", "zh"] if entry.kind in ("technique", "topic") else ["en"], "form": [FORMS[form][0]] if form else [],
    }
    return {key: values for key, values in found.items() if values}


def _year(entry: Entry) -> int | None:
    published = getattr(entry.model, "published", None)
    return getattr(entry.model, "year", None) or (published.year if published else None)
