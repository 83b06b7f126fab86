"""Lists of related entries, each edge with its reason and what it rests on. Returns Markdown."""

from collections.abc import Iterable

from kb.catalog import Entry
from kb.graph import Graph
from kb.schema import About, Article, Grounded
from kb.schema.resource import Implementation
from kb.site.entries import language_of
from kb.site.html import tag
from kb.site.language import Language
from kb.site.pages.grounds import mark
from kb.site.pages.parts import bullet, form, label, original, ref, strong
from kb.walk import Edge
from kb.words import captions, vocabularies
from kb.words.pair import Pair, clauses
from kb.words.relations import RELATION_WORDS

Ends = list[tuple[str, Edge]]
Group = tuple[Pair, Ends]


def relation_list(language: Language, graph: Graph, here: str, groups: Iterable[Group]) -> str:
    """Groups of entries around ``here``: (caption, [(id of the other end, edge)])."""
    parts = []
    for caption, ends in groups:
        items = [
            bullet(language, _end(language, graph, here, id, edge), edge.why) for id, edge in ends
        ]
        if items:
            parts.append(f"{strong(language, caption)}\n\n" + "\n".join(items) + "\n")
    return "\n".join(parts)


def _end(language: Language, graph: Graph, here: str, id: str, edge: Edge) -> str:
    said = (
        ref(language, graph.catalog.entries[id]),
        _state(language, graph, edge),
        ground(language, graph, here, edge),
    )
    return " ".join(filter(None, said))


def ground(language: Language, graph: Graph, here: str, edge: Edge) -> str:
    """The mark of ``edge`` on the page of ``here``; nothing for an edge that makes no claim."""
    if not isinstance(edge.typed, Grounded):
        return ""
    return mark(language, graph.catalog.entries[edge.source], edge.typed, edge.source != here)


def _state(language: Language, graph: Graph, edge: Edge) -> str:
    """How an implementation stood on a day, and what took its place."""
    if not isinstance(edge.typed, Implementation):
        return ""
    known, typed = graph.catalog.entries, edge.typed
    by = known.get(typed.by) if typed.by else None
    said = [
        *([captions.IMPLEMENTATIONS[typed.status]] if typed.status else []),
        *([captions.AS_OF.fill(day=typed.as_of)] if typed.as_of else []),
        *([captions.TODAY_BY.fill(name=label(language, by))] if by else []),
    ]
    return f"({language.say(clauses(said))})" if said else ""


def out_of(graph: Graph, id: str, relation: str) -> Group:
    """A group: the targets of ``relation`` from ``id``."""
    ends = [(edge.target, edge) for edge in graph.out(id, relation)]
    return RELATION_WORDS[relation].heading, ends


def into(graph: Graph, id: str, relation: str) -> Group:
    """A group: the sources of ``relation`` to ``id``."""
    ends = [(edge.source, edge) for edge in graph.into(id, relation)]
    return RELATION_WORDS[relation].inverse_heading, ends


def across(graph: Graph, id: str, relation: str) -> Group:
    """A group: the other ends of the symmetric ``relation``, whichever side typed it."""
    return RELATION_WORDS[relation].heading, [
        *out_of(graph, id, relation)[1],
        *into(graph, id, relation)[1],
    ]


def readings(language: Language, graph: Graph, id: str) -> str:
    """Articles about an entry, by language: the original, what it is, its gist and our basis."""
    rows = []
    for edge in graph.into(id, "about"):
        entry = graph.catalog.entries[edge.source]
        because = f" · {basis(language, edge.typed)}" if isinstance(edge.typed, About) else ""
        article = entry.model if isinstance(entry.model, Article) else None
        line = original(language, entry, article) if article else _other(language, entry)
        gist = article.summary if article else None
        rows.append((language_of(entry) or "", bullet(language, f"{line}{because}", gist)))
    return "\n".join(row for _, row in sorted(rows, reverse=True))


def _other(language: Language, entry: Entry) -> str:
    return f"{ref(language, entry)} · {form(language, entry)}"


def basis(language: Language, about: About) -> str:
    """How we know what an article is about."""
    return tag("span", language.say(vocabularies.BASIS[about.basis]), class_="basis")


def basis_line(language: Language, entry: Entry, about: About) -> str:
    """How we know what an article is about, with the mark of the page that says so."""
    return (
        f"{basis(language, about)} {mark(language, entry, about) if about.source else ''}".rstrip()
    )
