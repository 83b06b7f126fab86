"""Drafts the entry of a repository, which is a resource, or of an article. Pure."""

import datetime
import re

from kb.catalog import Catalog
from kb.importers.draft import Draft, Wishes, about_topics, file_of, free, given, refuse_known, slug
from kb.importers.known import Work
from kb.importers.recognize import Recognized
from kb.importers.record import WorkRecord
from kb.importers.topics import suggested
from kb.schema import Article, Resource
from kb.source.write import Plain

_SURVEY = re.compile(r"综述|survey", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def resource(catalog: Catalog, record: WorkRecord, wishes: Wishes, reference: Recognized) -> Draft:
    """The entry of a repository. Raises Duplicate."""
    title = record.title or reference.id.split("/")[1]
    refuse_known(catalog, Resource, Work(title=title, addresses=[record.url]), wishes)
    near = suggested(catalog, title, record.abstract)
    facts = [("title", title), ("url", record.url), ("license", record.license)]
    supports = [name for name, value in [*facts, ("status", record.status)] if value]
    data: dict[str, Plain] = {
        "title": title,
        "url": record.url,
        "language": "en",
        "form": "library",
        "topics": list(near.topics),
        **given(license=record.license, status=record.status),
        "summary": {"en": "", "zh": ""},
        "sources": {"home": _source(record, wishes.today, supports)},
    }
    lacks = (
        *_blank(data),
        "`summary` in your own words, in both languages: what it is good for",
        "`form`: is it a library?",
        "what it implements, with its `source`, or what it is `about`",
        *_unseen(record),
    )
    notes = (*record.notes, *about_topics(near))
    return Draft(file_of(Resource, _id(catalog, wishes, slug(title)), data), notes, lacks)


def article(catalog: Catalog, record: WorkRecord, wishes: Wishes, reference: Recognized) -> Draft:
    """The entry of an article. Raises Duplicate."""
    refuse_known(catalog, Article, Work(title=record.title, addresses=[record.url]), wishes)
    near = suggested(catalog, record.title, "")
    day = datetime.date.fromisoformat(record.published) if record.published else None
    supports = [name for name in ("title", "publisher", "published") if getattr(record, name)]
    data: dict[str, Plain] = {
        "title": record.title,
        "title_en": "",
        "url": record.url,
        "language": "zh" if _CHINESE.search(record.title) or not record.title else "en",
        "form": "survey" if _SURVEY.search(record.title) else "explainer",
        **given(publisher=record.publisher, published=day),
        "topics": list(near.topics),
        "sources": {"page": _source(record, wishes.today, supports)},
    }
    named = slug(f"wechat {reference.url.rpartition('/')[2].rpartition('sn=')[2]}")
    lacks = (
        *_blank(data),
        "`title_en`, the title in English; a better id is made of it: `kb rename`",
        "`form`: is it an explainer, a survey, news …?",
        "what it is `about`, with its `basis`",
        *_unseen(record),
    )
    notes = (*record.notes, *about_topics(near))
    return Draft(file_of(Article, _id(catalog, wishes, named), data), notes, lacks)


def _source(record: WorkRecord, today: datetime.date, supports: list[str]) -> Plain:
    shown = supports if record.confirmed else []
    return {"url": record.url, **given(read=record.read), "seen": today, **given(supports=shown)}


def _blank(data: dict[str, Plain]) -> list[str]:
    empty = [f"`{name}`" for name in ("title", "topics") if not data[name]]
    return [", ".join(empty)] if empty else []


def _unseen(record: WorkRecord) -> list[str]:
    if record.confirmed:
        return []
    return ["look at the page, then name what it shows in `supports` of the source"]


def _id(catalog: Catalog, wishes: Wishes, usual: str) -> str:
    ids = (usual, *(f"{usual[:70]}-{number}" for number in range(2, 1000)))
    return wishes.id or free(catalog, ids)
