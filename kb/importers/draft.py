"""Drafts an entry from what records say: every fact with its source, what nobody said left blank.

Pure.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.addresses import normal
from kb.catalog import Catalog
from kb.citekey import citekeys, variants
from kb.importers.join import Joined, joined
from kb.importers.known import KnownEntry, Work, known
from kb.importers.recognize import Recognized
from kb.importers.record import AuthorName, WorkRecord
from kb.importers.same import printed
from kb.importers.topics import TopicSuggestions, suggested
from kb.importers.venues import venue_id
from kb.kinds import of_model
from kb.meant import year_of_arxiv
from kb.names import Person, read
from kb.schema import Model, Paper, Technique
from kb.source.files import RawFile
from kb.source.write import Plain, written

_KEYS = {
    "aclanthology.org": "proceedings",
    "arxiv.org": "paper",
    "doi.org": "doi",
    "openreview.net": "openreview",
}
_UNNAMED = (
    "the name of the file cannot be made of {}: write family name, year and first word of the "
    "title in Latin letters, as `kb rename unnamed wang2021pruning`"
)
_FACTS = ("title", "authors", "year", "venue", "arxiv", "doi", "code")
_SURVEY = re.compile(r"\b(survey|review|overview)\b|综述", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A new file, what was found out on the way, and what only a person can write into it."""

    file: RawFile
    notes: tuple[str, ...]
    lacks: tuple[str, ...]


class Duplicate(Exception):
    """The work is in the catalogue already, or seems to be; the message says where and why."""

    def __init__(self, found: KnownEntry) -> None:
        place = f"`{found.entry.path}`"
        super().__init__(
            f"already in {place}: {found.why}"
            if found.sure
            else f"perhaps already in {place}: {found.why}; if not, add it with `--anyway`"
        )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller decides: the day, the id if not the usual one, and whether to add a work that
    resembles a known one."""

    today: datetime.date
    id: str = ""
    anyway: bool = False


def paper(
    catalog: Catalog,
    records: Sequence[WorkRecord],
    wishes: Wishes,
    reference: Recognized | None = None,
) -> Draft:
    """The entry of the paper of which ``records`` speak. Raises Duplicate, AnotherWork."""
    ordered = sorted(records, key=lambda one: (not one.confirmed, one.preprint))
    named = [replace(one, venue=venue_id(one.venue, one.year, catalog)) for one in ordered]
    whole = joined(named)
    work = _work(whole, named, reference)
    refuse_known(catalog, Paper, work, wishes)
    id = wishes.id or _paper_id(catalog, work) or _fallback_id(catalog, work, reference)
    abstract = next((one.abstract for one in ordered if one.abstract), "")
    near = suggested(catalog, work.title, abstract)
    sources = _sources(named, whole, wishes.today)
    data = {
        "title": whole.record.title,
        "authors": [typed(one) for one in whole.record.authors],
        **given(year=whole.record.year or _year_of(reference)),
        "form": _form(named, work.title),
        **given(venue=_venue(whole)),
        **given(arxiv=work.arxiv, doi=work.doi, links=_links(whole)),
        "topics": list(near.topics),
        "summary": {"en": "", "zh": ""},
        **given(sources=sources),
    }
    notes = (
        *whole.left_out,
        *_some_authors(whole, named),
        *_about_venue(ordered, named),
        *(n for one in ordered for n in one.notes),
        *(_yearless(whole)),
        *((_UNNAMED.format(_made_of(work)),) if id.startswith("unnamed") else ()),
    )
    return Draft(
        file_of(Paper, id, data),
        (*notes, *about_topics(near)),
        tuple(_lacks(data, whole, ordered, near)),
    )


def _yearless(whole: Joined) -> list[str]:
    """What to say of a venue that is known, but not of which year."""
    if not whole.record.venue or whole.record.year:
        return []
    id = whole.record.venue
    return [f"`venue` is left out, as no year is known; then add {{id: {id}, year: …}}"]


def _made_of(work: Work) -> str:
    """Of what no id can be made."""
    if not work.title:
        return "a record without a title"
    chinese = re.search("[\u3400-\u9fff]", work.title)
    return "Chinese" if chinese else f"the title `{work.title[:60]}`"


def typed(name: AuthorName) -> Plain:
    """``name`` as an author of an entry: plain where the table of names reads it right."""
    if name.organization:
        return {"organization": name.organization}
    if not name.family:
        return printed(name)
    whole = printed(name)
    if read(whole) == Person(name.given, name.family, name.suffix):
        return whole
    return given(given=name.given, family=name.family, suffix=name.suffix)


def _work(whole: Joined, records: Sequence[WorkRecord], reference: Recognized | None) -> Work:
    """What the work is, even where records differ: then as the firmest of them says."""
    agreed, meant = whole.record, reference.kind if reference else ""
    id = reference.id if reference else ""
    return Work(
        title=next((one.title for one in (agreed, *records) if one.title), ""),
        authors=next((one.authors for one in (agreed, *records) if one.authors), ()),
        year=next((one.year for one in (agreed, *records) if one.year), None),
        arxiv=agreed.arxiv or (id if meant == "arxiv" else ""),
        doi=agreed.doi or (id if meant == "doi" else ""),
        addresses=[*(one.url for one in records), reference.url if reference else ""],
    )


def refuse_known(catalog: Catalog, model: type[Model], work: Work, wishes: Wishes) -> None:
    """Raise Duplicate if the catalogue has ``work``, or something that resembles it."""
    found = known(catalog, of_model(model).name, work)
    if found and (found.sure or not wishes.anyway):
        raise Duplicate(found)


def _paper_id(catalog: Catalog, work: Work) -> str:
    """The usual id, or the next one if another paper has it; nothing if it cannot be told."""
    if not (work.authors and work.title and work.year):
        return ""
    author = typed(work.authors[0])
    plain = (
        author if isinstance(author, str) else work.authors[0].family or printed(work.authors[0])
    )
    usual = citekeys(plain, work.year, work.title)
    return free(catalog, [usual[0], *variants(usual[0])]) if usual else ""


def free(catalog: Catalog, ids: Sequence[str]) -> str:
    """The first of ``ids`` that no entry has, or had."""
    former = {old for entry in catalog.entries.values() for old in entry.model.formerly}
    return next((id for id in ids if not catalog.known(id) and id not in former), "")


def _fallback_id(catalog: Catalog, work: Work, reference: Recognized | None) -> str:
    """An id made of the identifier, or of the title, where the usual one cannot be told."""
    made = slug(f"{reference.kind} {reference.id}") if reference else slug(work.title)
    usual = made if re.search("[a-z]", made) else "unnamed"
    return free(catalog, [usual, *(f"{usual[:70]}-{number}" for number in range(2, 1000))])


def slug(text: str) -> str:
    """``text`` as an id."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80].strip("-")


def _year_of(reference: Recognized | None) -> int | None:
    """The year in which arXiv numbered the preprint."""
    if reference is None or reference.kind != "arxiv":
        return None
    return year_of_arxiv(reference.id)


def _form(records: Sequence[WorkRecord], title: str) -> str:
    said = next((one.form for one in records if one.form), "")
    return said or ("survey" if _SURVEY.search(title) else "research")


def _venue(whole: Joined) -> Mapping[str, Plain]:
    one = whole.record
    if not one.venue or not one.year:
        return {}
    numbers = given(volume=one.volume, number=one.number, pages=one.pages)
    return {"id": one.venue, "year": one.year, **numbers}


def _links(whole: Joined) -> list[Plain]:
    code = whole.record.code
    return [{"role": "code", "url": code}] if code else []


def _sources(
    records: Sequence[WorkRecord], whole: Joined, today: datetime.date
) -> dict[str, Mapping[str, Plain]]:
    """The pages of the records, each with the facts that it shows; one page is one source.

    What was not seen is named only where nothing was: then it is where to look.
    """
    confirmed = any(one.confirmed for one in records)
    found: dict[str, Mapping[str, Plain]] = {}
    pages: set[tuple[str, str]] = set()
    for at, one in enumerate(records):
        page = normal(one.url), one.read
        if not one.url or page in pages or (confirmed and not one.confirmed):
            continue
        pages.add(page)
        supports = [fact for fact in _FACTS if at in whole.said_by.get(fact, ()) and one.confirmed]
        if "venue" in supports and not _venue(whole):
            supports.remove("venue")
        found[_key(one, found)] = {
            "url": one.url,
            **given(read=one.read),
            "seen": one.seen or today,
            **given(supports=supports),
        }
    return found


def _key(record: WorkRecord, taken: Mapping[str, object]) -> str:
    host = record.url.split("/")[2].removeprefix("www.") if "//" in record.url else ""
    usual = _KEYS.get(host, "proceedings" if not record.preprint and record.venue else "record")
    return next(key for key in (usual, *(f"{usual}-{n}" for n in range(2, 99))) if key not in taken)


def _some_authors(whole: Joined, records: Sequence[WorkRecord]) -> list[str]:
    """What to say where no record names all authors."""
    partial = next((one for one in records if one.authors and not one.complete), None)
    if whole.record.authors or partial is None:
        return []
    return [f"`authors` is left out: only the first {len(partial.authors)} are named"]


def _about_venue(said: Sequence[WorkRecord], named: Sequence[WorkRecord]) -> list[str]:
    """What to do about a venue that is not known, or that is only hinted at."""
    if any(one.venue for one in named):
        return []
    names = dict.fromkeys(one.venue for one in said if one.venue)
    hints = dict.fromkeys(hint for one in said for hint in one.appeared)
    return [
        f"`venue` is left out: `venues.yaml` has no `{name}`; add it there, then to the entry"
        for name in names
    ] or [
        f"`venue` is left out: the authors tell arXiv `{hint}`; look there and fill it in, "
        "with `year`"
        for hint in hints
    ]


def about_topics(near: TopicSuggestions) -> list[str]:
    """What to say of topics that were proposed."""
    if not near.topics:
        return [
            "`topics` is left empty: nothing in the catalogue is near; they are in `topics.yaml`"
        ]
    named = ", ".join(near.topics)
    return [f"`topics` is proposed by words and neighbours: {named}; correct it if it is wrong"]


def _lacks(
    data: Mapping[str, Plain], whole: Joined, records: Sequence[WorkRecord], near: TopicSuggestions
) -> list[str]:
    blank = [f"`{name}`" for name in ("title", "authors", "year", "topics") if not data.get(name)]
    held = [fact for fact in _FACTS if fact in whole.said_by and (fact != "venue" or _venue(whole))]
    doubtful = [
        f"`{fact}`" for fact in held if not any(records[at].confirmed for at in whole.said_by[fact])
    ]
    found = [", ".join(blank)] if blank else []
    if doubtful:
        found.append(
            f"{', '.join(doubtful)}: compare with the paper's own page, then name them in "
            "`supports` of that source"
        )
    found.append(
        "`summary` in your own words, in both languages; "
        "add `summary` to `supports` of the page you read"
    )
    tied = [entry.id for entry in near.near if isinstance(entry.model, Paper | Technique)]
    ids = ", ".join(f"`{id}`" for id in tied[:3])
    found.append(
        "what ties it to another entry, with its `source`: `introduces`, `studies`, `builds_on`"
        + (f" (near it: {ids})" if ids else "")
    )
    return found


def file_of(model: type[Model], id: str, data: Mapping[str, Plain]) -> RawFile:
    """The file of a new entry."""
    kind = of_model(model)
    return written(f"catalog/{kind.path(id)}", kind.name, id, data)


def given(**fields: Plain | None) -> dict[str, Plain]:
    """Those of ``fields`` that hold something."""
    return {name: value for name, value in fields.items() if value}
