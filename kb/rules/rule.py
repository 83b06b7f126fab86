"""What a rule is: a function from the knowledge base to troubles; its docstring is its page."""

import datetime
import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from kb.catalog import Catalog, Entry, of
from kb.change import Difference
from kb.findings import Finding, FindingKind
from kb.graph import RELATIONS, Graph
from kb.ledger.merge import Ledger
from kb.near import Nearest
from kb.rules.called import Called
from kb.schema import Model, Name, Statement, Text, Unproven
from kb.source.mends import Mend
from kb.source.reader import Keys
from kb.walk import Claim, Edge, Target, addresses, claims, edges, pairs, texts

M = TypeVar("M", bound=Model)
_PRINTED = ("title", "title_en", "title_zh", "authors", "publisher")
At = tuple[Entry, Keys]
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def place_of(entry: Entry, keys: Keys) -> str:
    """Where ``keys`` of ``entry`` stand, as a message names the place."""
    line, column = entry.place(keys)
    return f"{entry.path}:{line}:{column}"


@dataclass(frozen=True)
class Knowledge:
    """What rules look at.

    ``today`` is passed in: no rule looks at the clock. ``ledger`` is what was seen of links,
    ``touched`` are the paths of files that are new or changed, ``change`` is what differs from the
    catalogue that this one is held against, if there is one; ``sources`` is the code of snippets by
    the id of their technique, as far as it was read.
    """

    catalog: Catalog
    graph: Graph
    today: datetime.date
    ledger: Ledger = field(default_factory=dict)
    touched: frozenset[str] = frozenset()
    change: Difference | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def entries(self) -> list[Entry]:
        """All entries; of broken ones, what obeys the shape."""
        return [*self.catalog.entries.values(), *self.catalog.broken.values()]

    def of(self, model: type[M]) -> list[Entry[M]]:
        """Those of `entries` that are a ``model``; looked for once."""
        if model not in self._by_model:
            self._by_model[model] = of(model, self.entries)
        return self._by_model[model]

    @cached_property
    def _by_model(self) -> dict[type[Model], list[Any]]:
        return {}

    @cached_property
    def targets(self) -> list[Target]:
        """Every address in the catalogue and where it stands; several rules ask."""
        return [target for entry in self.entries for target in addresses(entry)]

    @cached_property
    def addresses(self) -> list[tuple[Entry, Keys, str]]:
        """The same as (entry, keys, address)."""
        return [(target.entry, target.keys, target.url) for target in self.targets]

    def holding(self, pattern: re.Pattern[str]) -> Iterator[Entry]:
        """Entries whose file may hold ``pattern``: a look before the walk."""
        return (entry for entry in self.entries if entry.places.may_hold(pattern))

    @cached_property
    def garbled(self) -> frozenset[str]:
        """The paths of files in which a character could not be read, nor be guessed."""
        return frozenset(
            one.path for one in self.catalog.findings if one.code == "KB003" and not one.edits
        )

    @cached_property
    def printed(self) -> list[tuple[Entry, Keys, str]]:
        """The texts that a bibliography prints, as (entry, keys, text); several rules ask."""
        return [
            (entry, keys, text)
            for entry in self.entries
            for name in _PRINTED
            for keys, text in texts(entry.model.__dict__.get(name), (name,))
        ]

    @cached_property
    def bilingual(self) -> list[tuple[Entry, Keys, Text | Statement | Name]]:
        """Every text and name in both languages, as (entry, keys, pair); several rules ask."""
        return [(entry, keys, both) for entry in self.entries for keys, both in pairs(entry.model)]

    @cached_property
    def claims(self) -> list[tuple[Entry[Unproven], tuple[Claim, ...]]]:
        """What each entry claims; several rules ask."""
        return [(entry, tuple(claims(entry))) for entry in self.of(Unproven)]

    @cached_property
    def edges(self) -> list[tuple[Entry, Edge]]:
        """Every edge as it was typed, with the entry that names it."""
        known = self.catalog.entries
        found = [(known[edge.source], edge) for edge in self.graph.edges]
        return found + [
            (entry, edge) for entry in self.catalog.broken.values() for edge in edges(entry)
        ]

    @cached_property
    def astray(self) -> list[tuple[Entry, Edge, str]]:
        """The edges to an unknown id, each with the nearest id that it may lead to, or nothing.

        Not among them: edges to entries that may well exist, in a file that cannot be read.
        """
        near: defaultdict[str, Nearest] = defaultdict(Nearest)
        known, unsure = self.catalog.known, self.catalog.unsure
        return [
            (
                entry,
                edge,
                self.called(edge.target, RELATIONS[edge.relation].kinds)
                or near[entry.path](edge.target, edge.relation, self._candidates(edge)),
            )
            for entry, edge in self.edges
            if not known(edge.target) and unsure.isdisjoint(RELATIONS[edge.relation].kinds)
        ]

    @cached_property
    def called(self) -> Called:
        """Finds the entry that a name or an address belongs to."""
        return Called(self.entries)

    def _candidates(self, edge: Edge) -> Callable[[], list[str]]:
        allowed = RELATIONS[edge.relation].kinds
        return lambda: [
            entry.id for entry in self.entries if entry.kind in allowed and entry.id != edge.source
        ]

    @cached_property
    def half_heard(self) -> frozenset[str]:
        """Words in files that cannot be read whole: their relations may name these ids."""
        unheard = (*self.catalog.broken.values(), *self.catalog.shadowed)
        texts = {entry.text for entry in unheard}
        return frozenset(word for text in texts for word in _WORD.findall(text))

    def clashes(self, places: Iterable[tuple[Hashable, At]]) -> Iterator[tuple[At, At]]:
        """Pairs of places whose keys are equal: where it was first, and where it is a clash.

        The clash stands in a file that is touched, if that is known, else in the last by name.
        """
        groups: defaultdict[Hashable, list[At]] = defaultdict(list)
        for key, at in places:
            groups[key].append(at)
        for group in groups.values():
            first, *rest = sorted(group, key=self.newness) if len(group) > 1 else group
            yield from ((first, at) for at in rest)

    def newness(self, at: At) -> tuple[bool, str]:
        """The order in which one of several files is blamed: the last."""
        path = at[0].path
        return path in self.touched, path.removesuffix(".yaml").removesuffix("/entry")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong in ``entry`` at ``keys``.

    ``mend``: what would be right, if that is clear; ``rename``: the path that the file should have.
    """

    entry: Entry
    keys: Keys
    message: str
    hint: str = ""
    mend: Mend | None = None
    rename: str = ""


Check = Callable[[Knowledge], Iterator[Trouble]]


@dataclass(frozen=True)
class Rule:
    """A rule: its code and its function, named for the problem."""

    code: str
    check: Check

    @cached_property
    def kind(self) -> FindingKind:
        """Its findings' kind: name and page come from the function."""
        name = self.check.__name__.replace("_", "-")
        return FindingKind(self.code, name, *_parts(inspect.getdoc(self.check) or ""))

    def findings(self, knowledge: Knowledge) -> Iterator[Finding]:
        """Everything that this rule finds, each at its place."""
        kind = self.kind
        for trouble in self.check(knowledge):
            entry = trouble.entry
            if entry.path in knowledge.garbled and entry.unreadable(trouble.keys):
                continue  # what was to be there is not known
            yield kind.at(
                entry.path,
                entry.place(trouble.keys),
                trouble.message,
                trouble.hint,
                entry.edits(trouble.mend) if trouble.mend else (),
                trouble.rename,
            )


def _parts(page: str) -> tuple[str, str, str, str]:
    """What, why, example and cure in a rule's docstring; ValueError if one is missing."""
    what, _, rest = page.partition("\n\nWhy it matters: ")
    why, _, rest = rest.partition("\n\nExample:\n\n")
    example, _, instead = rest.partition("\n\nInstead: ")
    if not instead:
        raise ValueError(f"a rule's docstring has four parts, not only {page!r}")
    return what, why, inspect.cleandoc(example), instead
