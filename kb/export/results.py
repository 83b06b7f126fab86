"""Result rows of all papers as one flat table: for CSV and for SQLite."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from kb.catalog import Catalog
from kb.export.characters import in_xml
from kb.schema import Paper
from kb.schema.paper import Bits, Calibration, Quantity, Result
from kb.walk import grounds

Cell: TypeAlias = str | float | int | None
Kind = Literal["text", "number"]

COLUMNS: dict[str, Kind] = {
    "paper": "text",
    "row": "number",
    "year": "number",
    "of": "text",
    "with": "text",
    "model": "text",
    "dataset": "text",
    "metric": "text",
    "value": "number",
    "value_to": "number",
    "unit": "text",
    "baseline": "number",
    "params": "number",
    "flops": "number",
    "macs": "number",
    "bits_weight": "number",
    "bits_activation": "number",
    "bits_kv": "number",
    "group_size": "number",
    "context": "number",
    "stride": "number",
    "split": "text",
    "calibration_set": "text",
    "calibration_samples": "number",
    "calibration_length": "number",
    "checkpoint": "text",
    "evaluator": "text",
    "hardware": "text",
    "batch": "number",
    "finetuned": "text",
    "version": "text",
    "note_en": "text",
    "note_zh": "text",
    "source": "text",
    "where": "text",
    "url": "text",
}
"""The columns in order. Ids in one cell are separated by blanks, places by semicolons; `value_to`
is the upper end of a range; `finetuned` is `true`, `false` or empty; `url` is the source's."""


def results(catalog: Catalog) -> Iterator[dict[str, Cell]]:
    """Every result row, by paper and in the order of the paper."""
    for entry in catalog.of(Paper):
        for number, result in enumerate(entry.model.results, 1):
            conditions, ground = _conditions(result), _ground(entry.model, result)
            head: dict[str, Cell] = {"paper": entry.id, "row": number, "year": entry.model.year}
            yield head | _number(result) | conditions | ground


def csv_of_results(catalog: Catalog) -> str:
    """The table as CSV (RFC 4180, UTF-8): a head, lines that end with LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in results(catalog):
        writer.writerow([_printed(row[name]) for name in COLUMNS])
    return text.getvalue()


def _number(result: Result) -> dict[str, Cell]:
    """What was measured."""
    low, high = result.value.low, result.value.high
    return {
        "of": " ".join(result.of),
        "with": " ".join(result.with_),
        "model": result.model,
        "dataset": result.dataset,
        "metric": result.metric,
        "value": low,
        "value_to": None if high == low else high,
        "unit": result.unit,
        "baseline": result.baseline,
        "params": _amount(result.params),
        "flops": _amount(result.flops),
        "macs": _amount(result.macs),
    }


def _conditions(result: Result) -> dict[str, Cell]:
    """Under which conditions, and what one must know."""
    bits, calibration = result.bits or Bits(), result.calibration or Calibration()
    tuned = result.finetuned
    return {
        "bits_weight": bits.weight,
        "bits_activation": bits.activation,
        "bits_kv": bits.kv,
        "group_size": result.group_size,
        "context": result.context,
        "stride": result.stride,
        "split": result.split,
        "calibration_set": calibration.set,
        "calibration_samples": calibration.samples,
        "calibration_length": calibration.length,
        "checkpoint": result.checkpoint,
        "evaluator": result.evaluator,
        "hardware": result.hardware,
        "batch": result.batch,
        "finetuned": None if tuned is None else str(tuned).lower(),
        "version": result.version,
        "note_en": result.note.en if result.note else None,
        "note_zh": result.note.zh if result.note else None,
    }


def _ground(paper: Paper, result: Result) -> dict[str, Cell]:
    """The sources of a row, the places in them, and the addresses."""
    cites = grounds(result)
    urls = (paper.sources[cite.key].url for cite in cites if cite.key in paper.sources)
    return {
        "source": " ".join(cite.key for cite in cites),
        "where": _several((cite.where for cite in cites), "; ") or result.where,
        "url": _several(urls, " "),
    }


def _several(texts: Iterable[str | None], between: str) -> str:
    """Each text once, in order."""
    return between.join(dict.fromkeys(text for text in texts if text))


def _amount(quantity: Quantity | None) -> float | None:
    return quantity.value if quantity else None


def _printed(cell: Cell) -> str:
    """A cell of CSV; whole numbers without a fraction, nothing for what is unknown."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    return "" if cell is None else in_xml(str(cell))
