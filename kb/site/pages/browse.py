"""The index of everything."""

import json

from kb import evidence
from kb.catalog import Entry
from kb.graph import Graph
from kb.kinds import KINDS
from kb.schema import Technique, Topic, Unproven
from kb.site.entries import address_of, called, form_of, language_of, topics_of, year_of
from kb.site.html import link, tag
from kb.site.language import Language
from kb.site.markdown import front_matter
from kb.site.pages import parts
from kb.site.pages.home import WIDE
from kb.walk import has_page
from kb.words import indexes, vocabularies
from kb.words.pair import Pair

_HEADS = (indexes.ENTRY, indexes.KIND, indexes.TOPIC, indexes.YEAR_FACET, indexes.STATUS_FACET)


def page(language: Language, graph: Graph) -> str:
    """Everything in one table with filters; without JavaScript it is simply the whole index."""
    entries = [entry for kind in KINDS for entry in _sorted(language, graph.catalog.of_kind(kind))]
    filters = tag("div", data_kb_filters=_facet_names(language, graph))
    return "".join(
        (
            front_matter(language.say(indexes.BROWSE), language.say(indexes.BROWSE_ABOUT), WIDE),
            parts.title(language, indexes.BROWSE),
            f"{filters}\n\n",
            index(
                language,
                indexes.ALL_ENTRIES,
                _HEADS,
                [_row(language, graph, entry) for entry in entries],
            ),
        )
    )


def index(
    language: Language,
    label: Pair,
    heads: tuple[Pair, ...],
    rows: list[str],
    name: str = "index",
    filtered: bool = True,
) -> str:
    """A table that scrolls, and that the filters work on if it is to be ``filtered``.

    ``label`` is for screen readers.
    """
    head = tag("thead", tag("tr", *(tag("th", language.say(said), scope="col") for said in heads)))
    table = tag("table", head, tag("tbody", *rows), class_=name, data_kb_index=filtered)
    frame = {"class_": "index-frame", "role": "region", "aria_label": language.say(label)}
    return tag("div", table, tabindex="0", **frame) + "\n"


def _sorted(language: Language, entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: language.say(called(one)).casefold())


def _row(language: Language, graph: Graph, entry: Entry) -> str:
    year, form = year_of(entry) or "", form_of(entry)
    state = evidence.status(entry) if isinstance(entry.model, Unproven) else ""
    kinds = [KINDS[entry.kind].names, *([vocabularies.FORMS[form]] if form else [])]
    cells = (
        _named(language, entry),
        " · ".join(map(language.say, kinds)),
        _topic_names(language, graph, entry),
        str(year),
        language.say(vocabularies.STATUS[state]) if state else "",
    )
    return tag(
        "tr",
        *(tag("td", cell) for cell in cells),
        data_kind=entry.kind,
        data_topics=" ".join(topics_of(entry)),
        data_language=language_of(entry) or "",
        data_status=state,
        data_year=year,
        data_saves=" ".join(entry.model.saves) if isinstance(entry.model, Technique) else "",
    )


def _named(language: Language, entry: Entry) -> str:
    if has_page(entry):
        return link(parts.label(language, entry), f"../{address_of(entry)}")
    return parts.ref(language, entry)


def _topic_names(language: Language, graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    topics = (known[id] for id in topics_of(entry) if id in known)
    return tag("br").join(parts.topic_link(language, topic, "../") for topic in topics)


def _facet_names(language: Language, graph: Graph) -> str:
    """What the filters call the values of the table, as JSON for the script."""
    topics = {topic.id: called(topic) for topic in graph.catalog.of(Topic)}
    tables = {
        "kind": {kind.name: kind.names for kind in KINDS.values()},
        "status": vocabularies.STATUS,
        "language": vocabularies.LANGUAGES,
        "topics": topics,
        "saves": vocabularies.SAVES,
    }
    named = {
        facet: {value: language.say(pair) for value, pair in pairs.items()}
        for facet, pairs in tables.items()
    }
    return json.dumps(named, ensure_ascii=False)
