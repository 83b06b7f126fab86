"""The JSON Schema of each kind of entry, for editors."""

import json
from collections.abc import Iterable, Mapping
from typing import TypeVar

from kb.schema.marks import Fact, Mark, Relates
from kb.schema.paper import ARXIV, DOI
from kb.schema.parts import Model

_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "an id: a-z, 0-9 and single hyphens",
    r"^[a-z][a-z0-9-]*$": "the key of a source: a-z, 0-9 and hyphens, a letter first",
    DOI: "a DOI such as 10.1109/5.771073, without any prefix",
    ARXIV: "an arXiv id such as 1905.11946, in quotes and without version",
}
"""What editors say in place of a regular expression."""
_KEYS = ("paper", "proceedings", "text", "code", "snippet", "ours")
"""Keys of sources that entries use most."""
M = TypeVar("M", bound=Mark)
Ids = Mapping[str, Iterable[str]]


def files(
    models: Mapping[str, type[Model]], tables: Mapping[str, type[Model]], ids: Ids | None = None
) -> dict[str, str]:
    """File name to JSON Schema: of each kind's model, and of each table from keys to its model.

    ``ids`` are those to which each relation may lead; editors offer them.
    """
    schemas = {
        f"{kind}.json": _offering(model.model_json_schema(), model, ids or {})
        for kind, model in models.items()
        if model not in tables.values()
    }
    schemas |= {f"{name}.json": _table(name, model) for name, model in tables.items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps(head | _saying(schema), ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def _table(name: str, model: type[Model]) -> dict[str, object]:
    one = model.model_json_schema()
    definitions = one.pop("$defs", {})
    whole = {"title": name.capitalize(), "type": "object", "additionalProperties": one}
    return whole | ({"$defs": definitions} if definitions else {})


def _saying(schema: dict[str, object]) -> dict[str, object]:
    """``schema`` with words beside each regular expression."""
    said = {key: _within(value) for key, value in schema.items()}
    form = _FORMS.get(str(schema.get("pattern")))
    if form:
        said["patternErrorMessage"] = said["errorMessage"] = f"expected {form}"
    return said


def _within(value: object) -> object:
    if isinstance(value, dict):
        return _saying(value)
    return [_within(one) for one in value] if isinstance(value, list) else value


def _offering(schema: dict[str, object], model: type[Model], ids: Ids) -> dict[str, object]:
    """``schema`` with what editors offer: facts, keys of sources, and ``ids`` of other entries."""
    every: set[str] = set()
    for name, relation in _marked(model, Relates):
        offered = sorted(ids.get(relation.relation, ()))
        every |= set(offered)
        if offered:
            _offer(_at(schema, "properties", name), offered)
    facts = [fact.name or name for name, fact in _marked(model, Fact)]
    _offer(_at(schema, "$defs", "Source", "properties", "supports"), facts)
    for alternative in _alternatives(schema, "Cite"):
        _offer(_at(alternative, "properties", "key") or alternative, list(_KEYS))
    for part in ("Tie", "EdgeTo", "About") if every else ():
        for alternative in _alternatives(schema, part):
            _offer(_at(alternative, "properties", "id"), sorted(every))
    return schema


def _alternatives(schema: dict[str, object], part: str) -> list[dict[str, object]]:
    """The forms in which ``part`` may be typed: short and in full."""
    found = _at(schema, "$defs", part)
    some = found.get("anyOf")
    return [one for one in some if isinstance(one, dict)] if isinstance(some, list) else [found]


def _marked(model: type[Model], mark: type[M]) -> list[tuple[str, M]]:
    return [
        (name, one)
        for name, field in model.model_fields.items()
        for one in field.metadata
        if isinstance(one, mark)
    ]


def _at(schema: object, *keys: str) -> dict[str, object]:
    """What stands at ``keys``; an empty mapping if nothing does."""
    for key in keys:
        schema = schema.get(key) if isinstance(schema, dict) else None
    return schema if isinstance(schema, dict) else {}


def _offer(field: dict[str, object], words: list[str]) -> None:
    """Let editors offer ``words`` for ``field``, or for its items."""
    items = field.get("items")
    if isinstance(items, dict) and "$ref" in items:
        field["items"] = {"anyOf": [{"type": "string", "examples": words}, items]}
    elif isinstance(items, dict):
        items["examples"] = words
    elif field:
        field["examples"] = words
