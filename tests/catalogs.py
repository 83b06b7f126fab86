"""The catalogues that tests work on: the toy one, and others put on top of it in memory."""

import datetime
import re
from functools import cache
from pathlib import Path

from kb import rules
from kb.catalog import Catalog, assemble
from kb.change import Difference
from kb.findings import Finding
from kb.graph import Graph
from kb.ledger import file as ledger_file
from kb.ledger.record import Record
from kb.source.files import RawFile, classify, load

ROOT = Path(__file__).parents[1]
TOY = Path(__file__).parent / "toy" / "catalog"
TODAY = datetime.date(2026, 11, 24)
_GROUPS = re.compile(rb"^  (?:groups|named):\n(?:    .*\n)+", re.MULTILINE)


def without_groups(topics: bytes) -> bytes:
    """``topics.yaml`` for a part of a catalogue: groups and methods name what stands outside."""
    return _GROUPS.sub(b"", topics)


@cache
def real() -> Graph:
    """The catalogue of this repository, read once a process."""
    return Graph(assemble(*load(ROOT / "catalog")))


def toy() -> Graph:
    """The toy catalogue."""
    return Graph(assemble(*load(TOY)))


def toy_with(files: dict[str, bytes]) -> Catalog:
    """The toy catalogue with ``files`` (path inside the catalogue to bytes) added or replaced."""
    own = [file for file in load(TOY)[0] if file.path.removeprefix("catalog/") not in files]
    return assemble(
        sorted(
            [*own, *(raw(path, content) for path, content in files.items())],
            key=lambda file: file.path,
        )
    )


def raw(path: str, content: bytes) -> RawFile:
    """The file at ``path`` inside the catalogue."""
    found = classify(tuple(path.split("/")))
    assert found, f"{path} is no entry"
    return RawFile(f"catalog/{path}", *found, content)


def toy_ledger() -> dict[str, Record]:
    """What was seen of the links of the toy catalogue."""
    ledger, broken = ledger_file.load(TOY / ledger_file.NAME)
    assert broken == []
    return ledger


def findings(
    catalog: Catalog,
    ledger: bytes = b"",
    today: datetime.date = TODAY,
    touched: frozenset[str] = frozenset(),
    change: Difference | None = None,
    codes: dict[str, str] | None = None,
) -> list[Finding]:
    """All that is wrong with ``catalog`` on the day ``today``, given the lines of a link ledger."""
    seen, broken = ledger_file.read("catalog/links.jsonl", ledger)
    return rules.check(catalog, Graph(catalog), today, seen, broken, touched, change, codes)
