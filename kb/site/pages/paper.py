"""The page of a paper."""

from kb.bibliography import printed, short
from kb.bibtex import one as bibtex
from kb.catalog import Entry
from kb.code import Shelf
from kb.graph import Graph
from kb.kinds import shown
from kb.schema import Paper
from kb.schema.paper import Version
from kb.site import metadata
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import anchor, escape, front_matter, link, prose
from kb.site.pages import grounds, parts, relations
from kb.site.pages.results import of_paper, result_table
from kb.words import captions, vocabularies
from kb.words.pair import Pair

_LAID_OUT = frozenset(
    "title title_zh authors year form venue arxiv doi links topics introduces develops studies "
    "builds_on compares_with concurrent_with summary results versions".split()
)


def render(language: Language, graph: Graph, entry: Entry[Paper], _shelf: Shelf) -> str:
    """Title, authors, venue, ids; summary; relations; results; articles; versions; sources."""
    paper = entry.model
    return "".join(
        (
            front_matter(
                paper.title,
                language.say(paper.summary),
                citation=metadata.citation(graph.catalog, entry),
                json_ld=metadata.json_ld(graph.catalog, entry),
            ),
            parts.crumbs(language, graph, entry),
            parts.entry_title(language, entry),
            f"{tag('p', escape(', '.join(map(printed, paper.authors))), class_='authors')}\n\n",
            parts.where([parts.form(language, entry), *_where(graph, paper)]),
            parts.buttons(_places(language, paper)),
            tag("p", prose(language.say(paper.summary)), class_="kb-lead") + "\n\n",
            parts.section(language, captions.CONTRIBUTIONS, _relations(language, graph, entry)),
            parts.section(
                language, captions.RESULTS, result_table(language, graph, of_paper(entry))
            ),
            parts.section(
                language, captions.FURTHER_READING, relations.readings(language, graph, entry.id)
            ),
            parts.section(language, captions.RELATED, parts.related(language, graph, entry)),
            parts.section(
                language,
                captions.BIBTEX,
                f"```bibtex\n{bibtex(graph.catalog, entry).strip()}\n```\n",
            ),
            parts.section(language, captions.VERSIONS, _versions(language, entry)),
            parts.section(language, captions.FACTS, _facts(language, graph, entry)),
            parts.section(language, captions.OPEN_POINTS, grounds.open_points(language, entry)),
            parts.section(language, captions.SOURCES, grounds.sources(language, entry)),
        )
    )


def _facts(language: Language, graph: Graph, entry: Entry[Paper]) -> str:
    return parts.chips(
        language,
        (captions.TOPICS, parts.topic_chips(language, graph, entry)),
        *parts.more(language, entry, _LAID_OUT),
    )


def _where(graph: Graph, paper: Paper) -> list[str]:
    """Where it appeared and under which ids; the year alone if it appeared nowhere."""
    if paper.venue is None:
        return [str(paper.year), *_ids(paper)]
    volume = f" ({escape(paper.venue.volume)})" if paper.venue.volume else ""
    venue = f"{escape(short(graph.catalog, paper))} {paper.venue.year}{volume}"
    year = [str(paper.year)] if paper.venue.year != paper.year else []
    return [*year, venue, *_ids(paper)]


def _ids(paper: Paper) -> list[str]:
    arxiv, doi = f"https://arxiv.org/abs/{paper.arxiv}", f"https://doi.org/{paper.doi}"
    return [
        *([link(f"arXiv:{paper.arxiv}", arxiv)] if paper.arxiv else []),
        *([link(f"doi:{paper.doi}", doi)] if paper.doi else []),
    ]


def _places(language: Language, paper: Paper) -> list[str]:
    found = []
    for item in paper.links:
        role = vocabularies.ROLES[item.role]
        said = captions.OFFICIAL.fill(role=role) if item.official else role
        found.append(anchor(language.say(said), item.url))
    return found


def _relations(language: Language, graph: Graph, entry: Entry) -> str:
    id = entry.id
    return parts.around(language, graph, entry) + relations.relation_list(
        language,
        graph,
        id,
        (
            relations.out_of(graph, id, "introduces"),
            relations.out_of(graph, id, "develops"),
            relations.out_of(graph, id, "studies"),
            relations.out_of(graph, id, "builds_on"),
            relations.out_of(graph, id, "compares_with"),
            relations.across(graph, id, "concurrent_with"),
            relations.into(graph, id, "builds_on"),
            relations.into(graph, id, "implements"),
        ),
    )


def _versions(language: Language, entry: Entry[Paper]) -> str:
    return "\n".join(_version(language, entry, one) for one in entry.model.versions)


def _version(language: Language, entry: Entry[Paper], one: Version) -> str:
    """A version, what it says differently, and what that rests on."""
    labels = dict(shown(Paper))
    differs = "; ".join(
        parts.labelled(
            language,
            labels.get(name, Pair(escape(name), escape(name))),
            language.quote(escape(_plain(value))),
        )
        for name, value in one.differs.items()
    )
    said = f"**{language.quote(escape(one.version))}** · {differs}"
    return parts.bullet(language, f"{said} {grounds.mark(language, entry, one)}", one.note)


def _plain(value: object) -> str:
    """What a version says, on one line."""
    if isinstance(value, tuple | list):
        return "; ".join(map(_plain, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(item)}" for name, item in value.items())
    return "" if value is None else str(value)
