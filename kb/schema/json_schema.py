"""The JSON Schema of each kind of entry, for editors."""

import json
from collections.abc import Mapping

from kb.schema.parts import Model


def files(models: Mapping[str, type[Model]]) -> dict[str, str]:
    """File name to JSON Schema, for each kind's model. Topics stand together in one file, so theirs describes the mapping."""
    schemas = {
        f"{kind}.json": model.model_json_schema()
        for kind, model in models.items()
        if kind != "topic"
    }
    topic = models["topic"].model_json_schema()
    definitions = topic.pop("$defs")
    schemas["topics.json"] = {
        "title": "Topics",
        "type": "object",
        "additionalProperties": topic,
        "$defs": definitions,
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }
