"""Addresses in tables, such as CSV: those in its cells, with the titles of their rows."""

import csv
from collections.abc import Iterator

from kb.lists import record
from kb.lists.mention import Found, Unreadable

_DELIMITERS = "\t;|,"


def addresses(text: str) -> Found:
    """Each address in the cells of ``text``; the first row may name the columns. Raises Unreadable.

    The delimiter is the one that the first row has most of.
    """
    yield from record.addresses(_events(text))


def _events(text: str) -> Iterator[record.Event]:
    columns: list[str] | None = None
    for line, row in _rows(text):
        if columns is None:
            columns = [] if any("://" in cell for cell in row) else [cell.strip() for cell in row]
        yield record.Mark.OPEN
        for at, cell in enumerate(row):
            yield record.Scalar(cell, line, 1, columns[at] if at < len(columns) else "")
        yield record.Mark.CLOSE


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with its first line."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(_DELIMITERS, key=first.count))
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            f"line {line} is not a row of a table: {error}; correct it, or add `--as text`"
        ) from None
