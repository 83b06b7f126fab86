"""The page of a topic: its techniques as cards, a timeline of papers, a reading order."""

from kb import words
from kb.catalog import Entry
from kb.code import Code, Shelf
from kb.graph import Graph
from kb.schema import Paper, Technique, Topic
from kb.site.entries import address_of, year_of
from kb.site.html import link, tag
from kb.site.language import both, say
from kb.site.markdown import escape, front_matter, prose, prose_tabs
from kb.site.pages import parts, snippet
from kb.words import Pair


def render(graph: Graph, entry: Entry, shelf: Shelf) -> str:
    """Techniques first, papers by year, then articles and resources."""
    model: Topic = entry.model
    return "".join(
        (
            front_matter(say(model.name), say(model.summary)),
            parts.crumbs(graph, entry),
            parts.title(parts.names(entry)),
            prose_tabs(model.summary),
            parts.section(words.SUBTOPICS, _below(graph, entry)),
            parts.section(words.TECHNIQUES, _cards(graph, entry, shelf)),
            parts.section(words.PAPERS_BY_YEAR, _timeline(graph, entry)),
            parts.section(words.READING_ORDER, _order(graph, entry)),
            parts.section(words.ARTICLES, _list(graph, entry, "article")),
            parts.section(words.RESOURCES, _list(graph, entry, "resource")),
        )
    )


def members(graph: Graph, topic: str, kind: str) -> list[Entry]:
    """Entries of a kind that belong to the topic itself."""
    found = (graph.catalog.entries[edge.source] for edge in graph.into(topic, "topics"))
    return [entry for entry in found if entry.kind == kind]


def _below(graph: Graph, entry: Entry) -> str:
    topics = (graph.catalog.entries[edge.source] for edge in graph.into(entry.id, "broader"))
    return "\n".join(f"- {parts.ref(topic)} ({both(_counts(graph, topic.id))})" for topic in topics)


def _counts(graph: Graph, topic: str) -> Pair:
    kinds = ("technique", "paper", "article")
    return words.COUNTS.fill(**{f"{kind}s": len(members(graph, topic, kind)) for kind in kinds})


def _cards(graph: Graph, entry: Entry, shelf: Shelf) -> str:
    techniques = sorted(
        members(graph, entry.id, "technique"), key=lambda one: (year_of(one) or 9999, one.id)
    )
    return cards(techniques, shelf)


def cards(techniques: list[Entry], shelf: Shelf, up: str = parts.ROOT) -> str:
    """Techniques as cards: figure, name, idea, what they save."""
    items = [_card(one, shelf, up) for one in techniques]
    return tag("ul", *items, class_="cards") + "\n" if items else ""


def _card(one: Entry, shelf: Shelf, up: str) -> str:
    technique: Technique = one.model
    names = parts.names(one)
    saves = (parts.chip(both(words.SAVES[word])) for word in technique.saves)
    return tag(
        "li",
        _figure(one, shelf, up),
        link(both(Pair(tag("strong", names.en), names.zh)), f"{up}{address_of(one)}"),
        tag("p", prose(technique.idea.en)),
        tag("p", prose(technique.idea.zh), lang="zh"),
        tag("p", *saves, class_="card-foot"),
    )


def _figure(technique: Entry, shelf: Shelf, up: str) -> str:
    figure = shelf.codes.get(technique.id, Code()).figure
    return snippet.picture(figure, f"{up}{address_of(technique)}figure.svg") if figure else ""


def _timeline(graph: Graph, entry: Entry) -> str:
    years: dict[int, list[Entry]] = {}
    for paper in sorted(members(graph, entry.id, "paper"), key=lambda one: one.id):
        years.setdefault(year_of(paper) or 0, []).append(paper)
    rows = [
        tag("li", tag("strong", str(year)), tag("ul", *map(_paper_item, years[year])))
        for year in sorted(years)
    ]
    return tag("ol", *rows, class_="timeline") + "\n" if rows else ""


def _paper_item(entry: Entry) -> str:
    paper: Paper = entry.model
    venue = escape(paper.venue.name) if paper.venue else ""
    title = link(escape(paper.title), f"{parts.ROOT}{address_of(entry)}")
    return tag("li", title, " ", tag("span", venue, class_="why"))


def _order(graph: Graph, entry: Entry) -> str:
    """Techniques of the topic, each after those that it requires."""
    known = graph.catalog.entries
    inside = {one.id for one in members(graph, entry.id, "technique")}
    order: list[str] = []
    for one in sorted(inside, key=lambda id: (year_of(known[id]) or 9999, id)):
        order += [id for id in (*graph.prerequisites(one), one) if id in inside and id not in order]
    return "\n".join(f"{number}. {parts.ref(known[id])}" for number, id in enumerate(order, 1))


def _list(graph: Graph, entry: Entry, kind: str) -> str:
    return "\n".join(
        f"- {parts.ref(one)} · {parts.form(one)}" for one in members(graph, entry.id, kind)
    )
