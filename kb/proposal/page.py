"""What the page asks of Python: questions and answers as JSON, called by `checker.js`."""

import datetime
import json
from collections.abc import Callable
from typing import Any

from kb.carried import unpacked
from kb.findings import Finding, mendable
from kb.proposal.judge import KnownCatalog, Proposal, judged, mended, previewed
from kb.report import as_data
from kb.site.language import Language
from kb.source.files import RawFile, classify


def opened(catalogue: str) -> Callable[[str], str]:
    """The function that answers, given the catalogue as `kb.carried` writes it.

    A question has `kind`, `id`, `text`, `today` and `language`, and `mend` if the text is wanted
    with its safe answers: true for all of them, or the number of a finding. With `files`, texts by
    path below `catalog/`, it is about the entries of a pull request.
    """
    known = KnownCatalog.of(unpacked(catalogue))
    return lambda question: _answered(known, json.loads(question))


def _answered(known: KnownCatalog, asked: dict[str, Any]) -> str:
    today = datetime.date.fromisoformat(str(asked["today"]))
    if "files" in asked:
        return _previewed(known, asked, today)
    proposal = Proposal(str(asked["kind"]), str(asked["id"]), str(asked["text"]))
    wish = asked.get("mend")
    if wish is not None and wish is not False:
        at = None if wish is True else int(wish)
        return json.dumps({"text": mended(known, proposal, today, at)})
    found = judged(known, proposal, today, Language(asked["language"]))
    return json.dumps(
        {
            "findings": [_finding(one) for one in found.findings],
            "text": found.text,
            "page": found.page,
            "shown": found.shown,
            "path": proposal.file.path,
        }
    )


def _previewed(known: KnownCatalog, asked: dict[str, Any], today: datetime.date) -> str:
    files = [
        RawFile(f"catalog/{path}", *held, text.encode(errors="replace"))
        for path, text in asked["files"].items()
        if (held := classify(tuple(path.split("/"))))
    ]
    found = previewed(known, files, today, Language(asked["language"]))
    entries = [
        {"path": file.path, "page": one.page, "shown": one.shown}
        | {"findings": [_finding(finding) for finding in one.findings]}
        for file, one in zip(files, found, strict=True)
    ]
    return json.dumps({"entries": entries})


def _finding(finding: Finding) -> dict[str, object]:
    """``finding`` as data, and whether the text has a safe answer to it."""
    can = bool(finding.edits) or (not finding.rename and mendable([finding]) == 1)
    return as_data([finding])[0] | {"mendable": can}
