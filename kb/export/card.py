"""What tables and graphs say of an entry of any kind: names, year, address."""

import datetime
from dataclasses import dataclass

from kb.bibliography import reference
from kb.catalog import Catalog, Entry
from kb.kinds import KINDS, name, of_facets
from kb.schema import Paper, Technique, Text
from kb.walk import addresses, said


@dataclass(frozen=True, slots=True)
class Card:
    """An entry in one row; ``year``, ``url`` and ``gist``, what it is about, where it has them."""

    id: str
    kind: str
    label: str
    label_zh: str
    year: int | None
    url: str | None
    gist: str | None
    gist_zh: str | None


def card(catalog: Catalog, entry: Entry) -> Card:
    """The card of ``entry``."""
    called, about = name(entry.model), _gist(entry)
    return Card(
        entry.id,
        entry.kind,
        called.en,
        called.zh,
        _year(catalog, entry),
        _url(catalog, entry),
        about.en if about else None,
        about.zh if about else None,
    )


def _gist(entry: Entry) -> Text | None:
    """A technique's idea, the summary of all else."""
    if isinstance(entry.model, Technique):
        return said(entry.model.idea)
    summary = entry.model.__dict__.get("summary")
    return summary if isinstance(summary, Text) else None


def _year(catalog: Catalog, entry: Entry) -> int | None:
    """The year; of a paper that in which it appeared, of a technique that of its origin."""
    if isinstance(entry.model, Paper):
        return reference(catalog, entry.model).year
    facets = of_facets(KINDS[entry.kind], entry.model)
    year, day = facets.get("year"), facets.get("published")
    if isinstance(day, datetime.date):
        return day.year
    return year if isinstance(year, int) else None


def _url(catalog: Catalog, entry: Entry) -> str | None:
    """The address of the text or thing that the entry describes; of a paper that of citations."""
    if isinstance(entry.model, Paper):
        cited = reference(catalog, entry.model)
        return f"https://doi.org/{cited.doi}" if cited.doi else cited.url or None
    return next((target.url for target in addresses(entry) if target.own), None)
