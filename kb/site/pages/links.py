"""The page that shows the health of every link."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from kb.addresses import host_of
from kb.catalog import Entry
from kb.health import Health
from kb.ledger.record import STATES, Record
from kb.site.entries import address_of, short_of
from kb.site.html import link as inner_link
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import escape, front_matter, link, slug
from kb.site.pages import parts
from kb.site.pages.badges import copy_of
from kb.site.pages.browse import index
from kb.site.pages.home import WIDE
from kb.walk import has_page
from kb.words import captions, link_health, vocabularies
from kb.words.pair import Pair, listed

_CHANGES = 50
_WORST = ("gone", "unsure", "blocked", "moved", "unknown", "alive")
_EVERY = (
    link_health.LINK,
    link_health.STATE,
    link_health.SINCE,
    link_health.OUTCOME,
    link_health.NAMED_BY,
)


def page(language: Language, health: Health) -> str:
    """What is not alive, what changed and where copies are; the rest is folded away."""
    return "".join(
        (
            front_matter(
                language.say(link_health.HEALTH_TITLE),
                language.say(link_health.HEALTH_ABOUT),
                WIDE,
            ),
            parts.title(language, link_health.HEALTH_TITLE),
            _intro(language, health),
            _not_alive(language, health),
            parts.section(language, link_health.CHANGED, _changes(language, health)),
            parts.section(language, link_health.ARCHIVED, _copies(language, health)),
            _folded(language, link_health.STATES, _states(language, health))
            if health.checked
            else "",
            _folded(language, link_health.SITES, _sites(language, health)),
            _folded(language, link_health.EVERY_LINK, _every(language, health)),
        )
    )


def _intro(language: Language, health: Health) -> str:
    said = link_health.HEALTH_INTRO if health.checked else link_health.HEALTH_UNCHECKED
    numbers = said.fill(
        total=len(health.records),
        alive=health.alive,
        looked=len(health.checked),
        day=health.day,
    )
    return f"{language.say(numbers)} [{language.say(link_health.STATES_MEAN)}](link-states.md)\n\n"


def _not_alive(language: Language, health: Health) -> str:
    """The links that are not plainly alive, the worst first; nothing before the first check."""
    if not health.checked:
        return ""
    found = [one for one in health.checked if health.states(one) != ["alive"]]
    found.sort(key=lambda one: (_WORST.index(health.states(one)[0]), one.url))
    rows = [_row(language, health, one) for one in found]
    table = index(language, link_health.NOT_ALIVE, _EVERY, rows, "index links", filtered=False)
    return parts.section(
        language, link_health.NOT_ALIVE, table if rows else language.say(link_health.ALL_ALIVE)
    )


def _folded(language: Language, head: Pair, inside: str) -> str:
    """What opens when its line is pressed; an address that names it leads there."""
    summary = tag("summary", language.say(head))
    fold = f'<details class="kb-fold" id="{slug(head.en)}" markdown="1">'
    return f"\n{fold}{summary}\n\n{inside}\n</details>\n"


def _every(language: Language, health: Health) -> str:
    filters = f"{tag('div', data_kb_filters='{}')}\n\n"
    return filters + index(
        language, link_health.EVERY_LINK, _EVERY, _rows(language, health), "index links"
    )


def _states(language: Language, health: Health) -> str:
    counts = Counter(state for one in health.records.values() for state in health.states(one))
    shown = [
        *(state for state in STATES if counts[state] or state != "unknown"),
        *(name for name in ("failing", "wrong") if counts[name]),
    ]
    rows = [
        parts.row(
            _name(language, state),
            str(counts[state]),
            language.say(vocabularies.LINK_STATES[state].meaning),
        )
        for state in shown
    ]
    return parts.table(
        language,
        (link_health.STATE, link_health.LINK_COUNT, captions.MEANING),
        "|---|--:|---|",
        rows,
    )


def _changes(language: Language, health: Health) -> str:
    changes = [
        (after[0], one.url, before[1], after[1])
        for one in health.checked
        for before, after in pairwise(one.changes)
    ]
    rows = [
        parts.row(str(day), _link(url), f"{_verdict(language, old)} → {_verdict(language, new)}")
        for day, url, old, new in sorted(changes, reverse=True)[:_CHANGES]
    ]
    heads = (link_health.DAY, link_health.LINK, link_health.OUTCOME)
    return parts.table(language, heads, "|---|---|---|", rows) if rows else ""


def _copies(language: Language, health: Health) -> str:
    kept = sorted(
        (one for one in health.records.values() if one.copy),
        key=lambda one: (one.state != "gone", one.url),
    )
    return "\n".join(
        f"- {_link(one.url)} · {_name(language, one.state)} · {copy_of(language, one)}"
        for one in kept
    )


def _sites(language: Language, health: Health) -> str:
    sites: dict[str, list[Record]] = {}
    for one in health.records.values():
        sites.setdefault(_site(one.url), []).append(one)
    rows = [
        _site_row(language, site, sites[site])
        for site in sorted(sites, key=lambda name: (-len(sites[name]), name))
    ]
    heads = (
        link_health.SITE_COLUMN,
        link_health.LINK_COUNT,
        link_health.STATES,
        link_health.LAST_CHECK,
    )
    return parts.table(language, heads, "|---|--:|---|---|", rows)


def _site_row(language: Language, site: str, links: list[Record]) -> str:
    counts = Counter(one.state for one in links)
    states = listed(
        captions.COUNTED.fill(count=counts[state], ground=vocabularies.LINK_STATES[state].name)
        for state in STATES
        if counts[state]
    )
    last = max((one.looks[0].day for one in links if one.looks), default="")
    return parts.row(escape(site), str(len(links)), language.say(states), str(last))


def _rows(language: Language, health: Health) -> list[str]:
    return [_row(language, health, one) for one in health.records.values()]


def _named(language: Language, entry: Entry) -> str:
    """An entry by its name, which leads to its page if it has one."""
    name = language.quote(escape(language.say(short_of(entry))))
    return inner_link(name, f"../{address_of(entry)}") if has_page(entry) else name


def _row(language: Language, health: Health, one: Record) -> str:
    states = health.states(one)
    named = {target.entry.id: target.entry for target in health.named[one.url]}
    cells = (
        _link(one.url),
        "; ".join(_name(language, state) for state in states),
        str(one.since or ""),
        tag("br").join(_details(language, health, one)),
        tag("br").join(_named(language, entry) for entry in named.values()),
    )
    return tag(
        "tr",
        *(tag("td", cell) for cell in cells),
        data_state=" ".join(states),
        data_host=_site(one.url),
    )


def _details(language: Language, health: Health, one: Record) -> Iterable[str]:
    if one.last is None:
        return []
    plainly = one.state == "alive" and not one.failing
    found = [
        str(one.last.day)
        if plainly
        else f"{one.last.day}: {language.english(escape(one.last.reason))}"
    ]
    if one.good and health.wrong(one):
        found.append(_quoted(language, link_health.EXPECTED, one.good.expected))
        found.append(_quoted(language, link_health.FOUND, one.good.title))
    if one.good and one.good.address and one.state == "moved":
        found.append(parts.labelled(language, link_health.NOW_AT, _link(one.good.address)))
    return [
        *found,
        *(language.english(escape(note)) for note in one.last.notes),
        *([copy_of(language, one)] if one.copy else []),
    ]


def _quoted(language: Language, caption: Pair, title: str | None) -> str:
    return parts.labelled(language, caption, language.quote(escape(title or "")))


def _name(language: Language, state: str) -> str:
    return language.say(vocabularies.LINK_STATES[state].name)


def _verdict(language: Language, verdict: str) -> str:
    """The verdict of one check: one failure does not make a link *gone*."""
    return language.say(vocabularies.NOT_FOUND) if verdict == "gone" else _name(language, verdict)


def _link(url: str) -> str:
    return link(url, url)


def _site(url: str) -> str:
    return host_of(url).removeprefix("www.")
