"""Reference pages that come from the code: rules and fields."""

from typing import Any

from kb.findings import FindingKind
from kb.kinds import models
from kb.paragraphs import PARAGRAPHS
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import escape, front_matter, prose
from kb.site.pages.parts import row, table, title
from kb.words import captions, reference

_ENGLISH = Language.ENGLISH
_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
}


def rules_index(kinds: list[FindingKind]) -> str:
    """All rules in one table."""
    rows = [
        row(
            f"[{kind.code}]({kind.name}.md)",
            f"[{kind.name}]({kind.name}.md)",
            escape(kind.what.splitlines()[0]),
        )
        for kind in kinds
    ]
    heads = (reference.CODE_COLUMN, reference.NAME_COLUMN, reference.FINDS)
    return "".join(
        (
            front_matter(_ENGLISH.say(reference.RULES_TITLE), _ENGLISH.say(reference.RULES_ABOUT)),
            title(_ENGLISH, reference.RULES_TITLE),
            f"{_ENGLISH.say(reference.RULES_ABOUT)}\n\n",
            _summary(reference.RULES_SUMMARY.zh),
            table(_ENGLISH, heads, "|---|---|---|", rows),
        )
    )


def _summary(chinese: str) -> str:
    """A paragraph in Chinese on a page that exists in English only."""
    return tag("p", prose(chinese), lang=Language.CHINESE.value) + "\n\n"


def rule(kind: FindingKind) -> str:
    """The page of one kind of finding: a paragraph in Chinese, then all of it in English."""
    what, why, instead = (text.replace("<", "&lt;") for text in (kind.what, kind.why, kind.instead))
    return (
        front_matter(f"{kind.code} {kind.name}", kind.what.splitlines()[0])
        + f"# {kind.code} {kind.name}\n\n{_summary(PARAGRAPHS[kind.name])}"
        + f"{what}\n\nWhy it matters: {why}\n\nExample:\n\n"
        + f"```yaml\n{kind.example}\n```\n\nInstead: {instead}\n"
    )


def fields() -> str:
    """Every field of every kind of entry, from the descriptions in the models."""
    parts = [
        front_matter(_ENGLISH.say(reference.FIELDS_TITLE), _ENGLISH.say(reference.FIELDS_ABOUT)),
        title(_ENGLISH, reference.FIELDS_TITLE),
        f"{_ENGLISH.say(reference.FIELDS_ABOUT)} {_ENGLISH.say(reference.FIELDS_REQUIRED)}\n\n",
        _summary(reference.FIELDS_SUMMARY.zh),
    ]
    shown: set[str] = set()
    for kind, model in models().items():
        schema = model.model_json_schema()
        parts.append(f"\n## {kind}\n\n{_table(schema)}")
        for name, part in schema.get("$defs", {}).items():
            body = _with_properties(part)
            if body and name not in shown:
                shown.add(name)
                about = _ENGLISH.english(escape(body.get("description", "")))
                parts.append(f"\n### {name}\n\n{about}\n\n{_table(body)}")
    return "".join(parts)


def _with_properties(part: dict[str, Any]) -> dict[str, Any] | None:
    """The part of a JSON Schema that lists fields, if it has one."""
    return next((one for one in (part, *part.get("anyOf", [])) if "properties" in one), None)


def _table(schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    rows = [
        row(
            f"`{name}`",
            "●" if name in required else "",
            escape(_type(field)),
            _ENGLISH.english(escape(field.get("description", ""))),
        )
        for name, field in schema["properties"].items()
    ]
    heads = (reference.FIELD, reference.REQUIRED, reference.TYPE, captions.MEANING)
    return table(_ENGLISH, heads, "|---|---|---|---|", rows)


def _type(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(field["enum"])
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in field:
        return " or ".join(_type(one) for one in field["anyOf"] if one.get("type") != "null")
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    name = str(field.get("type", ""))
    return _TYPES.get(name, name)
