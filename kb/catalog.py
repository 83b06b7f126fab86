"""The catalogue: every entry that could be read, and every finding about those that could not."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from kb import kinds
from kb.findings import Finding
from kb.kinds import KINDS, Kind
from kb.near import Nearest
from kb.schema import Model
from kb.shape import SHAPES, nothing_of, original, shaped
from kb.source.files import RawFile
from kb.source.places import Places
from kb.source.reader import Document, Keys, read

M_co = TypeVar("M_co", bound=Model, covariant=True)
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Entry(Generic[M_co]):
    """One entry: what was typed (``model``) and where (``path``, ``text``, ``prefix`` of its keys).

    The entries of one file share its ``places``. In a broken entry the model is what obeys the shape,
    with None for the rest, ``faulty`` names the fields that are not what was typed, and ``kept`` the
    items that are left of lists.
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

    def knows(self, *fields: str) -> bool:
        """Whether all of ``fields`` are what was typed."""
        return self.faulty.isdisjoint(fields)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All entries, by id, and the findings of reading them.

    ``broken`` are entries that are known to exist but do not obey the shape, or whose file cannot be
    read. A second entry with a taken id is in ``shadowed``. Of the kinds in ``unsure`` there may be
    entries of which not even the id is known.
    """

    entries: dict[str, Entry[Model]]
    findings: tuple[Finding, ...] = ()
    shadowed: tuple[Entry[Model], ...] = ()
    broken: dict[str, Entry[Model]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    def of_kind(self, kind: str) -> list[Entry[Model]]:
        """The entries of one kind, sorted by id."""
        return [entry for entry in self.entries.values() if entry.kind == kind]

    def of(self, model: type[M]) -> list[Entry[M]]:
        """The entries that are a ``model``, sorted by id."""
        return of(model, self.entries.values())

    def known(self, id: str) -> Entry[Model] | None:
        """The entry ``id``, broken or not."""
        return self.entries.get(id) or self.broken.get(id)


def of(model: type[M], entries: Iterable[Entry[Model]]) -> list[Entry[M]]:
    """Those of ``entries`` that are a ``model``."""
    return [cast(Entry[M], entry) for entry in entries if isinstance(entry.model, model)]


def assemble(files: Iterable[RawFile], findings: Iterable[Finding] = ()) -> Catalog:
    """The catalogue that ``files`` make up; ``findings`` are those of looking for them.

    Every file is read; one bad file hides no other. An entry that cannot be read keeps its id.
    """
    catalogue = _Catalogue(list(findings))
    for file in files:
        catalogue.add(file)
    return catalogue.whole()


class _Catalogue:
    """A catalogue in the making."""

    def __init__(self, findings: list[Finding]) -> None:
        self._missing = tuple(finding.path for finding in findings)
        self._findings = findings
        self._known: dict[str, Entry[Model]] = {}
        self._shadowed: list[Entry[Model]] = []
        self._broken: set[str] = set()
        self._unsure: set[str] = set()

    def add(self, file: RawFile) -> None:
        """Read one file."""
        kind, document = kinds.by_file(file.kind), read(file.path, file.content)
        if isinstance(document, Document):
            for entry in self._entries(kind, file, document):
                self._keep(entry)
        else:
            self._findings += document
            text = file.content.decode(errors="replace")
            for entry in _unread(kind, file.path, text, file.id):
                self._keep(entry)
            self._doubt(kind)

    def whole(self) -> Catalog:
        """The catalogue of all files that were added."""
        for path in self._missing:
            self._miss(path)
        known = dict(sorted(self._known.items()))
        return Catalog(
            {id: entry for id, entry in known.items() if id not in self._broken},
            tuple(sorted(self._findings)),
            tuple(self._shadowed),
            {id: entry for id, entry in known.items() if id in self._broken},
            frozenset(self._unsure),
        )

    def _keep(self, entry: Entry[Model]) -> None:
        if entry.id in self._known:
            self._shadowed.append(entry)
            return
        self._known[entry.id] = entry
        if entry.faulty:
            self._broken.add(entry.id)

    def _doubt(self, kind: Kind) -> None:
        if kind.form == "keys":
            self._unsure.add(kind.name)

    def _entries(self, kind: Kind, file: RawFile, document: Document) -> Iterator[Entry[Model]]:
        places, near = Places(document.text), Nearest()
        found: Iterable[tuple[str, object, Keys]] = [(file.id, document.data, ())]
        if kind.form == "keys":
            found = [(key, data, (key,)) for key, data in document.data.items()]
        for id, data, prefix in found:
            made = shaped(kind.model, data, near)
            self._findings += [
                SHAPES[fault.name].at(
                    file.path, places.at(prefix + fault.keys), fault.message, fault.hint
                )
                for fault in made.faults
            ]
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

    def _miss(self, path: str) -> None:
        """Note what a file or folder that could not be looked at, or has a wrong name, would hold."""
        parts = tuple(path.split("/")[1:])
        for kind in KINDS.values():
            if len(parts) == 1 and parts[0].split(".")[0] == kind.folder:
                self._unsure.add(kind.name)
            for entry in _unread(kind, path, "", kinds.meant_id(kind, parts)):
                if entry.id not in self._known:
                    self._keep(entry)


_KEY = re.compile(r"^([a-z0-9]+(?:-[a-z0-9]+)*) *:", re.M)


def _unread(kind: Kind, path: str, text: str, id: str) -> Iterator[Entry[Model]]:
    """What is known of the entries of a file that cannot be read: their ids."""
    nothing, places = nothing_of(kind.model), Places(text)
    ids = dict.fromkeys(_KEY.findall(text)) if kind.form == "keys" else [id]
    for one in filter(None, ids):
        yield Entry(
            kind.name, one, nothing.model, path, text, places, (), nothing.faulty, nothing.kept
        )
