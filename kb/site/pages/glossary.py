"""The glossary: the terms of the vocabulary that have a meaning, in one list."""

from collections.abc import Iterable

from kb.catalog import Entry
from kb.graph import Graph
from kb.schema import Term
from kb.site.entries import path_of
from kb.site.language import Language
from kb.site.markdown import escape, front_matter, prose
from kb.site.pages import parts
from kb.site.search.chinese import sound
from kb.words import indexes
from kb.words.pair import Pair, listed

_GAP = Pair(" ", "")
"""What stands between two sentences."""


def page(language: Language, graph: Graph) -> str:
    """Every term with its other name, what it means, what else finds it, where to read on."""
    terms = [term for term in graph.catalog.terms if not term.faulty and term.model.meaning]
    ordered = sorted(terms, key=lambda term: _order(language, term.model))
    return "".join(
        (
            front_matter(language.say(indexes.GLOSSARY), language.say(indexes.GLOSSARY_ABOUT)),
            parts.title(language, indexes.GLOSSARY),
            f"{language.say(indexes.GLOSSARY_ABOUT)}\n\n",
            *(_item(language, graph, term) for term in ordered),
        )
    )


def _order(language: Language, term: Term) -> str:
    """Chinese by its sound, as in a dictionary."""
    name = language.say(term.name)
    return sound(name) if language is Language.CHINESE else name.lower()


def _item(language: Language, graph: Graph, term: Entry[Term]) -> str:
    model = term.model
    name, other = language.say(model.name), language.other.say(model.name)
    brackets = [escape(one) for one in model.abbreviations]
    if other != name:
        brackets.insert(0, language.quote(escape(other)))
    said = prose(language.say(model.meaning)) if model.meaning else ""
    rest = [*_also(language, model), *_onward(language, graph, model.leads_to)]
    head = f"**{escape(name)}**{{#{term.id}}}"
    inside = _list(language, brackets)
    behind = language.say(indexes.IN_BRACKETS.fill(inside=inside)) if inside else ""
    return f"- {head}{behind}<br>{language.say(_GAP).join((said, *rest))}\n"


def _list(language: Language, items: Iterable[str]) -> str:
    return language.say(listed(Pair(one, one) for one in items))


def _also(language: Language, term: Term) -> Iterable[str]:
    also = [*language.say(term.aliases), *language.say(term.former)]
    if language is Language.CHINESE:
        also += term.taiwan
    if also:
        others = _list(language, map(escape, also))
        yield language.say(indexes.ALSO_SAID.fill(names=others))


def _onward(language: Language, graph: Graph, ids: Iterable[str]) -> Iterable[str]:
    known = [entry for id in ids if (entry := graph.catalog.entries.get(id))]
    if known:
        links = [f"[{parts.label(language, entry)}]({path_of(entry)})" for entry in known]
        yield language.say(indexes.SEE.fill(links=_list(language, links)))
