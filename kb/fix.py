"""Applies the edits of findings: a text and its edits in, the mended text out."""

from collections.abc import Iterable

from kb.findings import Edit, Finding
from kb.source.characters import BOM

ROUNDS = 12
"""How often a file is looked at again: what cannot be read hides what else is wrong with it."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` after all ``edits``, which do not overlap; without its byte order mark."""
    text = text.removeprefix(BOM)
    starts = _starts(text)
    for edit in sorted(edits, reverse=True):
        start, end = (starts[line - 1] + column - 1 for line, column in (edit.start, edit.end))
        text = text[:start] + edit.text + text[end:]
    return text


def chosen(findings: Iterable[Finding]) -> list[Finding]:
    """Those of the ``findings`` of one file whose edits can be made together, the first first."""
    taken: list[Edit] = []
    kept = []
    for finding in findings:
        if finding.edits and not any(_meet(one, other) for one in finding.edits for other in taken):
            taken += finding.edits
            kept.append(finding)
    return kept


def _meet(one: Edit, other: Edit) -> bool:
    return one == other or (one.start < other.end and other.start < one.end)


def _starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
