"""The vocabulary for the search: which phrases mean the same, and where each leads. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.kinds import KINDS
from kb.schema import Term
from kb.site.search.chinese import simplified
from kb.site.search.records import Indexed
from kb.site.search.stop import STOP
from kb.spelling import is_han, key, stem, words


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the vocabulary, or what an entry is called.

    ``words`` are all that it is called; ``leads_to`` are ids of entries, best first; ``authors``
    are the names of a person as papers print them.
    """

    words: tuple[str, ...]
    leads_to: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def concepts(terms: Iterable[Term], records: Sequence[Indexed]) -> list[Concept]:
    """What the vocabulary says, joined with the entries that bear one of its words as their name.

    Those lead first to the entry itself, unless the term says where it leads.
    """
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        if KINDS[record.kind].called != "title":
            for name in (*record.names, *record.aliases):
                owners[plain_key(name)].append(record.id)
    found = []
    for term in terms:
        said = tuple(all_words(term))
        own = [id for word in said for id in owners.get(plain_key(word), ())]
        leads = tuple(dict.fromkeys((*term.leads_to, *own)))
        found.append(Concept(said, leads, term.authors))
    return found


def all_words(term: Term) -> Iterator[str]:
    """Everything that ``term`` is called, the name first."""
    yield from (term.name.en, term.name.zh, *term.abbreviations)
    yield from (*term.aliases.en, *term.aliases.zh, *term.taiwan)
    yield from (*term.former.en, *term.former.zh)


def plain_key(text: str) -> str:
    """The key of ``text`` in simplified characters."""
    return key(simplified(text))


def atoms(stems: Iterable[str]) -> list[str]:
    """``stems`` with each run of Chinese as its characters, and without words that say nothing."""
    return [
        part for stem in stems if stem not in STOP for part in (stem if is_han(stem) else (stem,))
    ]


@dataclass
class Phrases:
    """Phrases and their concepts by number, found in the words of a text."""

    known: list[Concept]
    by_start: dict[str, list[tuple[list[str], int]]] = field(default_factory=dict)
    table: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, concept in enumerate(self.known):
            for said in concept.words:
                stems = [stem(word) for word in words(simplified(said))]
                found = atoms(stems)
                if _tells(stems) and self.table.setdefault(" ".join(found), number) == number:
                    self.by_start.setdefault(_start(found), []).append((found, number))

    def within(self, stems: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The number of each concept in ``stems``, and how long the phrase is.

        The length counts words, and two characters of Chinese as one.
        """
        text = atoms(stems)
        for at, atom in enumerate(text):
            held = self.by_start.get(atom)
            if held is None and is_han(atom):
                held = self.by_start.get("".join(text[at : at + 2]))
            for found, number in held or ():
                if text[at : at + len(found)] == found:
                    yield number, sum(1 if is_han(one) else 2 for one in found)


def _tells(stems: Sequence[str]) -> bool:
    """Whether what is left of a phrase stands for it: of `once for all`, `once` does not."""
    return 0 < len(stems) <= 2 * sum(stem not in STOP for stem in stems)


def _start(phrase: Sequence[str]) -> str:
    """What a phrase is looked up by: its first word, or its first two Chinese characters."""
    return "".join(phrase[:2]) if is_han(phrase[0]) else phrase[0]
