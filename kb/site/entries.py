"""What pages, maps and search ask of an entry of any kind: names, page, form, year. Pure."""

from kb.catalog import Entry
from kb.kinds import KINDS, name
from kb.schema import Article, Model, Paper, ReadingList, Resource, Technique, Topic
from kb.words import Pair


def path_of(entry: Entry) -> str:
    """The page of an entry, from the root of the site."""
    return f"{KINDS[entry.kind].folder}/{entry.id}.md"


def address_of(entry: Entry) -> str:
    """The address of an entry's page, from the root of the site."""
    return f"{KINDS[entry.kind].folder}/{entry.id}/"


def name_of(entry: Entry) -> Pair:
    """The name or title of an entry; twice the same if there is only one."""
    return name(entry.model)


def topics_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the topics of an entry; none for a topic itself."""
    model: Model = entry.model
    if isinstance(model, Paper | Article | Resource | Technique | ReadingList):
        return model.topics
    return ()


def form_of(entry: Entry) -> str | None:
    """The form of a paper, an article or a resource."""
    model: Model = entry.model
    return model.form if isinstance(model, Paper | Article | Resource) else None


def year_of(entry: Entry) -> int | None:
    """The year of a paper or a technique, or in which an article was published."""
    model: Model = entry.model
    if isinstance(model, Paper):
        return model.year
    if isinstance(model, Technique):
        return model.origin.year if model.origin else None
    if isinstance(model, Article) and model.published:
        return model.published.year
    return None


def language_of(entry: Entry) -> str | None:
    """The language in which an article, a resource or a list is written."""
    model: Model = entry.model
    return model.language if isinstance(model, Article | Resource | ReadingList) else None
