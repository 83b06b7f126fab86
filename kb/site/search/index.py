"""The index: small files in which a page looks up what it is asked. Pure.

A reader fetches only those that a question needs, so that they stay few at any size. Ranking is the
page's business (`assets/kb/ask.js`); here stands in which field of an entry a word is, and how much
of that field it makes up.
"""

import json
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kb.kinds import KINDS
from kb.schema import Term
from kb.site.search import chinese
from kb.site.search.concepts import Concept, Phrases, concepts, plain_key
from kb.site.search.postings import chunks, gaps, weighed
from kb.site.search.records import Indexed, counts
from kb.site.search.stop import COMPARING, STEPPED_OVER, STOP, STOP_CHINESE
from kb.spelling import is_han, normal, stem, words

TEXT, NEAR, ALIAS, NAME = range(4)
"""Where a word stands, from a mere mention to the name of the entry."""

ID, OWN, OTHER, LEADS, AUTHOR, FAMILY, BRIEF = range(7)
"""What a whole key is to an entry: its id or address, its name, another name, a term that leads to
it, the name of an author, the family name of one, its name up to the colon."""

PER_FILE = 8
_MOST = 9_000
_LONGEST_KEY = 48
_TYPICAL = 160
_HYPHENED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_VERSIONED = re.compile(r"([a-z]{3,})(v\d+)")


def files(found: Sequence[Indexed], terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """Path and content of every file of the index of ``found``, with ``terms`` of the vocabulary.

    The last is `opening.json`, which says what the others hold.
    """
    index = _Index(found, concepts(terms, found))
    firsts: dict[str, list[str]] = {}
    for family, items in index.families():
        parts, firsts[family] = chunks(items, _MOST)
        yield from ((f"{family}/{number}.json", part) for number, part in enumerate(parts))
    for at in range(0, len(found), PER_FILE):
        shown = [record.meta for record in found[at : at + PER_FILE]]
        yield f"entries/{at // PER_FILE}.json", _json(shown)
    yield "facets.json", _json(_facets(found))
    yield "sounds.json", _json(chinese.sounds())
    yield "vocabulary.json", _json(index.vocabulary())
    yield "opening.json", _json(_opening(found, firsts))


def _opening(found: Sequence[Indexed], firsts: Mapping[str, list[str]]) -> dict[str, object]:
    kinds = list(dict.fromkeys(record.kind for record in found))
    return {
        "count": len(found),
        "per_file": PER_FILE,
        "kinds": kinds,
        "kind_of": "".join(str(kinds.index(record.kind)) for record in found),
        "matters": "".join(str(record.matters) for record in found),
        "firsts": firsts,
        "filters": counts(found),
        "topics": _topics(found),
    }


def _topics(found: Sequence[Indexed]) -> dict[str, list[str]]:
    """The English and the Chinese name of each topic by its id, which is what filters hold."""
    return {one.id: [one.names[0], one.names[-1]] for one in found if one.kind == "topic"}


def _facets(found: Sequence[Indexed]) -> dict[str, dict[str, str]]:
    """Of each filter, the entries that have each value."""
    held: dict[str, defaultdict[str, list[int]]] = {}
    for number, record in enumerate(found):
        for name, values in record.filters.items():
            for value in values:
                held.setdefault(name, defaultdict(list))[value].append(number)
    return {
        name: {value: gaps(entries) for value, entries in values.items()}
        for name, values in held.items()
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass
class _Index:
    """Everything that is looked up by a word or a key, while it is being gathered."""

    found: Sequence[Indexed]
    known: list[Concept]
    postings: "defaultdict[str, array[int]]" = field(
        default_factory=lambda: defaultdict(lambda: array("I"))
    )
    keys: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    spoken: set[str] = field(default_factory=set)
    mentioned: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.phrases = Phrases(self.known)
        self.shares = lru_cache(maxsize=8_192)(self._shares)
        self.leads = _leads(self.known)
        self.people = {
            plain_key(name): number
            for number, concept in enumerate(self.known)
            for name in concept.authors
        }
        for number, record in enumerate(self.found):
            for word, weight in _Weights(self, number, record).all().items():
                self.postings[word].append(number << 6 | weight)

    def families(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The families of files, each with what stands in them under which key."""
        yield "terms", {word: f'"{weighed(held)}"' for word, held in self.postings.items()}
        self.postings.clear()
        yield "keys", {key: _json(_flat(held)) for key, held in self.keys.items()}
        self.keys.clear()
        lasting = {word for word, times in self.mentioned.items() if times > 2 and len(word) > 4}
        told = dict.fromkeys(self.spoken, "1") | {
            word: "0" for word in lasting - self.spoken if word.isascii() and word.isalpha()
        }
        yield "words", told
        yield "ends", {word[::-1]: rank for word, rank in told.items()}
        yield "hints", {key: _json(sorted(held)) for key, held in self._hints().items()}

    def _shares(self, text: str) -> tuple[tuple[str, float], ...]:
        """The words, pairs and concepts of a name, each with its share of the name."""
        stems = _stems(text, self.spoken)
        total = sum(map(_length, stems)) or 1
        found: dict[str, float] = {}
        for word in stems:
            pieces = list(_pieces(word))
            for piece in pieces:
                share = _length(word) / total / len(pieces)
                found[piece] = max(share, found.get(piece, 0))
            for character in word if is_han(word) else ():
                found.setdefault(character, 1 / total)
        for number, length in self.phrases.within(stems):
            found[f"={number}"] = max(length / total, found.get(f"={number}", 0))
        return tuple(found.items())

    def vocabulary(self) -> dict[str, object]:
        """What a question is read with."""
        texts = [text for one in self.found for text in (*one.names, *one.aliases, *one.texts)]
        names = [text for one in self.found for text in (*one.names, *one.aliases)]
        said = [word for concept in self.known for word in concept.words]
        characters = set(chinese.simplified("".join((*texts, *said))))
        return {
            "phrases": self.phrases.table,
            "simplified": chinese.traditional(characters),
            "taiwan": chinese.of_taiwan(
                map(chinese.simplified, names), map(chinese.simplified, texts)
            ),
            "stop": sorted(STOP),
            "stop_chinese": STOP_CHINESE,
            "stepped_over": STEPPED_OVER,
            "comparing": COMPARING,
        }

    def _hints(self) -> dict[str, set[str]]:
        """Chinese names by their sound (`~`), with one character left out (`?`), and short ones as
        they are misread (`!`).
        """
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name in self._chinese():
            found[f"~{chinese.sound(name)}"].add(name)
            for at in range(len(name)) if len(name) > 3 else ():
                found[f"?{name[:at]}{name[at + 1 :]}"].add(name)
            for other in chinese.misread(name) if len(name) < 4 else ():
                found[f"!{other}"].add(name)
        return found

    def _chinese(self) -> set[str]:
        """What is called by two to twelve Chinese characters."""
        named = [
            name
            for one in self.found
            if KINDS[one.kind].called == "term"
            for name in (*one.names, *one.aliases)
        ]
        said = [word for concept in self.known for word in concept.words]
        parts = (words(chinese.simplified(name)) for name in (*named, *said))
        return {
            part[0]
            for part in parts
            if len(part) == 1 and is_han(part[0]) and 1 < len(part[0]) < 13
        }


def _leads(known: Sequence[Concept]) -> dict[str, list[tuple[int, int]]]:
    """Of each entry, the concepts that lead to it, each with the entry's rank there."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, concept in enumerate(known):
        for rank, id in enumerate(concept.leads_to):
            found[id].append((number, rank))
    return found


def _flat(held: Mapping[int, int]) -> list[int]:
    return [one for pair in sorted(held.items()) for one in pair]


@dataclass
class _Weights:
    """The words of one entry, each with where it stands there and how much of that it makes up."""

    index: _Index
    number: int
    record: Indexed
    held: dict[str, int] = field(default_factory=dict)

    def all(self) -> dict[str, int]:
        """Every word, pair of characters and concept (`=` and its number) with its weight."""
        record = self.record
        for key in record.keys:
            self._key(key, ID, 0)
        for text in record.names:
            self._called(text, OWN, NAME)
        for text in record.brief:
            self._called(text, BRIEF, NAME)
        for text in record.aliases:
            self._called(text, OTHER, ALIAS)
        if KINDS[record.kind].called != "work":
            self._parts(record.id.replace("-", " "), ALIAS, 0.9)
        self._led_to()
        for forms in record.authors:
            self._author(forms)
        for text in record.near:
            self._parts(text, NEAR, 0.6)
        self._mentions()
        return self.held

    def _add(self, word: str, where: int, share: float) -> None:
        weight = where << 4 | (min(15, int(15 * share + 0.5)) or 1)
        if weight > self.held.get(word, -1):
            self.held[word] = weight

    def _key(self, key: str, role: int, rank: int) -> None:
        held, code = self.index.keys[key[:_LONGEST_KEY] if role else key], role * 8 + min(rank, 7)
        held[self.number] = min(code, held.get(self.number, code))

    def _whole(self, text: str, role: int, rank: int = 0) -> None:
        """``text`` as a key: of its stems, and as it stands."""
        plain = words(chinese.simplified(text))
        for key in {"".join(map(stem, plain)), "".join(plain)} - {""}:
            self._key(key, role, rank)

    def _called(self, text: str, role: int, where: int) -> None:
        self._whole(text, role)
        self._parts(text, where)

    def _led_to(self) -> None:
        for number, rank in self.index.leads.get(self.record.id, ()):
            self._add(f"={number}", ALIAS if rank else NAME, 1 - rank / 10)
            for text in self.index.known[number].words:
                self._whole(text, LEADS, rank)
                self._parts(text, ALIAS, 0.9 - rank / 10)

    def _author(self, forms: Sequence[str]) -> None:
        for text in forms:
            self._whole(text, FAMILY if text == forms[-1] and len(forms) > 1 else AUTHOR)
            for word in _stems(text, self.index.spoken):
                self._add(word, NEAR, 0.9)
        person = self.index.people.get(plain_key(forms[0]))
        if person is not None:
            self._add(f"={person}", NEAR, 1)
            for text in self.index.known[person].words:
                self._whole(text, AUTHOR)

    def _parts(self, text: str, where: int, share: float = 1.0) -> None:
        """The words of a name, each with its share of the name."""
        for word, own in self.index.shares(text):
            self._add(word, where, share * own)

    def _mentions(self) -> None:
        times: Counter[str] = Counter()
        seen: set[str] = set()
        size = 0
        for text in self.record.texts:
            stems = _stems(text, seen)
            size += len(stems)
            times.update(part for word in stems for part in _pieces(word))
            times.update(f"={number}" for number, _ in self.index.phrases.within(stems))
        self.index.mentioned.update(seen)
        for word, count in times.items():
            self._add(word, TEXT, count / (count + 0.5 + size / _TYPICAL))


def _length(word: str) -> int:
    """How long a word is: two for a word, one for each character of Chinese."""
    return len(word) if is_han(word) else 2


def _pieces(word: str) -> Iterator[str]:
    """What stands in the index for ``word``: itself; of Chinese, each two adjacent characters."""
    if is_han(word) and len(word) > 2:
        yield from (word[at : at + 2] for at in range(len(word) - 1))
    else:
        yield word


def _stems(text: str, seen: set[str]) -> list[str]:
    """The stems of ``text`` in simplified characters; the words themselves are added to ``seen``.

    What is written with a hyphen is also one word, and a version is also apart from its name.
    """
    plain = words(chinese.simplified(text))
    joined = (
        [one.replace("-", "") for one in _HYPHENED.findall(normal(text))] if "-" in text else []
    )
    versions = filter(None, map(_VERSIONED.fullmatch, plain))
    parts = [part for version in versions for part in version.groups()]
    seen.update(word for word in (*plain, *joined) if not is_han(word))
    found = [stem(word) for word in (*plain, *joined, *parts)]
    return [one for one in found if one not in STOP]
