"""The page of a reading list: its headings, its order, its remarks."""

from kb.catalog import Entry
from kb.code import Shelf
from kb.graph import Graph
from kb.schema import ReadingList
from kb.schema.reading_list import Remark, Section
from kb.site.language import say
from kb.site.markdown import escape_both, front_matter, prose_tabs
from kb.site.pages import parts
from kb.words import Pair


def render(graph: Graph, entry: Entry[ReadingList], _shelf: Shelf) -> str:
    """Every section with its remarks and its entries in the order of the list."""
    model = entry.model
    return "".join(
        (
            front_matter(model.title_en, say(model.summary)),
            parts.opening(graph, entry),
            prose_tabs(model.summary),
            *(_section(graph, section) for section in model.sections),
        )
    )


def _section(graph: Graph, section: Section) -> str:
    known = graph.catalog.entries
    remarks = "".join(_remark(graph, remark) for remark in section.remarks)
    items = [
        f"{number}. {parts.ref(known[edge.id])} · {parts.form(known[edge.id])}"
        for number, edge in enumerate(section.items, 1)
        if edge.id in known
    ]
    heading = escape_both(Pair(section.heading_en, section.heading))
    return parts.heading(heading) + remarks + "\n".join(items) + "\n"


def _remark(graph: Graph, remark: Remark) -> str:
    known = graph.catalog.entries
    about = [parts.ref(known[edge.id]) for edge in remark.about if edge.id in known]
    return prose_tabs(remark.says) + (f"\n→ {' · '.join(about)}\n\n" if about else "\n")
