"""The page of a topic: what holds it together, its techniques as cards, a timeline of its papers, a reading order."""

from kb.catalog import Entry
from kb.code import Code, Shelf
from kb.graph import Graph
from kb.site.markdown import escape, front_matter, prose
from kb.site.pages import parts, snippet
from kb.site.pages.words import FORMS, SAVES, both


def render(graph: Graph, entry: Entry, shelf: Shelf) -> str:
    """Techniques first, papers by year, then articles and resources."""
    model = entry.model
    return "".join(
        (
            front_matter(model.name.en, model.summary.en),
            parts.crumbs(graph, entry),
            f"# {parts.label(entry)}\n\n",
            parts.summary_tabs(model.summary),
            parts.section("Topics below", "下级主题", _below(graph, entry)),
            parts.section("Techniques", "技术", _cards(graph, entry, shelf)),
            parts.section("Papers by year", "论文时间线", _timeline(graph, entry)),
            parts.section("Reading order", "阅读顺序", _order(graph, entry)),
            parts.section("Articles", "文章", _list(graph, entry, "article")),
            parts.section("Resources", "资源", _list(graph, entry, "resource")),
        )
    )


def members(graph: Graph, topic: str, kind: str) -> list[Entry]:
    """Entries of a kind that belong to the topic itself."""
    found = (graph.catalog.entries[edge.source] for edge in graph.into(topic, "topics"))
    return [entry for entry in found if entry.kind == kind]


def _below(graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    rows = []
    for edge in graph.into(entry.id, "broader"):
        topic = known[edge.source]
        counts = f"{len(members(graph, topic.id, 'technique'))} techniques, {len(members(graph, topic.id, 'paper'))} papers, {len(members(graph, topic.id, 'article'))} articles"
        rows.append(f"- {parts.ref(topic)} ({counts})")
    return "\n".join(rows)


def _cards(graph: Graph, entry: Entry, shelf: Shelf) -> str:
    techniques = sorted(
        members(graph, entry.id, "technique"), key=lambda one: (one.model.year or 9999, one.id)
    )
    return cards(techniques, shelf)


def cards(techniques: list[Entry], shelf: Shelf, up: str = "../../") -> str:
    """Techniques as cards: figure, name, idea, what they save."""
    items = [
        f'<li>{_figure(one, shelf, up)}<a href="{up}techniques/{one.id}/"><strong>{escape(one.model.name.en)}</strong> <span lang="zh">{escape(one.model.name.zh)}</span></a>'
        f'<p>{prose(one.model.idea.en)}</p><p lang="zh">{prose(one.model.idea.zh)}</p>'
        f'<p class="card-foot">{"".join(f"<span class=chip>{both(SAVES[word])}</span>" for word in one.model.saves)}</p></li>'
        for one in techniques
    ]
    return f'<ul class="cards">{"".join(items)}</ul>\n' if items else ""


def _figure(technique: Entry, shelf: Shelf, up: str) -> str:
    figure = shelf.codes.get(technique.id, Code()).figure
    return snippet.picture(figure, f"{up}techniques/{technique.id}/figure.svg") if figure else ""


def _timeline(graph: Graph, entry: Entry) -> str:
    papers = sorted(members(graph, entry.id, "paper"), key=lambda one: (one.model.year, one.id))
    years: dict[int, list[Entry]] = {}
    for paper in papers:
        years.setdefault(paper.model.year, []).append(paper)
    rows = [
        f"<li><strong>{year}</strong><ul>{''.join(_paper_item(paper) for paper in group)}</ul></li>"
        for year, group in years.items()
    ]
    return f'<ol class="timeline">{"".join(rows)}</ol>\n' if rows else ""


def _paper_item(paper: Entry) -> str:
    return f'<li><a href="../../papers/{paper.id}/">{escape(paper.model.title)}</a> <span class=why>{escape(paper.model.venue.name) if paper.model.venue else ""}</span></li>'


def _order(graph: Graph, entry: Entry) -> str:
    """Techniques so that each stands after what it requires, within the topic."""
    inside = {one.id for one in members(graph, entry.id, "technique")}
    order: list[str] = []
    for one in sorted(inside, key=lambda id: (graph.catalog.entries[id].model.year or 9999, id)):
        order += [id for id in (*graph.prerequisites(one), one) if id in inside and id not in order]
    return "\n".join(
        f"{number}. {parts.ref(graph.catalog.entries[id])}" for number, id in enumerate(order, 1)
    )


def _list(graph: Graph, entry: Entry, kind: str) -> str:
    return "\n".join(
        f"- {parts.ref(one)} · {both(FORMS[one.model.form])}"
        for one in members(graph, entry.id, kind)
    )
