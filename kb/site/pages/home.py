"""The home page: what this is, something to touch, three doors, and what is inside."""

import datetime
from collections import Counter
from collections.abc import Iterable

from kb.catalog import Entry
from kb.code import Code, Figure, Shelf
from kb.graph import Graph
from kb.health import Health
from kb.schema import Article, Paper, Technique, Topic
from kb.site.entries import address_of, gist_of, topics_of, year_of
from kb.site.html import link, tag
from kb.site.language import Language
from kb.site.markdown import escape, front_matter, prose, slug
from kb.site.pages import cutting, parts
from kb.site.pages.thumbnail import thumbnail
from kb.walk import days
from kb.words import captions, home, indexes, link_health, reference, vocabularies
from kb.words.pair import Pair

WIDE = ("navigation", "toc")
_NEW, _YEARS, _FIRST = 6, 14, 8
_BAR, _SLOT, _HIGH = 22, 32, 96


def page(language: Language, graph: Graph, health: Health, shelf: Shelf) -> str:
    """One screen of what this is and what to do here; below it, what is inside and what is new."""
    hero, about = _hero(language, graph, shelf), language.say(home.HOME_ABOUT)
    live = "data-kb-cut" in hero
    return "".join(
        (
            front_matter(language.say(home.SITE), about, WIDE, cutting=live),
            hero,
            _doors(language, graph),
            parts.section(language, home.HOME_TOPICS, _topics(language, graph, shelf)),
            f"\n[{language.say(home.WHOLE_MAP)}](map.md)\n\n",
            _split(language, _coverage(language, graph, shelf, health), _news(language, graph)),
            _more(language),
        )
    )


def _hero(language: Language, graph: Graph, shelf: Shelf) -> str:
    """The name and what this is in one line; beside it the weight matrix, if it was recorded."""
    count = {kind: len(graph.catalog.of(kind)) for kind in (Technique, Paper)}
    lead = home.HOME_LEAD.fill(techniques=count[Technique], papers=count[Paper])
    said = tag(
        "div",
        tag("h1", language.say(home.HOME_TITLE), id="home"),
        tag("p", language.say(lead), class_="kb-lead"),
        tag("p", _buttons(language), class_="kb-actions"),
    )
    code = shelf.codes.get(cutting.TECHNIQUE, Code())
    known = graph.catalog.entries.get(cutting.TECHNIQUE)
    panel = cutting.panel(language, code, address_of(known)) if known else ""
    return tag("div", said, panel, class_="kb-hero") + "\n\n"


def _buttons(language: Language) -> str:
    browse = link(language.say(indexes.BROWSE), "browse/", class_="md-button md-button--primary")
    return browse + " " + link(language.say(indexes.MAP_TITLE), "map/", class_="md-button")


def _doors(language: Language, graph: Graph) -> str:
    doors = (
        (home.DOOR_STUDENT, _steps(language, graph)),
        (home.DOOR_PRACTITIONER, _savings(language, graph)),
        (home.DOOR_CONTRIBUTOR, _find(language)),
    )
    shown = (
        tag(
            "section", tag("h2", language.say(door.asks)), tag("p", language.say(door.does)), inside
        )
        for door, inside in doors
        if inside
    )
    return tag("div", *shown, class_="kb-doors") + "\n"


def _steps(language: Language, graph: Graph) -> str:
    """A first path: each step is a page whose figure moves."""
    known = (graph.catalog.entries.get(id) for id in home.FIRST_STEPS)
    steps = (tag("li", _linked(language, one)) for one in known if one)
    return tag("ol", *steps, class_="kb-path")


def _savings(language: Language, graph: Graph) -> str:
    """What must go down: pressed, each names the techniques that save it."""
    boxes = (_saving(language, graph, word) for word in vocabularies.SAVES)
    return tag("div", *boxes, class_="kb-savings")


def _saving(language: Language, graph: Graph, word: str) -> str:
    """The techniques that save it on which most rests, and the way to all of them."""
    found = [one for one in graph.catalog.of(Technique) if word in one.model.saves]
    if not found:
        return ""
    found.sort(key=lambda one: (-len(graph.into(one.id)), one.id))
    rest = link(language.say(home.ALL_THAT_SAVE.fill(count=len(found))), f"browse/?saves={word}")
    return tag(
        "details",
        tag("summary", language.say(vocabularies.SAVES[word]), " ", tag("small", str(len(found)))),
        tag("ul", *(tag("li", _linked(language, one)) for one in found[:_FIRST]), tag("li", rest)),
        name="saves",
    )


def _linked(language: Language, entry: Entry) -> str:
    return link(parts.label(language, entry), address_of(entry))


def _find(language: Language) -> str:
    """A field that asks the search; hidden until the script is there, beside a link that works."""
    asks = language.say(home.FIND_LABEL)
    field = tag("input", name="q", aria_label=asks, placeholder="1510.00149", autocomplete="off")
    press = tag("button", language.say(home.FIND), type="submit", class_="md-button")
    form = tag("form", field, press, class_="kb-find", data_kb_find=True, hidden=True)
    return form + tag("p", link(language.say(home.HOW_TO_CONTRIBUTE), "contribute/"))


def _topics(language: Language, graph: Graph, shelf: Shelf) -> str:
    cards = (_topic(language, graph, shelf, topic) for topic in graph.catalog.of(Topic))
    return tag("ul", *cards, class_="kb-cards") + "\n"


def _topic(language: Language, graph: Graph, shelf: Shelf, topic: Entry[Topic]) -> str:
    """A topic with the plot of the first of its techniques that has one."""
    members = [one for one in graph.catalog.of(Technique) if topics_of(one)[0] == topic.id]
    if not members:
        return ""
    figure = next(iter(_figures(language, members, shelf)), None)
    papers = sum(topic.id in topics_of(one) for one in graph.catalog.of(Paper))
    count = home.TOPIC_COUNTS.fill(techniques=len(members), papers=papers)
    return tag(
        "li",
        thumbnail(figure),
        tag("h3", _linked(language, topic)),
        tag("p", language.quote(escape(figure.title))) if figure else "",
        tag("p", language.say(count), class_="kb-micro"),
    )


def _figures(
    language: Language, techniques: Iterable[Entry[Technique]], shelf: Shelf
) -> Iterable[Figure]:
    """The figures of ``techniques`` by year, in the language of the page where there is such."""
    for one in sorted(techniques, key=lambda one: (year_of(one) or 9999, one.id)):
        code = shelf.codes.get(one.id, Code())
        figure = (code.chinese if language is Language.CHINESE else None) or code.figure
        if figure:
            yield figure


def _split(language: Language, coverage: str, news: str) -> str:
    """What is inside, and beside it what is new."""
    halves = ((home.COVERAGE, coverage), (home.NEWS, news))
    shown = (
        tag("section", tag("h2", language.say(head), id=slug(head.en)), inside)
        for head, inside in halves
        if inside
    )
    return tag("div", *shown, class_="kb-split") + "\n"


def _coverage(language: Language, graph: Graph, shelf: Shelf, health: Health) -> str:
    """Up to when the catalogue reaches, papers by year as bars, and what there is of everything."""
    years = Counter(year for one in graph.catalog.of(Paper) if (year := year_of(one)))
    if not years:
        return ""
    until = max([max(years), *(day.year for day in _read(graph).values())])
    said = home.COVERED.fill(first=min(years), last=max(years), newest=years[max(years)])
    return "".join(
        (
            tag("p", language.say(said)),
            _bars(language, years, until),
            _counts(language, graph, shelf, health),
        )
    )


def _read(graph: Graph) -> dict[str, datetime.date]:
    """The day on which a source of each entry was last read."""
    found: dict[str, datetime.date] = {}
    for entry in graph.catalog.entries.values():
        seen = [
            day
            for keys, day in days(entry)
            if isinstance(day, datetime.date) and "sources" in keys and keys[-1] == "seen"
        ]
        if seen:
            found[entry.id] = max(seen)
    return found


def _bars(language: Language, years: Counter[int], until: int) -> str:
    """A bar for each of the last years, and one for all before; a year without a paper is empty."""
    first = max(min(years), until - _YEARS + 1)
    before = sum(count for year, count in years.items() if year < first)
    bars = [(str(year), years[year]) for year in range(first, until + 1)]
    if before:
        bars.insert(0, (f"–{first - 1}", before))
    most = max(count for _, count in bars)
    return tag(
        "svg",
        *(_bar(number, year, count, most) for number, (year, count) in enumerate(bars)),
        class_="kb-years",
        viewBox=f"0 0 {len(bars) * _SLOT} {_HIGH + 40}",
        role="img",
        aria_label=language.say(captions.PAPERS_BY_YEAR),
        xmlns="http://www.w3.org/2000/svg",
    )


def _bar(number: int, year: str, count: int, most: int) -> str:
    high = max(4, round(_HIGH * count / most))
    x, y = number * _SLOT + (_SLOT - _BAR) // 2, _HIGH + 20 - high
    middle = x + _BAR / 2
    shape = tag("rect", class_="bar" if count else "none", x=x, y=y, width=_BAR, height=high, rx=2)
    shown = tag("text", str(count), x=middle, y=y - 5, text_anchor="middle") if count else ""
    return shape + shown + tag("text", year, x=middle, y=_HIGH + 36, text_anchor="middle")


def _counts(language: Language, graph: Graph, shelf: Shelf, health: Health) -> str:
    known = graph.catalog
    running = sum(code.source is not None for code in shelf.codes.values())
    rows = [
        (one.name, one.said.fill(count=len(known.of_kind(kind)), running=running))
        for kind, one in home.HOW_MUCH.items()
        if known.of_kind(kind)
    ]
    rows.append((home.LINK_NAME, _links(health)))
    shown = (
        tag("div", tag("dt", language.say(name)), tag("dd", language.say(said)))
        for name, said in rows
    )
    return tag("dl", *shown, class_="kb-count")


def _links(health: Health) -> Pair:
    total = len(health.records)
    if not health.day:
        return home.LINKS_UNCHECKED.fill(total=total)
    return home.LINKS_ALIVE.fill(alive=health.alive, total=total, day=health.day)


def _news(language: Language, graph: Graph) -> str:
    """The entries whose sources were read last, the youngest work first."""
    read = _read(graph)
    known = graph.catalog.entries
    newest = sorted(read, key=lambda id: (read[id], year_of(known[id]) or 0, id), reverse=True)
    found = [id for id in newest if not isinstance(known[id].model, Article)]
    return tag(
        "ol", *(_item(language, known[id], read[id]) for id in found[:_NEW]), class_="kb-news"
    )


def _item(language: Language, entry: Entry, day: datetime.date) -> str:
    gist = gist_of(entry)
    first = language.say(gist).split(home.FULL_STOP[language.value], 1)[0] if gist else ""
    return tag(
        "li",
        tag("time", str(day), datetime=str(day)),
        tag("span", _linked(language, entry), tag("small", prose(first)) if first else ""),
    )


def _more(language: Language) -> str:
    pages = (
        (indexes.STATUS_TITLE, "status.md"),
        (link_health.HEALTH_TITLE, "links.md"),
        (reference.EXPORTS_TITLE, "exports.md"),
    )
    return "\n" + " · ".join(f"[{language.say(title)}]({path})" for title, path in pages) + "\n"
