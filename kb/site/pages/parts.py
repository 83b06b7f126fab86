"""The parts that pages of several kinds share. Every function returns Markdown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from kb import evidence
from kb.catalog import Entry
from kb.graph import Graph, Near
from kb.kinds import KINDS, shown
from kb.schema import Article, Name, Text, Topic, Unproven
from kb.site import small_map
from kb.site.entries import address_of, called, form_of, name_of, path_of, topics_of
from kb.site.html import link as inner_link
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import anchor, escape, escape_both, prose, slug
from kb.walk import has_page
from kb.words import captions, frame, relations, vocabularies
from kb.words.pair import Bilingual, Pair

ROOT = "../../"


def beside(language: Language, id: str, file: str) -> str:
    """From a page in a folder to a ``file`` of technique ``id``, which both languages share."""
    return f"{ROOT}{language.shared}{KINDS['technique'].folder}/{id}/{file}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its Markdown, and the file that holds its content (None: it is computed)."""

    markdown: str
    source: str | None = None


def names(entry: Entry) -> Pair:
    """What pages call an entry, escaped."""
    return escape_both(called(entry))


def label(language: Language, entry: Entry) -> str:
    """The name of an entry, escaped; marked if it is in the other language."""
    return language.quote(language.say(names(entry)))


def entry_title(language: Language, entry: Entry) -> str:
    """The heading of an entry's own page: its other name, if there is one, beside it once."""
    own, full = names(entry), escape_both(name_of(entry))
    others = (language.other.say(own), language.say(full))
    other = next((one for one in others if one != language.say(own)), "")
    beside = tag("span", other, class_="other-name", lang=language.mark(other)) if other else ""
    place = slug(own.en) or entry.id
    return f"# {' '.join(filter(None, (label(language, entry), beside)))} {{#{place}}}\n\n"


def ref(language: Language, entry: Entry, text: str | None = None, up: str = "../") -> str:
    """A link from an entry's page to another entry's page; to the original where there is none."""
    if isinstance(entry.model, Article) and not has_page(entry):
        return anchor(text or label(language, entry), entry.model.url)
    return f"[{text or label(language, entry)}]({up}{path_of(entry)})"


def chip(inside: str) -> str:
    """One small label; ``inside`` is HTML."""
    return tag("span", inside, class_="chip")


def chips(language: Language, *groups: tuple[Pair, Iterable[str]]) -> str:
    """Rows of small labels: (caption, labels)."""
    rows = [(caption, "".join(map(chip, items))) for caption, items in groups]
    shown = [
        tag("div", tag("dt", language.say(caption)), tag("dd", row)) for caption, row in rows if row
    ]
    return tag("dl", *shown, class_="chips") + "\n"


def more(
    language: Language, entry: Entry, laid_out: frozenset[str]
) -> list[tuple[Pair, list[str]]]:
    """The fields that pages show and that are not ``laid_out``, as rows of labels.

    So a new field is on its page as soon as the model has it.
    """
    fields = ((name, said) for name, said in shown(type(entry.model)) if name not in laid_out)
    return [(said, _words(language, entry.model.__dict__[name])) for name, said in fields]


def _words(language: Language, value: object) -> list[str]:
    if isinstance(value, tuple):
        return [word for one in value for word in _words(language, one)]
    if isinstance(value, Text | Name):
        return [language.say(escape_both(Pair(value.en, value.zh)))]
    if isinstance(value, float):
        return [f"{value:g}"]
    return [language.quote(escape(str(value)))] if isinstance(value, str | int | date) else []


def topic_link(language: Language, topic: Entry, up: str = ROOT) -> str:
    """A link to a topic, inside HTML."""
    return inner_link(label(language, topic), f"{up}{address_of(topic)}")


def topic_chips(language: Language, graph: Graph, entry: Entry) -> list[str]:
    """Links to the topics of an entry, as chips."""
    topics = (graph.catalog.entries.get(id) for id in topics_of(entry))
    return [topic_link(language, topic) for topic in topics if topic]


def heading(language: Language, pair: Bilingual, anchor: str = "") -> str:
    """A heading; its anchor is made of the English words in both languages, if none is given."""
    return f"\n## {language.say(pair)} {{#{anchor or slug(pair.en)}}}\n\n"


def title(language: Language, pair: Bilingual) -> str:
    """The title of a page that is computed."""
    return f"# {language.say(pair)} {{#{slug(pair.en)}}}\n\n"


def section(language: Language, pair: Bilingual, body: str) -> str:
    """A heading with its body; nothing at all if the body is empty."""
    return heading(language, pair) + body.rstrip("\n") + "\n" if body.strip() else ""


def row(*cells: str) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def table(language: Language, heads: Iterable[Bilingual], rule: str, rows: Iterable[str]) -> str:
    """A Markdown table; ``rule`` is the line below its head."""
    return "\n".join([row(*map(language.say, heads)), rule, *rows]) + "\n"


def why(language: Language, text: Text | None) -> str:
    """The sentence that says why, on lines of its own."""
    return tag("span", prose(language.say(text)), class_="why") if text else ""


def bullet(language: Language, inside: str, reason: Text | None = None) -> str:
    """One line of a list, with the sentence that says why."""
    return f"- {inside} {why(language, reason)}".rstrip()


def labelled(language: Language, name: Pair, value: str) -> str:
    """A name with its value behind it."""
    return language.say(captions.LABELLED.fill(name=name, value=value)).rstrip()


def aside(language: Language, name: str, said: Pair) -> str:
    """``name`` with what is said of it in brackets."""
    return language.say(captions.ASIDE.fill(name=name, aside=said))


def strong(language: Language, pair: Pair) -> str:
    """A caption."""
    return f"**{language.say(pair)}**"


def status_badge(language: Language, entry: Entry) -> str:
    """On what the entry rests."""
    status = evidence.status(entry)
    words_of = language.say(vocabularies.STATUS[status])
    return inner_link(words_of, f"{ROOT}status/", class_=f"status status-{status}")


def short(url: str, room: int = 72) -> str:
    """An address as a reader wants to see it: without scheme, its middle left out if it is long."""
    decoded = unquote(url)
    text = (
        (decoded if decoded.isprintable() else url)
        .split("://", 1)[-1]
        .removeprefix("www.")
        .rstrip("/")
    )
    return text if len(text) <= room else f"{text[: room - 29]}…{text[-28:]}"


_NO_KIN = frozenset({"implements", "topics", "lists", "mentions"})
"""A toolbox, a topic and a list hold many things that have nothing else in common."""


def related(language: Language, graph: Graph, entry: Entry, limit: int = 6) -> str:
    """The nearest entries that are no neighbours, by the neighbour that both share; each with what
    it is to that one, in a few words."""
    known = graph.catalog.entries
    neighbours = {step.to for step in graph.steps(entry.id)}
    further = [
        near
        for near in graph.near(entry.id, limit * 6, _NO_KIN)
        if near.id not in neighbours and known[near.id].kind not in ("topic", "list")
    ]
    groups: dict[str, list[str]] = {}
    for near in further[:limit]:
        line = bullet(language, ref(language, known[near.id]))
        said = tag("span", language.say(_kinship(near)), class_="kin")
        groups.setdefault(near.steps[0].to, []).append(f"{line} {said}")
    return "\n\n".join(
        f"{_by_way_of(language, known[id])}\n\n" + "\n".join(lines) for id, lines in groups.items()
    )


def _by_way_of(language: Language, entry: Entry) -> str:
    return f"**{ref(language, entry)}**"


def _kinship(near: Near) -> Pair:
    """What ``near`` is to the neighbour that leads to it."""
    last = near.steps[-1]
    said = relations.RELATION_WORDS[last.edge.relation]
    return said.kin if last.inverse else said.inverse_kin


def around(language: Language, graph: Graph, entry: Entry) -> str:
    """The small map around an entry, in a box that shows the form that fits into it."""
    drawn = small_map.draw(language, graph, entry.id)
    return f"{tag('div', drawn, class_='map-frame around')}\n\n" if drawn else ""


def crumbs(language: Language, graph: Graph, entry: Entry) -> str:
    """The way from the home page to the entry, through its first topic or the topic above it."""
    relation = "broader" if isinstance(entry.model, Topic) else "topics"
    above = [edge.target for edge in graph.out(entry.id, relation)[:1]]
    steps = [
        inner_link(language.say(captions.HOME), ROOT),
        *(topic_link(language, graph.catalog.entries[id]) for id in above),
        inner_link(language.say(KINDS[entry.kind].names), f"{ROOT}browse/?kind={entry.kind}"),
    ]
    said = language.say(frame.BREADCRUMBS)
    return tag("nav", " › ".join(steps), class_="crumbs", aria_label=said) + "\n\n"


def kind_line(language: Language, entry: Entry) -> str:
    """The line under the title: kind, form and status."""
    form = form_of(entry)
    shown = [KINDS[entry.kind].names, *([vocabularies.FORMS[form]] if form else [])]
    badge = status_badge(language, entry) if isinstance(entry.model, Unproven) else ""
    return tag("p", f"{' · '.join(map(language.say, shown))} {badge}", class_="kind-line") + "\n\n"


def where(facts: Iterable[str]) -> str:
    """The line under a title: what it is, where and when it appeared; ``facts`` are HTML."""
    items = (tag("span", one) for one in facts if one)
    return tag("p", *items, class_="kb-where") + "\n\n"


def buttons(links: Iterable[str]) -> str:
    """Links to what one may want to open, as HTML, in a row."""
    shown = [tag("span", one, class_="kb-button") for one in links]
    return tag("p", *shown, class_="kb-getit") + "\n\n" if shown else ""


def form(language: Language, entry: Entry) -> str:
    """The form of an entry, or its kind where it has no form."""
    name = form_of(entry)
    return language.say(vocabularies.FORMS[name] if name else KINDS[entry.kind].names)


def original(language: Language, entry: Entry, model: Article) -> str:
    """An article in a line: its title leads to the original; form, publisher and day beside it.

    A page of ours is linked only where it says more.
    """
    said = [form(language, entry), model.publisher, str(model.published or "")]
    more = [ref(language, entry, language.say(captions.OUR_NOTES))] if has_page(entry) else []
    beside = [*(language.quote(escape(one)) for one in said if one), *more]
    return " · ".join([anchor(label(language, entry), model.url), *beside])


def opening(language: Language, graph: Graph, entry: Entry) -> str:
    """The top of an entry's page: the way to it, its name, its kind."""
    above, below = crumbs(language, graph, entry), kind_line(language, entry)
    return f"{above}{entry_title(language, entry)}{below}"
