"""Reading order: where an entry stands among its like, and what comes before and after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kb.catalog import Entry
from kb.graph import Graph
from kb.kinds import of_model
from kb.schema import Technique, Topic
from kb.site.entries import address_of, called, topics_of, year_of
from kb.site.html import link, tag
from kb.site.language import Language
from kb.site.markdown import escape_both
from kb.walk import has_page
from kb.words import frame
from kb.words.pair import Pair

_SHOWN = 15
"""So many siblings are listed; a topic may have hundreds."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list of pages: its name as HTML, and its address from the root of the site."""

    name: str
    url: str
    number: int
    here: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an entry stands: in which topic, as which of how many, between which others."""

    topic: Item
    said: str
    items: tuple[Item, ...]


class Orders:
    """The reading orders of a catalogue: entries of one kind by the topic that they name first.

    So every entry stands in one order, and who goes on from page to page meets each once.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @cached_property
    def _orders(self) -> dict[tuple[str, str], list[str]]:
        """The ids of each order, by topic and kind."""
        found: dict[tuple[str, str], list[str]] = {}
        for entry in self.graph.catalog.entries.values():
            if (topic := self._topic(entry)) and has_page(entry):
                found.setdefault((topic, entry.kind), []).append(entry.id)
        return {key: self._sorted(ids) for key, ids in found.items()}

    def _topic(self, entry: Entry) -> str | None:
        known = self.graph.catalog.entries
        return next((id for id in topics_of(entry) if id in known), None)

    def _sorted(self, ids: Iterable[str]) -> list[str]:
        """By year; a technique after those that it requires."""
        known = self.graph.catalog.entries
        order: dict[str, None] = {}
        members = sorted(ids, key=lambda id: (year_of(known[id]) or 9999, id))
        inside = set(members)
        for id in members:
            if isinstance(known[id].model, Technique):
                order |= dict.fromkeys(one for one in self.graph.prerequisites(id) if one in inside)
            order[id] = None
        return list(order)

    def among(self, entry: Entry) -> list[str]:
        """The ids of the order in which ``entry`` stands; none for an entry without a topic."""
        topic = self._topic(entry)
        return self._orders.get((topic, entry.kind), []) if topic else []

    def topics(self, language: Language) -> list[Item]:
        """All topics with techniques, each with how many."""
        technique = of_model(Technique).name
        return [
            self._item(language, topic.id, len(self._orders[topic.id, technique]))
            for topic in self.graph.catalog.of(Topic)
            if (topic.id, technique) in self._orders
        ]

    def stand(self, language: Language, entry: Entry) -> Stand | None:
        """Where ``entry`` stands; None for an entry without a topic, or alone in it."""
        order, topic = self.among(entry), self._topic(entry)
        if topic is None or len(order) < 2:
            return None
        at = order.index(entry.id)
        first = max(0, min(at - _SHOWN // 2, len(order) - _SHOWN))
        items = tuple(
            self._item(language, id, number, id == entry.id)
            for number, id in enumerate(order[first : first + _SHOWN], first + 1)
        )
        said = frame.OF_MANY.fill(number=at + 1, count=len(order))
        return Stand(self._item(language, topic, len(order)), language.say(said), items)

    def foot(self, language: Language, entry: Entry) -> str:
        """What comes before ``entry`` and after it, as links on its page; Markdown."""
        stand = self.stand(language, entry)
        if stand is None:
            return ""
        order = self.among(entry)
        at = order.index(entry.id)
        before = order[at - 1] if at else None
        after = order[at + 1] if at + 1 < len(order) else None
        where = language.say(frame.IN_ORDER.fill(said=stand.said, topic=stand.topic.name))
        return "\n" + tag(
            "nav",
            self._step(language, frame.BEFORE, before, "prev"),
            tag("span", where),
            self._step(language, frame.AFTER, after, "next"),
            class_="kb-step",
            aria_label=language.say(frame.BEFORE_AND_AFTER),
        )

    def _step(self, language: Language, caption: Pair, id: str | None, rel: str) -> str:
        if id is None:
            return tag("span")
        entry = self.graph.catalog.entries[id]
        said = tag("small", language.say(caption)) + tag("strong", _name(language, entry))
        return link(said, f"../../{address_of(entry)}", rel=rel)

    def _item(self, language: Language, id: str, number: int, here: bool = False) -> Item:
        entry = self.graph.catalog.entries[id]
        return Item(_name(language, entry), f"{language.folder}{address_of(entry)}", number, here)


def _name(language: Language, entry: Entry) -> str:
    return language.quote(language.say(escape_both(called(entry))))
