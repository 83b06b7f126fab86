"""The home page, the map, the index of everything and the page that counts what is confirmed."""

import json

from kb import evidence
from kb.catalog import Entry
from kb.graph import Graph
from kb.site.markdown import attribute, escape, front_matter
from kb.site.pages import parts
from kb.site.pages.links import Health
from kb.site.pages.words import FOLDERS, FORMS, KINDS, LANGUAGES, STATUS, both
from kb.site.topic_map import draw

_WIDE = ("navigation", "toc")
_KINDS = ("technique", "paper", "article", "resource", "topic", "list")


def home(graph: Graph, health: Health) -> str:
    """What is this, what can I do here, where do I start; then the map, the most connected entries, the numbers."""
    return "".join(
        (
            front_matter(
                "Model compression knowledge base",
                "Techniques, papers and articles on making neural networks small and fast, in English and Chinese.",
                _WIDE,
            ),
            '# Small and fast neural networks <span lang="zh">模型压缩知识库</span>\n\n',
            '<p class="idea">Every technique, paper and article on one walkable graph; every fact with its source, in English and Chinese.'
            '<br><span lang="zh">技术、论文、文章连成一张可以走通的图；每条事实都有出处，中英双语。</span></p>\n\n',
            '<p><button type="button" class="md-button md-button--primary" data-kb-search>Search <span lang="zh">搜索</span> <kbd>/</kbd></button> '
            '<a class="md-button" href="browse/">Browse everything <span lang="zh">浏览全部</span></a></p>\n\n',
            parts.heading("Where to start", "从哪里开始"),
            _starts(graph),
            parts.heading("Map", "地图"),
            f'<div class="map-frame">{draw(graph, "")}</div>\n\n[Larger map <span lang="zh">看大图</span>](map.md)\n',
            parts.heading("Most connected", "联系最多"),
            _central(graph),
            parts.section("Newest papers", "最新论文", _newest(graph)),
            parts.heading("What is in here", "收录情况"),
            _numbers(graph, health),
        )
    )


def topic_map(graph: Graph) -> str:
    """The map on a page of its own, with the same as a list for those who would rather read."""
    lines = []
    for topic in graph.catalog.of_kind("topic"):
        names = [
            parts.ref(one, up="")
            for one in graph.catalog.of_kind("technique")
            if one.model.topics[0] == topic.id
        ]
        lines.append(f"- {parts.ref(topic, up='')}" + (": " + " · ".join(names) if names else ""))
    return "".join(
        (
            front_matter("Topic map", "Topics and techniques as a map.", _WIDE),
            '# Topic map <span lang="zh">主题地图</span>\n\n',
            "Scroll or press + and − to zoom, drag or use the arrow keys to move, Tab to walk from node to node. "
            '<span lang="zh">滚轮或 + / − 缩放，拖动或方向键移动，Tab 逐个访问节点。</span>\n\n',
            f'<div class="map-frame" data-kb-map>{draw(graph, "../")}</div>\n\n',
            '<ul class="legend"><li class="edge-requires">requires <span lang="zh">先修</span></li><li class="edge-variant-of">variant of <span lang="zh">变体</span></li>'
            '<li class="edge-alternative-to">alternative to <span lang="zh">替代</span></li><li class="edge-combines">combines with <span lang="zh">搭配</span></li></ul>\n',
            parts.heading("The same as a list", "列表形式"),
            "\n".join(lines) + "\n",
        )
    )


def browse(graph: Graph) -> str:
    """Everything in one table that filters in the page; without JavaScript it is simply the whole index."""
    rows = "".join(
        _row(graph, entry)
        for kind in _KINDS
        for entry in sorted(
            graph.catalog.of_kind(kind), key=lambda one: parts.name_of(one).casefold()
        )
    )
    head = "".join(
        f"<th scope=col>{both(words)}</th>"
        for words in (
            ("Entry", "条目"),
            ("Kind", "类型"),
            ("Topics", "主题"),
            ("Year", "年份"),
            ("Status", "核实"),
        )
    )
    return "".join(
        (
            front_matter("Browse everything", "The index of all entries, with filters.", _WIDE),
            '# Browse everything <span lang="zh">浏览全部</span>\n\n',
            f'<div data-kb-filters="{_facet_names(graph)}"></div>\n\n',
            f'<div class="index-frame" tabindex="0" role="region" aria-label="index of all entries"><table class="index" data-kb-index><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n',
        )
    )


def status(graph: Graph) -> str:
    """Confirmed, partly, not, per kind of entry; and every entry that is not fully confirmed."""
    lines = [
        '| Kind <span lang="zh">类型</span> | Confirmed <span lang="zh">已核实</span> | Partly <span lang="zh">部分核实</span> | Not <span lang="zh">未核实</span> | All <span lang="zh">合计</span> |',
        "|---|--:|--:|--:|--:|",
    ]
    open_entries: list[Entry] = []
    for kind in ("paper", "technique", "article", "resource"):
        entries = graph.catalog.of_kind(kind)
        found = [evidence.status(entry) for entry in entries]
        lines.append(
            f"| {both(KINDS[kind])} | {found.count('confirmed')} | {found.count('partly')} | {found.count('not')} | {len(entries)} |"
        )
        open_entries += [entry for entry, state in zip(entries, found) if state != "confirmed"]
    listed = [
        f"- {parts.ref(entry, up='')} · {both(KINDS[entry.kind])} · {both(STATUS[evidence.status(entry)])}{_open_facts(entry)}"
        for entry in open_entries
    ]
    return "".join(
        (
            front_matter(
                "What is confirmed",
                "How many entries are confirmed, partly confirmed and not confirmed.",
            ),
            '# What is confirmed <span lang="zh">核实情况</span>\n\n',
            "Counted from the catalogue when the site was built. A paper, technique or resource is confirmed when each fact that needs a source has one; an article is "
            "confirmed when what it is about rests on more than subject and date. [How facts are confirmed](facts.md). "
            '<span lang="zh">数字在生成网站时由目录直接统计。论文、技术、资源：需要出处的事实都有出处才算已核实；文章：「讲的是什么」须有比主题相近更硬的依据。</span>\n\n',
            "\n".join(lines) + "\n",
            parts.section("Still open", "尚待核实", "\n".join(listed)),
        )
    )


def _open_facts(entry: Entry) -> str:
    facts = sorted(evidence.doubted(entry)) + evidence.unproven_facts(entry)
    return f": {escape(', '.join(facts))}" if facts else ""


def _row(graph: Graph, entry: Entry) -> str:
    model = entry.model
    zh = parts.name_zh_of(entry)
    year = getattr(model, "year", None) or (
        model.published.year if getattr(model, "published", None) else ""
    )
    topics = " ".join(getattr(model, "topics", ()))
    state = evidence.status(entry) if hasattr(model, "evidence") else ""
    form = getattr(model, "form", None)
    return (
        f'<tr data-kind="{entry.kind}" data-topics="{topics}" data-language="{getattr(model, "language", "")}" data-status="{state}" data-year="{year}">'
        f'<td><a href="../{FOLDERS[entry.kind]}/{entry.id}/">{escape(parts.name_of(entry))}</a>{f" <span lang=zh>{escape(zh)}</span>" if zh else ""}</td>'
        f"<td>{both(KINDS[entry.kind])}{f' · {both(FORMS[form])}' if form else ''}</td><td>{_topic_names(graph, entry)}</td><td>{year}</td><td>{both(STATUS[state]) if state else ''}</td></tr>"
    )


def _topic_names(graph: Graph, entry: Entry) -> str:
    topics = [
        graph.catalog.entries[id]
        for id in getattr(entry.model, "topics", ())
        if id in graph.catalog.entries
    ]
    return "<br>".join(
        f'<a href="../topics/{topic.id}/">{both((escape(topic.model.name.en), escape(topic.model.name.zh)))}</a>'
        for topic in topics
    )


def _facet_names(graph: Graph) -> str:
    """What the filters call the values of the table, as JSON for the script."""
    names = {
        "kind": KINDS,
        "status": STATUS,
        "language": LANGUAGES,
        "topics": {
            topic.id: (topic.model.name.en, topic.model.name.zh)
            for topic in graph.catalog.of_kind("topic")
        },
    }
    return attribute(
        json.dumps(
            {
                facet: {value: " ".join(words) for value, words in values.items()}
                for facet, values in names.items()
            },
            ensure_ascii=False,
        )
    )


def _starts(graph: Graph) -> str:
    known = graph.catalog.entries
    wanted = (
        ("compression", "What is all this about?", "这是一个什么领域？"),
        (
            "uniform-magnitude-pruning",
            "I am new: the simplest method that works",
            "刚入门：最简单又管用的方法",
        ),
        ("uniform-affine-quantization", "I have a model to ship", "手上有模型要上线"),
        (
            "knowledge-distillation",
            "I train: let a large network teach a small one",
            "正在训练：让大网络教小网络",
        ),
        (
            "compound-scaling",
            "I choose an architecture for a budget",
            "在选网络结构：怎样按预算缩放",
        ),
        ("deep-acceleration-five", "The reading list it all began with", "一切由此开始的阅读清单"),
    )
    cards = [
        f'<li><a href="{FOLDERS[known[id].kind]}/{id}/">{both((en, zh))}</a><p>{escape(parts.name_of(known[id]))} <span lang="zh">{escape(parts.name_zh_of(known[id]) or "")}</span></p></li>'
        for id, en, zh in wanted
        if id in known
    ]
    return f'<ul class="cards starts">{"".join(cards)}</ul>\n'


def _central(graph: Graph) -> str:
    known = graph.catalog.entries
    return (
        "\n".join(
            f"- {parts.ref(known[id], up='')} · {both(KINDS[known[id].kind])}"
            for id, _ in graph.central(8)
        )
        + "\n"
    )


def _newest(graph: Graph) -> str:
    papers = sorted(
        graph.catalog.of_kind("paper"), key=lambda paper: (-paper.model.year, paper.id)
    )[:5]
    return "\n".join(f"- {parts.ref(paper, up='')} · {paper.model.year}" for paper in papers)


def _numbers(graph: Graph, health: Health) -> str:
    stats = graph.stats()
    entries = [
        f"<div><dt>{both(KINDS[kind])}</dt><dd>{stats['entries'].get(kind, 0)}</dd></div>"
        for kind in _KINDS
        if kind in stats["entries"]
    ]
    proven = [entry for entry in graph.catalog.entries.values() if hasattr(entry.model, "evidence")]
    confirmed = sum(evidence.status(entry) == "confirmed" for entry in proven)
    entries.append(
        f"<div><dt>{both(('relations', '关系'))}</dt><dd>{sum(stats['edges'].values())}</dd></div>"
    )
    entries.append(
        f"<div><dt>{both(('confirmed', '已核实'))}</dt><dd>{confirmed} / {len(proven)}</dd></div>"
    )
    seen = (
        (f"links alive on {health.day}", f"链接可访问（{health.day}）")
        if health.day
        else ("links, not looked at yet", "链接，尚未检查")
    )
    entries.append(
        f"<div><dt>{both(seen)}</dt><dd>{f'{health.alive} / ' if health.day else ''}{len(health.records)}</dd></div>"
    )
    return f'<dl class="numbers">{"".join(entries)}</dl>\n\n[What is confirmed <span lang="zh">核实情况</span>](status.md) · [Link health <span lang="zh">链接状况</span>](links.md) · [Data to download <span lang="zh">数据下载</span>](exports.md)\n'
