"""The parts that pages of several kinds share. Every function returns Markdown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from kb import evidence
from kb.catalog import Entry
from kb.graph import Edge, Graph, Near
from kb.site import small_map
from kb.site.markdown import attribute, escape, link, prose, tabs
from kb.site.pages.words import BASIS, FOLDERS, FORMS, KINDS, STATUS, both

_IT = ("it", "它")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its Markdown, and the file of the repository in which its content is edited (None: it is computed)."""

    markdown: str
    source: str | None = None


def path_of(entry: Entry) -> str:
    """The page of an entry, from the root of the site."""
    return f"{FOLDERS[entry.kind]}/{entry.id}.md"


def name_of(entry: Entry) -> str:
    """The English name or title of an entry."""
    model = entry.model
    if hasattr(model, "name"):
        return model.name.en
    return getattr(model, "title_en", None) or model.title


def name_zh_of(entry: Entry) -> str | None:
    """The Chinese name or title, if there is one."""
    model = entry.model
    if hasattr(model, "name"):
        return model.name.zh
    if entry.kind == "paper":
        return model.title_zh
    return model.title if model.title_en else None


def label(entry: Entry) -> str:
    """Name in both languages, escaped."""
    zh = name_zh_of(entry)
    return escape(name_of(entry)) + (f' <span lang="zh">{escape(zh)}</span>' if zh else "")


def ref(entry: Entry, text: str | None = None, up: str = "../") -> str:
    """A link from an entry's page to another entry's page."""
    return f"[{text or label(entry)}]({up}{path_of(entry)})"


def summary_tabs(text: Any) -> str:
    """A text in both languages as linked tabs."""
    return tabs(prose(text.en), prose(text.zh))


def chips(*groups: tuple[str, Iterable[str]]) -> str:
    """Rows of small labels: (caption, labels)."""
    filled = [
        (caption, "".join(f"<span class=chip>{chip}</span>" for chip in items))
        for caption, items in groups
    ]
    rows = "".join(f"<div><dt>{caption}</dt><dd>{row}</dd></div>" for caption, row in filled if row)
    return f'<dl class="chips">{rows}</dl>\n'


def topic_chips(graph: Graph, entry: Entry) -> list[str]:
    """Links to the topics of an entry, as chips."""
    topics = (graph.catalog.entries.get(id) for id in entry.model.topics)
    return [
        f'<a href="../../topics/{topic.id}/">{both((escape(topic.model.name.en), escape(topic.model.name.zh)))}</a>'
        for topic in topics
        if topic
    ]


def heading(en: str, zh: str, level: int = 2) -> str:
    """A heading in both languages."""
    return f'\n{"#" * level} {en} <span lang="zh">{zh}</span>\n\n'


def section(en: str, zh: str, body: str) -> str:
    """A heading with what stands below it; nothing at all if there is nothing."""
    return heading(en, zh) + body.rstrip("\n") + "\n" if body.strip() else ""


def why(text: Any) -> str:
    """The sentence that says why, in both languages, on lines of its own."""
    return (
        f'<span class="why">{prose(text.en)} <span lang="zh">{prose(text.zh)}</span></span>'
        if text
        else ""
    )


def relation_list(
    graph: Graph, groups: Iterable[tuple[str, str, Iterable[tuple[str, Any]]]]
) -> str:
    """Groups of related entries: (English caption, Chinese caption, [(id, why)])."""
    parts = []
    for en, zh, pairs in groups:
        items = [
            f"- {ref(graph.catalog.entries[id])} {why(reason)}".rstrip() for id, reason in pairs
        ]
        if items:
            parts.append(f'**{en}** <span lang="zh">{zh}</span>\n\n' + "\n".join(items) + "\n")
    return "\n".join(parts)


def typed(edges: Iterable[Edge]) -> list[tuple[str, Any]]:
    """Outgoing edges as (id, why)."""
    return [(edge.target, edge.why) for edge in edges]


def typed_back(edges: Iterable[Edge]) -> list[tuple[str, Any]]:
    """Incoming edges as (id, why)."""
    return [(edge.source, edge.why) for edge in edges]


def both_ways(graph: Graph, id: str, relation: str) -> list[tuple[str, Any]]:
    """A symmetric relation, from whichever side it was typed."""
    return typed(graph.out(id, relation)) + typed_back(graph.into(id, relation))


def readings(graph: Graph, id: str) -> str:
    """Articles about an entry, by language, each with its form and basis."""
    rows = []
    for edge in graph.into(id, "about"):
        entry = graph.catalog.entries[edge.source]
        form = both(FORMS[entry.model.form])
        rows.append(
            (
                entry.model.language,
                f"- {ref(entry)} · {form} · <span class=basis>{both(BASIS[edge.typed.basis])}</span>",
            )
        )
    return "\n".join(row for _, row in sorted(rows, reverse=True))


def basis_line(about: Any) -> str:
    """How we know what an article is about."""
    source = f" ({link('source', about.source)})" if about.source else ""
    return f"<span class=basis>{both(BASIS[about.basis])}</span>{source}"


def status_badge(entry: Entry) -> str:
    """Whether the entry is confirmed."""
    status = evidence.status(entry)
    return f'<a class="status status-{status}" href="../../status/">{both(STATUS[status])}</a>'


def short(url: str, room: int = 72) -> str:
    """An address as a reader wants to see it: without scheme, its middle left out if it is long."""
    decoded = unquote(url)
    text = (
        (decoded if decoded.isprintable() else url)
        .split("://", 1)[-1]
        .removeprefix("www.")
        .rstrip("/")
    )
    return text if len(text) <= room else f"{text[: room - 29]}…{text[-28:]}"


def sources(entry: Entry) -> str:
    """Where the facts were seen, and what nobody could confirm."""
    lines = []
    for item in entry.model.evidence:
        note = f" {why(item.note)}" if item.note else ""
        lines.append(
            f"- {link(short(item.url), item.url)}: {escape(', '.join(item.supports))} (seen {item.seen}){note}"
        )
    for doubt in entry.model.unconfirmed:
        lines.append(
            f'- <span class="status status-not">not confirmed</span> {escape(doubt.fact)}: {why(doubt.note)}'
        )
    return "\n".join(lines)


def related(graph: Graph, entry: Entry, limit: int = 6) -> str:
    """The nearest entries that no edge of the page's own leads to, ranked by the graph, each with its reason in words."""
    known = graph.catalog.entries
    further = [
        near
        for near in graph.near(entry.id, limit * 6)
        if len(near.steps) > 1 and known[near.id].kind not in ("topic", "list")
    ]
    return "\n".join(
        f"- {ref(known[near.id])} <span class=why>{_reason(graph, entry, near)}</span>"
        for near in further[:limit]
    )


def _reason(graph: Graph, entry: Entry, near: Near) -> str:
    """Why ``near`` is near, as two sentences; the page's own entry is *this*, the other one *it*."""
    here = (f"this {KINDS[entry.kind][0].lower()}", f"本{KINDS[entry.kind][1]}")
    first, second = near.steps
    middle = graph.catalog.entries[first.to]
    between = (
        f"“{escape(name_of(middle))}”",
        f"「{escape(name_zh_of(middle) or name_of(middle))}」",
    )
    sentences = first.sentence(here, between), second.sentence(between, _IT)
    return both(("; ".join(one[0] for one in sentences), "；".join(one[1] for one in sentences)))


def around(graph: Graph, entry: Entry) -> str:
    """The small map around an entry, in a box that scrolls when the screen is narrow."""
    drawn = small_map.draw(
        graph, entry.id, FOLDERS, lambda one: (name_of(one), name_zh_of(one) or "")
    )
    return f'<div class="map-frame">{drawn}</div>\n\n' if drawn else ""


def crumbs(graph: Graph, entry: Entry) -> str:
    """The way from the home page to the entry, through its first topic, or through the topics above a topic."""
    above = [
        edge.target
        for edge in graph.out(entry.id, "broader" if entry.kind == "topic" else "topics")[:1]
    ]
    topics = [graph.catalog.entries[id] for id in above]
    kind_en, kind_zh = KINDS[entry.kind]
    steps = ['<a href="../../">Home <span lang="zh">首页</span></a>']
    steps += [
        f'<a href="../../topics/{topic.id}/">{both((escape(topic.model.name.en), escape(topic.model.name.zh)))}</a>'
        for topic in topics
    ]
    steps.append(f'<a href="../../browse/?kind={entry.kind}">{both((kind_en, kind_zh))}</a>')
    return f'<nav class="crumbs" aria-label="breadcrumbs">{" › ".join(steps)}</nav>\n\n'


def kind_line(entry: Entry) -> str:
    """The line under the title: kind, form and status."""
    form = getattr(entry.model, "form", None)
    parts = [both(KINDS[entry.kind]), both(FORMS[form]) if form else ""]
    badge = status_badge(entry) if hasattr(entry.model, "evidence") else ""
    return f'<p class="kind-line">{" · ".join(part for part in parts if part)} {badge}</p>\n\n'


def description(text: Any) -> str:
    """The description of a page for search engines."""
    return attribute(text.en)[:200]
