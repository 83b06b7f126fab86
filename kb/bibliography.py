"""What a citation needs: the names of authors in parts, and the venue from the table of venues."""

from dataclasses import dataclass

from kb.catalog import Catalog
from kb.names import Inverted, Organization, Person, read
from kb.schema import Author, Paper, Venue


@dataclass(frozen=True, slots=True)
class Published:
    """Where a paper appeared: the ``venue``, and the full name it had in that year."""

    venue: Venue
    name: str


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
    years = {"{year}": str(paper.venue.year), "{number}": paper.venue.number or ""}
    name = venue.name or id
    for slot, value in years.items():
        name = name.replace(slot, value)
    return Published(venue, " ".join(name.split()))


def short(catalog: Catalog, paper: Paper) -> str:
    """The usual short name of the venue of ``paper``; nothing if it has none."""
    found = published(catalog, paper)
    return found.venue.short or "" if found else ""
