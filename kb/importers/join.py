"""Several records of one work as one: what they agree on, and who says it. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.importers.record import WorkRecord
from kb.importers.same import ALIKE, folded, likeness, printed, same_people

Value = object


@dataclass(frozen=True, slots=True)
class Joined:
    """What records agree on, as one ``record``; ``said_by`` are the numbers of those that say so.

    ``left_out`` says in words what they do not agree on.
    """

    record: WorkRecord
    said_by: dict[str, tuple[int, ...]]
    left_out: tuple[str, ...]


class AnotherWork(Exception):
    """Two records that should be of one work are not; the message shows both titles."""


Same = Callable[[Value, Value], bool]


def joined(records: Sequence[WorkRecord]) -> Joined:
    """What ``records`` of one work agree on, the firmest first. Raises AnotherWork."""
    _of_one_work(records)
    values: dict[str, Any] = {}
    said_by: dict[str, tuple[int, ...]] = {}
    left_out = []
    for name, (of, same) in _FIELDS.items():
        held = [(at, value) for at, one in enumerate(records) if (value := of(one))]
        if name in ("year", "venue"):
            held = _published(records, held)
        if not held:
            continue
        first = held[0][1]
        if all(same(first, other) for _, other in held):
            values[name] = first
            said_by[name] = tuple(at for at, _ in held)
        else:
            left_out.append(_difference(name, records, held))
    return Joined(WorkRecord(**values), said_by, tuple(left_out))


def _of_one_work(records: Sequence[WorkRecord]) -> None:
    titled = [one for one in records if one.title]
    for other in titled[1:]:
        if likeness(titled[0].title, other.title) < ALIKE:
            raise AnotherWork(
                f"{_whose(titled[0])} is about `{titled[0].title}`, "
                f"{_whose(other)} about `{other.title}`"
            )


def _published(
    records: Sequence[WorkRecord], held: list[tuple[int, Value]]
) -> list[tuple[int, Value]]:
    """Without what preprints say, if another record speaks of the version of record."""
    firm = [(at, value) for at, value in held if not records[at].preprint]
    return firm or held


def _difference(name: str, records: Sequence[WorkRecord], held: Iterable[tuple[int, Value]]) -> str:
    said = "; ".join(f"{_whose(records[at])} says `{_shown(value)}`" for at, value in held)
    return f"`{name}` is left out: {said}"


def _whose(record: WorkRecord) -> str:
    return record.read or record.url or "what you gave"


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(printed(one) if hasattr(one, "plain") else str(one) for one in value)
    return str(value)


def _same_text(one: Value, other: Value) -> bool:
    return folded(str(one)) == folded(str(other))


def _same_authors(one: Value, other: Value) -> bool:
    return isinstance(one, tuple) and isinstance(other, tuple) and same_people(one, other)


_FIELDS: dict[str, tuple[Callable[[WorkRecord], Value], Same]] = {
    "title": (lambda one: one.title, _same_text),
    "authors": (lambda one: one.authors if one.complete else (), _same_authors),
    "year": (lambda one: one.year, _same_text),
    "venue": (lambda one: one.venue, _same_text),
    "volume": (lambda one: one.volume, _same_text),
    "number": (lambda one: one.number, _same_text),
    "pages": (lambda one: one.pages, _same_text),
    "arxiv": (lambda one: one.arxiv, _same_text),
    "doi": (lambda one: one.doi, _same_text),
    "code": (lambda one: one.code, _same_text),
}
