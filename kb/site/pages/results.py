"""Results that papers report, as one table: for the page of a paper and of a technique."""

from collections.abc import Iterable

from kb import words
from kb.schema.paper import Result
from kb.site.language import both
from kb.site.markdown import escape
from kb.site.pages.parts import row, why
from kb.walk import grounds

_COLUMNS = (
    (words.MODEL, "---"),
    (words.DATASET, "---"),
    (words.METRIC, "---"),
    (words.VALUE, "--:"),
    (words.BASELINE, "--:"),
    (words.SIZE, "---"),
    (words.WHERE, "---"),
)
_PREFIXES = ((1e9, " G"), (1e6, " M"), (1e3, " k"))


def result_table(results: Iterable[tuple[Result, str]]) -> str:
    """Results as a table, each with the text of its first cell; empty columns are left out."""
    rows = [_cells(result, model) for result, model in results]
    shown = [number for number in range(len(_COLUMNS)) if any(cells[number] for cells in rows)]
    head = tuple(both(caption) for caption, _ in _COLUMNS)
    lines = [head, tuple(side for _, side in _COLUMNS), *rows]
    if not rows:
        return ""
    return "".join(f"{row(*(line[number] for number in shown))}\n" for line in lines)


def _cells(result: Result, model: str) -> tuple[str, ...]:
    where = ", ".join(part for part in (_cited(result), result.version) if part)
    return (
        f"{model} {why(result.note)}".rstrip(),
        escape(result.dataset),
        escape(result.metric),
        _value(result),
        "" if result.baseline is None else f"{result.baseline:g}",
        _sizes(result),
        escape(where),
    )


def _value(result: Result) -> str:
    unit = escape(result.unit or "")
    if unit == "x":
        return f"{_number(result)}×"
    return f"{_number(result)}{'' if unit in ('%', '') else ' '}{unit}"


def _number(result: Result) -> str:
    low, high = f"{result.value.low:g}", f"{result.value.high:g}"
    return low if low == high else f"{low}–{high}"


def _cited(result: Result) -> str:
    """The places where the number stands."""
    return "; ".join(cite.where or cite.key for cite in grounds(result))


def _sizes(result: Result) -> str:
    sizes = (
        (words.PARAMETERS, result.params),
        (words.FLOPS, result.flops),
        (words.MACS, result.macs),
    )
    return ", ".join(
        both(size.fill(number=_short(number.value))) for size, number in sizes if number
    )


def _short(number: float) -> str:
    for size, prefix in _PREFIXES:
        if number >= size:
            return f"{number / size:.3g}{prefix}"
    return f"{number:g}"
