"""The page of a technique: idea, formula, the snippet, gains and costs, limits, evidence, what to read, what is around it."""

from kb.catalog import Entry
from kb.code import Code, Shelf
from kb.graph import Graph
from kb.site.markdown import block_math, escape, front_matter, prose, tabs
from kb.site.pages import parts, snippet
from kb.site.pages.paper import result_table
from kb.site.pages.words import NEEDS, SAVES, both


def render(graph: Graph, entry: Entry, shelf: Shelf) -> str:
    """Top to bottom as a reader asks: what is it, does it work, when not, who says so, what next."""
    model, code = entry.model, shelf.codes.get(entry.id, Code())
    return "".join(
        (
            front_matter(model.name.en, model.idea.en),
            parts.crumbs(graph, entry),
            f"# {parts.label(entry)}\n\n",
            parts.kind_line(entry),
            f'<p class="idea">{prose(model.idea.en)}<br><span lang="zh">{prose(model.idea.zh)}</span></p>\n\n',
            _facts(graph, entry),
            parts.section(
                "Run it", "动手运行", snippet.section(entry.id, code, model.snippet, shelf.runtime)
            ),
            parts.heading("How it works", "原理"),
            parts.summary_tabs(model.explanation),
            _formulas(model),
            parts.heading("What it saves, what it costs, when it fails", "收益、代价与失效"),
            tabs(
                _trade(model, "en", "Saves", "Costs", "Fails"),
                _trade(model, "zh", "收益", "代价", "失效"),
            ),
            parts.section("Evidence", "论文中的结果", _results(graph, entry)),
            parts.section("With today's libraries", "用现成的库实现", snippet.libraries(code)),
            parts.section("Read", "阅读", _read(graph, entry)),
            parts.section("Around it", "上下左右", _around(graph, entry)),
            parts.section("Understand first", "先修顺序", _before(graph, entry)),
            parts.section("Related", "相关条目", parts.related(graph, entry)),
            parts.section("Sources", "出处", parts.sources(entry)),
        )
    )


def _facts(graph: Graph, entry: Entry) -> str:
    model = entry.model
    also = [escape(name) for name in (*model.aliases.en, *model.aliases.zh)]
    return parts.chips(
        ("saves <span lang=zh>节省</span>", [both(SAVES[word]) for word in model.saves]),
        ("needs <span lang=zh>需要</span>", [both(NEEDS[word]) for word in model.needs]),
        ("year <span lang=zh>年份</span>", [str(model.year)] if model.year else []),
        ("topics <span lang=zh>主题</span>", parts.topic_chips(graph, entry)),
        ("also called <span lang=zh>别名</span>", also),
    )


def _formulas(model: object) -> str:
    shown = [
        f"{block_math(formula.tex)}\n\n{parts.why(formula.says)}\n" for formula in model.formulas
    ]
    return parts.section("Formula", "公式", "\n".join(shown))


def _trade(model: object, language: str, gains: str, costs: str, fails: str) -> str:
    pairs = ((gains, model.gains), (costs, model.costs), (fails, model.fails))
    return "\n\n".join(f"**{caption}** {prose(getattr(text, language))}" for caption, text in pairs)


def _results(graph: Graph, entry: Entry) -> str:
    papers = [graph.catalog.entries[edge.source] for edge in graph.into(entry.id, "introduces")]
    return result_table(
        (result, parts.ref(paper, f"{escape(result.model)} ({paper.model.year})"))
        for paper in papers
        for result in paper.model.results
    )


def _read(graph: Graph, entry: Entry) -> str:
    papers = parts.relation_list(
        graph,
        (
            ("Introduced by", "提出它的论文", parts.typed_back(graph.into(entry.id, "introduces"))),
            ("Studied by", "研究它的论文", parts.typed_back(graph.into(entry.id, "studies"))),
            ("Implemented by", "实现", parts.typed_back(graph.into(entry.id, "implements"))),
            ("Remarked on in", "清单中的提及", parts.typed_back(graph.into(entry.id, "mentions"))),
        ),
    )
    articles = "\n".join(
        line for id in _article_roots(graph, entry) if (line := parts.readings(graph, id))
    )
    return papers + (
        f'\n**Articles** <span lang="zh">文章</span>\n\n{articles}\n' if articles else ""
    )


def _article_roots(graph: Graph, entry: Entry) -> list[str]:
    """The technique itself and the papers that introduce it: what is written about them is written about it."""
    return [entry.id, *(edge.source for edge in graph.into(entry.id, "introduces"))]


def _around(graph: Graph, entry: Entry) -> str:
    return parts.around(graph, entry) + parts.relation_list(
        graph,
        (
            ("Requires", "先修", parts.typed(graph.out(entry.id, "requires"))),
            ("Is required by", "是其先修", parts.typed_back(graph.into(entry.id, "requires"))),
            ("Is a variant of", "变体自", parts.typed(graph.out(entry.id, "variant_of"))),
            ("Variants", "变体", parts.typed_back(graph.into(entry.id, "variant_of"))),
            ("Alternatives", "替代方案", parts.both_ways(graph, entry.id, "alternative_to")),
            ("Combines well with", "适合搭配", parts.both_ways(graph, entry.id, "combines")),
        ),
    )


def _before(graph: Graph, entry: Entry) -> str:
    known = graph.catalog.entries
    return "\n".join(
        f"{number}. {parts.ref(known[id])}"
        for number, id in enumerate(graph.prerequisites(entry.id), 1)
    )
