"""Results that compare: rows in columns that were measured alike, and why others are left out.

A column holds values of one model, one data set, one metric, one context, one evaluator and one
baseline. An evaluator that is not named is known only to be that of the document in which the
value stands, so a column without one never holds the values of two documents.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from kb.catalog import Catalog, Entry
from kb.schema import Paper
from kb.schema.paper import Result
from kb.site.rows import (
    Order,
    cheapest_first,
    cost,
    has_baseline,
    has_context,
    has_context_if_perplexity,
    has_few_bits,
    is_half_sparse,
    is_mobile,
    is_one_value,
    is_perplexity,
    is_quality,
    is_wikitext,
    is_wikitext_alone,
    model_key,
    widest_first,
)
from kb.site.search.pasted import pasted
from kb.walk import grounds

FOLDER = "results/"
"""Where the pages of the tables lie."""


class Reason(StrEnum):
    """Why a row stands in no column: what it is not, or what it does not state."""

    DATASET = "dataset"
    METRIC = "metric"
    RANGE = "range"
    CONTEXT = "context"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Reported:
    """A result, and the paper whose entry holds it."""

    paper: Entry[Paper]
    result: Result


@dataclass(frozen=True, slots=True)
class Terms:
    """What all values of a column share; None and nothing stand for what a row does not state.

    ``by`` is the document in which the values stand if no evaluator is named: the id of a paper,
    or the key of another address. ``counts`` is what the arithmetic is counted in.
    """

    metric: str
    unit: str
    context: int | None
    split: str
    stride: int | None
    evaluator: str
    by: str
    checkpoint: str
    counts: str
    baseline: float | None


@dataclass(frozen=True, slots=True)
class Column:
    """Values that compare: they were measured on the same terms."""

    terms: Terms
    rows: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """The columns of one model on one data set, or of one document; ``first`` names it."""

    first: Reported
    by: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Which rows a table is about, what they must state, and in which order they stand.

    ``by_model``: a section is a model on a data set; else it is the document that measured.
    """

    id: str
    about: Callable[[Result], bool]
    wants: tuple[tuple[Reason, Callable[[Result], bool]], ...]
    order: Callable[[Result], Order]
    by_model: bool = True

    def refused(self, result: Result) -> Reason | None:
        """Why a row that the table is about stands in no column; None if it does."""
        return next((reason for reason, met in self.wants if not met(result)), None)

    def shows(self, result: Result) -> bool:
        """Whether a row stands in a column of the table."""
        return self.about(result) and self.refused(result) is None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table with its rows: in columns, and those left out by reason."""

    table: Table
    sections: tuple[ColumnGroup, ...]
    left: dict[Reason, tuple[Reported, ...]]

    @property
    def columns(self) -> list[Column]:
        """The columns of all sections."""
        return [column for section in self.sections for column in section.columns]


def compare(catalog: Catalog) -> tuple[Comparison, ...]:
    """All tables over the results of ``catalog``."""
    reported = [Reported(paper, one) for paper in catalog.of(Paper) for one in paper.model.results]
    owners = _owners(catalog)
    return tuple(_compared(table, reported, owners) for table in TABLES)


def differing(columns: Iterable[Column]) -> tuple[str, ...]:
    """The names of the terms that ``columns`` do not share."""
    terms = [column.terms for column in columns]
    names = (field.name for field in fields(Terms))
    return tuple(name for name in names if len({getattr(one, name) for one in terms}) > 1)


def _compared(table: Table, reported: list[Reported], owners: dict[str, str]) -> Comparison:
    about = [one for one in reported if table.about(one.result)]
    left: dict[Reason, list[Reported]] = {}
    grouped: dict[Order, dict[Terms, list[Reported]]] = {}
    for one in about:
        if reason := table.refused(one.result):
            left.setdefault(reason, []).append(one)
            continue
        by = _by(one, owners)
        section: Order = model_key(one.result) if table.by_model else (by,)
        grouped.setdefault(section, {}).setdefault(_terms(one.result, by), []).append(one)
    sections = (_section(table, rows, owners) for rows in grouped.values())
    return Comparison(
        table,
        tuple(sorted(sections, key=lambda one: _place(table, one))),
        {reason: tuple(left[reason]) for reason in Reason if reason in left},
    )


def _section(
    table: Table, found: dict[Terms, list[Reported]], owners: dict[str, str]
) -> ColumnGroup:
    columns = [
        Column(terms, tuple(sorted(rows, key=lambda one: table.order(one.result))))
        for terms, rows in found.items()
    ]
    first = next(iter(found.values()))[0]
    return ColumnGroup(first, _by(first, owners), tuple(sorted(columns, key=_by_terms)))


def _by_terms(column: Column) -> Order:
    """Columns by context, then by who measured."""
    terms = column.terms
    said = (terms.metric, terms.evaluator, terms.by, terms.counts, terms.split, terms.checkpoint)
    return (terms.context or 0, *said, terms.stride or 0, terms.baseline or 0.0)


def _place(table: Table, section: ColumnGroup) -> Order:
    """Models by family and size; documents by year."""
    if table.by_model:
        return model_key(section.first.result)
    return (float(section.first.paper.model.year), section.by)


def _terms(result: Result, by: str) -> Terms:
    counted = cost(result)
    return Terms(
        metric=result.metric.casefold(),
        unit=result.unit or "",
        context=result.context,
        split=result.split or "",
        stride=result.stride,
        evaluator=result.evaluator or "",
        by="" if result.evaluator else by,
        checkpoint=result.checkpoint or "",
        counts=counted[0] if counted else "",
        baseline=result.baseline,
    )


def _owners(catalog: Catalog) -> dict[str, str]:
    """The paper to which an address belongs, by the key of the address; none if to several."""
    found: dict[str, set[str]] = {}
    for paper in catalog.of(Paper):
        for key in _documents(paper.model):
            found.setdefault(key, set()).add(paper.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _documents(paper: Paper) -> Iterator[str]:
    """The keys of the addresses at which a paper itself can be read."""
    yield from (pasted(id) for id in (paper.arxiv, paper.doi) if id)
    yield from (pasted(one.url) for one in paper.sources.values() if "title" in one.supports)


def _by(one: Reported, owners: dict[str, str]) -> str:
    """The document in which the value stands: the id of its paper, or the key of the address."""
    sources = one.paper.model.sources
    cited = next((cite.key for cite in grounds(one.result) if cite and cite.key in sources), None)
    if cited is None:
        return one.paper.id
    key = pasted(sources[cited].url)
    return owners.get(key, key)


_SOUND = (
    (Reason.METRIC, is_quality),
    (Reason.RANGE, is_one_value),
    (Reason.CONTEXT, has_context_if_perplexity),
    (Reason.BASELINE, has_baseline),
)
TABLES = (
    Table(
        "wikitext-2",
        is_wikitext,
        (
            (Reason.DATASET, is_wikitext_alone),
            (Reason.METRIC, is_perplexity),
            (Reason.RANGE, is_one_value),
            (Reason.CONTEXT, has_context),
            (Reason.BASELINE, has_baseline),
        ),
        widest_first,
    ),
    Table("two-bits", has_few_bits, _SOUND, widest_first),
    Table("half-sparse", is_half_sparse, _SOUND, widest_first),
    Table(
        "mobile-imagenet",
        is_mobile,
        ((Reason.METRIC, is_quality), (Reason.RANGE, is_one_value)),
        cheapest_first,
        by_model=False,
    ),
)
