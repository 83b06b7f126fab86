"""The catalogue as one JSON text that travels to a page, and what a page makes of it again.

To read YAML takes a page long, so the entries travel as JSON, with the text of their files for the
places of what clashes.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kb.catalog import Catalog, CatalogPart, Entry
from kb.kinds import KINDS
from kb.schema import Model, Venue
from kb.source.places import Places


def carried(catalog: Catalog) -> str:
    """The whole entries of ``catalog``, the texts of their files, and its venues, as JSON."""
    known = catalog.entries.values()
    held = {
        "entries": [
            [one.kind, one.id, one.path, list(one.prefix), _written(one.model)] for one in known
        ],
        "texts": {one.path: one.text for one in known},
        "venues": {id: _written(venue) for id, venue in catalog.venues.items()},
    }
    return json.dumps(held, ensure_ascii=False)


def unpacked(text: str) -> CatalogPart:
    """What `carried` wrote, to be joined with parts that are read from files."""
    held = json.loads(text)
    venues = {id: Venue.model_validate_json(said) for id, said in held["venues"].items()}
    places = {path: Places(text) for path, text in held["texts"].items()}
    return CatalogPart(tuple(_entries(held, places)), venues=venues)


def _written(model: Model | Venue) -> str:
    return model.model_dump_json(by_alias=True, exclude_unset=True)


def _entries(held: dict[str, Any], places: Mapping[str, Places]) -> Iterator[Entry]:
    for kind, id, path, prefix, said in held["entries"]:
        model = KINDS[kind].model.model_validate_json(said)
        text = held["texts"][path]
        yield Entry(kind, id, model, path, text, places[path], tuple(prefix))
