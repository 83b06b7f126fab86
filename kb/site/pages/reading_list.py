"""The page of a reading list: its headings, its order, its remarks."""

from kb.catalog import Entry
from kb.graph import Graph
from kb.site.markdown import escape, front_matter, tabs
from kb.site.markdown import prose as prose_of
from kb.site.pages import parts
from kb.site.pages.words import FORMS, KINDS, both


def render(graph: Graph, entry: Entry) -> str:
    """Every section with its remarks and its entries in the order of the list."""
    model = entry.model
    return "".join(
        (
            front_matter(model.title_en, model.summary.en),
            parts.crumbs(graph, entry),
            f"# {parts.label(entry)}\n\n",
            parts.kind_line(entry),
            parts.summary_tabs(model.summary),
            *(_section(graph, section) for section in model.sections),
        )
    )


def _section(graph: Graph, section: object) -> str:
    known = graph.catalog.entries
    remarks = "".join(_remark(graph, remark) for remark in section.remarks)
    items = [
        f"{number}. {parts.ref(known[edge.id])} · {_form(known[edge.id])}"
        for number, edge in enumerate(section.items, 1)
        if edge.id in known
    ]
    return (
        parts.heading(escape(section.heading_en), escape(section.heading))
        + remarks
        + "\n".join(items)
        + "\n"
    )


def _remark(graph: Graph, remark: object) -> str:
    about = [
        parts.ref(graph.catalog.entries[edge.id])
        for edge in remark.about
        if edge.id in graph.catalog.entries
    ]
    return tabs(prose_of(remark.says.en), prose_of(remark.says.zh)) + (
        f"\n→ {' · '.join(about)}\n\n" if about else "\n"
    )


def _form(entry: Entry) -> str:
    form = getattr(entry.model, "form", None)
    return both(FORMS[form]) if form else both(KINDS[entry.kind])
