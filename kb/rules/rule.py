"""What a rule is: a function from the whole knowledge base to troubles, whose docstring is its page."""

import datetime
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kb.catalog import Catalog, Entry
from kb.findings import Finding, Kind
from kb.graph import Graph
from kb.ledger.merge import Ledger
from kb.rules.places import addresses
from kb.source.reader import Keys


@dataclass(frozen=True)
class Knowledge:
    """What rules look at. ``today`` is passed in: no rule looks at the clock. ``ledger`` is what was seen of links."""

    catalog: Catalog
    graph: Graph
    today: datetime.date
    ledger: Ledger = field(default_factory=dict)

    @cached_property
    def addresses(self) -> list[tuple[Entry, Keys, str]]:
        """Every address in the catalogue and where it stands; several rules ask."""
        return [
            (entry, *place) for entry in self.catalog.entries.values() for place in addresses(entry)
        ]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong in ``entry`` at ``keys``."""

    entry: Entry
    keys: Keys
    message: str
    hint: str = ""


Check = Callable[[Knowledge], Iterator[Trouble]]


@dataclass(frozen=True)
class Rule:
    """A rule: its code and its function, named for the problem."""

    code: str
    check: Check

    @cached_property
    def kind(self) -> Kind:
        """Its findings' kind: name and page come from the function."""
        name = self.check.__name__.replace("_", "-")
        return Kind(self.code, name, *_parts(inspect.getdoc(self.check) or ""))

    def findings(self, knowledge: Knowledge) -> Iterator[Finding]:
        """Everything that this rule finds, each at its place."""
        kind = self.kind
        for trouble in self.check(knowledge):
            yield kind.at(
                trouble.entry.path, trouble.entry.place(trouble.keys), trouble.message, trouble.hint
            )


def _parts(page: str) -> tuple[str, str, str, str]:
    """What, why, example and cure in the docstring of a rule; raises ValueError if one is missing."""
    what, _, rest = page.partition("\n\nWhy it matters: ")
    why, _, rest = rest.partition("\n\nExample:\n\n")
    example, _, instead = rest.partition("\n\nInstead: ")
    if not instead:
        raise ValueError(f"a rule's docstring has four parts, not only {page!r}")
    return what, why, inspect.cleandoc(example), instead
