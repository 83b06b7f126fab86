"""Targets: every address that the catalogue names, where it stands, and the title that is expected there."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.catalog import Catalog, Entry
from kb.source.reader import Keys


@dataclass(frozen=True, slots=True)
class Target:
    """One address at one place of one entry.

    ``title`` is what the page should call itself; None where the entry does not say, as for pages of evidence.
    """

    url: str
    entry: Entry
    keys: Keys
    title: str | None = None


def targets(catalog: Catalog) -> list[Target]:
    """All targets, in the order of entries and fields. An address that stands in several places is there several times."""
    return [target for entry in catalog.entries.values() for target in _of(entry)]


def _of(entry: Entry) -> Iterator[Target]:
    model, title = entry.model, getattr(entry.model, "title", None)
    if getattr(model, "url", None):
        yield Target(model.url, entry, ("url",), title)
    if getattr(model, "arxiv", None):
        yield Target(f"https://arxiv.org/abs/{model.arxiv}", entry, ("arxiv",), title)
    if getattr(model, "doi", None):
        yield Target(f"https://doi.org/{model.doi}", entry, ("doi",), title)
    for name, field in (
        ("links", "url"),
        ("about", "source"),
        ("copies", "url"),
        ("evidence", "url"),
    ):
        for number, part in enumerate(getattr(model, name, ())):
            if address := getattr(part, field, None):
                yield Target(address, entry, (name, number, field))
