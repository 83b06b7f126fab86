"""The home page."""

from kb import evidence, words
from kb.catalog import Entry
from kb.graph import Graph
from kb.health import Health
from kb.kinds import KINDS
from kb.schema import Paper
from kb.site.entries import address_of, year_of
from kb.site.html import link, tag
from kb.site.language import both, say
from kb.site.markdown import front_matter
from kb.site.pages import parts
from kb.site.topic_map import draw
from kb.words import Pair

WIDE = ("navigation", "toc")
_CENTRAL, _NEW = 8, 5


def page(graph: Graph, health: Health) -> str:
    """What this is, what to do here, where to start; then the map, entries and numbers."""
    return "".join(
        (
            front_matter(say(words.HOME_TITLE), say(words.HOME_ABOUT), WIDE),
            parts.title(words.SITE),
            _idea(),
            _buttons(),
            parts.heading(words.START),
            _starts(graph),
            parts.heading(words.MAP),
            tag("div", draw(graph, ""), class_="map-frame") + "\n\n",
            f"[{both(words.LARGER_MAP)}](map.md)\n",
            parts.heading(words.MOST_CONNECTED),
            _central(graph),
            parts.section(words.NEWEST, _newest(graph)),
            parts.heading(words.INSIDE),
            _numbers(graph, health),
            _more(),
        )
    )


def _idea() -> str:
    zh = tag("span", words.HOME_IDEA.zh, lang="zh")
    return tag("p", words.HOME_IDEA.en, tag("br"), zh, class_="idea") + "\n\n"


def _buttons() -> str:
    search = tag(
        "button",
        both(words.SEARCH),
        " ",
        tag("kbd", "/"),
        type="button",
        class_="md-button md-button--primary",
        data_kb_search=True,
    )
    browse = link(both(words.BROWSE), "browse/", class_="md-button")
    return tag("p", search, " ", browse) + "\n\n"


def _starts(graph: Graph) -> str:
    known = graph.catalog.entries
    cards = [_start(known[id], asks) for id, asks in words.STARTS.items() if id in known]
    return tag("ul", *cards, class_="cards starts") + "\n"


def _start(entry: Entry, asks: Pair) -> str:
    return tag("li", link(both(asks), address_of(entry)), tag("p", parts.label(entry)))


def _central(graph: Graph) -> str:
    entries = (graph.catalog.entries[id] for id, _ in graph.central(_CENTRAL))
    lines = [
        f"- {parts.ref(entry, up='')} · {both(KINDS[entry.kind].names)}\n" for entry in entries
    ]
    return "".join(lines)


def _newest(graph: Graph) -> str:
    papers = sorted(graph.catalog.of(Paper), key=lambda paper: (-(year_of(paper) or 0), paper.id))
    return "\n".join(f"- {parts.ref(paper, up='')} · {year_of(paper)}" for paper in papers[:_NEW])


def _numbers(graph: Graph, health: Health) -> str:
    stats = graph.stats()
    counts = stats["entries"]
    claims, primary, none = _claims(graph)
    numbers = [
        *((kind.names, str(counts[name])) for name, kind in KINDS.items() if name in counts),
        (words.RELATIONS, str(sum(stats["edges"].values()))),
        (words.CLAIMS_GROUNDED, f"{claims - none} / {claims}"),
        (words.CLAIMS_PRIMARY, f"{primary} / {claims}"),
        _links(health),
    ]
    boxes = [tag("div", tag("dt", both(said)), tag("dd", number)) for said, number in numbers]
    return tag("dl", *boxes, class_="numbers") + "\n\n"


def _claims(graph: Graph) -> tuple[int, int, int]:
    """How many claims there are, how many on a primary page, how many on nothing yet."""
    counts = [evidence.standing(one).counts for one in graph.catalog.entries.values()]
    claims = sum(sum(one.values()) for one in counts)
    return claims, sum(one["primary"] for one in counts), sum(one["none"] for one in counts)


def _links(health: Health) -> tuple[Pair, str]:
    total = len(health.records)
    if not health.day:
        return words.LINKS_UNCHECKED, str(total)
    return words.LINKS_ALIVE.fill(day=health.day), f"{health.alive} / {total}"


def _more() -> str:
    pages = (
        (words.STATUS_TITLE, "status.md"),
        (words.HEALTH_TITLE, "links.md"),
        (words.EXPORTS_TITLE, "exports.md"),
    )
    return " · ".join(f"[{both(title)}]({path})" for title, path in pages) + "\n"
