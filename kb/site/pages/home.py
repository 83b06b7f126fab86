"""The home page."""

from kb import evidence, words
from kb.catalog import Entry
from kb.graph import Graph
from kb.health import Health
from kb.kinds import KINDS
from kb.schema import Paper
from kb.site.entries import address_of, year_of
from kb.site.html import link, tag
from kb.site.language import Language
from kb.site.markdown import front_matter
from kb.site.pages import parts
from kb.site.topic_map import draw
from kb.words import Pair

WIDE = ("navigation", "toc")
_CENTRAL, _NEW = 8, 5


def page(language: Language, graph: Graph, health: Health) -> str:
    """What this is, what to do here, where to start; then the map, entries and numbers."""
    return "".join(
        (
            front_matter(language.say(words.HOME_TITLE), language.say(words.HOME_ABOUT), WIDE),
            parts.title(language, words.SITE),
            _idea(language),
            _buttons(language),
            parts.heading(language, words.START),
            _starts(language, graph),
            parts.heading(language, words.MAP),
            tag("div", draw(language, graph, ""), class_="map-frame") + "\n\n",
            f"[{language.say(words.LARGER_MAP)}](map.md)\n",
            parts.heading(language, words.MOST_CONNECTED),
            _central(language, graph),
            parts.section(language, words.NEWEST, _newest(language, graph)),
            parts.heading(language, words.INSIDE),
            _numbers(language, graph, health),
            _more(language),
        )
    )


def _idea(language: Language) -> str:
    return tag("p", language.say(words.HOME_IDEA), class_="idea") + "\n\n"


def _buttons(language: Language) -> str:
    search = tag(
        "button",
        language.say(words.SEARCH),
        " ",
        tag("kbd", "/"),
        type="button",
        class_="md-button md-button--primary",
        data_kb_search=True,
    )
    browse = link(language.say(words.BROWSE), "browse/", class_="md-button")
    return tag("p", search, " ", browse) + "\n\n"


def _starts(language: Language, graph: Graph) -> str:
    known = graph.catalog.entries
    cards = [_start(language, known[id], asks) for id, asks in words.STARTS.items() if id in known]
    return tag("ul", *cards, class_="cards starts") + "\n"


def _start(language: Language, entry: Entry, asks: Pair) -> str:
    return tag(
        "li", link(language.say(asks), address_of(entry)), tag("p", parts.label(language, entry))
    )


def _central(language: Language, graph: Graph) -> str:
    entries = (graph.catalog.entries[id] for id, _ in graph.central(_CENTRAL))
    lines = [
        f"- {parts.ref(language, entry, up='')} · {language.say(KINDS[entry.kind].names)}\n"
        for entry in entries
    ]
    return "".join(lines)


def _newest(language: Language, graph: Graph) -> str:
    papers = sorted(graph.catalog.of(Paper), key=lambda paper: (-(year_of(paper) or 0), paper.id))
    return "\n".join(
        f"- {parts.ref(language, paper, up='')} · {year_of(paper)}" for paper in papers[:_NEW]
    )


def _numbers(language: Language, graph: Graph, health: Health) -> str:
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
    boxes = [
        tag("div", tag("dt", language.say(said)), tag("dd", number)) for said, number in numbers
    ]
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


def _more(language: Language) -> str:
    pages = (
        (words.STATUS_TITLE, "status.md"),
        (words.HEALTH_TITLE, "links.md"),
        (words.EXPORTS_TITLE, "exports.md"),
    )
    return " · ".join(f"[{language.say(title)}]({path})" for title, path in pages) + "\n"
