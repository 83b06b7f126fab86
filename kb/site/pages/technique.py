"""The page of a technique."""

from collections.abc import Iterable

from kb import words
from kb.bibliography import printed
from kb.catalog import Entry
from kb.code import Code, Shelf
from kb.graph import Graph
from kb.schema import Statement, Technique, Text
from kb.schema.technique import Exercise, Origin, Today
from kb.site.html import tag
from kb.site.language import both, say
from kb.site.markdown import block_math, escape, front_matter, link, prose, tabs
from kb.site.pages import grounds, parts, relations, snippet
from kb.site.pages.results import of_technique, result_table
from kb.walk import said as running
from kb.words import Language, Pair

_LAID_OUT = frozenset(
    "name aliases topics origin idea explanation formulas saves needs gains costs fails requires "
    "variant_of alternative_to combines supersedes networks today misconceptions exercises".split()
)

_READ = ("introduces", "develops", "studies", "implements", "mentions")


def render(graph: Graph, entry: Entry[Technique], shelf: Shelf) -> str:
    """As a reader asks: what is it, does it work, when not, who says so, what next."""
    model = entry.model
    code = shelf.codes.get(entry.id, Code())
    runs = snippet.section(entry.id, code, model.snippet, shelf.runtime)
    return "".join(
        (
            front_matter(say(model.name), say(running(model.idea))),
            parts.opening(graph, entry),
            _idea(entry),
            _origin(graph, entry),
            _facts(graph, entry),
            parts.section(words.RUN_IT, runs),
            parts.heading(words.HOW_IT_WORKS),
            _listed(entry, model.explanation),
            _formulas(entry),
            parts.heading(words.TRADE_OFF),
            tabs(_trade(entry, "en"), _trade(entry, "zh")),
            parts.section(words.MISCONCEPTIONS, _misconceptions(model.misconceptions)),
            parts.section(words.TODAY, _today(graph, entry)),
            parts.section(words.REPORTED, result_table(graph, of_technique(graph, entry.id))),
            parts.section(words.LIBRARIES, snippet.libraries(code)),
            parts.section(words.EXERCISES, _exercises(model.exercises)),
            parts.section(words.FURTHER_READING, _read(graph, entry)),
            parts.section(words.AROUND, _around(graph, entry)),
            parts.section(words.PREREQUISITES, _before(graph, entry)),
            parts.section(words.RELATED, parts.related(graph, entry)),
            parts.section(words.OPEN_POINTS, grounds.open_points(entry)),
            parts.section(words.SOURCES, grounds.sources(entry)),
        )
    )


def _idea(entry: Entry[Technique]) -> str:
    en, zh = (grounds.statements(entry, entry.model.idea, language) for language in ("en", "zh"))
    chinese = tag("span", "".join(zh), lang="zh")
    return tag("p", " ".join(en), tag("br"), chinese, class_="idea") + "\n\n"


def _listed(entry: Entry[Technique], statements: tuple[Statement, ...]) -> str:
    """Statements as a list, a tab for each language."""
    en, zh = (_items(entry, statements, language) for language in ("en", "zh"))
    return tabs(en, zh)


def _items(entry: Entry, statements: tuple[Statement, ...], language: Language) -> str:
    return "\n".join(f"- {one}" for one in grounds.statements(entry, statements, language))


def _origin(graph: Graph, entry: Entry[Technique]) -> str:
    """When and where it was first described, as far as that is known."""
    origin = entry.model.origin
    if origin is None:
        return ""
    first = both(words.ORIGIN.fill(year=origin.year)) if origin.year else ""
    where = _first_paper(graph, origin)
    said = f"{first}{': ' if first and where else ''}{where} {grounds.mark(entry, origin)}"
    return f"{said} {parts.why(origin.note)}".strip() + "\n\n"


def _first_paper(graph: Graph, origin: Origin) -> str:
    """The paper that describes it first: its page, or its title, authors and address."""
    known = graph.catalog.entries.get(origin.paper or "")
    if known:
        return parts.ref(known)
    title = origin.title or origin.url or ""
    named = link(title, origin.url) if origin.url else escape(title)
    authors = escape(", ".join(printed(one) for one in origin.authors if one))
    return f"{named} ({authors})" if authors else named


def _facts(graph: Graph, entry: Entry[Technique]) -> str:
    model = entry.model
    also = [escape(name) for name in (*model.aliases.en, *model.aliases.zh)]
    return parts.chips(
        (words.SAVING, [both(words.SAVES[word]) for word in model.saves]),
        (words.NEEDING, [both(words.NEEDS[word]) for word in model.needs]),
        (words.NETWORKS_LABEL, [both(words.NETWORKS[word]) for word in model.networks]),
        (words.TOPICS, parts.topic_chips(graph, entry)),
        (words.ALSO_CALLED, also),
        *parts.more(entry, _LAID_OUT),
    )


def _formulas(entry: Entry[Technique]) -> str:
    shown = [
        f"{block_math(formula.tex)}\n\n{parts.why(formula.says)} {grounds.mark(entry, formula)}\n"
        for formula in entry.model.formulas
    ]
    return parts.section(words.FORMULA, "\n".join(shown))


def _trade(entry: Entry[Technique], language: Language) -> str:
    model = entry.model
    groups = ((words.GAINS, model.gains), (words.COSTS, model.costs), (words.FAILS, model.fails))
    return "\n\n".join(
        f"**{caption.say(language)}**\n\n{_items(entry, statements, language)}"
        for caption, statements in groups
    )


def _misconceptions(texts: tuple[Text, ...]) -> str:
    if not texts:
        return ""
    return tabs(*("\n".join(f"- {one}" for one in _said(texts, at)) for at in ("en", "zh")))


def _exercises(found: tuple[Exercise, ...]) -> str:
    """Questions, each with its answer behind it: opened by a click or a key."""
    if not found:
        return ""
    return tabs(*(_asked(found, language) for language in ("en", "zh")))


def _asked(found: tuple[Exercise, ...], language: Language) -> str:
    asks, answers = (
        _said(texts, language)
        for texts in ([one.ask for one in found], [one.answer for one in found])
    )
    return "\n\n".join(
        tag("details", tag("summary", ask), tag("p", answer))
        for ask, answer in zip(asks, answers, strict=True)
    )


def _said(texts: Iterable[Text], language: Language) -> list[str]:
    return [prose(one.zh if language == "zh" else one.en) for one in texts]


def _today(graph: Graph, entry: Entry[Technique]) -> str:
    """The dated verdict, what took its place, and a library."""
    today = entry.model.today
    if today is None:
        return ""
    said = both(_verdict(graph, today))
    return f"{said} {grounds.mark(entry, today)} {parts.why(today.text)}".rstrip() + "\n"


def _verdict(graph: Graph, today: Today) -> Pair:
    by = graph.catalog.entries.get(today.by or "")
    library = escape(today.library or "")
    said = [
        words.VERDICTS[today.verdict],
        words.AS_OF.fill(day=today.as_of),
        *([words.TODAY_BY.fill(name=_named(by))] if by else []),
        *([words.TODAY_LIBRARY.fill(name=library)] if library else []),
    ]
    return words.clauses(said)


def _named(entry: Entry) -> Pair:
    name = parts.names(entry)
    return Pair(parts.ref(entry, name.en), parts.ref(entry, name.zh))


def _read(graph: Graph, entry: Entry) -> str:
    papers = relations.relation_list(
        graph, entry.id, [relations.into(graph, entry.id, one) for one in _READ]
    )
    found = (relations.readings(graph, id) for id in _article_roots(graph, entry))
    articles = "\n".join(filter(None, found))
    return papers + (f"\n{parts.strong(words.ARTICLES)}\n\n{articles}\n" if articles else "")


def _article_roots(graph: Graph, entry: Entry) -> list[str]:
    """The technique and the papers that introduce it: articles about either are about it."""
    return [entry.id, *(edge.source for edge in graph.into(entry.id, "introduces"))]


def _around(graph: Graph, entry: Entry) -> str:
    id = entry.id
    return parts.around(graph, entry) + relations.relation_list(
        graph,
        id,
        (
            relations.out_of(graph, id, "requires"),
            relations.into(graph, id, "requires"),
            relations.out_of(graph, id, "variant_of"),
            relations.into(graph, id, "variant_of"),
            relations.out_of(graph, id, "supersedes"),
            relations.into(graph, id, "supersedes"),
            relations.across(graph, id, "alternative_to"),
            relations.across(graph, id, "combines"),
        ),
    )


def _before(graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    return "\n".join(
        f"{number}. {parts.ref(known[id])}"
        for number, id in enumerate(graph.prerequisites(entry.id), 1)
    )
