"""Findings as text for people and as the formats that other tools read.

Pure: findings in, text out.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kb.findings import Edit, Finding, FindingKind, mendable


def text(findings: Sequence[Finding]) -> str:
    """One finding a line, its hint below it, and a count at the end."""
    lines = [line for finding in findings for line in _lines(finding)]
    files = len({finding.path for finding in findings})
    count = f"{_count(len(findings), 'finding')} in {_count(files, 'file')}"
    if mends := mendable(findings):
        count += f"; `kb fix` mends {'it' if mends == len(findings) == 1 else mends}"
    return "\n".join([*lines, count if findings else "no findings"]) + "\n"


MOST_ANNOTATIONS = 10
"""Errors that GitHub shows of one step of a job; it drops the others without a word."""


def github(findings: Sequence[Finding]) -> str:
    """Workflow commands, which GitHub shows as annotations at the lines of a pull request.

    The first ten, because GitHub shows no more of them; ``findings`` have the causes first. The
    others are counted in a notice, which has a limit of its own, and stand as lines in the log.
    """
    shown, left = findings[:MOST_ANNOTATIONS], findings[MOST_ANNOTATIONS:]
    return "".join([*map(_annotation, shown), *_in_log(left)])


def json_lines(findings: Sequence[Finding]) -> str:
    """A JSON array of objects with the fields of a finding."""
    return _printable(json.dumps(as_data(findings), ensure_ascii=False, indent=2)) + "\n"


def as_data(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Each of ``findings`` as an object with its fields; with its safe answer only if it has one.

    An edit is `{"start": [line, column], "end": [line, column], "text": …}`.
    """
    return [_as_data(finding) for finding in findings]


def _as_data(finding: Finding) -> dict[str, object]:
    fields = ("path", "line", "column", "code", "name", "message", "hint")
    data: dict[str, object] = {field: getattr(finding, field) for field in fields}
    if finding.edits:
        data["edits"] = [
            {"start": list(edit.start), "end": list(edit.end), "text": edit.text}
            for edit in finding.edits
        ]
    return data | ({"rename": finding.rename} if finding.rename else {})


def _printable(text: str) -> str:
    """JSON ``text`` in which what is not printable stands as its escape."""
    return re.sub(r"[^\x20-\x7e\n]", _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1]


@dataclass(frozen=True, slots=True)
class Tool:
    """Who found it: the version of the program, the address of the site with the rules' pages,
    or nothing if none is known, the command, and where to read about the program.

    Without such a place its package is named: SARIF wants an address, and that one is true.
    """

    version: str = "0"
    site: str = ""
    name: str = "kb check"
    home: str = ""

    @property
    def about(self) -> str:
        """The address of the site or the repository, else the name of the package as one."""
        return self.site or self.home or f"pkg:generic/kb@{quote(self.version)}"


def sarif(findings: Sequence[Finding], tool: Tool = Tool()) -> str:
    """SARIF 2.1.0, the format of code scanning, with the help of each rule that found something."""
    rules = sorted({finding.kind for finding in findings})
    run = {
        "tool": {
            "driver": {
                "name": tool.name,
                "version": tool.version,
                "informationUri": tool.about,
                "rules": [_sarif_rule(kind, tool.site) for kind in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding) for finding in findings],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return _printable(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": text,
    "github": github,
    "json": json_lines,
    "sarif": sarif,
}


def _lines(finding: Finding) -> list[str]:
    return [str(finding), f"    hint: {finding.hint}"] if finding.hint else [str(finding)]


def _annotation(finding: Finding) -> str:
    place = f"file={_property(finding.path)},line={finding.line},col={finding.column}"
    title = _property(f"{finding.code} {finding.name}")
    return f"::error {place},title={title}::{_data(_said(finding, ' — hint: '))}\n"


def _in_log(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    title = f"{len(findings)} more finding{'' if len(findings) == 1 else 's'}"
    where = "see the log of this step; GitHub shows ten errors of a step at their lines"
    lines = (line for finding in findings for line in _lines(finding))
    return [f"::notice title={title}::{where}\n", *(f"{line}\n" for line in lines)]


def _said(finding: Finding, before_hint: str) -> str:
    return finding.message + (before_hint + finding.hint if finding.hint else "")


def _sarif_rule(kind: FindingKind, site: str) -> dict[str, object]:
    address = f"{site.rstrip('/')}/rules/{quote(kind.name)}/"
    return {
        "id": kind.code,
        "name": "".join(word.capitalize() for word in kind.name.split("-")),
        "shortDescription": {"text": kind.what},
        "fullDescription": {"text": kind.why},
        "help": {"text": kind.page},
        **({"helpUri": address} if site else {}),
    }


def _file_address(path: str) -> str:
    """``path`` as an address: of this machine if it is whole, else of the repository."""
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


def _sarif_result(finding: Finding) -> dict[str, object]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    file = {"uri": _file_address(finding.path)}
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": "error",
        "message": {"text": _said(finding, "\nhint: ")},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
    }
    if finding.edits:
        change = {
            "artifactLocation": file,
            "replacements": [_sarif_replacement(edit) for edit in finding.edits],
        }
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _sarif_replacement(edit: Edit) -> dict[str, object]:
    (line, column), (end_line, end_column) = edit.start, edit.end
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
