"""What pages, maps and search ask of an entry of any kind: names, page, form, year. Pure."""

from collections.abc import Sequence
from datetime import date

from kb.catalog import Catalog, Entry
from kb.findings import Finding, clean
from kb.kinds import KINDS, name, of_facets
from kb.schema import Paper, Technique, Text, Topic
from kb.walk import said
from kb.words.pair import Pair

_LITTLE = 48
"""How many characters a name has at most that is shown whole everywhere."""


def path_of(entry: Entry) -> str:
    """The page of an entry, from the root of the site."""
    return f"{KINDS[entry.kind].folder}/{entry.id}.md"


def address_of(entry: Entry) -> str:
    """The address of an entry's page, from the root of the site."""
    return f"{KINDS[entry.kind].folder}/{entry.id}/"


def findings_on(entry: Entry, known: Catalog, findings: Sequence[Finding]) -> list[Finding]:
    """Those of ``findings`` on ``entry``, and on what stands beside it in a folder of its own.

    ``known`` is its catalogue: of a file with all topics, each has the lines from its start on.
    """
    own, inside = clean(entry.path), clean(entry.path).removesuffix("entry.yaml")
    alone = KINDS[entry.kind].form != "folder"
    found = [
        one for one in findings if one.path == own or (not alone and one.path.startswith(inside))
    ]
    if not found or not isinstance(entry.model, Topic):
        return found
    topics = [*known.of(Topic), *known.broken.values()]
    starts = sorted(one.place(())[0] for one in topics if one.path == entry.path)
    start = entry.place(())[0]
    end = next((line for line in starts if line > start), None)
    return [one for one in found if start <= one.line and (end is None or one.line < end)]


def name_of(entry: Entry) -> Pair:
    """The name or title of an entry; twice the same if there is only one."""
    return name(entry.model)


def called(entry: Entry) -> Pair:
    """What pages call an entry: titles of papers stay as they are, in both languages."""
    model = entry.model
    return Pair(model.title, model.title) if isinstance(model, Paper) else name(model)


def short_of(entry: Entry) -> Pair:
    """What an entry is called where there is little room: a long title without its subtitle."""
    return Pair(*map(_short, (called(entry).en, called(entry).zh)))


def _short(name: str) -> str:
    head = name.split(": ", maxsplit=1)[0]
    return name if len(name) <= _LITTLE else head


def topics_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the topics of an entry; none for a topic itself."""
    topics = _facet(entry, "topics")
    return tuple(map(str, topics)) if isinstance(topics, tuple) else ()


def form_of(entry: Entry) -> str | None:
    """The form of an entry, if its kind has forms."""
    form = _facet(entry, "form")
    return form if isinstance(form, str) else None


def year_of(entry: Entry) -> int | None:
    """The year of an entry, or in which it was published; of a technique, that of its origin."""
    year, day = _facet(entry, "year"), _facet(entry, "published")
    return year if isinstance(year, int) else day.year if isinstance(day, date) else None


def language_of(entry: Entry) -> str | None:
    """The language in which a text is written that stands elsewhere."""
    language = _facet(entry, "language")
    return language if isinstance(language, str) else None


def gist_of(entry: Entry) -> Text | None:
    """What an entry is about in a sentence or two: its summary, a technique's idea."""
    if isinstance(entry.model, Technique):
        return said(entry.model.idea)
    summary = entry.model.__dict__.get("summary")
    return summary if isinstance(summary, Text) else None


def _facet(entry: Entry, name: str) -> object:
    return of_facets(KINDS[entry.kind], entry.model).get(name)
