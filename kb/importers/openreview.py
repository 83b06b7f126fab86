"""What OpenReview says of a submission, in both versions of its API."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace

from kb.importers import bibtex
from kb.importers.csl import is_mapping, parsed
from kb.importers.record import AuthorName, NoRecord, WorkRecord, text, year

_NOT_ACCEPTED = re.compile(r"submitted to|reject|withdrawn|desk|under review|submission$", re.I)


def addresses(id: str) -> tuple[str, ...]:
    """Where the note ``id`` is: the new API, then the one of submissions before 2023."""
    return (
        f"https://api2.openreview.net/notes?id={id}",
        f"https://api.openreview.net/notes?id={id}",
    )


def read(answer: str, id: str) -> WorkRecord:
    """The record of the submission ``id`` in ``answer``. Raises NoRecord."""
    notes = parsed(answer).get("notes")
    note = notes[0] if isinstance(notes, list) and notes else None
    content = note.get("content") if is_mapping(note) else None
    if not is_mapping(note) or not is_mapping(content):
        raise NoRecord(f"no submission `{id}`")
    if id not in (note.get("id"), note.get("forum")):
        raise NoRecord(f"the record of `{text(note.get('id'))}`")
    return _accepted(_submission(note, content), content)


def _submission(note: Mapping[str, object], content: Mapping[str, object]) -> WorkRecord:
    names = _value(content, "authors")
    plain = [text(one) for one in names] if isinstance(names, list) else []
    anonymous = any(one.lower().startswith("anonymous") for one in plain)
    return WorkRecord(
        title=text(_value(content, "title")),
        authors=() if anonymous else tuple(AuthorName(plain=one) for one in plain if one),
        year=_day(note),
        abstract=text(_value(content, "abstract"), 4000),
        preprint=True,
        notes=("OpenReview names no authors yet",) if anonymous else (),
    )


def _accepted(found: WorkRecord, content: Mapping[str, object]) -> WorkRecord:
    """With the venue, if OpenReview says that it was accepted there."""
    venue, group = text(_value(content, "venue")), text(_value(content, "venueid"))
    cited = _cited(text_of(_value(content, "_bibtex")))
    if _NOT_ACCEPTED.search(venue) or _NOT_ACCEPTED.search(group):
        said = f"OpenReview calls it `{venue or group}`: `venue` is left out"
        return replace(found, notes=(*found.notes, said))
    when = re.search(r"20\d\d", f"{venue} {group}")
    if venue and when:
        return replace(found, venue=venue, year=int(when[0]), preprint=False)
    if cited and cited.venue:
        return replace(found, venue=cited.venue, year=cited.year, preprint=False)
    return found


def text_of(value: object) -> str:
    """``value`` if it is a text, as it is."""
    return value if isinstance(value, str) else ""


def _cited(said: str) -> WorkRecord | None:
    try:
        return bibtex.first(said)
    except NoRecord:
        return None


def _value(content: Mapping[str, object], field: str) -> object:
    """A field of a note; the new API puts values into an object of their own."""
    found = content.get(field)
    return found.get("value") if is_mapping(found) else found


def _day(note: Mapping[str, object]) -> int | None:
    """The year of publication or creation, from milliseconds."""
    for field in ("pdate", "odate", "cdate", "tcdate"):
        stamp = note.get(field)
        if isinstance(stamp, int) and 0 < stamp < 10**14:
            when = datetime.datetime.fromtimestamp(stamp / 1000, datetime.UTC)
            return year(when.year)
    return None
