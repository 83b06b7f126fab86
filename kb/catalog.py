"""The catalogue: every entry that could be read, and every finding about those that could not."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Generic, cast

from typing_extensions import TypeVar

from kb import kinds
from kb.explain.flaw import Flaw
from kb.findings import Edit, Finding
from kb.kinds import KINDS, Kind
from kb.near import Nearest
from kb.schema import Model, Term, Venue
from kb.shape import SHAPES, Shaped, nothing_of, original, shaped
from kb.source.characters import UNREADABLE
from kb.source.faults import FAULTS
from kb.source.files import RawFile
from kb.source.mends import Mend
from kb.source.places import Places
from kb.source.reader import Document, Keys, legible, read

M_co = TypeVar("M_co", bound=Model, covariant=True, default=Model)
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Entry(Generic[M_co]):
    """One entry: what was typed (``model``) and where (``path``, ``text``, ``prefix`` of its keys).

    The entries of one file share its ``places``. In a broken entry the model is what obeys the
    shape, with None for the rest, ``faulty`` names the fields that are not what was typed, and
    ``kept`` the items that are left of lists.
    """

    kind: str
    id: str
    model: M_co
    path: str
    text: str = field(repr=False)
    places: Places = field(repr=False, compare=False)
    prefix: Keys = ()
    faulty: frozenset[str] = frozenset()
    kept: Mapping[Keys, tuple[int, ...]] | None = field(default=None, repr=False)

    def place(self, keys: Keys) -> tuple[int, int]:
        """Line and column, from 1, of the value at ``keys``."""
        return self.places.at(self.prefix + (original(keys, self.kept) if self.kept else keys))

    def typed(self, keys: Keys) -> str:
        """The text at ``keys``, as it stands in the file; nothing if it is not one scalar."""
        keys = original(keys, self.kept) if self.kept else keys
        return self.places.written(self.prefix + keys)

    def comment_behind(self, keys: Keys) -> str:
        """The comment right behind the text at ``keys``, if that stands without quotes."""
        keys = original(keys, self.kept) if self.kept else keys
        return self.places.comment_behind(self.prefix + keys)

    def unreadable(self, keys: Keys) -> bool:
        """Whether the value at ``keys`` holds a character that could not be read: that is said."""
        return bool(UNREADABLE.search(self.typed(keys)))

    def edits(self, mend: Mend) -> tuple[Edit, ...]:
        """The edits of the file that make ``mend``."""
        keys = original(mend.keys, self.kept) if self.kept else mend.keys
        return replace(mend, keys=keys).edits(self.places, self.prefix)

    def knows(self, *fields: str) -> bool:
        """Whether all of ``fields`` are what was typed."""
        return self.faulty.isdisjoint(fields)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All entries, by id, and the findings of reading them.

    ``broken`` are entries that are known to exist but do not obey the shape, or whose file cannot
    be read. A second entry with a taken id is in ``shadowed``. Of the kinds in ``unsure`` there may
    be entries of which not even the id is known. ``venues`` is the table of venues, by id;
    ``terms`` are those of the vocabulary, in its order, whole or broken.
    """

    entries: dict[str, Entry]
    findings: tuple[Finding, ...] = ()
    shadowed: tuple[Entry, ...] = ()
    broken: dict[str, Entry] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    venues: Mapping[str, Venue] = field(default_factory=dict)
    terms: tuple[Entry[Term], ...] = ()

    def of_kind(self, kind: str) -> list[Entry]:
        """The entries of one kind, sorted by id."""
        return [entry for entry in self.entries.values() if entry.kind == kind]

    def of(self, model: type[M]) -> list[Entry[M]]:
        """The entries that are a ``model``, sorted by id."""
        return of(model, self.entries.values())

    def known(self, id: str) -> Entry | None:
        """The entry ``id``, broken or not."""
        return self.entries.get(id) or self.broken.get(id)


def of(model: type[M], entries: Iterable[Entry]) -> list[Entry[M]]:
    """Those of ``entries`` that are a ``model``."""
    return [cast(Entry[M], entry) for entry in entries if isinstance(entry.model, model)]


@dataclass(frozen=True, slots=True)
class CatalogPart:
    """What one file of the catalogue holds by itself: entries, whole or broken, and findings.

    Of the kinds in ``unsure`` it may hold entries of which not even the id is known. ``venues`` are
    those of the table of venues, ``terms`` those of the vocabulary.
    """

    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    unsure: frozenset[str] = frozenset()
    venues: Mapping[str, Venue] = field(default_factory=dict)
    terms: tuple[Entry[Term], ...] = ()


def assemble(files: Iterable[RawFile], findings: Iterable[Finding] = ()) -> Catalog:
    """The catalogue that ``files`` make up; ``findings`` are those of looking for them.

    Every file is read; one bad file hides no other. An entry that cannot be read keeps its id.
    """
    return join(map(part, files), findings)


def part(file: RawFile) -> CatalogPart:
    """What ``file`` holds."""
    if file.kind == kinds.VENUES:
        return _venues(file)
    if file.kind == kinds.VOCABULARY:
        return _vocabulary(file)
    kind, document = kinds.by_file(file.kind), legible(file.path, file.content)
    if isinstance(document, Document):
        found: list[Finding] = []
        entries = tuple(_entries(kind, file, document, found))
        if found and (misplaced := _misplaced(kind, file, document)):
            found = [misplaced]
        return CatalogPart(entries, (*document.faults, *found))
    text = file.content.decode(errors="replace")
    unread = tuple(_unread(kind, file.path, text, file.id))
    return CatalogPart(unread, tuple(document), _doubts(kind))


def _misplaced(kind: Kind, file: RawFile, document: Document) -> Finding | None:
    """The finding on a faulty entry that is one of another kind, without a fault."""
    fields = frozenset(document.data)
    others = [
        other
        for other in KINDS.values()
        if other is not kind and other.form == "file" and kinds.fits(other, fields)
    ]
    if kind.form != "file" or len(others) != 1 or kinds.fits(kind, fields):
        return None
    to = others[0].path(file.id)
    return FAULTS["wrong-folder"].at(
        file.path,
        (1, 1),
        f"this is a {others[0].name}, in the folder of another kind",
        f"move it to `{to}`",
        rename=f"{file.path.partition('/')[0]}/{to}",
    )


def _venues(file: RawFile) -> CatalogPart:
    """The table of venues; of a faulty one, what obeys the shape."""
    document = read(file.path, file.content)
    if not isinstance(document, Document):
        return CatalogPart((), tuple(document), frozenset({kinds.VENUES}))
    places, near = Places(document.text), Nearest()
    venues: dict[str, Venue] = {}
    found: list[Finding] = []
    for id, data in document.data.items():
        made = shaped(Venue, data, near)
        found += _findings(file.path, places, (id,), made)
        venues[id] = made.model
    return CatalogPart((), tuple(found), frozenset(), venues)


def _vocabulary(file: RawFile) -> CatalogPart:
    """The terms of the vocabulary, each with its place."""
    document = read(file.path, file.content)
    if not isinstance(document, Document):
        return CatalogPart((), tuple(document), frozenset({kinds.VOCABULARY}))
    places, near = Places(document.text), Nearest()
    terms: list[Entry[Term]] = []
    found: list[Finding] = []
    for id, data in document.data.items():
        made = shaped(Term, data, near)
        found += _findings(file.path, places, (id,), made)
        terms.append(
            Entry(
                kinds.VOCABULARY,
                id,
                made.model,
                file.path,
                document.text,
                places,
                (id,),
                made.faulty,
                made.kept,
            )
        )
    return CatalogPart((), tuple(found), terms=tuple(terms))


def join(parts: Iterable[CatalogPart], findings: Iterable[Finding] = ()) -> Catalog:
    """The catalogue of all ``parts``, in the order of files; ``findings`` as in `assemble`."""
    found = list(findings)
    missing = [missed(path) for path in dict.fromkeys(finding.path for finding in found)]
    known: dict[str, Entry] = {}
    shadowed: list[Entry] = []
    unsure: set[str] = set()
    venues: dict[str, Venue] = {}
    terms: list[Entry[Term]] = []
    for one in parts:
        venues |= one.venues
        terms += one.terms
        found += one.findings
        unsure |= one.unsure
        shadowed += [
            entry for entry in one.entries if known.setdefault(entry.id, entry) is not entry
        ]
    for one in missing:
        unsure |= one.unsure
        for entry in one.entries:
            known.setdefault(entry.id, entry)
    return Catalog(
        {id: entry for id, entry in sorted(known.items()) if not entry.faulty},
        tuple(sorted(found)),
        tuple(shadowed),
        {id: entry for id, entry in sorted(known.items()) if entry.faulty},
        frozenset(unsure),
        venues,
        tuple(terms),
    )


def _doubts(kind: Kind) -> frozenset[str]:
    return frozenset({kind.name} if kind.form == "keys" else ())


def _entries(
    kind: Kind, file: RawFile, document: Document, findings: list[Finding]
) -> Iterator[Entry]:
    places, near = Places(document.text), Nearest()
    found: Iterable[tuple[str, object, Keys]] = [(file.id, document.data, ())]
    if kind.form == "keys":
        found = [(key, data, (key,)) for key, data in document.data.items()]
    for id, data, prefix in found:
        made = shaped(kind.model, data, near)
        findings += _findings(file.path, places, prefix, made)
        yield Entry(
            kind.name,
            id,
            made.model,
            file.path,
            document.text,
            places,
            prefix,
            made.faulty,
            made.kept,
        )


def _findings(path: str, places: Places, prefix: Keys, made: Shaped[M]) -> list[Finding]:
    return [
        SHAPES[fault.name].at(
            path,
            places.at(prefix + fault.keys),
            *_said(fault, places.comment_behind(prefix + fault.keys) if fault.empty else ""),
            fault.mend.edits(places, prefix) if fault.mend else (),
        )
        for fault in made.faults
        if not UNREADABLE.search(f"{fault.keys[-1:]}{places.written(prefix + fault.keys)}")
    ]


def _said(fault: Flaw, comment: str) -> tuple[str, str]:
    """The message and the hint of ``fault``; a ``comment`` may be the value that is missing."""
    if not comment:
        return fault.message, fault.hint
    return (
        f"{fault.message}: `{comment}` is a comment, as `#` begins one",
        f"if it is the value, write it without `#`; if not, {fault.hint}",
    )


def missed(path: str) -> CatalogPart:
    """What a file or folder that could not be looked at, or has a wrong name, would hold."""
    parts = tuple(path.split("/")[1:])
    entries: list[Entry] = []
    unsure = {table for table in (kinds.VENUES, kinds.VOCABULARY) if parts == (f"{table}.yaml",)}
    for kind in KINDS.values():
        if len(parts) == 1 and parts[0].split(".")[0] == kind.folder:
            unsure.add(kind.name)
        entries += _unread(kind, path, "", kinds.meant_id(kind, parts))
    return CatalogPart(tuple(entries), (), frozenset(unsure))


_MOST_IDS = 1_000
"""So many ids of a file that cannot be read are known; of the rest it is unsure that they exist."""
_KEY = re.compile(r"^([a-z0-9]+(?:-[a-z0-9]+)*) *:", re.M)


def _unread(kind: Kind, path: str, text: str, id: str) -> Iterator[Entry]:
    """What is known of the entries of a file that cannot be read: their ids."""
    nothing, places = nothing_of(kind.model), Places(text)
    ids = dict.fromkeys(_KEY.findall(text)) if kind.form == "keys" else [id]
    for one in islice(filter(None, ids), _MOST_IDS):
        yield Entry(
            kind.name, one, nothing.model, path, text, places, (), nothing.faulty, nothing.kept
        )
