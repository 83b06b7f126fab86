"""The page of a technique."""

from kb import words
from kb.catalog import Entry
from kb.code import Code, Shelf
from kb.graph import Graph
from kb.schema import Paper, Technique
from kb.site.html import tag
from kb.site.language import both, say
from kb.site.markdown import block_math, escape, front_matter, prose, prose_tabs, tabs
from kb.site.pages import parts, snippet
from kb.site.pages.results import result_table
from kb.walk import said
from kb.words import Language

_LAID_OUT = frozenset(
    "name aliases topics year idea explanation formulas saves needs gains costs fails requires "
    "variant_of alternative_to combines".split()
)


def render(graph: Graph, entry: Entry[Technique], shelf: Shelf) -> str:
    """As a reader asks: what is it, does it work, when not, who says so, what next."""
    model = entry.model
    code = shelf.codes.get(entry.id, Code())
    runs = snippet.section(entry.id, code, model.snippet, shelf.runtime)
    return "".join(
        (
            front_matter(say(model.name), say(said(model.idea))),
            parts.opening(graph, entry),
            _idea(model),
            _facts(graph, entry),
            parts.section(words.RUN_IT, runs),
            parts.heading(words.HOW_IT_WORKS),
            prose_tabs(said(model.explanation)),
            _formulas(model),
            parts.heading(words.TRADE_OFF),
            tabs(_trade(model, "en"), _trade(model, "zh")),
            parts.section(words.REPORTED, _results(graph, entry)),
            parts.section(words.LIBRARIES, snippet.libraries(code)),
            parts.section(words.FURTHER_READING, _read(graph, entry)),
            parts.section(words.AROUND, _around(graph, entry)),
            parts.section(words.PREREQUISITES, _before(graph, entry)),
            parts.section(words.RELATED, parts.related(graph, entry)),
            parts.section(words.SOURCES, parts.sources(entry)),
        )
    )


def _idea(model: Technique) -> str:
    zh = tag("span", prose(said(model.idea).zh), lang="zh")
    return tag("p", prose(said(model.idea).en), tag("br"), zh, class_="idea") + "\n\n"


def _facts(graph: Graph, entry: Entry[Technique]) -> str:
    model = entry.model
    also = [escape(name) for name in (*model.aliases.en, *model.aliases.zh)]
    return parts.chips(
        (words.SAVING, [both(words.SAVES[word]) for word in model.saves]),
        (words.NEEDING, [both(words.NEEDS[word]) for word in model.needs]),
        (words.YEAR, [str(model.origin.year)] if model.origin else []),
        (words.TOPICS, parts.topic_chips(graph, entry)),
        (words.ALSO_CALLED, also),
        *parts.more(entry, _LAID_OUT),
    )


def _formulas(model: Technique) -> str:
    shown = [
        f"{block_math(formula.tex)}\n\n{parts.why(formula.says)}\n" for formula in model.formulas
    ]
    return parts.section(words.FORMULA, "\n".join(shown))


def _trade(model: Technique, language: Language) -> str:
    pairs = (
        (words.GAINS, said(model.gains)),
        (words.COSTS, said(model.costs)),
        (words.FAILS, said(model.fails)),
    )
    return "\n\n".join(
        f"**{caption.say(language)}** {prose(text.zh if language == 'zh' else text.en)}"
        for caption, text in pairs
    )


def _results(graph: Graph, entry: Entry) -> str:
    rows = []
    for source in graph.catalog.of(Paper):
        rows += [
            (result, parts.ref(source, f"{escape(result.model)} ({source.model.year})"))
            for result in source.model.results
            if entry.id in result.of
        ]
    return result_table(rows)


def _read(graph: Graph, entry: Entry) -> str:
    relations = ("introduces", "develops", "studies", "implements", "mentions")
    papers = parts.relation_list(
        graph, [parts.into(graph, entry.id, relation) for relation in relations]
    )
    found = (parts.readings(graph, id) for id in _article_roots(graph, entry))
    articles = "\n".join(filter(None, found))
    return papers + (f"\n{parts.strong(words.ARTICLES)}\n\n{articles}\n" if articles else "")


def _article_roots(graph: Graph, entry: Entry) -> list[str]:
    """The technique and the papers that introduce it: articles about either are about it."""
    return [entry.id, *(edge.source for edge in graph.into(entry.id, "introduces"))]


def _around(graph: Graph, entry: Entry) -> str:
    id = entry.id
    return parts.around(graph, entry) + parts.relation_list(
        graph,
        (
            parts.out_of(graph, id, "requires"),
            parts.into(graph, id, "requires"),
            parts.out_of(graph, id, "variant_of"),
            parts.into(graph, id, "variant_of"),
            parts.out_of(graph, id, "supersedes"),
            parts.into(graph, id, "supersedes"),
            parts.across(graph, id, "alternative_to"),
            parts.across(graph, id, "combines"),
        ),
    )


def _before(graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    return "\n".join(
        f"{number}. {parts.ref(known[id])}"
        for number, id in enumerate(graph.prerequisites(entry.id), 1)
    )
