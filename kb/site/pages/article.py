"""The page of an article, and of a resource: things that have one address."""

from kb.addresses import host_of
from kb.catalog import Entry
from kb.code import Shelf
from kb.graph import Graph
from kb.schema import About, Article, Resource
from kb.site.entries import called
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import escape, front_matter, link, prose
from kb.site.pages import grounds, parts, relations
from kb.words import captions, vocabularies

_LAID_OUT = frozenset(
    "title title_en url language form topics about same_text published publisher copies summary "
    "implements license status".split()
)


def render(
    language: Language, graph: Graph, entry: Entry[Article | Resource], _shelf: Shelf
) -> str:
    """Title in both languages, address, what it is about and how we know, further reading."""
    model = entry.model
    name = language.say(called(entry))
    open_it = captions.OPEN_AT.fill(host=f"{_host(model.url)} ↗")
    facts = _published(language, model) if isinstance(model, Article) else _kept(language, model)
    gist = language.say(model.summary) if model.summary else ""
    return "".join(
        (
            front_matter(name, gist or name),
            parts.crumbs(language, graph, entry),
            parts.entry_title(language, entry),
            parts.where(
                [
                    parts.form(language, entry),
                    language.say(vocabularies.LANGUAGES[model.language]),
                    *facts,
                    parts.status_badge(language, entry),
                ]
            ),
            parts.buttons([link(language.say(open_it), model.url)]),
            tag("p", prose(gist), class_="kb-lead") + "\n\n" if gist else "",
            parts.heading(language, captions.SUBJECT) + _about(language, graph, entry),
            parts.section(language, captions.COPIES, _copies(language, graph, entry)),
            parts.section(
                language, captions.FURTHER_READING, parts.related(language, graph, entry)
            ),
            parts.section(language, captions.IN_LISTS, _lists(language, graph, entry)),
            parts.section(language, captions.FACTS, _facts(language, graph, entry)),
            parts.section(language, captions.OPEN_POINTS, grounds.open_points(language, entry)),
            parts.section(language, captions.SOURCES, grounds.sources(language, entry)),
        )
    )


def _facts(language: Language, graph: Graph, entry: Entry[Article | Resource]) -> str:
    return parts.chips(
        language,
        (captions.TOPICS, parts.topic_chips(language, graph, entry)),
        *parts.more(language, entry, _LAID_OUT),
    )


def _published(language: Language, article: Article) -> list[str]:
    day = str(article.published) if article.published else None
    return [language.quote(escape(part)) for part in (article.publisher, day) if part]


def _kept(language: Language, resource: Resource) -> list[str]:
    licence = [language.quote(escape(resource.license))] if resource.license else []
    status = [language.say(vocabularies.MAINTENANCE[resource.status])] if resource.status else []
    return [*licence, *status]


def _about(language: Language, graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    lines = [
        parts.bullet(
            language,
            f"{parts.ref(language, known[edge.target])} · "
            f"{relations.basis_line(language, entry, edge.typed)}",
            edge.why,
        )
        for edge in graph.out(entry.id, "about")
        if isinstance(edge.typed, About)
    ]
    about = "\n".join(lines) + "\n" if lines else ""
    made = relations.relation_list(
        language, graph, entry.id, [relations.out_of(graph, entry.id, "implements")]
    )
    return "\n".join(filter(None, (about, made))) or language.say(captions.NO_SUBJECT) + "\n"


def _copies(language: Language, graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    lines = [
        f"- {parts.aside(language, parts.ref(language, known[id]), captions.SAME_TEXT)}"
        for id, _ in relations.across(graph, entry.id, "same_text")[1]
    ]
    copies = entry.model.copies if isinstance(entry.model, Article) else ()
    lines += [
        parts.bullet(language, link(parts.short(copy.url), copy.url), copy.note) for copy in copies
    ]
    return "\n".join(lines)


def _lists(language: Language, graph: Graph, entry: Entry) -> str:
    return "\n".join(
        f"- {parts.ref(language, graph.catalog.entries[edge.source])}"
        for edge in graph.into(entry.id, "lists")
    )


def _host(url: str) -> str:
    """The host of an address as a reader sees it; the address itself where it has none."""
    return host_of(url) or url
