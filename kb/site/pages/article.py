"""The page of an article, and of a resource: things that have one address."""

from kb import words
from kb.addresses import host_of
from kb.catalog import Entry
from kb.code import Shelf
from kb.graph import Graph
from kb.schema import About, Article, Resource
from kb.site.entries import name_of
from kb.site.html import tag
from kb.site.language import both, say
from kb.site.markdown import escape, front_matter, link, prose_tabs
from kb.site.pages import grounds, parts, relations

_LAID_OUT = frozenset(
    "title title_en url language form topics about same_text published publisher copies summary "
    "implements license status".split()
)


def render(graph: Graph, entry: Entry[Article | Resource], _shelf: Shelf) -> str:
    """Title in both languages, address, what it is about and how we know, further reading."""
    model = entry.model
    name = say(name_of(entry))
    address = tag("p", link(f"{_host(model.url)} ↗", model.url), class_="address")
    return "".join(
        (
            front_matter(name, say(model.summary) if model.summary else name),
            parts.opening(graph, entry),
            f"{address}\n\n",
            parts.chips(
                (words.LANGUAGE, [both(words.LANGUAGES[model.language])]),
                *(_published(model) if isinstance(model, Article) else _kept(model)),
                (words.TOPICS, parts.topic_chips(graph, entry)),
                *parts.more(entry, _LAID_OUT),
            ),
            parts.heading(words.IN_SHORT) + prose_tabs(model.summary) if model.summary else "",
            parts.heading(words.SUBJECT) + _about(graph, entry),
            parts.section(words.COPIES, _copies(graph, entry)),
            parts.section(words.FURTHER_READING, parts.related(graph, entry)),
            parts.section(words.IN_LISTS, _lists(graph, entry)),
            parts.section(words.OPEN_POINTS, grounds.open_points(entry)),
            parts.section(words.SOURCES, grounds.sources(entry)),
        )
    )


def _published(article: Article) -> list[tuple[words.Pair, list[str]]]:
    day = str(article.published) if article.published else None
    return [(words.PUBLISHED, [escape(part) for part in (article.publisher, day) if part])]


def _kept(resource: Resource) -> list[tuple[words.Pair, list[str]]]:
    licence = [escape(resource.license)] if resource.license else []
    status = [both(words.MAINTENANCE[resource.status])] if resource.status else []
    return [(words.LICENCE, licence), (words.MAINTAINED, status)]


def _about(graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    lines = [
        parts.bullet(
            f"{parts.ref(known[edge.target])} · {relations.basis_line(entry, edge.typed)}",
            edge.why,
        )
        for edge in graph.out(entry.id, "about")
        if isinstance(edge.typed, About)
    ]
    about = "\n".join(lines) + "\n" if lines else ""
    made = relations.relation_list(
        graph, entry.id, [relations.out_of(graph, entry.id, "implements")]
    )
    return "\n".join(filter(None, (about, made))) or both(words.NO_SUBJECT) + "\n"


def _copies(graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    lines = [
        f"- {parts.ref(known[id])} ({both(words.SAME_TEXT)})"
        for id, _ in relations.across(graph, entry.id, "same_text")[1]
    ]
    copies = entry.model.copies if isinstance(entry.model, Article) else ()
    lines += [parts.bullet(link(parts.short(copy.url), copy.url), copy.note) for copy in copies]
    return "\n".join(lines)


def _lists(graph: Graph, entry: Entry) -> str:
    return "\n".join(
        f"- {parts.ref(graph.catalog.entries[edge.source])}"
        for edge in graph.into(entry.id, "lists")
    )


def _host(url: str) -> str:
    """The host of an address as a reader sees it; the address itself where it has none."""
    return host_of(url) or url
