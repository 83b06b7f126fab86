"""All that `kb check` finds and `kb fix` mends: what rules say, and whether files are canonical."""

import datetime
from collections.abc import Collection, Iterable
from pathlib import Path

from kb import rules
from kb.catalog import assemble
from kb.change import Difference
from kb.commands.base import change_since
from kb.commands.catalogue import ledger
from kb.commands.changed import touched
from kb.findings import Finding
from kb.graph import Graph
from kb.schema import Technique
from kb.snippets import folder
from kb.snippets.read import sources
from kb.source.files import RawFile
from kb.source.format import canonical, misformatted, suspicious


def everything(
    root: Path,
    today: datetime.date,
    files: Iterable[RawFile],
    found: Iterable[Finding],
    base: str | None = None,
    thorough: bool = False,
) -> list[Finding]:
    """All findings on ``files`` of the catalogue in ``root``, causes first.

    ``found`` are those of looking for the files; with ``thorough``, every file is compared with its
    canonical form. Raises UsageError for a ``base`` that Git does not know.
    """
    files = list(files)
    new = touched(root, base)
    catalog = assemble(files, found)
    graph = Graph(catalog)
    change: Difference | None = change_since(root, base, catalog) if base else None
    records, broken = ledger(root)
    codes = sources(root, (entry.id for entry in catalog.of(Technique)))
    all_found = rules.check(catalog, graph, today, records, broken, new, change, codes)
    bad = {one.path for one in catalog.findings}
    whole = frozenset(file.path for file in files) if thorough else new
    return [*all_found, *folder.findings(root), *_formats(files, whole, bad)]


_SMALL = 4_000_000
"""So many bytes of entries are written again in about the time that the rules take."""


def _formats(files: Collection[RawFile], whole: frozenset[str], bad: set[str]) -> list[Finding]:
    """Findings on the form of files, last.

    To write every file of a very large catalogue again takes longer than all other checks
    together; there, it is done with those of ``whole`` and with what looks odd.
    """
    small = sum(len(file.content) for file in files) <= _SMALL
    return [
        finding
        for file in files
        if file.path not in bad
        and (small or file.path in whole or suspicious(file))
        and not canonical(file)
        and (finding := misformatted(file))
    ]
