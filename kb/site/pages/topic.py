"""The page of a topic: its techniques as cards, a timeline of papers, a reading order."""

from collections.abc import Iterator
from typing import TypeVar

from kb.bibliography import short
from kb.catalog import Entry, of
from kb.code import Code, Shelf
from kb.graph import Graph
from kb.kinds import KINDS
from kb.schema import Article, Model, Paper, ReadingList, Resource, Technique, Topic
from kb.site.comparison import FOLDER, TABLES
from kb.site.entries import address_of, year_of
from kb.site.html import link, tag
from kb.site.language import Language
from kb.site.markdown import escape, escape_both, front_matter, prose
from kb.site.pages import parts
from kb.site.pages.thumbnail import thumbnail
from kb.walk import said
from kb.words import captions, measured, vocabularies
from kb.words.pair import Pair

M = TypeVar("M", bound=Model)

_LAID_OUT = (Technique, Paper, Article, Resource, Topic, ReadingList)


def render(language: Language, graph: Graph, entry: Entry[Topic], shelf: Shelf) -> str:
    """Techniques first, papers by year, then articles and resources."""
    model = entry.model
    return "".join(
        (
            front_matter(language.say(model.name), language.say(model.summary)),
            parts.crumbs(language, graph, entry),
            parts.entry_title(language, entry),
            prose(language.say(model.summary)) + "\n\n",
            _questions(language, model),
            parts.section(language, captions.SUBTOPICS, _below(language, graph, entry)),
            *_groups(language, graph, entry, shelf),
            parts.section(language, captions.NAMED_METHODS, _named(language, graph, entry.model)),
            parts.section(language, captions.READING_ORDER, _order(language, graph, entry)),
            parts.section(language, captions.READ_FIRST, _read_first(language, graph, entry)),
            parts.section(language, measured.COMPARED, _compared(language, graph, entry)),
            parts.section(language, captions.PAPERS_BY_YEAR, _timeline(language, graph, entry)),
            parts.section(language, captions.ARTICLES, _articles(language, graph, entry)),
            parts.section(language, captions.RESOURCES, _list(language, graph, entry, Resource)),
            *(
                parts.section(language, kind.names, _list(language, graph, entry, kind.model))
                for kind in KINDS.values()
                if kind.model not in _LAID_OUT
            ),
        )
    )


def members(graph: Graph, topic: str, model: type[M]) -> list[Entry[M]]:
    """The entries with this ``model`` that belong to the topic itself."""
    return of(model, (graph.catalog.entries[edge.source] for edge in graph.into(topic, "topics")))


def _below(language: Language, graph: Graph, entry: Entry) -> str:
    topics = (graph.catalog.entries[edge.source] for edge in graph.into(entry.id, "broader"))
    return "\n".join(
        f"- {parts.aside(language, parts.ref(language, topic), _counts(graph, topic.id))}"
        for topic in topics
    )


def _counts(graph: Graph, topic: str) -> Pair:
    return captions.COUNTS.fill(
        techniques=len(members(graph, topic, Technique)),
        papers=len(members(graph, topic, Paper)),
        articles=len(members(graph, topic, Article)),
    )


def _questions(language: Language, topic: Topic) -> str:
    """What one asks of every method of the topic, side by side."""
    shown = (
        tag(
            "div",
            tag("h2", prose(language.say(one.ask))),
            tag("p", prose(language.say(one.answer))),
        )
        for one in topic.questions
    )
    return tag("div", *shown, class_="kb-three kb-questions") + "\n" if topic.questions else ""


def _groups(language: Language, graph: Graph, entry: Entry[Topic], shelf: Shelf) -> Iterator[str]:
    """The techniques in the groups of the topic, then those that no group names."""
    rest = {
        one.id: one
        for one in sorted(
            members(graph, entry.id, Technique), key=lambda one: (year_of(one) or 9999, one.id)
        )
    }
    for group in entry.model.groups:
        found = [rest.pop(id) for id in group.techniques if id in rest]
        says = prose(language.say(group.says)) + "\n\n" if group.says else ""
        if found:
            name = escape_both(Pair(group.name.en, group.name.zh))
            yield parts.section(language, name, says + cards(language, found, shelf))
    head = captions.FURTHER_TECHNIQUES if entry.model.groups else captions.TECHNIQUES
    yield parts.section(language, head, cards(language, list(rest.values()), shelf))


def _named(language: Language, graph: Graph, topic: Topic) -> str:
    """Methods without a page: what each does, and the papers that describe it."""
    known = graph.catalog.entries
    return "\n".join(
        f"- {parts.strong(language, escape_both(Pair(one.name.en, one.name.zh)))} · "
        f"{prose(language.say(one.says))} "
        + " · ".join(parts.ref(language, known[id]) for id in one.papers if id in known)
        for one in topic.named
    )


def cards(
    language: Language, techniques: list[Entry[Technique]], shelf: Shelf, up: str = parts.ROOT
) -> str:
    """Techniques as cards: the plot of the figure, name, idea, year and what they save."""
    items = [_card(language, one, shelf, up) for one in techniques]
    return tag("ul", *items, class_="kb-cards") + "\n" if items else ""


def _card(language: Language, one: Entry[Technique], shelf: Shelf, up: str) -> str:
    technique = one.model
    year = year_of(one)
    saves = [language.say(vocabularies.SAVES[word]) for word in technique.saves]
    facts = [str(year) if year else "", *saves]
    return tag(
        "li",
        thumbnail(shelf.codes.get(one.id, Code()).figure),
        tag("h3", link(parts.label(language, one), f"{up}{address_of(one)}")),
        tag("p", prose(language.say(said(technique.idea)))),
        tag("p", " · ".join(filter(None, facts)), class_="kb-micro"),
    )


def _timeline(language: Language, graph: Graph, entry: Entry) -> str:
    years: dict[int, list[Entry[Paper]]] = {}
    for paper in sorted(members(graph, entry.id, Paper), key=lambda one: one.id):
        years.setdefault(year_of(paper) or 0, []).append(paper)
    rows = [
        tag(
            "li",
            tag("strong", str(year)),
            tag("ul", *(_paper_item(language, graph, one) for one in years[year])),
        )
        for year in sorted(years)
    ]
    return tag("ol", *rows, class_="timeline") + "\n" if rows else ""


def _paper_item(language: Language, graph: Graph, entry: Entry[Paper]) -> str:
    paper = entry.model
    venue = escape(short(graph.catalog, paper))
    title = link(language.quote(escape(paper.title)), f"{parts.ROOT}{address_of(entry)}")
    return tag("li", title, " ", tag("span", venue, class_="why"))


def _order(language: Language, graph: Graph, entry: Entry) -> str:
    """Techniques of the topic, each after those that it requires."""
    known = graph.catalog.entries
    inside = {one.id for one in members(graph, entry.id, Technique)}
    order: list[str] = []
    for one in sorted(inside, key=lambda id: (year_of(known[id]) or 9999, id)):
        order += [id for id in (*graph.prerequisites(one), one) if id in inside and id not in order]
    return "\n".join(
        f"{number}. {' · '.join([parts.ref(language, known[id]), *_first(language, graph, id)])}"
        for number, id in enumerate(order, 1)
    )


def _first(language: Language, graph: Graph, technique: str) -> list[str]:
    """The papers that introduce a technique, for who wants to read on."""
    papers = (graph.catalog.entries[edge.source] for edge in graph.into(technique, "introduces"))
    return [parts.ref(language, paper) for paper in papers]


_FOUNDATIONS = 5
"""So many papers are named as the first to read; a topic may have hundreds."""


def _read_first(language: Language, graph: Graph, entry: Entry) -> str:
    """Surveys, then the papers on which most others rest or against which they compare."""
    papers = members(graph, entry.id, Paper)
    surveys = [one for one in papers if one.model.form == "survey"]
    rest = [one for one in papers if one.model.form != "survey" and _leaning(graph, one)]
    most = sorted(rest, key=lambda one: (-_leaning(graph, one), one.id))[:_FOUNDATIONS]
    by_year = sorted(most, key=lambda one: (one.model.year, one.id))
    return "\n".join(
        f"- {parts.ref(language, one)} · {one.model.year} · {language.say(_why_first(graph, one))}"
        for one in (*sorted(surveys, key=lambda one: one.model.year), *by_year)
    )


def _why_first(graph: Graph, paper: Entry[Paper]) -> Pair:
    if paper.model.form == "survey":
        return vocabularies.FORMS["survey"]
    return captions.LEANING.fill(count=_leaning(graph, paper))


def _leaning(graph: Graph, paper: Entry[Paper]) -> int:
    """How many papers build on ``paper`` or compare with it."""
    edges = (*graph.into(paper.id, "builds_on"), *graph.into(paper.id, "compares_with"))
    return len({edge.source for edge in edges})


def _compared(language: Language, graph: Graph, entry: Entry) -> str:
    """The tables of results in which rows of the topic's papers stand, with how many."""
    results = [one for paper in members(graph, entry.id, Paper) for one in paper.model.results]
    counts = {table.id: sum(map(table.shows, results)) for table in TABLES}
    return "\n".join(
        f"- [{language.say(measured.TABLE_NAMES[id])}](../{FOLDER}{id}.md) · "
        f"{language.say(captions.ROWS_HERE.fill(count=count))}"
        for id, count in counts.items()
        if count
    )


def _articles(language: Language, graph: Graph, entry: Entry) -> str:
    """The articles of the topic, newest first and undated ones last, each with its gist."""
    found = members(graph, entry.id, Article)
    newest = sorted(found, key=lambda one: str(one.model.published or ""), reverse=True)
    return "\n".join(
        parts.bullet(language, parts.original(language, one, one.model), one.model.summary)
        for one in newest
    )


def _list(language: Language, graph: Graph, entry: Entry, model: type[M]) -> str:
    return "\n".join(
        f"- {parts.ref(language, one)} · {parts.form(language, one)}"
        for one in members(graph, entry.id, model)
    )
