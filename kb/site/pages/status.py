"""The page that counts on what claims and entries rest."""

from collections.abc import Iterable, Mapping

from kb import evidence
from kb.catalog import Entry
from kb.code import Code, Shelf
from kb.graph import Graph
from kb.kinds import KINDS
from kb.schema import Article, Unproven
from kb.site.entries import name_of
from kb.site.language import Language, written
from kb.site.markdown import front_matter
from kb.site.pages import parts
from kb.site.pages.grounds import label
from kb.words import indexes, vocabularies
from kb.words.pair import Pair, listed

_FIRM = ("primary", "page", "text")
"""Statuses that ask for nothing better."""


def page(language: Language, graph: Graph, shelf: Shelf) -> str:
    """Claims by ground, entries by their weakest key claim, articles by what was read; the rest."""
    proven = {
        name: graph.catalog.of_kind(name)
        for name, kind in KINDS.items()
        if issubclass(kind.model, Unproven)
    }
    articles = {name: found for name, found in proven.items() if KINDS[name].model is Article}
    others = {name: found for name, found in proven.items() if name not in articles}
    how = f"[{language.say(indexes.HOW_GROUNDED)}](facts.md)"
    return "".join(
        (
            front_matter(language.say(indexes.STATUS_TITLE), language.say(indexes.STATUS_ABOUT)),
            parts.title(language, indexes.STATUS_TITLE),
            f"{language.say(indexes.STATUS_INTRO)} {how}\n",
            parts.section(language, indexes.CLAIMS_BY_GROUND, _claims(language, proven)),
            parts.section(
                language,
                indexes.ENTRIES_BY_WEAKEST,
                _entries(language, others, vocabularies.GROUNDS),
            ),
            parts.section(
                language,
                indexes.ARTICLES_BY_READING,
                _entries(language, articles, vocabularies.READINGS),
            ),
            parts.section(language, indexes.ONE_LANGUAGE, _one_language(language, graph, shelf)),
            parts.section(language, indexes.STILL_OPEN, _wanting(language, proven.values())),
        )
    )


def _claims(language: Language, kinds: Mapping[str, list[Entry]]) -> str:
    """Claims of each kind of entry, by what they rest on."""
    rows = {name: [evidence.standing(one).counts for one in found] for name, found in kinds.items()}
    return _table(
        language,
        vocabularies.GROUNDS,
        {
            name: [sum(counts[ground] for counts in found) for ground in evidence.GROUNDS]
            for name, found in rows.items()
        },
    )


def _entries(
    language: Language, kinds: Mapping[str, list[Entry]], states: Mapping[str, Pair]
) -> str:
    """Entries of each kind by their status."""
    found = {name: [evidence.status(one) for one in some] for name, some in kinds.items()}
    return _table(
        language,
        states,
        {
            name: [sum(one == state for one in some) for state in states]
            for name, some in found.items()
        },
    )


def _table(language: Language, heads: Mapping[str, Pair], rows: Mapping[str, list[int]]) -> str:
    """Counts of each kind under ``heads``, with their sum."""
    shown = (indexes.KIND, *heads.values(), indexes.TOTAL)
    lines = [
        parts.row(language.say(KINDS[name].names), *map(str, counts), str(sum(counts)))
        for name, counts in rows.items()
    ]
    return parts.table(language, shown, f"|---{'|--:' * (len(shown) - 1)}|", lines)


def _one_language(language: Language, graph: Graph, shelf: Shelf) -> str:
    """Names and figures that exist in English only, or in Chinese only."""
    counts = {
        indexes.NAMES_OF.fill(kind=kind.names): _lacking(graph.catalog.of_kind(name))
        for name, kind in KINDS.items()
    }
    counts[indexes.FIGURES] = (sum(map(_english_figure, shelf.codes.values())), 0)
    rows = [parts.row(language.say(what), *map(str, found)) for what, found in counts.items()]
    heads = (indexes.KIND, indexes.ENGLISH_ONLY, indexes.CHINESE_ONLY)
    said = language.say(indexes.ONE_LANGUAGE_SAID)
    return f"{said}\n\n{parts.table(language, heads, '|---|--:|--:|', rows)}"


def _english_figure(code: Code) -> bool:
    return code.figure is not None and code.chinese is None


def _lacking(entries: list[Entry]) -> tuple[int, int]:
    """How many names have no Chinese, and how many no English."""
    names = [name_of(one) for one in entries]
    english = sum(written(name.zh) is Language.ENGLISH for name in names)
    return english, sum(written(name.en) is Language.CHINESE for name in names)


def _wanting(language: Language, kinds: Iterable[list[Entry]]) -> str:
    """Every entry whose key claims, or what is known of its text, could be better."""
    entries = [entry for found in kinds for entry in found]
    return "\n".join(_line(language, one) for one in entries if evidence.status(one) not in _FIRM)


def _line(language: Language, entry: Entry) -> str:
    kind, state = KINDS[entry.kind].names, vocabularies.STATUS[evidence.status(entry)]
    weak = listed(label(entry, claim.name) for claim in evidence.standing(entry).weak)
    said = language.say(state)
    if weak.en and not isinstance(entry.model, Article):
        said = parts.labelled(language, state, language.say(weak))
    return f"- {parts.ref(language, entry, up='')} · {language.say(kind)} · {said}"
