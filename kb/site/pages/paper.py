"""The page of a paper."""

from kb.catalog import Entry
from kb.bibtex import one as bibtex
from kb.graph import Graph
from kb.site.markdown import escape, front_matter, link
from kb.site.pages import parts
from kb.site.pages.words import ROLES, both


def render(graph: Graph, entry: Entry) -> str:
    """Title, authors, venue, ids; why it matters; relations; results; articles; BibTeX; versions; sources."""
    paper = entry.model
    return "".join((
        front_matter(paper.title, paper.summary.en),
        parts.crumbs(graph, entry),
        f"# {parts.label(entry)}\n\n",
        parts.kind_line(entry),
        f'<p class="authors">{escape(", ".join(paper.authors))}</p>\n\n',
        _facts(graph, entry),
        parts.heading("In short", "简介"),
        parts.summary_tabs(paper.summary),
        parts.section("What it introduces and builds on", "提出与沿用", _relations(graph, entry)),
        parts.section("Results", "结果", _results(paper)),
        parts.section("Read about it", "相关文章", parts.readings(graph, entry.id)),
        parts.section("Related", "相关条目", parts.related(graph, entry)),
        parts.section("BibTeX", "引用", f"```bibtex\n{bibtex(entry).strip()}\n```\n"),
        parts.section("Versions", "版本差异", _versions(paper)),
        parts.section("Sources", "出处", parts.sources(entry)),
    ))


def _facts(graph: Graph, entry: Entry) -> str:
    paper = entry.model
    venue = [f"{escape(paper.venue.name)} {paper.venue.year}" + (f" ({escape(paper.venue.volume)})" if paper.venue.volume else "")] if paper.venue else []
    ids = [link(f"arXiv:{paper.arxiv}", f"https://arxiv.org/abs/{paper.arxiv}")] if paper.arxiv else []
    ids += [link(f"doi:{paper.doi}", f"https://doi.org/{paper.doi}")] if paper.doi else []
    places = [link(f"{ROLES[item.role][0]}{' (official)' if item.official else ''}", item.url) for item in paper.links]
    return parts.chips(
        ("year <span lang=zh>年份</span>", [str(paper.year)]),
        ("venue <span lang=zh>发表于</span>", venue),
        ("ids <span lang=zh>编号</span>", ids),
        ("links <span lang=zh>链接</span>", places),
        ("topics <span lang=zh>主题</span>", parts.topic_chips(graph, entry)),
    )


def _relations(graph: Graph, entry: Entry) -> str:
    return parts.relation_list(graph, (
        ("Introduces", "提出", parts.typed(graph.out(entry.id, "introduces"))),
        ("Studies", "研究", parts.typed(graph.out(entry.id, "studies"))),
        ("Builds on", "沿用", parts.typed(graph.out(entry.id, "builds_on"))),
        ("Compares itself with", "比较对象", parts.typed(graph.out(entry.id, "compares_with"))),
        ("What came after", "后续工作", parts.typed_back(graph.into(entry.id, "builds_on"))),
        ("Implemented by", "实现", parts.typed_back(graph.into(entry.id, "implements"))),
    ))


RESULT_HEAD = (
    '| Model <span lang="zh">模型</span> | Data set <span lang="zh">数据集</span> | Metric <span lang="zh">指标</span> | Value <span lang="zh">数值</span> '
    '| Baseline <span lang="zh">基线</span> | Size and work <span lang="zh">规模与计算量</span> | Seen in <span lang="zh">出处</span> |\n|---|---|---|--:|--:|---|---|\n'
)


def result_row(result: object, model: str | None = None) -> str:
    """One row of a table of results."""
    unit = escape(result.unit or "")
    value = f"{result.value:g}{' ' if unit not in ('%', 'x', '') else ''}{'×' if unit == 'x' else unit}"
    baseline = "" if result.baseline is None else f"{result.baseline:g}"
    sizes = [f"{_short(number)} {name}" for name, number in (("parameters", result.params), ("FLOPs", result.flops), ("MACs", result.macs)) if number]
    seen = ", ".join(part for part in (result.seen_in, result.version) if part)
    note = f" {parts.why(result.note)}" if result.note else ""
    return f"| {model or escape(result.model)}{note} | {escape(result.dataset)} | {escape(result.metric)} | {value} | {baseline} | {', '.join(sizes)} | {escape(seen)} |\n"


def _results(paper: object) -> str:
    return RESULT_HEAD + "".join(result_row(result) for result in paper.results) if paper.results else ""


def _versions(paper: object) -> str:
    return "\n".join(f"- {escape(item.version)} ({escape(', '.join(item.differs))}): {parts.why(item.note)}" for item in paper.versions)


def _short(number: float) -> str:
    for size, letter in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return f"{number:g} "
