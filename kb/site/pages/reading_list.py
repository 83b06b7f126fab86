"""The page of a reading list: its headings, its order, its remarks."""

from kb.catalog import Entry
from kb.code import Shelf
from kb.graph import Graph
from kb.schema import Article, ReadingList
from kb.schema.reading_list import Remark, Section
from kb.site.entries import called
from kb.site.language import Language
from kb.site.markdown import escape_both, front_matter, prose, slug
from kb.site.pages import parts
from kb.words.pair import Pair


def render(language: Language, graph: Graph, entry: Entry[ReadingList], _shelf: Shelf) -> str:
    """Every section with its remarks and its entries in the order of the list."""
    model = entry.model
    return "".join(
        (
            front_matter(language.say(called(entry)), language.say(model.summary)),
            parts.opening(language, graph, entry),
            prose(language.say(model.summary)) + "\n",
            *(
                _section(language, graph, section, anchor)
                for section, anchor in zip(model.sections, _anchors(model), strict=True)
            ),
        )
    )


def _anchors(model: ReadingList) -> list[str]:
    """An anchor for each section; those with the same heading are numbered."""
    found: list[str] = []
    for section in model.sections:
        anchor = slug(section.heading_en) or "section"
        again = sum(one == anchor or one.startswith(f"{anchor}-part-") for one in found)
        found.append(f"{anchor}-part-{again + 1}" if again else anchor)
    return found


def _section(language: Language, graph: Graph, section: Section, anchor: str) -> str:
    known = graph.catalog.entries
    remarks = "".join(_remark(language, graph, remark) for remark in section.remarks)
    items = [
        f"{number}. {_item(language, known[edge.id])}"
        for number, edge in enumerate(section.items, 1)
        if edge.id in known
    ]
    heading = escape_both(Pair(section.heading_en, section.heading))
    return parts.heading(language, heading, anchor) + remarks + "\n".join(items) + "\n"


def _item(language: Language, entry: Entry) -> str:
    """An article leads to the original, with its gist; everything else to its page."""
    if not isinstance(entry.model, Article):
        return f"{parts.ref(language, entry)} · {parts.form(language, entry)}"
    gist = parts.why(language, entry.model.summary)
    return f"{parts.original(language, entry, entry.model)} {gist}".rstrip()


def _remark(language: Language, graph: Graph, remark: Remark) -> str:
    known = graph.catalog.entries
    about = [parts.ref(language, known[edge.id]) for edge in remark.about if edge.id in known]
    return (
        prose(language.say(remark.says))
        + "\n"
        + (f"\n→ {' · '.join(about)}\n\n" if about else "\n")
    )
