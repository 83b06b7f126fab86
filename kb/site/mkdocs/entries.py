"""The catalogue as it is on disk right now: a file is parsed again only when it has changed."""

import datetime
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kb import rules
from kb.catalog import Catalog, CatalogPart, Entry, join, missed, part
from kb.findings import Finding
from kb.graph import Graph
from kb.ledger import file as ledger_file
from kb.ledger.record import Record
from kb.site import shelf
from kb.source.files import RawFile, classify, content, load
from kb.walk import edges

Stamp = tuple[int, int, int]
Clock = Callable[[], datetime.date]
AT_ONCE = 1_000
"""Up to so many entries, all are checked while a page waits for it: a tenth of a second."""
_SOME = 20
_PAUSE = 1.0
"""Seconds from a change to the check of the rest, which must not slow down the answer."""


@dataclass(frozen=True, slots=True)
class State:
    """The catalogue at one moment.

    ``findings`` are those of the whole catalogue if it is ``checked``; until then those of the last
    check, with those of files that have changed since in the place of theirs.
    """

    graph: Graph
    parts: Mapping[str, CatalogPart]
    stamps: Mapping[str, Stamp]
    ledger: dict[str, Record]
    findings: tuple[Finding, ...]
    checked: bool

    @property
    def catalog(self) -> Catalog:
        """All entries that could be read."""
        return self.graph.catalog


@dataclass(frozen=True, slots=True)
class JudgedFolder:
    """What is wrong with the folder of a technique while its files have these stamps."""

    stamps: Mapping[str, Stamp]
    findings: list[Finding]


class Entries:
    """Keeps the state of the catalogue in ``root``; ``clock`` gives the day for the rules."""

    def __init__(self, root: Path, clock: Clock = datetime.date.today) -> None:
        self.root = root
        self.clock = clock
        self._unchecked = threading.Event()
        self._lock = threading.Lock()
        self._folders: dict[str, JudgedFolder] = {}
        self.state = State(Graph(Catalog({})), {}, {}, {}, (), True)
        self.refresh(at_once=True)

    def refresh(self, at_once: bool = False) -> State:
        """Look at the folder, read what has changed, and return the state.

        The whole catalogue is checked in passing if it is small or ``at_once``, otherwise by
        `check_rest`.
        """
        with self._lock:
            found = stamps(self.root)
            if found != self.state.stamps or not self.state.stamps:
                self.state = self._next(found, at_once)
                if not self.state.checked:
                    self._unchecked.set()
            return self.state

    def check_rest(self) -> None:
        """Wait until something is unchecked, then check the whole catalogue.

        For a thread in the background.
        """
        self._unchecked.wait()
        time.sleep(_PAUSE)
        self._unchecked.clear()
        state = self.state
        findings = self._check(state)
        with self._lock:
            if self.state is state:
                self.state = replace(state, findings=findings, checked=True)

    def _next(self, found: dict[str, Stamp], at_once: bool) -> State:
        old = self.state
        changed = {path for path in found if old.stamps.get(path) != found[path]}
        parts = {
            path: self._part(path, held) if path in changed else old.parts[path]
            for path in found
            if (held := _held(path))
        }
        graph = Graph(join(parts.values()), old.graph)
        ledger = old.ledger
        if ledger_file.NAME in changed:
            ledger = ledger_file.readable(self.root / ledger_file.NAME)[0]
        state = State(graph, parts, found, ledger, (), True)
        if at_once or len(graph.catalog.entries) <= AT_ONCE:
            return replace(state, findings=self._check(state))
        gone = {self._shown(path) for path in changed | (old.stamps.keys() - found.keys())}
        kept = [finding for finding in old.findings if finding.path not in gone]
        new = self._check_only(state, changed & parts.keys())
        return replace(state, findings=tuple(sorted([*kept, *new])), checked=False)

    def _shown(self, path: str) -> str:
        return f"{self.root.name}/{path}"

    def _part(self, path: str, held: tuple[str, str]) -> CatalogPart:
        """What the file at ``path`` holds; ``held`` are the kind and the id that its path says."""
        found = content(self.root / path)
        if isinstance(found, str):  # the check of the folder says why it cannot be read
            return missed(self._shown(path))
        return part(RawFile(self._shown(path), *held, found))

    def _check(self, state: State) -> tuple[Finding, ...]:
        """All findings, those on the folder itself among them."""
        folder = load(self.root)[1]
        _, broken = ledger_file.readable(self.root / ledger_file.NAME)
        catalog = replace(state.catalog, findings=tuple(sorted([*state.catalog.findings, *folder])))
        beside = [*broken, *self._beside(state.stamps)]
        return tuple(rules.check(catalog, state.graph, self.clock(), state.ledger, beside))

    def _beside(self, stamps: Mapping[str, Stamp]) -> list[Finding]:
        """The findings on what stands beside techniques: only folders that changed are judged."""
        now: dict[str, dict[str, Stamp]] = {}
        for path, stamp in stamps.items():
            if path.startswith("techniques/") and path.count("/") == 2:
                now.setdefault(path.split("/")[1], {})[path] = stamp
        old = self._folders
        self._folders = {
            id: old[id]
            if id in old and old[id].stamps == held
            else JudgedFolder(held, shelf.faults(self.root, id))
            for id, held in now.items()
        }
        return [one for judged in self._folders.values() for one in judged.findings]

    def _check_only(self, state: State, paths: Iterable[str]) -> Iterator[Finding]:
        """The findings of reading ``paths``, and of the rules on their entries and neighbours."""
        for path in paths:
            yield from state.parts[path].findings
            for entry in state.parts[path].entries:
                near = Catalog(neighbours(state.graph, entry), venues=state.catalog.venues)
                found = rules.check(near, Graph(near), self.clock(), state.ledger)
                yield from (finding for finding in found if finding.path == entry.path)


def neighbours(graph: Graph, entry: Entry) -> dict[str, Entry]:
    """``entry``, all entries that it names and some of those that name it, by id."""
    named = [edge.target for edge in edges(entry)]
    naming = [edge.source for edge in islice(graph.into(entry.id), _SOME)]
    known = graph.catalog.entries
    return {id: known[id] for id in sorted({entry.id, *named, *naming}) if id in known}


def stamps(root: Path) -> dict[str, Stamp]:
    """Time of change, size and inode of every file below ``root``, by path from there; sorted.

    Links are left out.
    """
    return dict(sorted(_walk(str(root), "")))


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, Stamp]]:
    try:
        inside = list(os.scandir(folder))
    except OSError:
        return
    for one in inside:
        try:
            if one.is_dir(follow_symlinks=False):
                yield from _walk(one.path, f"{prefix}{one.name}/")
            elif one.is_file(follow_symlinks=False):
                found = one.stat(follow_symlinks=False)
                yield f"{prefix}{one.name}", (found.st_mtime_ns, found.st_size, found.st_ino)
        except OSError:  # deleted while we looked
            continue


def _held(path: str) -> tuple[str, str] | None:
    """The kind and id of the entry that a file is to hold; None for a file that holds none."""
    return classify(tuple(path.split("/"))) or None
