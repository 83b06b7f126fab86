"""The page of an article, and of a resource: things that stand at one address."""

from kb.addresses import split
from kb.catalog import Entry
from kb.graph import Graph
from kb.site.markdown import escape, front_matter, link
from kb.site.pages import parts
from kb.site.pages.words import CARE, LANGUAGES, both


def render(graph: Graph, entry: Entry) -> str:
    """Title in both languages, address, what it is about and how we know, what else to read."""
    model = entry.model
    return "".join(
        (
            front_matter(
                parts.name_of(entry), model.summary.en if model.summary else parts.name_of(entry)
            ),
            parts.crumbs(graph, entry),
            f"# {parts.label(entry)}\n\n",
            parts.kind_line(entry),
            f'<p class="address">{link(_host(model.url) + " ↗", model.url)}</p>\n\n',
            _facts(graph, entry),
            parts.heading("In short", "简介") + parts.summary_tabs(model.summary)
            if model.summary
            else "",
            parts.heading("What it is about", "讲的是什么") + _about(graph, entry),
            parts.section("Copies of the text", "同一文本的其他地址", _copies(graph, entry)),
            parts.section("What else to read", "延伸阅读", parts.related(graph, entry)),
            parts.section("In reading lists", "所在清单", _lists(graph, entry)),
            parts.section("Sources", "出处", parts.sources(entry)),
        )
    )


def _facts(graph: Graph, entry: Entry) -> str:
    model = entry.model
    published = getattr(model, "published", None)
    return parts.chips(
        ("language <span lang=zh>语言</span>", [both(LANGUAGES[model.language])]),
        (
            "published <span lang=zh>发布</span>",
            [
                escape(part)
                for part in (
                    getattr(model, "publisher", None),
                    str(published) if published else None,
                )
                if part
            ],
        ),
        (
            "licence <span lang=zh>许可证</span>",
            [escape(model.license)] if getattr(model, "license", None) else [],
        ),
        (
            "care <span lang=zh>维护</span>",
            [both(CARE[model.status])] if getattr(model, "status", None) else [],
        ),
        ("topics <span lang=zh>主题</span>", parts.topic_chips(graph, entry)),
    )


def _about(graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    lines = [
        f"- {parts.ref(known[edge.target])} · {parts.basis_line(edge.typed)} {parts.why(edge.why)}".rstrip()
        for edge in graph.out(entry.id, "about")
    ]
    lines += [
        f"- implements {parts.ref(known[edge.target])} {parts.why(edge.why)}".rstrip()
        for edge in graph.out(entry.id, "implements")
    ]
    if lines:
        return "\n".join(lines) + "\n"
    return (
        "Nobody has yet confirmed which papers or techniques this text is about; it is filed by topic only. "
        '<span lang="zh">尚未核实它具体讲的是哪篇论文或哪项技术，目前只按主题归档。</span>\n'
    )


def _copies(graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    lines = [
        f"- {parts.ref(known[id])} (the same text under another address)"
        for id, _ in parts.both_ways(graph, entry.id, "same_text")
    ]
    lines += [
        f"- {link(parts.short(copy.url), copy.url)} {parts.why(copy.note)}".rstrip()
        for copy in getattr(entry.model, "copies", ())
    ]
    return "\n".join(lines)


def _lists(graph: Graph, entry: Entry) -> str:
    return "\n".join(
        f"- {parts.ref(graph.catalog.entries[edge.source])}"
        for edge in graph.into(entry.id, "lists")
    )


def _host(url: str) -> str:
    parts = split(url)
    return escape((parts and parts.hostname) or url)
