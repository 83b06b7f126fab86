"""Opens the catalogue for a command: its graph, its link ledger, the paths that were asked for."""

import contextlib
import datetime
import gc
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb import rules
from kb.catalog import Catalog, assemble
from kb.commands.exit import UsageError
from kb.findings import Finding
from kb.graph import Graph
from kb.ledger import file as ledger_file
from kb.ledger.record import Record
from kb.near import suggest
from kb.source.files import classify, load

DEFAULT = Path("catalog")


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Reading a catalogue makes objects that all stay: to search them for garbage, again and again,
    takes a fifth of the time of a check. What was made is never searched: it lasts as long as the
    process, or goes with its last user.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()


def opened(root: Path) -> Graph:
    """The graph of the catalogue in ``root``."""
    return Graph(assemble(*load(root)))


def ledger(root: Path) -> tuple[dict[str, Record], list[Finding]]:
    """What was seen of links, and what is wrong with the file that says so.

    One that cannot be read is empty; it is among the findings of opening the catalogue.
    """
    return ledger_file.readable(root / ledger_file.NAME)


def seen(root: Path) -> dict[str, Record]:
    """What was seen of links, for who can say nothing without it. Raises OSError."""
    return ledger_file.load(root / ledger_file.NAME)[0]


def checked(root: Path, today: datetime.date) -> Graph:
    """The graph of a catalogue without findings. Raises UsageError if it has any."""
    graph = opened(root)
    if findings := rules.check(graph.catalog, graph, today, *ledger(root)):
        count = "1 finding" if len(findings) == 1 else f"{len(findings):,} findings"
        shows = "shows it" if len(findings) == 1 else "shows them"
        raise UsageError(f"the catalogue has {count}; `kb check` {shows}")
    return graph


def unread(catalog: Catalog) -> list[Finding]:
    """The findings because of which entries are missing wherever the catalogue is shown: on files
    that cannot be read, and on entries that do not obey their shape.
    """
    paths = {entry.path for entry in catalog.broken.values()}
    return [
        one
        for one in catalog.findings
        if one.path in paths or (one.name == "unreadable" and not _beside(one.path))
    ]


def _beside(path: str) -> bool:
    return classify(tuple(path.split("/")[1:])) == ()


def named(root: Path) -> Path | None:
    """The catalogue that was asked for; None where `mkdocs.yml` names it."""
    return None if root == DEFAULT else root


def known(graph: Graph, ids: Iterable[str]) -> None:
    """Raise UsageError unless all ``ids`` are those of entries."""
    for id in ids:
        if id not in graph.catalog.entries:
            cure = suggest(id, graph.catalog.entries) or "`kb export jsonl` prints all ids"
            raise UsageError(f"there is no entry `{id}`; {cure}")
