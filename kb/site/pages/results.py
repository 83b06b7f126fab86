"""Results that papers report, as one table: for the page of a paper and of a technique."""

from collections.abc import Container
from dataclasses import dataclass

from kb.catalog import Entry
from kb.graph import Graph
from kb.schema import Paper
from kb.schema.paper import Bits, Calibration, Quantity, Result
from kb.site.entries import address_of
from kb.site.html import link, tag
from kb.site.language import Language
from kb.site.markdown import escape
from kb.site.pages.grounds import mark
from kb.site.pages.parts import ROOT, label, why
from kb.words import captions, measured
from kb.words.pair import Pair, listed

_COLUMNS = (
    (measured.MODEL, "name"),
    (measured.EVIDENCE_OF, "more"),
    (measured.DATASET, "more"),
    (measured.METRIC, "more"),
    (measured.VALUE, "value"),
    (measured.BASELINE, "baseline"),
    (measured.SIZE, "more"),
    (measured.CONDITIONS, "more"),
    (captions.SOURCE, "source"),
)
"""The columns, and what each is where rows stack because the screen is narrow."""
_PREFIXES = ((1e9, " G"), (1e6, " M"), (1e3, " k"))


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result of ``paper``, as shown on its page or on that of ``technique``."""

    paper: Entry[Paper]
    result: Result
    technique: str = ""


def of_paper(paper: Entry[Paper]) -> list[ResultRow]:
    """The results of a paper, for its own page."""
    return [ResultRow(paper, result) for result in paper.model.results]


def of_technique(graph: Graph, id: str) -> list[ResultRow]:
    """The results that are evidence of the technique ``id``, whichever paper reports them."""
    return [
        ResultRow(paper, result, id)
        for paper in graph.catalog.of(Paper)
        for result in paper.model.results
        if id in result.of
    ]


def result_table(language: Language, graph: Graph, results: list[ResultRow]) -> str:
    """Results as a table; empty columns are left out."""
    if not results:
        return ""
    rows = [_cells(language, graph, one) for one in results]
    shown = [number for number in range(len(_COLUMNS)) if any(cells[number] for cells in rows)]
    also = {measured.EVIDENCE_OF: measured.ALSO_EVIDENCE_OF} if results[0].technique else {}
    heads = tuple(language.say(also.get(caption, caption)) for caption, _ in _COLUMNS)
    sides = tuple(side for _, side in _COLUMNS)
    head = tag("tr", *(tag("th", heads[at], class_=f"kb-{sides[at]}") for at in shown))
    body = (tag("tr", *(cell(sides[at], heads[at], cells[at]) for at in shown)) for cells in rows)
    return tag("table", tag("thead", head), tag("tbody", *body), class_="kb-table kb-stack") + "\n"


def cell(side: str, head: str, inside: str) -> str:
    """One cell, which says under which head it stands; the name of a row needs none."""
    named = inside and side in ("more", "baseline")
    return tag("td", inside, class_=f"kb-{side}", data_head=head if named else None)


def _cells(language: Language, graph: Graph, one: ResultRow) -> tuple[str, ...]:
    result = one.result
    return (
        f"{_model(language, one)} {why(language, result.note)}".rstrip(),
        _evidence_of(language, graph, one),
        language.quote(escape(result.dataset)),
        language.quote(escape(result.metric)),
        with_unit(language, printed(result), result),
        "" if result.baseline is None else with_unit(language, f"{result.baseline:g}", result),
        _sizes(language, one),
        conditions(language, graph, result),
        _cited(language, one),
    )


def _model(language: Language, one: ResultRow) -> str:
    model = language.quote(escape(one.result.model))
    year = one.paper.model.year
    return page_of(one.paper, f"{model} ({year})") if one.technique else model


def _evidence_of(language: Language, graph: Graph, one: ResultRow) -> str:
    """The techniques that the row is about, but the page's own."""
    about = [named(language, graph, id) for id in one.result.of if id != one.technique]
    return language.say(listed(about)) if about else ""


def named(language: Language, graph: Graph, id: str) -> Pair:
    """A technique in both languages, as a link if it has a page."""
    known = graph.catalog.entries
    if id not in known:
        return Pair(escape(id), escape(id))
    name = page_of(known[id], label(language, known[id]))
    return Pair(name, name)


def page_of(entry: Entry, name: str) -> str:
    """A link to the page of an entry, inside HTML."""
    return link(name, f"{ROOT}{address_of(entry)}")


def with_unit(language: Language, number: str, result: Result) -> str:
    """A number with the unit of ``result``, escaped."""
    typed = result.unit or ""
    if typed == "x":
        return f"{number}×"
    unit = language.say(measured.UNITS.get(typed, Pair(typed, typed)))
    return f"{number}{'' if unit in ('%', '') else ' '}{language.quote(escape(unit))}"


def printed(result: Result) -> str:
    """The value as it was typed, or both ends of its range."""
    low, high = f"{result.value.low:g}", f"{result.value.high:g}"
    return low if low == high else f"{low}–{high}"


def _cited(language: Language, one: ResultRow) -> str:
    """The mark of the row, and the version in which the number stands."""
    version = escape(one.result.version or "")
    return " ".join(
        filter(None, (mark(language, one.paper, one.result, bool(one.technique)), version))
    )


def _sizes(language: Language, one: ResultRow) -> str:
    result = one.result
    sizes = (
        (measured.PARAMETERS, result.params),
        (measured.FLOPS, result.flops),
        (measured.MACS, result.macs),
    )
    shown = (_size(language, one, said, number) for said, number in sizes if number)
    return language.say(listed(Pair(size, size) for size in shown))


def _size(language: Language, one: ResultRow, said: Pair, number: Quantity) -> str:
    """A number beside the result; with its own mark if it stands elsewhere."""
    shown = language.say(said.fill(number=brief(number.value)))
    elsewhere = mark(language, one.paper, number, bool(one.technique)) if number.source else ""
    return f"{shown} {elsewhere}".rstrip()


def conditions(
    language: Language, graph: Graph, result: Result, shared: Container[str] = frozenset()
) -> str:
    """What was applied together, and under what the number was measured.

    What is ``shared`` by all rows of a table is said above it, so it is left out.
    """
    values = result.__dict__
    others = listed(named(language, graph, id) for id in result.with_)
    said = [
        *([measured.TOGETHER.fill(names=others)] if result.with_ else []),
        *_bits(result.bits),
        *(
            text.fill(value=language.quote(escape(str(values[name]))))
            for name, text in measured.ROW_CONDITIONS.items()
            if values[name] is not None and name not in shared
        ),
        *_calibrated(language, result.calibration),
        *([measured.FINETUNED[result.finetuned]] if result.finetuned is not None else []),
    ]
    return language.say(listed(said)) if said else ""


def _bits(bits: Bits | None) -> list[Pair]:
    values = bits.__dict__ if bits else {}
    return [
        text.fill(bits=f"{values[name]:g}")
        for name, text in measured.BITS.items()
        if values.get(name)
    ]


def _calibrated(language: Language, data: Calibration | None) -> list[Pair]:
    if data is None:
        return []
    set_ = [Pair(*[language.quote(escape(data.set))] * 2)] if data.set else []
    samples = [measured.SAMPLES.fill(samples=data.samples)] if data.samples else []
    length = [measured.TOKENS.fill(length=data.length)] if data.length else []
    said = [*set_, *samples, *length]
    return [measured.CALIBRATED.fill(data=listed(said))] if said else []


def brief(number: float) -> str:
    """A large number with its prefix: 4.2 M."""
    for size, prefix in _PREFIXES:
        if number >= size:
            return f"{number / size:.3g}{prefix}"
    return f"{number:g}"
