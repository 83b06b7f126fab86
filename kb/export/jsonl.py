"""One entry a line as JSON: kind, id, and the fields as in YAML, each in one shape."""

import json
from typing import Any

from kb.catalog import Catalog, Entry
from kb.export.characters import in_json
from kb.schema.parts import WHOLE, field_order


def jsonl(catalog: Catalog) -> str:
    """All entries, sorted by kind and id; dates as YYYY-MM-DD; keys in the order of the fields."""
    entries = sorted(catalog.entries.values(), key=lambda entry: (entry.kind, entry.id))
    return "".join(
        in_json(json.dumps(record(entry), ensure_ascii=False, allow_nan=False)) + "\n"
        for entry in entries
    )


def record(entry: Entry) -> dict[str, Any]:
    """The entry as plain data: what was typed, nothing computed.

    What YAML lets one type short is said in full, so that a field has one shape in all lines:
    names, relations, grounds and quantities are objects, values are {from, to}.
    """
    fields = entry.model.model_dump(mode="json", exclude_unset=True, by_alias=True, context=WHOLE)
    said = _said(fields)
    order = [name for name in field_order(type(entry.model)) if name != "id" and name in said]
    return {"kind": entry.kind, "id": entry.id} | {name: said[name] for name in order}


def _said(value: Any) -> Any:
    """``value`` without the fields that were typed and left empty, at any depth."""
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items() if one is not None}
    return [_said(one) for one in value] if isinstance(value, list) else value
