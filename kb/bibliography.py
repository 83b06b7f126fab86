"""What a citation needs: names in parts, the venue from its table, one address of one document."""

from dataclasses import dataclass, replace
from typing import Literal

from kb.addresses import split
from kb.catalog import Catalog
from kb.hosts import HostKind, account, place
from kb.names import Inverted, Organization, Person, read
from kb.schema import Appearance, Author, Paper, Source, Venue

Sort = Literal["conference", "journal", "thesis", "report", "preprint"]
_SORTS: dict[str, Sort] = {
    "conference": "conference",
    "workshop": "conference",
    "journal": "journal",
    "thesis": "thesis",
    "report": "report",
    "preprint": "preprint",
}
MASTER = "Master's thesis"
_DEGREES = {"doctor": "Doctoral dissertation", "master": MASTER}
_DOI_OF_ARXIV = "10.48550/arxiv."


@dataclass(frozen=True, slots=True)
class Published:
    """Where a paper appeared: the ``venue``, and the full name it had in that year."""

    venue: Venue
    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The facts of a citation, of the one document that is cited; what is unknown is empty.

    ``container``: proceedings or journal. ``number``: of the issue, the report or the preprint.
    ``publisher``: of a thesis the university, of a report the institution, of a preprint the
    archive. ``genre``: which thesis or report. ``url`` stands only where there is no ``doi``.
    """

    sort: Sort
    title: str
    authors: tuple[Person | Organization, ...]
    year: int
    doi: str
    url: str
    container: str = ""
    short: str = ""
    series: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    place: str = ""
    genre: str = ""
    arxiv: str = ""


def reference(catalog: Catalog, paper: Paper) -> Reference:
    """What a citation of ``paper`` says, in any format."""
    found = published(catalog, paper)
    sort = _sort(paper, found)
    doi = _doi(paper, sort)
    cited = Reference(
        sort=sort,
        title=paper.title,
        authors=tuple(parts(author) for author in paper.authors),
        year=paper.venue.year if paper.venue else paper.year,
        doi=doi,
        url="" if doi else _address(paper, sort),
        genre=_genre(paper, sort),
    )
    if sort == "preprint":
        return _in_archive(cited, paper, found)
    return _in_venue(cited, paper.venue, found) if found and paper.venue else cited


def _sort(paper: Paper, found: Published | None) -> Sort:
    if found:
        return _SORTS[found.venue.type]
    return "thesis" if paper.form == "thesis" else "report" if _is_report(paper) else "preprint"


def _is_report(paper: Paper) -> bool:
    """Whether a paper without a venue is a report that stands in no archive."""
    return paper.form == "report" and not paper.arxiv


def _genre(paper: Paper, sort: Sort) -> str:
    if sort == "report":
        return "Technical report"
    degree = paper.venue.degree if paper.venue else None
    return _DEGREES[degree or "doctor"] if sort == "thesis" else ""


def _in_archive(cited: Reference, paper: Paper, found: Published | None) -> Reference:
    """A preprint: its archive, and its number there."""
    archive = found.name if found else _archive(paper)
    arxiv = _arxiv(paper) if archive.casefold() == "arxiv" else ""
    given = paper.venue.number or "" if paper.venue else ""
    return replace(
        cited, publisher=archive, number=f"arXiv:{arxiv}" if arxiv else given, arxiv=arxiv
    )


def _archive(paper: Paper) -> str:
    """The archive of a paper without a venue; a publisher's DOI says that it appeared elsewhere."""
    return "arXiv" if _arxiv(paper) and (not paper.doi or _of_arxiv(paper.doi)) else ""


def _arxiv(paper: Paper) -> str:
    """The id on arXiv, which its DOI holds, too."""
    doi = paper.doi or ""
    return paper.arxiv or (doi[len(_DOI_OF_ARXIV) :] if _of_arxiv(doi) else "")


def _in_venue(cited: Reference, at: Appearance, found: Published) -> Reference:
    venue = found.venue
    stands_alone = cited.sort in ("thesis", "report")
    return replace(
        cited,
        container="" if stands_alone else found.name,
        short="" if stands_alone else venue.short,
        series=venue.series or "",
        volume=at.volume or volume(venue, at.year),
        number=at.number or "",
        pages=at.pages or "",
        publisher=found.name if stands_alone else publisher(venue, at.year),
        place=venue.place or "",
    )


def _doi(paper: Paper, sort: Sort) -> str:
    """The DOI of the document that is cited: of a publication not arXiv's, of a preprint on arXiv
    no other; a paper without a venue may have either."""
    doi = paper.doi or ""
    if paper.venue is None:
        return doi
    on_arxiv = sort == "preprint" and bool(paper.arxiv)
    return doi if _of_arxiv(doi) == on_arxiv else ""


def _of_arxiv(doi: str) -> bool:
    return doi.lower().startswith(_DOI_OF_ARXIV)


def _address(paper: Paper, sort: Sort) -> str:
    """The address of the publication; arXiv's for preprints and for texts that stand nowhere else.

    A publication's page is a source at its publisher that says the title and the venue or year.
    """
    arxiv = f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""
    if sort == "preprint" and arxiv:
        return arxiv
    pages = [source for source in paper.sources.values() if _publication(source)]
    best = max(pages, key=_support, default=None)
    return best.url if best else arxiv


def _publication(source: Source) -> bool:
    parts = split(source.url)
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    said = set(source.supports)
    return (
        "title" in said
        and bool(said & {"venue", "year"})
        and place(source.url).kind is HostKind.PRIMARY
        and not account(source.url)
        and not host.endswith("arxiv.org")
    )


def _support(source: Source) -> int:
    return len({"title", "authors", "year", "venue"} & set(source.supports))


def parts(author: Author) -> Person | Organization:
    """The name of ``author`` in parts: as typed, or by the table of names.

    An inverted name is turned round.
    """
    if author.organization:
        return Organization(author.organization)
    if author.family:
        return Person(author.given or "", author.family, author.suffix or "")
    plain = author.name or author.given or author.zh or ""
    found = read(plain)
    if isinstance(found, Inverted):
        found = read(found.instead)
    return Person("", plain) if isinstance(found, Inverted) else found


def printed(author: Author) -> str:
    """The name as a reader sees it, given name first."""
    if author.name:
        return author.name
    match parts(author):
        case Organization(name):
            return name
        case Person(given, family, suffix):
            return " ".join(filter(None, (given, family, suffix)))


def published(catalog: Catalog, paper: Paper) -> Published | None:
    """Where ``paper`` appeared; a venue that the table does not have is called by its id."""
    if paper.venue is None:
        return None
    id = paper.venue.id
    venue = catalog.venues.get(id) or Venue.model_construct(short=id, name=id, type="conference")
    return Published(venue, _name(venue, paper.venue))


def _name(venue: Venue, at: Appearance) -> str:
    """The title that the venue had in that year, with its slots filled."""
    name = venue.name
    for later in sorted(venue.renamed, key=lambda one: one.since):
        name = later.name if at.year >= later.since else name
    edition = at.year - venue.year_zero if venue.year_zero else 0
    slots = {
        "{year}": str(at.year),
        "{number}": at.number or "",
        "{ordinal}": ordinal(edition) if edition > 0 else "",
    }
    for slot, value in slots.items():
        name = name.replace(slot, value)
    return " ".join(name.split())


def volume(venue: Venue, year: int) -> str:
    """The volume of ``year``, of a venue whose volumes are counted by the year; else nothing."""
    counted = venue.volumes
    if not counted or year < (counted.since or counted.zero + 1):
        return ""
    return str(year - counted.zero)


def publisher(venue: Venue, year: int) -> str:
    """Who published the proceedings of ``year``; empty if the table does not say."""
    former = sorted(venue.former_publishers, key=lambda one: one.until)
    return next((one.name for one in former if year <= one.until), venue.publisher or "")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th …"""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def short(catalog: Catalog, paper: Paper) -> str:
    """The usual short name of the venue of ``paper``; nothing if it has none."""
    found = published(catalog, paper)
    return found.venue.short or "" if found else ""
