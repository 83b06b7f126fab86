"""The page of a paper."""

from kb import words
from kb.bibliography import printed, short
from kb.bibtex import one as bibtex
from kb.catalog import Entry
from kb.code import Shelf
from kb.graph import Graph
from kb.schema import Paper
from kb.site.html import tag
from kb.site.language import both, say
from kb.site.markdown import anchor, escape, front_matter, link, prose_tabs
from kb.site.pages import parts
from kb.site.pages.results import result_table

_LAID_OUT = frozenset(
    "title title_zh authors year form venue arxiv doi links topics introduces studies builds_on "
    "compares_with summary results versions".split()
)


def render(graph: Graph, entry: Entry[Paper], _shelf: Shelf) -> str:
    """Title, authors, venue, ids; summary; relations; results; articles; versions; sources."""
    paper = entry.model
    results = result_table((result, escape(result.model)) for result in paper.results)
    return "".join(
        (
            front_matter(paper.title, say(paper.summary)),
            parts.opening(graph, entry),
            f"{tag('p', escape(', '.join(map(printed, paper.authors))), class_='authors')}\n\n",
            _facts(graph, entry),
            parts.heading(words.IN_SHORT),
            prose_tabs(paper.summary),
            parts.section(words.CONTRIBUTIONS, _relations(graph, entry)),
            parts.section(words.RESULTS, results),
            parts.section(words.FURTHER_READING, parts.readings(graph, entry.id)),
            parts.section(words.RELATED, parts.related(graph, entry)),
            parts.section(
                words.BIBTEX, f"```bibtex\n{bibtex(graph.catalog, entry).strip()}\n```\n"
            ),
            parts.section(words.VERSIONS, _versions(paper)),
            parts.section(words.SOURCES, parts.sources(entry)),
        )
    )


def _facts(graph: Graph, entry: Entry[Paper]) -> str:
    paper = entry.model
    return parts.chips(
        (words.YEAR, [str(paper.year)]),
        (words.VENUE, _venue(graph, paper)),
        (words.IDS, _ids(paper)),
        (words.LINKS, _places(paper)),
        (words.TOPICS, parts.topic_chips(graph, entry)),
        *parts.more(entry, _LAID_OUT),
    )


def _venue(graph: Graph, paper: Paper) -> list[str]:
    if paper.venue is None:
        return []
    volume = f" ({escape(paper.venue.volume)})" if paper.venue.volume else ""
    return [f"{escape(short(graph.catalog, paper))} {paper.venue.year}{volume}"]


def _ids(paper: Paper) -> list[str]:
    arxiv, doi = f"https://arxiv.org/abs/{paper.arxiv}", f"https://doi.org/{paper.doi}"
    return [
        *([link(f"arXiv:{paper.arxiv}", arxiv)] if paper.arxiv else []),
        *([link(f"doi:{paper.doi}", doi)] if paper.doi else []),
    ]


def _places(paper: Paper) -> list[str]:
    found = []
    for item in paper.links:
        role = words.ROLES[item.role]
        said = words.OFFICIAL.fill(role=role) if item.official else role
        found.append(anchor(both(said), item.url))
    return found


def _relations(graph: Graph, entry: Entry) -> str:
    id = entry.id
    return parts.around(graph, entry) + parts.relation_list(
        graph,
        (
            parts.out_of(graph, id, "introduces"),
            parts.out_of(graph, id, "develops"),
            parts.out_of(graph, id, "studies"),
            parts.out_of(graph, id, "builds_on"),
            parts.out_of(graph, id, "compares_with"),
            parts.across(graph, id, "concurrent_with"),
            parts.into(graph, id, "builds_on"),
            parts.into(graph, id, "implements"),
        ),
    )


def _versions(paper: Paper) -> str:
    return "\n".join(
        f"- {escape(item.version)} ({escape(', '.join(item.differs))}): {parts.why(item.note)}"
        for item in paper.versions
    )
