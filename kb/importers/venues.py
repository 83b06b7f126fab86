"""Which venue of the table a record means by what it calls it. Pure."""

import re
from collections.abc import Mapping

from kb.catalog import Catalog
from kb.schema import Paper, Venue

_ORDINAL = re.compile(
    r"\b(\d+(st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ])?"
    r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"\w+teenth|twentieth|thirtieth|fortieth|fiftieth))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(19|20)\d\d\b|'\d\d\b")
_FILL = frozenset(
    "proceedings proc of the on in and for ieee cvf acm annual international conference conf vol "
    "volume series part".split()
)
_TRACKS = re.compile(
    r"workshop|findings|companion|extended abstracts|tiny papers|blogpost|demonstrations|"
    r"student research|dataset and benchmarks track$",
    re.IGNORECASE,
)


def venue_id(said: str, year: int | None, catalog: Catalog) -> str:
    """The id of the venue that ``said`` names, or nothing.

    Of several of one name, the one whose papers in the catalogue lie nearest to ``year``.
    """
    words = _words(said)
    by_id = catalog.venues.get(said.lower())
    if by_id:
        words = _words(by_id.name)
    exact = [id for id, venue in catalog.venues.items() if words and words == _words(venue.name)]
    found = exact or [id for id, venue in catalog.venues.items() if _abbreviated(venue, said)]
    if len({catalog.venues[id].name for id in found}) > 1:
        return ""
    return min(found, key=lambda id: _distance(catalog, id, year), default="")


def _words(text: str) -> frozenset[str]:
    bare = re.sub(r"\(.*?\)|\{.*?\}", " ", text)
    bare = _YEAR.sub(" ", _ORDINAL.sub(" ", bare)).lower()
    words = frozenset(re.findall(r"[^\W_]+", bare)) - _FILL
    return frozenset(word for word in words if not word.isdigit())


def _abbreviated(venue: Venue, said: str) -> bool:
    """Whether the usual short name stands in ``said``, and no track of its own is meant."""
    if venue.type in ("preprint", "thesis") or len(venue.short) < 3:
        return False
    if _TRACKS.search(said) and not _TRACKS.search(venue.name):
        return False
    return bool(re.search(rf"(?<![\w-]){re.escape(venue.short)}(?![\w-]|'s)", said))


def _distance(catalog: Catalog, id: str, year: int | None) -> int:
    years = _years(catalog).get(id)
    return min((abs(one - (year or one)) for one in years), default=99) if years else 99


def _years(catalog: Catalog) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for entry in catalog.of(Paper):
        if entry.model.venue:
            found.setdefault(entry.model.venue.id, []).append(entry.model.venue.year)
    return found
