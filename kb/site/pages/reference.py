"""Reference pages that come from the code: rules, fields, exports."""

from collections.abc import Mapping
from typing import Any

from kb.findings import Kind
from kb.kinds import models
from kb.site.markdown import escape, front_matter


def rules_index(kinds: list[Kind]) -> str:
    """All rules in one table."""
    rows = "\n".join(
        f"| [{kind.code}]({kind.name}.md) | [{kind.name}]({kind.name}.md) | {escape(kind.page.splitlines()[0])} |"
        for kind in kinds
    )
    return (
        front_matter("Rules", "Everything that kb check can find.")
        + "# Rules\n\nEverything that `kb check` can find.\n\n| Code | Name | What it finds |\n|---|---|---|\n"
        + rows
        + "\n"
    )


def rule(kind: Kind) -> str:
    """The page of one rule: its docstring, with the example as a block."""
    blocks = []
    for block in kind.page.split("\n\n"):
        lines = block.split("\n")
        if all(line.startswith("    ") for line in lines):
            body = "\n".join(line[4:] for line in lines)
            blocks.append(f"```yaml\n{body}\n```")
        else:
            blocks.append(block.replace("<", "&lt;"))
    return (
        front_matter(f"{kind.code} {kind.name}", kind.page.splitlines()[0])
        + f"# {kind.code} {kind.name}\n\n"
        + "\n\n".join(blocks)
        + "\n"
    )


def fields() -> str:
    """Every field of every kind of entry, from the descriptions in the models."""
    parts = [
        front_matter("Fields", "Every field of every kind of entry."),
        "# Fields\n\nEvery field of every kind of entry. Required fields are marked with ●.\n",
    ]
    shown: set[str] = set()
    for kind, model in models().items():
        schema = model.model_json_schema()
        parts.append(f"\n## {kind}\n\n{_table(schema)}")
        for name, part in schema.get("$defs", {}).items():
            body = (
                part
                if "properties" in part
                else next((one for one in part.get("anyOf", []) if "properties" in one), None)
            )
            if body and name not in shown:
                shown.add(name)
                parts.append(
                    f"\n### {name}\n\n{escape(body.get('description', ''))}\n\n{_table(body)}"
                )
    return "".join(parts)


def exports(downloads: Mapping[str, str]) -> str:
    """What can be downloaded: format to file."""
    rows = "\n".join(
        f"| {name} | <a href='../exports/{file}' download>{file}</a> |"
        for name, file in downloads.items()
    )
    rows += "\n| link ledger | <a href='../exports/links.jsonl' download>links.jsonl</a> |"
    return (
        front_matter("Data to download", "The catalogue in other formats.")
        + '# Data to download <span lang="zh">数据下载</span>\n\nThe whole catalogue, rebuilt with the site; no timestamps, so equal data gives equal files.\n\n'
        + "| Format | File |\n|---|---|\n"
        + rows
        + "\n"
    )


def _table(schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    rows = [
        f"| `{name}` | {'●' if name in required else ''} | {escape(_type(field))} | {escape(field.get('description', ''))} |"
        for name, field in schema["properties"].items()
    ]
    return "| Field | Required | Type | Meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _type(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(field["enum"])
    if "$ref" in field:
        return field["$ref"].rsplit("/", 1)[1]
    if "anyOf" in field:
        return " or ".join(_type(one) for one in field["anyOf"] if one.get("type") != "null")
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    return {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "true or false",
    }.get(field.get("type", ""), field.get("type", ""))
