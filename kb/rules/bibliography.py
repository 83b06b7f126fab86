"""Rules on citations: names in their own order, venues that the table knows."""

from collections.abc import Iterator

from kb.kinds import VENUES
from kb.names import Inverted, read
from kb.near import Nearest, asked
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Paper


def inverted_name(knowledge: Knowledge) -> Iterator[Trouble]:
    """A plain name is written as bibliographies sort it, or names nobody.

    Why it matters: citations and the id of the paper are made of it.

    Example:

        authors: ["Tan, Mingxing"]

    Instead: Mingxing Tan; in parts where the family name cannot be told: {given: …, family: …}
    """
    for entry in knowledge.of(Paper):
        for number, author in enumerate(entry.model.authors or ()):
            if author is None:
                continue
            found = read(author.name) if author.name else None
            if isinstance(found, Inverted):
                yield Trouble(
                    entry,
                    ("authors", number),
                    f"`{author.name}` is inverted",
                    f"write `{found.instead}`",
                )
            elif not (author.name or author.family or author.organization) and not entry.faulty:
                yield Trouble(
                    entry,
                    ("authors", number),
                    "an author without a name",
                    "write a plain name, or `family` and `given`, or `organization`",
                )


def unknown_venue(knowledge: Knowledge) -> Iterator[Trouble]:
    """A paper appeared at a venue that the table of venues does not have.

    Why it matters: citations take the title of the proceedings from there.

    Example:

        venue: {id: imcl, year: 2019}

    Instead: use an id of `venues.yaml`, or add the venue there.
    """
    known, near = knowledge.catalog.venues, Nearest()
    if VENUES in knowledge.catalog.unsure:
        return
    for entry in knowledge.of(Paper):
        venue = entry.model.venue
        if venue and venue.id and venue.id not in known:
            yield Trouble(
                entry,
                ("venue", "id"),
                f"there is no venue `{venue.id}`",
                asked(near(venue.id, VENUES, known)) or "add it to `venues.yaml`",
            )
