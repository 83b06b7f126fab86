"""The topic map on a page of its own."""

from kb.catalog import Entry
from kb.graph import Graph
from kb.schema import Technique, Topic
from kb.site.entries import topics_of
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import front_matter
from kb.site.pages import parts
from kb.site.pages.home import WIDE
from kb.site.topic_map import draw
from kb.words import indexes


def page(language: Language, graph: Graph) -> str:
    """The map, and the same as a list for readers who prefer one."""
    wide = tag("div", draw(language, graph, "../"), class_="map-frame map-wide", data_kb_map=True)
    narrow = tag("div", draw(language, graph, "../", 1), class_="map-frame map-narrow")
    return "".join(
        (
            front_matter(language.say(indexes.MAP_TITLE), language.say(indexes.MAP_ABOUT), WIDE),
            parts.title(language, indexes.MAP_TITLE),
            tag("p", language.say(indexes.MAP_HELP), class_="map-wide") + "\n\n",
            f"{wide}\n\n{narrow}\n\n",
            _legend(language),
            parts.heading(language, indexes.AS_LIST),
            "".join(f"{_line(language, graph, topic)}\n" for topic in graph.catalog.of(Topic)),
        )
    )


def _legend(language: Language) -> str:
    items = [
        tag("li", language.say(said), class_=f"edge-{relation.replace('_', '-')}")
        for relation, said in indexes.LEGEND.items()
    ]
    return tag("ul", *items, class_="legend") + "\n"


def _line(language: Language, graph: Graph, topic: Entry) -> str:
    names = [
        parts.ref(language, one, up="")
        for one in graph.catalog.of(Technique)
        if topics_of(one)[0] == topic.id
    ]
    return f"- {parts.ref(language, topic, up='')}" + (": " + " · ".join(names) if names else "")
