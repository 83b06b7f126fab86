"""The ledger as a file: one address a line, sorted, keys in a fixed order, so that a change of one
link changes one line.
"""

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kb import atomic
from kb.addresses import unsafe
from kb.findings import Finding
from kb.ledger.faults import FAULTS
from kb.ledger.look import VERDICTS, ArchivedCopy, Look, Verdict
from kb.ledger.merge import Ledger, merge, merged
from kb.ledger.record import (
    GONE_DAYS,
    LONGEST,
    MONTHS,
    MOST_NOTES,
    MOST_REDIRECTS,
    WEEKS,
    Mark,
    Record,
    clean,
    record,
)

NAME = "links.jsonl"
_LONGEST_LINE, _LONGEST_FILE = 1 << 20, 1 << 26
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


class BrokenLine(Exception):
    """A line that is not a record; the message says why, in words for a finding."""


def load(path: Path) -> tuple[dict[str, Record], list[Finding]]:
    """The ledger at ``path`` and what is wrong with it.

    A file that is not there, or a symbolic link, is an empty ledger. Raises OSError.
    """
    shown = f"{path.parent.name}/{path.name}" if path.parent.name else path.name
    if not path.is_file() or path.is_symlink():
        return {}, []
    with path.open("rb") as stream:
        return read(shown, stream.read(_LONGEST_FILE + 1))


def illegible(path: Path, findings: Iterable[Finding]) -> str:
    """Why the ledger at ``path`` cannot be used, by the ``findings`` of its lines, and what to do;
    empty if each of its lines is a record.
    """
    for one in findings:
        if one.name == "broken-ledger-line":
            return (
                f"line {one.line} of `{path}` is no record of a ledger: {one.message}; {one.hint}"
            )
    return ""


def readable(path: Path) -> tuple[dict[str, Record], list[Finding]]:
    """The same for those who check a whole catalogue: a file that the operating system refuses to
    read is an empty ledger, too. Whoever lists the catalogue's files reports it.

    Never for those who write the file: what they cannot read they must not replace.
    """
    try:
        return load(path)
    except OSError:
        return {}, []


def save(path: Path, ledger: Ledger) -> None:
    """Write ``ledger`` so that a kill at any moment leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(path, text(ledger).encode())


def text(ledger: Ledger) -> str:
    """The whole file."""
    return "".join(line(ledger[url]) + "\n" for url in sorted(ledger))


def line(one: Record) -> str:
    """The line of one record.

    What follows from the looks (state, since, failing_since) is written for those who read the file
    alone.
    """
    derived = {
        "state": one.state,
        "since": one.since,
        "failing_since": None if one.state == "gone" else one.failing,
    }
    looks = [_without_nothing(_fields_of(look)) for look in one.looks]
    copy = one.copy and {"url": one.copy.url, "day": one.copy.day.isoformat()}
    data = {
        "url": one.url,
        **{key: str(value) for key, value in derived.items() if value},
        "looks": looks,
        "firsts": _firsts(one.firsts),
        "copy": copy,
    }
    return json.dumps(_without_nothing(data), ensure_ascii=False)


def read(path: str, content: bytes) -> tuple[dict[str, Record], list[Finding]]:
    """Every record that can be read, and a finding for each line that cannot or that is not in
    order. Never raises.
    """
    found: dict[str, Record] = {}
    findings: list[Finding] = []
    if len(content) > _LONGEST_FILE:
        return {}, [
            FAULTS["broken-ledger-line"].at(
                path,
                (1, 1),
                f"the file is longer than {_LONGEST_FILE:,} bytes",
                "run `kb links merge --forget`",
            )
        ]
    before = ""
    for number, raw in _lines(content):
        try:
            one = parse(raw)
        except BrokenLine as broken:
            findings.append(
                FAULTS["broken-ledger-line"].at(
                    path,
                    (number, 1),
                    str(broken),
                    "take the line from an older commit, or delete it",
                )
            )
            continue
        if untidy := _untidy(one, raw, before):
            findings.append(
                FAULTS["untidy-ledger-line"].at(
                    path, (number, 1), untidy, f"run `kb links merge {path}`"
                )
            )
        found[one.url] = merge(found[one.url], one) if one.url in found else one
        before = one.url
    return merged([found]), findings


def parse(raw: bytes) -> Record:
    """The record of one line. Raises BrokenLine."""
    if len(raw) > _LONGEST_LINE:
        raise BrokenLine(f"longer than {_LONGEST_LINE:,} bytes")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BrokenLine(f"not valid JSON: {clean(str(error), 80)}") from None
    fields = _fields(
        data, "the line", {"url", "state", "since", "failing_since", "looks", "firsts", "copy"}
    )
    url = _address(fields.get("url"), "url")
    looks = [
        _read_look(url, one)
        for one in _list(fields.get("looks", []), "looks", 2 * len(VERDICTS) + GONE_DAYS)
    ]
    return record(
        url,
        looks,
        _read_firsts(fields.get("firsts", {})),
        _read_copy(fields.get("copy")),
    )


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    return ((number, raw) for number, raw in enumerate(content.split(b"\n"), 1) if raw.strip())


def _untidy(one: Record, raw: bytes, before: str) -> str:
    if one.url == before:
        return f"address `{one.url}` appears twice"
    if one.url < before:
        return f"address `{one.url}` comes after `{before}`"
    return "" if raw == line(one).encode() else f"the line of `{one.url}` is not what its looks say"


def _fields_of(look: Look) -> dict[str, Any]:
    return {
        "day": look.day.isoformat(),
        "verdict": look.verdict,
        "reason": look.reason,
        "status": look.status,
        "address": look.address,
        "title": look.title,
        "expected": look.expected,
        "redirects": list(look.redirects),
        "notes": list(look.notes),
    }


def _firsts(marks: tuple[Mark, ...]) -> dict[str, list[str]]:
    return _without_nothing(
        {
            verdict: [day.isoformat() for day, said in marks if said == verdict]
            for verdict in VERDICTS
        }
    )


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def _read_look(url: str, data: Any) -> Look:
    fields = _fields(
        data,
        "a look",
        {
            "day",
            "verdict",
            "reason",
            "status",
            "address",
            "title",
            "expected",
            "redirects",
            "notes",
        },
    )
    status = fields.get("status")
    if status is not None and (type(status) is not int or not 100 <= status <= 999):
        raise BrokenLine("`status` is not a valid HTTP status")
    return Look(
        url,
        _verdict(fields.get("verdict")),
        _text(fields.get("reason"), "reason", LONGEST["reason"]) or "",
        status,
        _text(fields.get("address"), "address", LONGEST["address"]),
        _text(fields.get("title"), "title", LONGEST["title"]),
        _text(fields.get("expected"), "expected", LONGEST["title"]),
        tuple(
            _text(one, "redirects", LONGEST["redirect"]) or ""
            for one in _list(fields.get("redirects", []), "redirects", MOST_REDIRECTS)
        ),
        tuple(
            _text(one, "notes", LONGEST["reason"]) or ""
            for one in _list(fields.get("notes", []), "notes", MOST_NOTES)
        ),
        _day(fields.get("day")),
    )


def _read_firsts(data: Any) -> list[Mark]:
    fields = _fields(data, "`firsts`", set(VERDICTS))
    return [
        (_day(day), _verdict(verdict))
        for verdict, days in fields.items()
        for day in _list(days, "firsts", WEEKS + MONTHS)
    ]


def _read_copy(data: Any) -> ArchivedCopy | None:
    if data is None:
        return None
    fields = _fields(data, "`copy`", {"url", "day"})
    return ArchivedCopy(_address(fields.get("url"), "copy"), _day(fields.get("day")))


def _fields(data: Any, where: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise BrokenLine(f"{where} is not `{{…}}`")
    if strange := sorted(data.keys() - known):
        raise BrokenLine(f"unknown field `{clean(strange[0], 40)}`")
    return data


def _list(data: Any, name: str, most: int) -> list[Any]:
    if not isinstance(data, list) or len(data) > most:
        raise BrokenLine(f"`{name}` must be a list of at most {most}")
    return data


def _text(data: Any, name: str, longest: int) -> str | None:
    if data is None:
        return None
    if not isinstance(data, str) or data != clean(data, longest):
        raise BrokenLine(f"`{name}` must be one line of at most {longest:,} characters")
    return data


def _address(data: Any, name: str) -> str:
    if not isinstance(data, str) or len(data) > LONGEST["address"] or unsafe(data):
        raise BrokenLine(f"`{name}` is not an http or https address")
    return data


def _day(data: Any) -> datetime.date:
    try:
        if isinstance(data, str) and _DAY.match(data):
            return datetime.date.fromisoformat(data)
    except ValueError:
        pass
    raise BrokenLine("a day must be written as 2026-11-23")


def _verdict(data: Any) -> Verdict:
    verdict = next((one for one in VERDICTS if one == data), None)
    if verdict is None:
        raise BrokenLine(f"a verdict must be one of {', '.join(VERDICTS)}")
    return verdict
