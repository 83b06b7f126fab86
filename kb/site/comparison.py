"""Results that compare: rows in columns that were measured alike, and why others are left out.

A column holds values of one model, one data set, one metric, one context, one evaluator and one
baseline. An evaluator that is not named is known only to be that of the document in which the
value stands, so a column without one never holds the values of two documents.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from kb.catalog import Catalog, Entry
from kb.schema import Paper
from kb.schema.paper import Result
from kb.site.search.pasted import pasted
from kb.walk import grounds

Order = tuple[float | str, ...]
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


# What rows say, in one form.

_VARIANT = re.compile(r"[,;]| (?:with|at) \d")
_TOKENS = re.compile(r"[a-z]+|\d+(?:\.\d+)?")


def model_name(result: Result) -> str:
    """The model without what was done to it: `LLaMA-2-7B, 2 of 4 weights removed` is LLaMA-2-7B."""
    return _VARIANT.split(result.model)[0].strip()


def variant(result: Result) -> str:
    """What the row says of its model besides the name."""
    return result.model.strip()[len(model_name(result)) :].lstrip(",; ")


def model_key(result: Result) -> Order:
    """One key for all spellings of a model on a data set, which sorts sizes as numbers."""
    return (*_tokens(model_name(result)), "", *_tokens(_dataset(result)))


def _tokens(text: str) -> Iterator[str]:
    for token in _TOKENS.findall(text.casefold()):
        yield token if token[0].isalpha() else f"{float(token):012.3f}"


def _dataset(result: Result) -> str:
    """One name for the spellings of a data set that tables know."""
    if _is_imagenet(result):
        return "imagenet"
    return "wikitext 2" if _is_wikitext(result) else result.dataset


def cost(result: Result) -> tuple[str, float] | None:
    """The arithmetic for one input as the paper counts it: MACs or FLOPs, and how many."""
    if result.macs:
        return "macs", result.macs.value
    return ("flops", result.flops.value) if result.flops else None


_SHARE = re.compile(
    r"(\d+(?:\.\d+)?) ?% (?:(?:of )?(?:the |single )*(?:weights|parameters|elements) "
    r"(?:are |were )?(?:removed|pruned|zero)|(?:unstructured |weight )?spars(?:e|ity)\b)",
    re.IGNORECASE,
)
_OF_MANY = re.compile(r"(\d+) of (\d+) weights (?:removed|pruned|zero)", re.IGNORECASE)
_PATTERN = re.compile(r"\b(\d+):(\d+)[ -](?:semi-structured )?spars(?:e|ity)\b", re.IGNORECASE)


def sparsity(result: Result) -> float | None:
    """The share of the weights that are zero, in percent; None if the row does not say it.

    `50% of the weights removed`, `50% sparse`, `2 of 4 weights removed`, `2:4 sparse`.
    """
    said = f"{result.model}, {result.metric}"
    if found := pattern(said):
        return 100 * found[0] / found[1]
    share = _SHARE.search(said)
    return float(share[1]) if share else None


def pattern(said: str) -> tuple[int, int] | None:
    """How many of how many weights in a row are zero, if ``said`` names such a pattern."""
    if found := _OF_MANY.search(said):
        zeros, many = int(found[1]), int(found[2])
    elif found := _PATTERN.search(said):
        many = int(found[2])
        zeros = many - int(found[1])
    else:
        return None
    return (zeros, many) if 0 <= zeros <= many and many else None


def is_sparsity(said: str) -> bool:
    """Whether ``said`` is nothing but the share of zeros."""
    return any(one.fullmatch(said.strip()) for one in (_SHARE, _OF_MANY, _PATTERN))


def _is_patterned(result: Result) -> bool:
    """Whether so many of each few weights in a row are zero."""
    return pattern(result.model) is not None


_LOWER = re.compile(r"\b(perplexity|error|loss|wer|cer)\b", re.IGNORECASE)


def lower_is_better(result: Result) -> bool:
    """Whether the metric is one of which less is better."""
    return bool(_LOWER.search(result.metric))


def _quality(result: Result) -> float:
    """What sorts the better value first."""
    return result.value.low if lower_is_better(result) else -result.value.low


# Which rows a table is about, and what they must state.

_WIKITEXT = re.compile(r"wiki ?text[- ]?2\b", re.IGNORECASE)
_ONLY_WIKITEXT = re.compile(
    r"wiki ?text[- ]?2([- ]raw)?(-v1)?(,? \(?(test|validation)( set)?\)?)?", re.IGNORECASE
)
_IMAGENET = re.compile(
    r"(imagenet(-1k)?|ilsvrc[- ]?(20)?12)(,? \(?validation( set)?\)?)?", re.IGNORECASE
)
_NO_QUALITY = re.compile(
    r"\b(speed|speed-?ups?|reduction|ratio|compression|gain(ed)?|drop|loss of|rise|increase|"
    r"decrease|size|time|latency|memory|throughput|fewer|smaller|saved)\b",
    re.IGNORECASE,
)
_MOBILE = 600e6
_FEW_BITS = (1.5, 2.5)


def _is_wikitext(result: Result) -> bool:
    return bool(_WIKITEXT.match(result.dataset))


def _is_wikitext_alone(result: Result) -> bool:
    return bool(_ONLY_WIKITEXT.fullmatch(result.dataset.strip()))


def _is_imagenet(result: Result) -> bool:
    return bool(_IMAGENET.fullmatch(result.dataset.strip()))


def _is_perplexity(result: Result) -> bool:
    return result.metric.casefold().strip() == "perplexity"


def _is_quality(result: Result) -> bool:
    """Whether the row says how good the model is, not by how much something changed."""
    return result.unit in (None, "%", "dB") and not _NO_QUALITY.search(result.metric)


def _is_one_value(result: Result) -> bool:
    return result.value.low == result.value.high


def _has_context(result: Result) -> bool:
    return result.context is not None


def _has_context_if_perplexity(result: Result) -> bool:
    return "perplexity" not in result.metric.casefold() or _has_context(result)


def _has_baseline(result: Result) -> bool:
    return result.baseline is not None


def _has_few_bits(result: Result) -> bool:
    bits = result.bits.weight if result.bits else None
    return bits is not None and _FEW_BITS[0] <= bits <= _FEW_BITS[1]


def _is_half_sparse(result: Result) -> bool:
    share = sparsity(result)
    return share is not None and abs(share - 50) < 1


def _is_mobile(result: Result) -> bool:
    counted = cost(result)
    return (
        counted is not None
        and counted[1] <= _MOBILE
        and _is_imagenet(result)
        and "top-1" in result.metric.casefold()
    )


def _widest_first(result: Result) -> Order:
    """By the bits that are left, then by sparsity: scattered zeros first; then the better first."""
    bits = result.bits
    weight = bits.weight if bits else None
    activation = bits.activation if bits else None
    return (
        -(weight or 16),
        -(activation or 16),
        sparsity(result) or 0.0,
        float(_is_patterned(result)),
        variant(result),
        _quality(result),
    )


def _cheapest_first(result: Result) -> Order:
    counted = cost(result)
    return (counted[1] if counted else 0.0, _quality(result))


_SOUND = (
    (Reason.METRIC, _is_quality),
    (Reason.RANGE, _is_one_value),
    (Reason.CONTEXT, _has_context_if_perplexity),
    (Reason.BASELINE, _has_baseline),
)
TABLES = (
    Table(
        "wikitext-2",
        _is_wikitext,
        (
            (Reason.DATASET, _is_wikitext_alone),
            (Reason.METRIC, _is_perplexity),
            (Reason.RANGE, _is_one_value),
            (Reason.CONTEXT, _has_context),
            (Reason.BASELINE, _has_baseline),
        ),
        _widest_first,
    ),
    Table("two-bits", _has_few_bits, _SOUND, _widest_first),
    Table("half-sparse", _is_half_sparse, _SOUND, _widest_first),
    Table(
        "mobile-imagenet",
        _is_mobile,
        ((Reason.METRIC, _is_quality), (Reason.RANGE, _is_one_value)),
        _cheapest_first,
        by_model=False,
    ),
)
