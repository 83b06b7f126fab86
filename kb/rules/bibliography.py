"""Rules on citations: names in their own order, venues that the table knows."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from kb import meant
from kb.bibliography import volume
from kb.catalog import Entry
from kb.kinds import VENUES
from kb.names import Inverted, UnfitName, read, unfit, unpointed
from kb.near import Nearest, asked
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Paper, Venue
from kb.source.mends import Mend

_MOST = 100
"""How many of an entry's authors are named by one rule; more would teach nothing new."""
_LONG = 500
"""A list of more authors is not written anew for each name in it."""


def inverted_name(knowledge: Knowledge) -> Iterator[Trouble]:
    """A plain name is written as bibliographies sort it, or names nobody.

    Why it matters: citations and the id of the paper are made of it.

    Example:

        authors: ["Tan, Mingxing"]

    Instead: Mingxing Tan; in parts where the family name cannot be told: {given: …, family: …}
    """
    for entry in knowledge.of(Paper):
        yield from islice(_misnamed(entry), _MOST)


def _misnamed(entry: Entry[Paper]) -> Iterator[Trouble]:
    """The authors of ``entry`` who are inverted or have no name."""
    for number, author in enumerate(entry.model.authors or ()):
        if author is None:
            continue
        found = read(author.name) if author.name and "," in author.name else None
        if isinstance(found, Inverted) and not unfit(author.name or ""):
            better = _tidy(found.instead)
            yield Trouble(
                entry,
                ("authors", number),
                f"`{author.name}` is inverted",
                f"write `{better}`",
                _renamed(entry, number, (better,)),
            )
        elif not (author.name or author.family or author.organization) and not entry.faulty:
            yield Trouble(
                entry,
                ("authors", number),
                "an author without a name",
                "write a plain name, or `family` and `given`, or `organization`",
            )


def _tidy(name: str) -> str:
    """``name`` without what else is wrong with it, if that has one answer."""
    wrong = unfit(name)
    return wrong.instead[0] if wrong and len(wrong.instead) == 1 else name


def not_one_name(knowledge: Knowledge) -> Iterator[Trouble]:
    """A name holds something else: other names, `et al.`, a degree, a mark, an address.

    Or an author is named twice.

    Why it matters: citations and the id of the paper are made of names, and readers look for every
    author.

    Example:

        authors: [Geoffrey Hinton (Google), et al.]

    Instead: one item for each author, with nothing but the name.
    """
    for entry in knowledge.of(Paper):
        for number, found in islice(_unfit(entry.model), _MOST):
            yield Trouble(
                entry,
                ("authors", number),
                found.message,
                found.hint,
                _renamed(entry, number, found.instead),
            )


def _unfit(paper: Paper) -> Iterator[tuple[int, UnfitName]]:
    """The authors of ``paper`` whose name is not one, by number."""
    before = set()
    behind = unpointed(plain_names(paper))
    for number, author in enumerate(paper.authors or ()):
        if author and author.name and (found := unfit(author.name) or behind.get(number)):
            yield number, found
        elif author and author.name and author in before:
            yield (
                number,
                UnfitName(
                    f"`{author.name}` stands twice",
                    "delete one of them; if two people have that name, add `zh` to one, "
                    "or write one in parts: {given: …, family: …}",
                ),
            )
        before.add(author)


def plain_names(paper: Paper) -> list[str]:
    """The names of ``paper``'s authors; nothing for one who is typed in parts."""
    return [(author.name if author else None) or "" for author in paper.authors or ()]


def _renamed(entry: Entry[Paper], number: int, names: tuple[str, ...]) -> Mend | None:
    """What writes ``names`` for the author ``number``; for several the whole list is rewritten."""
    authors = entry.model.authors
    if len(names) == 1:
        alone = authors[number].model_fields_set == {"name"}
        written = bool(alone and entry.typed(("authors", number)))
        return Mend(("authors", number), names[0]) if written else None
    if not names or len(authors) > _LONG or not entry.knows("authors"):
        return None
    plain = [author.name for author in authors if author and author.name]
    if len(plain) < len(authors):
        return None
    return Mend(("authors",), (*plain[:number], *names, *plain[number + 1 :]))


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
            id = meant.word(venue.id, list(known)) or _by_name(venue.id, known)
            yield Trouble(
                entry,
                ("venue", "id"),
                f"there is no venue `{venue.id}`",
                f"write `{id}`"
                if id
                else asked(near(venue.id, VENUES, known)) or "add it to `venues.yaml`",
                Mend(("venue", "id"), id) if id else None,
            )


def labelled_number(knowledge: Knowledge) -> Iterator[Trouble]:
    """Volume, number or pages of a venue hold more than the number, or less.

    Such as a label, blanks, odd dashes, or one page of two.

    Why it matters: each style of citation writes its own labels and dashes around the bare number.

    Example:

        venue: {id: cvpr, year: 2019, pages: "pp. 6105 – 6114"}

    Instead: pages: 6105-6114
    """
    for entry in knowledge.of(Paper):
        for name in ("volume", "number", "pages"):
            typed = entry.model.venue.__dict__[name] if entry.model.venue else None
            better = _bare(name, typed or "")
            keys = ("venue", name)
            if typed and (lack := _lack(name, better)):
                yield Trouble(entry, keys, f"`{name}` is `{typed[:40]}`, {lack[0]}", lack[1])
            elif typed and better != typed:
                yield Trouble(
                    entry,
                    keys,
                    f"`{name}` is `{typed[:40]}`, more or less than the bare number",
                    f"write {better}",
                    Mend(keys, better) if entry.typed(keys) == typed else None,
                )


def contradicting_volume(knowledge: Knowledge) -> Iterator[Trouble]:
    """The volume of a paper is not that of its year, at a venue with a volume each year.

    Why it matters: a citation with a wrong volume leads to other proceedings.

    Example:

        venue: {id: neurips, year: 2019, volume: "31"}

    Instead: the volume of that year, 32, or none: the table of venues counts it.
    """
    for entry in knowledge.of(Paper):
        at = entry.model.venue
        if not (at and at.id and at.year and at.volume):
            continue
        venue = knowledge.catalog.venues.get(at.id)
        right = volume(venue, at.year) if venue else ""
        typed = _bare("volume", at.volume)
        if right and typed != right and not _lack("volume", typed):
            yield Trouble(
                entry,
                ("venue", "volume"),
                f"`volume` is `{at.volume[:40]}`, but that of {at.year} is {right}",
                f"write {right}; if the volume is right, correct the year",
            )


_LABELS = {
    "volume": re.compile(
        r"(?:vol(?:ume)?\b\.?|第)\s*(?=[\dIVX])|^v(?:ol(?:ume)?)?\.?(?=\d)|(?<=\d)\s*卷$",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"(?:no\b\.?|number\b|issue\b|iss\b\.?|第)\s*(?=\d)|^(?:no?|iss)\.?(?=\d)|(?<=\d)\s*期$",
        re.IGNORECASE,
    ),
    "pages": re.compile(
        r"(?:pp?\b\.?|pages?\b|第)\s*(?=\w)|\bpp?(?=\d)|(?<=\d)\s*页$|\.$", re.IGNORECASE
    ),
}
_SPAN = re.compile(r"(\d+)-(\d+)")
_DASHES = re.compile(r"\s*[-‐-―−~～－]+\s*")
_HOW_MANY = re.compile(r"\d+\s*(?:pages?|pp?\.?|页)", re.IGNORECASE)
_WITH_ISSUE = re.compile(r"(\w+)\s*[(（]\s*(\w+)\s*[)）]")


def _bare(name: str, typed: str) -> str:
    """The number in ``typed``, the value of the field ``name``."""
    if name == "pages" and _HOW_MANY.fullmatch(typed.strip()):
        return typed
    bare = _LABELS[name].sub("", typed.strip()[:100])
    if name != "pages":
        return bare
    bare = _DASHES.sub("-", bare)
    span = _SPAN.fullmatch(bare)
    if span and len(span[2]) < len(span[1]):  # 6105-14
        last = f"{span[1][: -len(span[2])]}{span[2]}"
        return f"{span[1]}-{last}" if int(last) > int(span[1]) else bare
    return bare


def _lack(name: str, bare: str) -> tuple[str, str] | None:
    """What is wrong with ``bare`` that nobody but the page can mend, and what to do."""
    if name == "volume" and (both := _WITH_ISSUE.fullmatch(bare)):
        return "volume and issue in one", f'write volume: "{both[1]}", number: "{both[2]}"'
    if name != "pages":
        return None
    if _HOW_MANY.fullmatch(bare):
        return "the number of pages", "write the first and the last page, such as 123-130"
    if bare.endswith("-") or bare.startswith("-"):
        which = "last" if bare.endswith("-") else "first"
        return f"without the {which} page", "write the first and the last page, such as 123-130"
    span = _SPAN.fullmatch(bare)
    if span and int(span[2]) < int(span[1]):
        return "a last page before the first", "look both pages up"
    return None


def _by_name(text: str, known: Mapping[str, Venue]) -> str:
    """The id of the one venue whose name, in either language, is ``text``, or nothing."""
    found = [id for id, venue in known.items() if meant.word(text, _words(venue))]
    return found[0] if len(found) == 1 else ""


def _words(venue: Venue) -> list[str]:
    return [value for value in venue.__dict__.values() if isinstance(value, str)]
