"""`kb issue apply`: writes the entry that somebody asked for with an issue form."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kb import atomic, rules
from kb.catalog import assemble
from kb.commands import catalogue, console
from kb.commands.exit import CLEAN, FINDINGS, UsageError
from kb.graph import Graph
from kb.source.files import load

if TYPE_CHECKING:
    from kb.findings import Finding
    from kb.source.files import RawFile

_MOST = 5_000_000


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `issue` to ``commands``."""
    parser = commands.add_parser("issue")
    acts = parser.add_subparsers(required=True, metavar="apply")
    apply = acts.add_parser(
        "apply",
        help="add or correct an entry as a form says, and print the answer as Markdown",
        description="Reads the body of an issue form as data, writes below the catalogue only, "
        "and prints the answer. Exits with 1 if something is left to do.",
    )
    apply.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="the body of the issue, or the event with which a forge starts a job, as JSON",
    )
    apply.add_argument("--offline", action="store_true", help="ask nobody")
    apply.set_defaults(run=_apply, fetch=None)


def _apply(arguments: argparse.Namespace) -> int:
    from kb.commands import network
    from kb.forge import answer
    from kb.forge.form import MalformedForm, filled
    from kb.forge.issue import outcome
    from kb.forge.outcome import FormContext

    body, root = _body(arguments.file), arguments.root
    files, found = load(root)
    try:
        form = filled(body)
        if form is None:
            raise UsageError(f"`{arguments.file}` is not one of our forms; leave it to a person")
        fetch = None if arguments.offline else arguments.fetch or network.fetch()
        made = outcome(form, FormContext(files, assemble(files, found), arguments.today, fetch))
    except MalformedForm as error:
        console.write(answer.refused(error), "markdown")
        return FINDINGS
    path = root / Path(*made.file.path.split("/")[1:])
    atomic.write(path, made.file.content, within=root)
    findings = _findings(made.file, arguments)
    console.write(answer.written(made, findings), "markdown")
    return FINDINGS if findings or made.lacks else CLEAN


def _body(path: Path) -> str:
    """The body of the issue that the file at ``path`` holds. Raises UsageError, OSError."""
    with path.open("rb") as stream:
        content = stream.read(_MOST + 1)
    if len(content) > _MOST:
        raise UsageError(f"`{path}` has more than {_MOST:,} bytes; give that of one issue")
    text = content.decode("utf-8-sig", errors="replace")
    if not text.lstrip().startswith("{"):
        return text
    try:
        issue = json.loads(text)["issue"]
        state, said = issue.get("state", "open"), issue["body"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"`{path}` is not an event of an issue; give its body as text") from None
    if state != "open":
        raise UsageError("the issue is closed; reopen it, and it is read again")
    if issue.get("pull_request"):
        raise UsageError("this is a pull request; only issues are read")
    return said if isinstance(said, str) else ""


def _findings(file: "RawFile", arguments: argparse.Namespace) -> "list[Finding]":
    """What is wrong with ``file`` now that it stands in the catalogue."""
    catalog = assemble(*load(arguments.root))
    ledger, broken = catalogue.ledger(arguments.root)
    touched = frozenset({file.path})
    found = rules.check(catalog, Graph(catalog), arguments.today, ledger, broken, touched)
    return [one for one in found if one.path == file.path]
