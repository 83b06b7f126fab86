"""Rules on grounds: every claim names its source, every source is named and holds its claims."""

import re
from collections.abc import Iterator

from kb import meant
from kb.catalog import Entry
from kb.evidence import BUILT_IN, facts_of, field_of, possible_facts, supported, ungrounded
from kb.explain.elsewhere import called_elsewhere
from kb.near import Nearest, asked, nearest
from kb.rules.rule import Knowledge, Trouble
from kb.schema import About, Cite, Source, Statement, Unproven
from kb.schema.paper import Result
from kb.source.characters import LOST
from kb.source.mends import Mend
from kb.source.reader import Keys
from kb.walk import Claim

_SIZES = ("params", "flops", "macs")
_ABSTRACT = re.compile(r"\babstract\b", re.IGNORECASE)
_INSIDE = re.compile(
    r"\b(tables?|tab\.|figures?|fig\.|sections?|sec\.|equations?|eq\.|appendix|algorithms?|theorem)\b",
    re.IGNORECASE,
)
_ABSTRACT_PAGES = re.compile(
    r"//(export\.)?arxiv\.org/abs/|//(www\.)?openreview\.net/forum|//dblp\.|//doi\.org/|"
    r"//ui\.adsabs\.harvard\.edu/|//(papers\.nips\.cc|papers\.neurips\.cc|proceedings\.neurips\.cc)/.*\.html|"
    r"//proceedings\.mlr\.press/[^?]*\.html|//openaccess\.thecvf\.com/[^?]*\.html|//mlanthology\.org/"
)


def claim_without_ground(knowledge: Knowledge) -> Iterator[Trouble]:
    """A fact, number, relation, statement, formula or origin does not say on what it rests.

    Why it matters: a reader must be able to look up every claim; that is the promise of this
    knowledge base.

    Example:

        doi: 10.1000/x without a source that supports it; a row or an edge without `source`

    Instead: add `source` with the key of a source, `snippet` or `ours`; add a fact to `supports`
    of a source.
    """
    for entry, found in knowledge.claims:
        for claim in ungrounded(entry, found):
            if _is_arxiv_again(claim) or claim.name in _misspelt(entry):
                continue
            if any(LOST in fact for fact in supported(entry)):  # which one it was, nobody knows
                continue
            if not isinstance(claim.typed, About) and entry.knows(claim.field, "sources", "open"):
                yield Trouble(entry, claim.keys, *_unsaid(claim))


def _misspelt(entry: Entry) -> set[str]:
    """The facts of ``entry`` that a source supports by a misspelt name: that is said there."""
    facts, possible = facts_of(entry), possible_facts(entry)
    odd = [word for word in supported(entry) if word not in possible]
    return {_fact_meant(word, facts) or nearest(word, possible) for word in odd[:_FEW]}


_FEW = 20
"""So many misspelt words are compared with the facts of an entry."""


def _fact_meant(word: str, facts: set[str]) -> str:
    """The fact that ``word`` names in other letters, or that other formats call so."""
    return meant.word(word, sorted(facts)) or called_elsewhere(word, facts)


def _is_arxiv_again(claim: Claim) -> bool:
    """Whether it is the DOI that arXiv makes of its id, which needs no source but its removal."""
    return claim.field == "doi" and str(claim.typed).lower().startswith("10.48550/arxiv.")


def _unsaid(claim: Claim) -> tuple[str, str]:
    if claim.kind == "fact":
        return (
            f"no source supports `{claim.name}`",
            f"add `{claim.name}` to `supports` of a source, or leave it `open` with a note",
        )
    return (
        f"this {_NAMES[claim.kind]} names no source",
        (
            "add `source`: the key of a source, `snippet` or `ours`; "
            "or leave the field `open` with a note"
        ),
    )


_NAMES = {
    "row": "result",
    "edge": "relation",
    "about": "relation",
    "statement": "statement",
    "formula": "formula",
    "origin": "origin",
    "version": "version",
}


def support_for_nothing(knowledge: Knowledge) -> Iterator[Trouble]:
    """A source supports a fact that the entry does not have.

    Why it matters: most often the word is misspelt, and the fact it means stays without a source.

    Example:

        supports: [tittle]

    Instead: use the field's name; rows, relations, statements and versions name their `source`
    themselves.
    """
    for entry, found in knowledge.claims:
        facts, near = facts_of(entry), Nearest()
        own = {claim.field for claim in found if claim.kind != "fact"}
        for keys, word in _supports(entry):
            if word in facts or not entry.knows(word, field_of(entry, word)):
                continue
            sure, possible = _fact_meant(word, facts), possible_facts(entry)
            lacking = f"add `{word}` to the entry, or delete the word here"
            if comment := entry.comment_behind((field_of(entry, word),)):
                lacking = f"`{comment}` is a comment, as `#` begins one: write the value without it"
            hint = (sure and f"write `{sure}`") or (
                lacking if word in possible else asked(near(word, "supports", possible))
            )
            yield Trouble(
                entry,
                keys,
                f"the entry has no fact `{word}`",
                (word in own and f"each item of `{word}` names its `source` itself")
                or hint
                or f"it has: {', '.join(sorted(facts))}",
                Mend(keys, sure) if sure else None,
            )


def _supports(entry: Entry[Unproven]) -> Iterator[tuple[Keys, str]]:
    for key, source in _sources(entry):
        for place, word in enumerate(source.supports or ()):
            yield ("sources", key, "supports", place), word


def supported_and_open(knowledge: Knowledge) -> Iterator[Trouble]:
    """A fact is both supported by a source and left open.

    Why it matters: the page would say both.

    Example:

        supports: [doi] and open: [{claim: doi, …}]

    Instead: decide.
    """
    for entry in knowledge.of(Unproven):
        proven = supported(entry)
        for number, doubt in enumerate(entry.model.open or ()):
            if doubt.claim in proven:
                yield Trouble(
                    entry,
                    ("open", number, "claim"),
                    f"`{doubt.claim}` is also supported by a source",
                    "keep one of the two",
                )


def nameless_doubt(knowledge: Knowledge) -> Iterator[Trouble]:
    """A claim that is left open is no field of the entry, and has no name in Chinese.

    Why it matters: what is open stands on the page in both languages, under its name.

    Example:

        open: [{claim: official code, note: …}]

    Instead: {claim: official code, zh: …, note: …}
    """
    for entry in knowledge.of(Unproven):
        for number, doubt in enumerate(entry.model.open or ()):
            if doubt and doubt.claim and not doubt.zh and not _is_field(entry, doubt.claim):
                yield Trouble(
                    entry,
                    ("open", number, "claim"),
                    f"`{doubt.claim[:60]}` is no field of the entry, and has no name in Chinese",
                    "add `zh: …` beside it, or write the name of the field",
                )


def _is_field(entry: Entry[Unproven], claim: str) -> bool:
    return claim in type(entry.model).model_fields or claim in possible_facts(entry)


def unknown_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """A claim names a source that the entry does not have.

    Why it matters: the claim rests on nothing that anybody could look up.

    Example:

        source: papper

    Instead: use a key of `sources`, or `snippet` or `ours`.
    """
    for entry, found in knowledge.claims:
        known, near = [*(entry.model.sources or {}), *BUILT_IN], Nearest()
        if not entry.knows("sources"):
            continue
        for claim in found:
            for key in dict.fromkeys(cite.key for cite in claim.grounds if cite.key):
                if key not in known and LOST not in key:
                    found_key = meant.word(key, known)
                    at = (*claim.keys, "source")
                    yield Trouble(
                        entry,
                        at,
                        f"the entry has no source `{key}`",
                        f"write `{found_key}`"
                        if found_key
                        else asked(near(key, "source", known)) or f"it has: {', '.join(known)}",
                        Mend(at, found_key) if found_key and entry.typed(at) == key else None,
                    )


def unused_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """A source supports no fact, and no claim names it.

    Why it matters: it looks like proof and proves nothing.

    Example:

        sources: {blog: {url: …, seen: …}} and no `source: blog`

    Instead: say what rests on it, or remove it.
    """
    for entry, found in knowledge.claims:
        used = {cite.key for claim in found for cite in claim.grounds}
        lost = any(LOST in key for key in used)
        for key, source in _sources(entry):
            if key in BUILT_IN:
                yield Trouble(
                    entry, ("sources", key), f"`{key}` is built in", "give the source another key"
                )
            elif key not in used and not source.supports and not entry.faulty and not lost:
                yield Trouble(
                    entry,
                    ("sources", key),
                    f"nothing rests on the source `{key}`",
                    f"add `source: {key}` to what it says, or remove it",
                )


def place_cannot_hold(knowledge: Knowledge) -> Iterator[Trouble]:
    """A place is named that cannot hold the claim.

    Such are an abstract for values of a table, and an abstract page for a formula.

    Why it matters: whoever looks there does not find it.

    Example:

        {value: 84.4, params: 66e6, source: paper, where: abstract}

    Instead: give each value the place where it stands:
    params: {value: 66e6, source: text, where: Table 2}
    """
    for entry, found in knowledge.claims:
        for claim in found:
            if isinstance(claim.typed, Result):
                yield from _beside_an_abstract(entry, claim, claim.typed)
            if claim.grounds and all(_too_short(entry, claim, cite) for cite in claim.grounds):
                yield Trouble(
                    entry,
                    (*claim.keys, "where" if _where(claim) else "source"),
                    f"{_where(claim) or 'a formula'} on a page that shows the abstract only",
                    "name the text in which it was read: "
                    "as another source, or as `read` of this one",
                )


def _beside_an_abstract(entry: Entry, claim: Claim, row: Result) -> Iterator[Trouble]:
    places = [cite.where or "" for cite in claim.grounds]
    if not places or not all(_ABSTRACT.search(place) for place in places):
        return
    if any(_INSIDE.search(place) for place in places):
        return
    for name in _SIZES:
        size = row.__dict__[name]
        if size and not size.source:
            yield Trouble(
                entry,
                (*claim.keys, name),
                f"`{name}` stands beside a number of the abstract, without a place of its own",
                f"write `{name}: {{value: …, source: …, where: …}}`",
            )


def _too_short(entry: Entry[Unproven], claim: Claim, cite: Cite) -> bool:
    """Whether ``cite`` names an abstract page for a formula, or for a place inside the text."""
    source = (entry.model.sources or {}).get(cite.key)
    inside = claim.kind == "formula" or bool(cite.where and _INSIDE.search(cite.where))
    return inside and source is not None and abstract_only(source)


def abstract_only(source: Source) -> bool:
    """Whether what was read of ``source`` is a page with title, authors and abstract."""
    return bool(_ABSTRACT_PAGES.search(source.read or source.url or ""))


def _where(claim: Claim) -> str:
    places = [cite.where for cite in claim.grounds if cite.where]
    return f"`{places[0]}`" if places else ""


def quoted_toy(knowledge: Knowledge) -> Iterator[Trouble]:
    """A gain, a cost or a limit of a method gives a number of our own small network.

    Why it matters: a toy shows an idea; what the method saves and costs is known from elsewhere.

    Example:

        gains: [{en: Accuracy rises by 0.03., zh: …, source: snippet}]

    Instead: the number of a paper with its source; what the code shows goes into `snippet.texts`.
    """
    for entry, found in knowledge.claims:
        for claim in found:
            said = claim.typed
            if claim.field not in _OF_THE_METHOD or not isinstance(said, Statement):
                continue
            ours = any(cite.key == "snippet" for cite in claim.grounds)
            if ours and _MEASURED.search(said.en or ""):
                yield Trouble(
                    entry,
                    claim.keys,
                    f"`{claim.field}` of a method gives a number of our own code",
                    "give the number of a paper, or move this into `snippet.texts`",
                )


_OF_THE_METHOD = frozenset({"gains", "costs", "fails"})
_MEASURED = re.compile(r"\d\.\d|\d\s*(%|×|x\b|times|points|epochs|seeds)")


def _sources(entry: Entry[Unproven]) -> Iterator[tuple[str, Source]]:
    for key, source in (entry.model.sources or {}).items():
        if source is not None:
            yield key, source
