"""A change as text for people, as Markdown for a comment, as JSON, and as annotations.

Pure: a change and its findings in, text out.
"""

import json
import re
from collections.abc import Callable, Sequence

from kb.change import ClaimChange, Difference, RowChange, Said
from kb.findings import Finding, clean
from kb.report import as_data, github
from kb.report import text as findings_text

Item = dict[str, object]
_MARK = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&:-]|(?<=www)\.)", re.I)
_CALL = re.compile(r"(&#64;|(?:\\#|gh\\-)(?=\d))", re.I)
"""What a forge reads as a mention or an issue after Markdown is done with the escapes."""


def items(change: Difference) -> list[Item]:
    """Everything that differs, one flat object each; ``change`` says of which sort it is.

    What is ``not-compared`` is a file: that nothing is known of it must not read as no change.
    """
    return [
        *(_item("entry-added", id) for id in change.added),
        *(_item("entry-removed", id) for id in change.removed),
        *(_item("entry-renamed", new, formerly=old) for old, new in change.renamed.items()),
        *map(_claim, change.claims),
        *(_edge("edge-gained", *triple) for triple in change.gained),
        *(_edge("edge-lost", *triple) for triple in change.lost),
        *(_item("link-new", id, url=url) for url, id in change.links),
        *(_item("numbers", id) for id in change.numbers),
        *(_item("code", id) for id in change.codes),
        *map(_row, change.rows),
        *(_item("page", id) for id in change.pages),
        *(_item("not-compared", path) for path in change.uncompared),
    ]


def as_json(change: Difference, findings: Sequence[Finding]) -> str:
    """One object: `changes`, as `items`, and `findings`, as those of `kb check`."""
    found = {"changes": items(change), "findings": as_data(findings)}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def text(change: Difference, findings: Sequence[Finding]) -> str:
    """One line for each thing that differs, then the findings."""
    lines = [f"{sort}: {clean(said)}" for sort, said in map(_line, items(change))]
    return "\n".join([*lines, "" if lines else "no changes\n"]) + findings_text(findings)


def markdown(change: Difference, findings: Sequence[Finding]) -> str:
    """Findings first, then a list of what differs. What entries say is escaped and stays text."""
    said = [f"- **{one.code}** {escaped(_at(one))}" for one in findings]
    lines = [f"- **{sort}** {escaped(line)}" for sort, line in map(_line, items(change))]
    found = ["### Findings", "", *said, ""] if said else []
    return "\n".join([*found, "### Changes", "", *(lines or ["none"])]) + "\n"


def _at(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}: {finding.message}"


def escaped(said: str) -> str:
    """``said`` as one line of Markdown that shows it and does nothing: no tag, mention or link.

    A forge looks for mentions and numbers of issues in the finished page, where no escape is left,
    so a space without width keeps them apart.
    """
    shown = _MARK.sub(r"\\\1", clean(said)).replace("\\@", "&#64;").replace("\\<", "&lt;")
    return _CALL.sub(r"\1&#8203;", shown)


FORMATS: dict[str, Callable[[Difference, Sequence[Finding]], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
    "github": lambda _, findings: github(findings),
}


def _item(sort: str, id: str, **more: object) -> Item:
    return {"change": sort, "id": id, **more}


def _claim(one: ClaimChange) -> Item:
    sides = {"before": _side(one.before), "after": _side(one.after)}
    return _item("claim", one.id, claim=one.name, **sides)


def _side(said: Said | None) -> Item | None:
    if said is None:
        return None
    rests = [
        {name: found for name in ("key", "where", "url", "seen") if (found := getattr(rest, name))}
        for rest in said.rests
    ]
    return {"value": said.value, "ground": said.ground, "sources": rests}


def _edge(sort: str, source: str, relation: str, target: str) -> Item:
    return _item(sort, source, relation=relation, target=target)


def _row(one: RowChange) -> Item:
    return _item(one.table, one.id, before=one.before, after=one.after)


def _line(item: Item) -> tuple[str, str]:
    """The sort of a change in words, and the rest of its line."""
    sort, id = str(item["change"]), str(item["id"])
    match sort:
        case "entry-renamed":
            said = f"{item['formerly']} → {id}"
        case "claim":
            before, after = item["before"], item["after"]
            sides = f"{_brief(before, after)} → {_brief(after, before)}"
            said = f"{id} {item['claim']}: {_sources_alone(before, after) or sides}"
        case "venue" | "term":
            before, after = item["before"], item["after"]
            said = f"{id}: {_shown(before, after)} → {_shown(after, before)}"
        case "edge-gained" | "edge-lost":
            said = f"{id} {item['relation']} {item['target']}"
        case "link-new":
            said = f"{item['url']} in {id}"
        case _:
            said = id
    return sort.replace("-", " "), said


def _brief(side: object, other: object) -> str:
    """The value and the ground of one side of a claim; of its parts, those that differ."""
    if not isinstance(side, dict):
        return "nothing"
    shown = _shown(side["value"], other["value"] if isinstance(other, dict) else None)
    keys = ", ".join(source["key"] for source in side["sources"])
    return f"{shown} ({side['ground']}{': ' if keys else ''}{keys})"


def _shown(value: object, other: object) -> str:
    """``value``, of its parts those in which it differs from ``other``, in 160 characters."""
    if value is None:
        return "nothing"
    parts = _differing(value, other)
    return clean(parts if isinstance(parts, str) else json.dumps(parts, ensure_ascii=False), 160)


def _sources_alone(before: object, after: object) -> str:
    """How the sources of a claim differ that says the same on the same ground; else nothing."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ""
    if any(before[name] != after[name] for name in ("value", "ground")):
        return ""
    pairs = list(zip(before["sources"], after["sources"], strict=False))
    if [one["key"] for one in before["sources"]] != [one["key"] for one in after["sources"]]:
        return ""
    return "; ".join(
        f"{old['key']} {name} {old.get(name, 'nothing')} → {new.get(name, 'nothing')}"
        for old, new in pairs
        for name in ("where", "url", "seen")
        if old.get(name) != new.get(name)
    )


def _differing(value: object, other: object) -> object:
    if value == other or not isinstance(value, dict) or not isinstance(other, dict):
        return value
    return {name: part for name, part in value.items() if part != other.get(name)}
