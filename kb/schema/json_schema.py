"""The JSON Schema of each kind of entry, for editors."""

import json
from collections.abc import Mapping

from kb.schema.parts import Model


def files(models: Mapping[str, type[Model]], tables: Mapping[str, type[Model]]) -> dict[str, str]:
    """File name to JSON Schema: of each kind's model, and of each table from keys to its model."""
    schemas = {
        f"{kind}.json": model.model_json_schema()
        for kind, model in models.items()
        if model not in tables.values()
    }
    schemas |= {f"{name}.json": _table(name, model) for name, model in tables.items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def _table(name: str, model: type[Model]) -> dict[str, object]:
    one = model.model_json_schema()
    definitions = one.pop("$defs", {})
    whole = {"title": name.capitalize(), "type": "object", "additionalProperties": one}
    return whole | ({"$defs": definitions} if definitions else {})
