"""The page of a technique."""

from kb.bibliography import printed
from kb.catalog import Entry
from kb.code import Code, Shelf
from kb.graph import Graph
from kb.schema import Statement, Technique, Text
from kb.schema.technique import Exercise, Origin, Today
from kb.site.entries import address_of
from kb.site.html import link as inner_link
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import block_math, escape, front_matter, link, prose
from kb.site.pages import grounds, parts, relations, snippet
from kb.site.pages.results import of_technique, result_table
from kb.walk import said as running
from kb.words import captions, vocabularies
from kb.words.pair import Pair, clauses, listed

_LAID_OUT = frozenset(
    "name aliases topics origin idea explanation formulas saves needs gains costs fails requires "
    "variant_of alternative_to combines supersedes networks today misconceptions exercises".split()
)

_READ = ("introduces", "develops", "studies", "implements", "mentions")


def render(language: Language, graph: Graph, entry: Entry[Technique], shelf: Shelf) -> str:
    """As a reader asks: what is it, does it work, when not, does it still matter, who says so."""
    model = entry.model
    code = shelf.codes.get(entry.id, Code())
    runs = snippet.section(language, entry.id, code, model.snippet, shelf.runtime)
    said = (
        (captions.FORMULA, _formulas(language, entry)),
        (captions.TRADE_OFF, _trade(language, entry)),
        (captions.MISCONCEPTIONS, _misconceptions(language, model.misconceptions)),
        (captions.TODAY, _today(language, graph, entry)),
        (captions.RUN_IT, runs),
        (captions.REPORTED, result_table(language, graph, of_technique(graph, entry.id))),
        (captions.LIBRARIES, snippet.libraries(language, entry.id, code)),
        (captions.EXERCISES, _exercises(language, model.exercises)),
        (captions.FURTHER_READING, _read(language, graph, entry)),
        (captions.AROUND, _around(language, graph, entry)),
        (captions.PREREQUISITES, _before(language, graph, entry)),
        (captions.RELATED, parts.related(language, graph, entry)),
        (captions.FACTS, _facts(language, graph, entry)),
        (captions.OPEN_POINTS, grounds.open_points(language, entry)),
        (captions.SOURCES, grounds.sources(language, entry)),
    )
    return "".join(
        (
            front_matter(language.say(model.name), language.say(running(model.idea))),
            parts.crumbs(language, graph, entry),
            parts.entry_title(language, entry),
            _idea(language, entry),
            snippet.panel(language, entry.id, code, model.snippet),
            parts.heading(language, captions.HOW_IT_WORKS),
            "\n\n".join(grounds.statements(language, entry, model.explanation)) + "\n",
            *(parts.section(language, caption, body) for caption, body in said),
        )
    )


def _idea(language: Language, entry: Entry[Technique]) -> str:
    said = grounds.statements(language, entry, entry.model.idea)
    return tag("p", " ".join(said), class_="kb-lead") + "\n\n"


def _origin(language: Language, graph: Graph, entry: Entry[Technique]) -> str:
    """When and where it was first described, as far as that is known."""
    origin = entry.model.origin
    if origin is None:
        return ""
    first = language.say(captions.ORIGIN.fill(year=origin.year)) if origin.year else ""
    where = _first_paper(language, graph, origin)
    said = language.say(captions.LABELLED.fill(name=first, value=where)) if first and where else ""
    said = f"{said or first or where} {grounds.mark(language, entry, origin)}"
    return f"{said} {parts.why(language, origin.note)}".strip() + "\n\n"


def _first_paper(language: Language, graph: Graph, origin: Origin) -> str:
    """The paper that describes it first: its page, or its title, authors and address."""
    known = graph.catalog.entries.get(origin.paper or "")
    if known:
        return parts.ref(language, known)
    title = origin.title or origin.url or ""
    named = language.quote(link(title, origin.url) if origin.url else escape(title))
    authors = escape(", ".join(printed(one) for one in origin.authors if one))
    return parts.aside(language, named, Pair(authors, authors)) if authors else named


def _facts(language: Language, graph: Graph, entry: Entry[Technique]) -> str:
    model = entry.model
    also = [escape(name) for name in language.say(model.aliases)]
    return parts.chips(
        language,
        (
            captions.NETWORKS_LABEL,
            [language.say(vocabularies.NETWORKS[word]) for word in model.networks],
        ),
        (captions.TOPICS, parts.topic_chips(language, graph, entry)),
        (captions.ALSO_CALLED, also),
        *parts.more(language, entry, _LAID_OUT),
    )


def _formulas(language: Language, entry: Entry[Technique]) -> str:
    return "\n".join(
        f"{block_math(language, one.tex)}\n\n{parts.why(language, one.says)} "
        f"{grounds.mark(language, entry, one)}\n"
        for one in entry.model.formulas
    )


def _trade(language: Language, entry: Entry[Technique]) -> str:
    """What it saves, costs and when it fails, side by side; the words of the chooser on top."""
    model = entry.model
    saves = listed(vocabularies.SAVES[word] for word in model.saves)
    needs = listed(vocabularies.NEEDS[word] for word in model.needs)
    columns = (
        (captions.GAINS, saves, model.gains),
        (captions.COSTS, needs, model.costs),
        (captions.FAILS, listed(()), model.fails),
    )
    shown = [_column(language, entry, *column) for column in columns]
    return tag("div", *shown, class_="kb-three") + "\n" if any(shown) else ""


def _column(
    language: Language, entry: Entry, caption: Pair, words: Pair, said: tuple[Statement, ...]
) -> str:
    lines = grounds.statements(language, entry, said)
    if not lines and not words.en:
        return ""
    words_of = language.say(words)
    first = tag("p", words_of, class_="kb-list") if words_of else ""
    rest = (tag("p", line) for line in lines)
    return tag("div", tag("h3", language.say(caption)), first, *rest)


def _misconceptions(language: Language, texts: tuple[Text, ...]) -> str:
    return "\n".join(f"- {prose(language.say(one))}" for one in texts)


def _exercises(language: Language, found: tuple[Exercise, ...]) -> str:
    """Questions, each with its answer behind it: opened by a click or a key."""
    return "\n\n".join(
        tag(
            "details",
            tag("summary", prose(language.say(one.ask))),
            tag("p", prose(language.say(one.answer))),
        )
        for one in found
    )


def _today(language: Language, graph: Graph, entry: Entry[Technique]) -> str:
    """The dated verdict beside its reasons, what took its place, and a library."""
    today = entry.model.today
    if today is None:
        return ""
    day = tag("small", language.say(captions.AS_OF.fill(day=today.as_of)))
    verdict = tag("strong", language.say(vocabularies.VERDICTS[today.verdict]))
    reasons = prose(language.say(today.text)) if today.text else ""
    more = language.say(clauses(_instead(language, graph, today)))
    told = (
        tag("p", reasons, " ", grounds.mark(language, entry, today)),
        tag("p", more, class_="kb-small") if more else "",
    )
    return tag("div", tag("div", verdict, day), tag("div", *told), class_="kb-verdict") + "\n"


def _instead(language: Language, graph: Graph, today: Today) -> list[Pair]:
    by = graph.catalog.entries.get(today.by or "")
    library = escape(today.library or "")
    return [
        *([captions.TODAY_BY.fill(name=_named(language, by))] if by else []),
        *([captions.TODAY_LIBRARY.fill(name=library)] if library else []),
    ]


def _named(language: Language, entry: Entry) -> Pair:
    name = inner_link(parts.label(language, entry), f"{parts.ROOT}{address_of(entry)}")
    return Pair(name, name)


def _read(language: Language, graph: Graph, entry: Entry[Technique]) -> str:
    papers = relations.relation_list(
        language, graph, entry.id, [relations.into(graph, entry.id, one) for one in _READ]
    )
    found = (relations.readings(language, graph, id) for id in _article_roots(graph, entry))
    articles = "\n".join(filter(None, found))
    return (
        _origin(language, graph, entry)
        + papers
        + (f"\n{parts.strong(language, captions.ARTICLES)}\n\n{articles}\n" if articles else "")
    )


def _article_roots(graph: Graph, entry: Entry) -> list[str]:
    """The technique and the papers that introduce it: articles about either are about it."""
    return [entry.id, *(edge.source for edge in graph.into(entry.id, "introduces"))]


def _around(language: Language, graph: Graph, entry: Entry) -> str:
    id = entry.id
    return parts.around(language, graph, entry) + relations.relation_list(
        language,
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


def _before(language: Language, graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    return "\n".join(
        f"{number}. {parts.ref(language, known[id])}"
        for number, id in enumerate(graph.prerequisites(entry.id), 1)
    )
