"""The page of a paper."""

from collections.abc import Iterable
from typing import Any

from kb.bibtex import one as bibtex
from kb.catalog import Entry
from kb.graph import Graph
from kb.site.markdown import escape, front_matter, link
from kb.site.pages import parts
from kb.site.pages.words import ROLES


def render(graph: Graph, entry: Entry) -> str:
    """Title, authors, venue, ids; why it matters; relations; results; articles; BibTeX; versions; sources."""
    paper = entry.model
    return "".join(
        (
            front_matter(paper.title, paper.summary.en),
            parts.crumbs(graph, entry),
            f"# {parts.label(entry)}\n\n",
            parts.kind_line(entry),
            f'<p class="authors">{escape(", ".join(paper.authors))}</p>\n\n',
            _facts(graph, entry),
            parts.heading("In short", "简介"),
            parts.summary_tabs(paper.summary),
            parts.section(
                "What it introduces and builds on", "提出与沿用", _relations(graph, entry)
            ),
            parts.section(
                "Results",
                "结果",
                result_table((result, escape(result.model)) for result in paper.results),
            ),
            parts.section("Read about it", "相关文章", parts.readings(graph, entry.id)),
            parts.section("Related", "相关条目", parts.related(graph, entry)),
            parts.section("BibTeX", "引用", f"```bibtex\n{bibtex(entry).strip()}\n```\n"),
            parts.section("Versions", "版本差异", _versions(paper)),
            parts.section("Sources", "出处", parts.sources(entry)),
        )
    )


def _facts(graph: Graph, entry: Entry) -> str:
    paper = entry.model
    venue = (
        [
            f"{escape(paper.venue.name)} {paper.venue.year}"
            + (f" ({escape(paper.venue.volume)})" if paper.venue.volume else "")
        ]
        if paper.venue
        else []
    )
    ids = (
        [link(f"arXiv:{paper.arxiv}", f"https://arxiv.org/abs/{paper.arxiv}")]
        if paper.arxiv
        else []
    )
    ids += [link(f"doi:{paper.doi}", f"https://doi.org/{paper.doi}")] if paper.doi else []
    places = [
        link(f"{ROLES[item.role][0]}{' (official)' if item.official else ''}", item.url)
        for item in paper.links
    ]
    return parts.chips(
        ("year <span lang=zh>年份</span>", [str(paper.year)]),
        ("venue <span lang=zh>发表于</span>", venue),
        ("ids <span lang=zh>编号</span>", ids),
        ("links <span lang=zh>链接</span>", places),
        ("topics <span lang=zh>主题</span>", parts.topic_chips(graph, entry)),
    )


def _relations(graph: Graph, entry: Entry) -> str:
    return parts.around(graph, entry) + parts.relation_list(
        graph,
        (
            ("Introduces", "提出", parts.typed(graph.out(entry.id, "introduces"))),
            ("Studies", "研究", parts.typed(graph.out(entry.id, "studies"))),
            ("Builds on", "沿用", parts.typed(graph.out(entry.id, "builds_on"))),
            ("Compares itself with", "比较对象", parts.typed(graph.out(entry.id, "compares_with"))),
            ("What came after", "后续工作", parts.typed_back(graph.into(entry.id, "builds_on"))),
            ("Implemented by", "实现", parts.typed_back(graph.into(entry.id, "implements"))),
        ),
    )


_COLUMNS = (
    ("Model", "模型", "---"),
    ("Data set", "数据集", "---"),
    ("Metric", "指标", "---"),
    ("Value", "数值", "--:"),
    ("Baseline", "基线", "--:"),
    ("Size and work", "规模与计算量", "---"),
    ("Seen in", "出处", "---"),
)


def result_table(results: Iterable[tuple[Any, str]]) -> str:
    """Results as a table, each with what its first cell says; columns that nothing fills are left out."""
    rows = [_cells(result, model) for result, model in results]
    shown = [number for number in range(len(_COLUMNS)) if any(row[number] for row in rows)]
    head = [f'{en} <span lang="zh">{zh}</span>' for en, zh, _ in _COLUMNS]
    lines = [head, [side for _, _, side in _COLUMNS], *rows]
    return (
        "".join(f"| {' | '.join(line[number] for number in shown)} |\n" for line in lines)
        if rows
        else ""
    )


def _cells(result: Any, model: str) -> tuple[str, ...]:
    unit = escape(result.unit or "")
    value = (
        f"{result.value:g}{' ' if unit not in ('%', 'x', '') else ''}{'×' if unit == 'x' else unit}"
    )
    baseline = "" if result.baseline is None else f"{result.baseline:g}"
    sizes = [
        f"{_short(number)} {name}"
        for name, number in (
            ("parameters", result.params),
            ("FLOPs", result.flops),
            ("MACs", result.macs),
        )
        if number
    ]
    seen = ", ".join(part for part in (result.seen_in, result.version) if part)
    note = f" {parts.why(result.note)}" if result.note else ""
    return (
        f"{model}{note}",
        escape(result.dataset),
        escape(result.metric),
        value,
        baseline,
        ", ".join(sizes),
        escape(seen),
    )


def _versions(paper: object) -> str:
    return "\n".join(
        f"- {escape(item.version)} ({escape(', '.join(item.differs))}): {parts.why(item.note)}"
        for item in paper.versions
    )


def _short(number: float) -> str:
    for size, letter in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return f"{number:g} "
