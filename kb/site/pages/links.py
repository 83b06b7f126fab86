"""The health of links: the page that shows all of it, and the badges beside links that are not simply alive."""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from urllib.parse import urlsplit

from kb.catalog import Catalog
from kb.ledger.merge import Ledger
from kb.ledger.record import GOOD, STATES, Record
from kb.site.markdown import attribute, escape, front_matter, link
from kb.site.pages import parts
from kb.site.pages.words import LINK_STATES, both
from kb.walk import Target, targets

_ANCHOR = re.compile(r'<a href="([^"]*)" rel="noopener nofollow">.*?</a>')
_CHANGES = 50
_VERDICTS = {**LINK_STATES, "gone": ("not found", "打不开")}


class Health:
    """What the ledger knows of the links of a catalogue."""

    def __init__(self, catalog: Catalog, ledger: Ledger) -> None:
        self.named: dict[str, list[Target]] = {}
        for target in targets(catalog):
            self.named.setdefault(target.url, []).append(target)
        self.records = {url: ledger.get(url) or Record(url) for url in sorted(self.named)}

    def wrong(self, one: Record) -> bool:
        """Whether the page calls itself something else than the entries do."""
        return (
            one.wrong(target.title for target in self.named.get(one.url, ()) if target.title)
            is not None
        )

    @property
    def looked(self) -> list[Record]:
        """The links that somebody has looked at."""
        return [one for one in self.records.values() if one.looks]

    @property
    def alive(self) -> int:
        """How many links lead to their page."""
        return sum(one.state in GOOD and not self.wrong(one) for one in self.records.values())

    @property
    def day(self) -> str:
        """The day of the newest look; empty if there was none."""
        return str(max((one.looks[0].day for one in self.looked), default=""))

    def badged(self, markdown: str, up: str = "../../") -> str:
        """``markdown`` with a badge beside each external link that is not simply alive. ``up`` leads from the page to the root of the site."""
        return _ANCHOR.sub(lambda found: found[0] + self.badge(unescape(found[1]), up), markdown)

    def badge(self, url: str, up: str) -> str:
        """The badge of a link, in words, and its archived copy; nothing for links that are alive or were never looked at."""
        one = self.records.get(url)
        if one is None or not one.looks:
            return ""
        said = self._said(one)
        badges = "".join(
            f' <a class="status status-{tone}" href="{up}links/">{both(words)}</a>'
            for tone, words in said
        )
        return (
            badges
            + (f" {copy_of(one)}" if one.copy and any(tone == "not" for tone, _ in said) else "")
            + _new_address(one)
        )

    def _said(self, one: Record) -> list[tuple[str, tuple[str, str]]]:
        found = [("not", ("leads to another page", "指向了别的页面"))] if self.wrong(one) else []
        if one.state == "gone":
            return [*found, ("not", (f"gone since {one.since}", f"自 {one.since} 起失效"))]
        if one.failing:
            found.append(("not", (f"failing since {one.failing}", f"自 {one.failing} 起打不开")))
        if one.state in ("moved", "blocked", "unsure"):
            found.append(("partly", LINK_STATES[one.state][:2]))
        return found


def copy_of(one: Record) -> str:
    """A link to the archived copy, with its date."""
    return (
        f'{link(f"archived copy of {one.copy.day}", one.copy.url)} <span lang="zh">存档</span>'
        if one.copy
        else ""
    )


def _new_address(one: Record) -> str:
    if one.state != "moved" or one.good is None or not one.good.address:
        return ""
    return f' {link("its new address", one.good.address)} <span lang="zh">新地址</span>'


def page(health: Health) -> str:
    """States with counts and words, what changed, hosts, every link; and what to do while nobody has looked yet."""
    return "".join(
        (
            front_matter(
                "Link health",
                "Which links are alive, moved, blocked, gone or unsure, since when, and where copies are.",
                ("navigation", "toc"),
            ),
            '# Link health <span lang="zh">链接状况</span>\n\n',
            _intro(health),
            _states(health),
            parts.section("What changed", "变化", _changes(health)),
            parts.section("Archived copies", "存档", _copies(health)),
            parts.section("Hosts", "主机", _hosts(health)),
            parts.heading("Every link", "全部链接"),
            _every(health),
        )
    )


def _intro(health: Health) -> str:
    total, looked = len(health.records), len(health.looked)
    if not health.looked:
        return (
            f"None of the {total} links has been looked at yet. The weekly job does it, or `kb links check`. [What the states mean](link-states.md). "
            f'<span lang="zh">共 {total} 个链接，尚未检查过。每周任务会自动检查，也可以运行 `kb links check`。'
            "[各状态的含义](link-states.md)</span>\n\n"
        )
    return (
        f"{health.alive} of {total} links lead to their page; {looked} were looked at, last on {health.day}. "
        "A link is called gone only after three failures, each at least three days after the one before. [What the states mean](link-states.md). "
        f'<span lang="zh">{total} 个链接中有 {health.alive} 个可访问；已检查 {looked} 个，最近一次在 {health.day}。'
        "三次打不开、每次至少相隔三天、其间没有一次正常，才算失效。[各状态的含义](link-states.md)</span>\n\n"
    )


def _states(health: Health) -> str:
    counts = Counter(one.state for one in health.records.values())
    rows = [
        f"| {both(LINK_STATES[state][:2])} | {counts[state]} | {both(LINK_STATES[state][2:])} |"
        for state in STATES
        if counts[state] or state != "unknown"
    ]
    wrong = sum(map(health.wrong, health.records.values()))
    failing = sum(bool(one.failing and one.state != "gone") for one in health.records.values())
    rows += [
        f"| {both(LINK_STATES[name][:2])} | {number} | {both(LINK_STATES[name][2:])} |"
        for name, number in (("failing", failing), ("wrong", wrong))
        if number
    ]
    return _table(
        (("State", "状态"), ("Links", "链接数"), ("Meaning", "含义")), "|---|--:|---|", rows
    )


def _changes(health: Health) -> str:
    changes = [
        (after[0], one.url, before[1], after[1])
        for one in health.looked
        for before, after in zip(one.changes, one.changes[1:])
    ]
    newest = sorted(changes, reverse=True)[:_CHANGES]
    rows = [
        f"| {day} | {_link(url)} | {both(_VERDICTS[old][:2])} → {both(_VERDICTS[new][:2])} |"
        for day, url, old, new in newest
    ]
    return (
        _table(
            (("Day", "日期"), ("Link", "链接"), ("What was seen", "检查结果")),
            "|---|---|---|",
            rows,
        )
        if rows
        else ""
    )


def _copies(health: Health) -> str:
    kept = sorted(
        (one for one in health.records.values() if one.copy),
        key=lambda one: (one.state != "gone", one.url),
    )
    return "\n".join(
        f"- {_link(one.url)} · {both(LINK_STATES[one.state][:2])} · {copy_of(one)}" for one in kept
    )


def _hosts(health: Health) -> str:
    hosts: dict[str, list[Record]] = {}
    for one in health.records.values():
        hosts.setdefault(_host(one.url), []).append(one)
    rows = [
        _host_row(host, hosts[host])
        for host in sorted(hosts, key=lambda name: (-len(hosts[name]), name))
    ]
    return _table(
        (("Host", "主机"), ("Links", "链接数"), ("States", "状态"), ("Last look", "最近检查")),
        "|---|--:|---|---|",
        rows,
    )


def _table(heads: Iterable[tuple[str, str]], rule: str, rows: Iterable[str]) -> str:
    return "\n".join([f"| {' | '.join(map(both, heads))} |", rule, *rows]) + "\n"


def _host_row(host: str, links: list[Record]) -> str:
    counts = Counter(one.state for one in links)
    states = ", ".join(
        f"{counts[state]} {both(LINK_STATES[state][:2])}" for state in STATES if counts[state]
    )
    return f"| {escape(host)} | {len(links)} | {states} | {max((one.looks[0].day for one in links if one.looks), default='')} |"


def _every(health: Health) -> str:
    heads = (
        ("Link", "链接"),
        ("State", "状态"),
        ("Since", "起始"),
        ("What was seen", "检查结果"),
        ("Named by", "所在条目"),
    )
    head = "".join(f"<th scope=col>{both(words)}</th>" for words in heads)
    rows = "".join(_row(health, one) for one in health.records.values())
    return (
        f'<div data-kb-filters></div>\n\n<div class="index-frame" tabindex="0" role="region" aria-label="every link"><table class="index links" data-kb-index>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _row(health: Health, one: Record) -> str:
    states = [
        one.state,
        *(["failing"] if one.failing and one.state != "gone" else []),
        *(["wrong"] if health.wrong(one) else []),
    ]
    named = {target.entry.id: target.entry for target in health.named[one.url]}
    entries = ", ".join(
        f'<a href="../{parts.path_of(entry).removesuffix(".md")}/">{escape(id)}</a>'
        for id, entry in named.items()
    )
    return (
        f'<tr data-state="{" ".join(states)}" data-host="{attribute(_host(one.url))}"><td>{_link(one.url)}</td>'
        f"<td>{'; '.join(both(LINK_STATES[state][:2]) for state in states)}</td><td>{one.since or ''}</td>"
        f"<td>{'<br>'.join(_details(health, one))}</td><td>{entries}</td></tr>"
    )


def _details(health: Health, one: Record) -> Iterable[str]:
    if one.last is None:
        return []
    found = (
        [f"{one.last.day}: {escape(one.last.reason)}"]
        if one.state != "alive" or one.failing
        else [str(one.last.day)]
    )
    if one.good and health.wrong(one):
        found.append(
            f"{both(('expected', '应为'))}: {escape(one.good.expected or '')}<br>{both(('found', '实为'))}: {escape(one.good.title or '')}"
        )
    if one.good and one.good.address and one.state == "moved":
        found.append(f"{both(('now', '新地址'))}: {_link(one.good.address)}")
    return [*found, *map(escape, one.last.notes), *([copy_of(one)] if one.copy else [])]


def _link(url: str) -> str:
    return link(url, url)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
