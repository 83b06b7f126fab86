"""The pages of results that compare: a page for each table, and one that lists them."""

from collections.abc import Iterable, Iterator

from kb.bibliography import parts as name_parts
from kb.graph import Graph
from kb.names import Organization
from kb.schema import Paper
from kb.site.comparison import Column, ColumnGroup, Comparison, Reported, differing
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import escape, front_matter, slug
from kb.site.pages import parts, results
from kb.site.pages.grounds import mark
from kb.site.rows import cost, is_sparsity, model_name, pattern, sparsity, variant
from kb.words import captions, measured
from kb.words.pair import Pair, listed

_IN_CAPTION = frozenset({"context", "stride", "split", "checkpoint", "evaluator"})


def index(language: Language, compared: Iterable[Comparison]) -> str:
    """All tables, each with how much it shows and how much it leaves out."""
    lines = (
        f"- [{language.say(measured.TABLE_NAMES[one.table.id])}]({one.table.id}.md) · "
        f"{language.say(_counted(one))}"
        for one in compared
    )
    title = measured.TABLES
    return "".join(
        (
            front_matter(language.say(title), language.say(measured.TABLES_INTRO)),
            parts.title(language, title),
            f"{language.say(measured.TABLES_INTRO)}\n\n",
            "\n".join(lines) + "\n",
            parts.section(
                language, measured.WHAT_COMPARES, language.say(measured.WHAT_COMPARES_IS)
            ),
        )
    )


def page(language: Language, graph: Graph, one: Comparison) -> str:
    """One table: a section for each model or document, then what was left out and why."""
    name, says = measured.TABLE_NAMES[one.table.id], measured.TABLE_SAYS[one.table.id]
    return "".join(
        (
            front_matter(language.say(name), language.say(says)),
            parts.title(language, name),
            tag("p", language.say(says), class_="kb-lead") + "\n\n",
            f"{language.say(_counted(one) if one.sections else measured.TABLE_EMPTY)}\n\n",
            *_sections(language, graph, one),
            parts.section(language, measured.LEFT_OUT, _left_out(language, one)),
            parts.section(language, measured.ROW_NEEDS, _needs(language, one)),
        )
    )


def _counted(one: Comparison) -> Pair:
    return measured.TABLE_COUNTS.fill(
        values=sum(len(column.rows) for column in one.columns),
        columns=len(one.columns),
        left=sum(map(len, one.left.values())),
    )


def _sections(language: Language, graph: Graph, one: Comparison) -> Iterator[str]:
    """The sections, each under an anchor of its own."""
    seen: dict[str, int] = {}
    for section in one.sections:
        title = _title(language, graph, one, section)
        plain = slug(_plain(graph, one, section)) or "section"
        seen[plain] = seen.get(plain, 0) + 1
        anchor = plain if seen[plain] == 1 else f"{plain}-{seen[plain]}"
        yield parts.heading(language, Pair(title, title), anchor)
        yield _refusal(language, section)
        yield from (_column(language, graph, one, column) for column in section.columns)


def _plain(graph: Graph, one: Comparison, section: ColumnGroup) -> str:
    """What names a section in both languages, as plain text."""
    if one.table.by_model:
        result = section.first.result
        several = len({row.result.dataset.casefold() for row in _rows(one)}) > 1
        return f"{model_name(result)} · {result.dataset}" if several else model_name(result)
    return _document(graph, section.by)


def _rows(one: Comparison) -> Iterator[Reported]:
    return (row for column in one.columns for row in column.rows)


def _title(language: Language, graph: Graph, one: Comparison, section: ColumnGroup) -> str:
    return language.quote(escape(_plain(graph, one, section)))


def _document(graph: Graph, by: str) -> str:
    """A document that measured: a paper by authors and year, another one by its address."""
    entry = graph.catalog.entries.get(by)
    if entry and isinstance(entry.model, Paper):
        return _cited(entry.model)
    return by.split(":", 1)[-1]


def _cited(paper: Paper) -> str:
    """A paper as one speaks of it: the first author, the year, the name before a colon."""
    first = name_parts(paper.authors[0])
    author = first.name if isinstance(first, Organization) else first.family
    head, colon, _ = paper.title.partition(":")
    return (
        f"{head}, {author} {paper.year}" if colon and len(head) < 32 else f"{author} {paper.year}"
    )


def _refusal(language: Language, section: ColumnGroup) -> str:
    """Why the values of a section stand in several tables."""
    unlike = differing(section.columns)
    if not unlike:
        return ""
    names = listed(measured.TERMS[name] for name in unlike)
    said = measured.REFUSED.fill(count=len(section.columns), names=names)
    return tag("p", language.say(said), class_="kb-refusal") + "\n\n"


def _column(language: Language, graph: Graph, one: Comparison, column: Column) -> str:
    """One table; empty columns are left out."""
    heads = (
        (measured.METHOD if one.table.by_model else measured.MODEL, "name"),
        (measured.CONDITIONS, "more"),
        (measured.COSTS_OF.get(column.terms.counts, measured.SIZE), "more"),
        (measured.PARAMETERS_HEAD, "more"),
        (Pair(*[language.quote(escape(column.rows[0].result.metric))] * 2), "value"),
        (measured.CHANGE_FROM, "baseline"),
        (captions.SOURCE, "source"),
    )
    rows = [_cells(language, graph, one, row) for row in column.rows]
    shown = [at for at in range(len(heads)) if any(cells[at] for cells in rows)]
    head = tag("tr", *(_head(language, *heads[at]) for at in shown))
    body = (
        tag(
            "tr",
            *(results.cell(heads[at][1], language.say(heads[at][0]), cells[at]) for at in shown),
        )
        for cells in rows
    )
    caption = tag("caption", language.say(_caption(language, graph, one, column)))
    inside = (caption, tag("thead", head), tag("tbody", *body))
    return tag("table", *inside, class_="kb-table kb-stack kb-alike") + "\n\n"


def _head(language: Language, said: Pair, side: str) -> str:
    return tag("th", language.say(said), class_=f"kb-{side}")


def _caption(language: Language, graph: Graph, one: Comparison, column: Column) -> Pair:
    """The terms that all values of a table share."""
    terms, first = column.terms, column.rows[0].result
    by = language.quote(escape(_document(graph, terms.by)))
    said = [
        *([measured.CONTEXT_OF.fill(value=f"{terms.context:,}")] if terms.context else []),
        *(
            measured.ROW_CONDITIONS[name].fill(value=language.quote(escape(str(value))))
            for name in ("stride", "split", "checkpoint", "evaluator")
            if (value := getattr(terms, name))
        ),
        *([measured.MEASURED_IN.fill(name=by)] if terms.by and one.table.by_model else []),
        measured.BASELINE_OF.fill(value=results.with_unit(language, f"{terms.baseline:g}", first))
        if terms.baseline is not None
        else measured.NO_BASELINE,
    ]
    return Pair(*(" · ".join(map(text, said)) for text in (lambda one: one.en, lambda one: one.zh)))


def _cells(language: Language, graph: Graph, one: Comparison, row: Reported) -> tuple[str, ...]:
    result = row.result
    counted = cost(result)
    return (
        _name(language, graph, one, row),
        _said(language, graph, one, row),
        results.brief(counted[1]) if counted and not one.table.by_model else "",
        results.brief(result.params.value) if result.params and not one.table.by_model else "",
        results.with_unit(language, results.printed(result), result),
        _change(row),
        f"{mark(language, row.paper, result, away=True)} {_read_in(language, row)}",
    )


def _name(language: Language, graph: Graph, one: Comparison, row: Reported) -> str:
    """What was done, or where the models are compared, the model."""
    about = [results.named(language, graph, id) for id in row.result.of]
    if one.table.by_model and about:
        return language.say(listed(about))
    said = _cited(row.paper.model) if one.table.by_model else row.result.model
    return results.page_of(row.paper, language.quote(escape(said)))


def _said(language: Language, graph: Graph, one: Comparison, row: Reported) -> str:
    """What else a row says of itself: the variant, bits, group size, calibration."""
    made = results.conditions(language, graph, row.result, _IN_CAPTION)
    about = [_variant(language, row)] if one.table.by_model else []
    return language.say(listed(pair for pair in (*about, Pair(made, made)) if pair.en))


def _variant(language: Language, row: Reported) -> Pair:
    """What was done to the model: the share of zeros in the reader's language, if it is that."""
    said, share = variant(row.result), sparsity(row.result)
    if share is None or not is_sparsity(said):
        return Pair(*[language.quote(escape(said))] * 2)
    if found := pattern(said):
        return measured.ZEROS_OF.fill(zeros=found[0], many=found[1])
    return measured.ZEROS.fill(share=f"{share:g}")


def _change(row: Reported) -> str:
    """The value less its baseline, to the last digit that is printed."""
    value, baseline = row.result.value.low, row.result.baseline
    if baseline is None:
        return ""
    digits = max(_digits(value), _digits(baseline))
    return f"{value - baseline:+.{digits}f}".replace("-", "−")


def _digits(number: float) -> int:
    return len(f"{number:g}".partition(".")[2])


def _read_in(language: Language, row: Reported) -> str:
    """The paper whose entry holds the row, and the place in the source."""
    model = row.paper.model
    first = name_parts(model.authors[0])
    author = first.name if isinstance(first, Organization) else first.family
    said = escape(f"{author} {model.year}")
    return results.page_of(row.paper, language.quote(said))


def _left_out(language: Language, one: Comparison) -> str:
    """The rows that stand in no column, by reason."""
    return "\n".join(
        _folded(language, measured.LEFT_OUT_FOR[reason].fill(count=len(rows)), rows)
        for reason, rows in one.left.items()
    )


def _folded(language: Language, said: Pair, rows: Iterable[Reported]) -> str:
    lines = "".join(f"{_line(language, row)}\n" for row in rows)
    summary = tag("summary", language.say(said))
    return f'<details class="kb-fold" markdown="1">\n{summary}\n\n{lines}\n</details>\n'


def _line(language: Language, row: Reported) -> str:
    result = row.result
    value = results.with_unit(language, results.printed(result), result)
    metric = Pair(*[language.quote(escape(result.metric))] * 2)
    where = (language.quote(escape(one)) for one in (result.model, result.dataset))
    shown = (_read_in(language, row), *where, parts.labelled(language, metric, value))
    return f"- {' · '.join(shown)}"


def _needs(language: Language, one: Comparison) -> str:
    """What the rows of the table must state, and where to add one."""
    states = (measured.ROW_STATES[reason] for reason, _ in one.table.wants)
    needs = [measured.ROW_IS[one.table.id], *states]
    said = measured.ROW_MUST.fill(needs=listed(needs))
    return f"{language.say(said)} [{language.say(measured.ADD_ROW)}](../add.md)\n"
