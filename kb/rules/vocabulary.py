"""Rules on the vocabulary: terms that lead somewhere, and words that mean one thing."""

from collections.abc import Iterable, Iterator

from kb.catalog import Entry
from kb.kinds import KINDS
from kb.near import Nearest, asked
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Paper, Term
from kb.source.reader import Keys
from kb.spelling import key


def astray_term(knowledge: Knowledge) -> Iterator[Trouble]:
    """A term of the vocabulary leads to an entry or an author that is not in the catalogue.

    Why it matters: the search promises what it cannot show.

    Example:

        bn-folding: {name: …, leads_to: [bn-foldng]}

    Instead: name an entry by its id, an author as papers print the name; or leave it out until
    there is such an entry.
    """
    catalog, near = knowledge.catalog, Nearest()
    sure = catalog.unsure.isdisjoint(KINDS)
    writers = {name for entry in knowledge.of(Paper) for name in _writers(entry)}
    for term in catalog.terms:
        for at, id in enumerate(term.model.leads_to or ()):
            if sure and not catalog.known(id):
                hint = asked(near(id, "entries", list(catalog.entries)))
                yield Trouble(
                    term,
                    ("leads_to", at),
                    f"`{term.id}` leads to `{id}`, but there is no such entry",
                    hint or "leave it out until there is such an entry",
                )
        for at, name in enumerate(term.model.authors or ()):
            if name not in writers:
                hint = asked(near(name, "authors", writers))
                yield Trouble(
                    term,
                    ("authors", at),
                    f"`{term.id}` names `{name}`, who is author of no paper",
                    hint or "write the name as the papers print it",
                )


def repeated_term(knowledge: Knowledge) -> Iterator[Trouble]:
    """The vocabulary has the same words twice, however they are spelt.

    Why it matters: who types them is sent to one of two places, and nobody knows which.

    Example:

        ptq: {name: …, abbreviations: [PTQ], aliases: {en: [ptq]}}

    Instead: keep the words where they belong, or make the two terms one.
    """
    first: dict[str, tuple[Entry[Term], str]] = {}
    for term in knowledge.catalog.terms:
        for keys, words in spoken(term.model):
            known = first.setdefault(key(words), (term, words))
            if known[1] is words:
                continue
            where = "already its own" if known[0] is term else f"a word of `{known[0].id}`, too"
            yield Trouble(
                term,
                keys,
                f"`{words}` of `{term.id}` is {where}" + _as(known[1], words),
                "keep it in one place",
            )


def _as(known: str, words: str) -> str:
    return f", as `{known}`" if known != words else ""


def spoken(term: Term) -> Iterator[tuple[Keys, str]]:
    """Every word of a term with its keys; of a broken term, those that are left."""
    if term.name:
        yield from ((("name", "en"), one) for one in (term.name.en,) if one)
        yield from ((("name", "zh"), one) for one in (term.name.zh,) if one and one != term.name.en)
    for field, held in (("aliases", term.aliases), ("former", term.former)):
        if held:
            yield from _listed((field, "en"), held.en)
            yield from _listed((field, "zh"), held.zh)
    yield from _listed(("abbreviations",), term.abbreviations)
    yield from _listed(("taiwan",), term.taiwan)


def _listed(keys: Keys, listed: Iterable[str] | None) -> Iterator[tuple[Keys, str]]:
    """Words of a list with their keys; a broken term may lack it."""
    return (((*keys, at), one) for at, one in enumerate(listed or ()))


def _writers(entry: Entry[Paper]) -> Iterator[str]:
    for author in entry.model.authors or ():
        given = f"{author.given or ''} {author.family or ''}".strip()
        yield from filter(None, (author.name, author.organization, given))
