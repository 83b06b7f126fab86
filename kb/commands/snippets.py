"""`kb snippets`: run the code of techniques, compare it with what is recorded, record it."""

import argparse
import sys

from kb.commands.exit import CLEAN, FINDINGS, UsageError
from kb.commands.progress import Progress
from kb.snippets.compare import compare, without_versions
from kb.snippets.find import LIBRARIES, SNIPPET, Snippet, UnknownSnippet, find
from kb.snippets.record import record
from kb.snippets.run import Limits, Run, run_all

_GOOD = ("same", "recorded", "unchanged")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `snippets` with its own commands to ``commands``."""
    actions = commands.add_parser("snippets").add_subparsers(required=True, metavar="ACTION")
    run = actions.add_parser(
        "run", help="run snippets and compare what they print with what is recorded"
    )
    run.add_argument("ids", nargs="*", metavar="ID", help="these techniques only")
    run.add_argument(
        "--record", action="store_true", help="write output and figure beside the snippet"
    )
    run.add_argument(
        "--libraries",
        action="store_true",
        help="run `libraries.py` instead of `snippet.py`; the versions it prints may differ",
    )
    run.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="how many at a time (default: 1, which measures best)",
    )
    run.add_argument(
        "--limit",
        type=float,
        default=60,
        metavar="SECONDS",
        help="stop a snippet after this time (default: 60)",
    )
    run.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    snippets = _wanted(arguments)
    limits = Limits(seconds=arguments.limit, memory=(16 if arguments.libraries else 2) << 30)
    progress = Progress(sys.stderr, plain=False)
    failed = 0

    def done(run: Run) -> None:
        nonlocal failed
        word, details = _settled(run, arguments.record)
        failed += word not in _GOOD
        progress.say(
            _lines(f"{word:9} {run.seconds:6.2f} s  {run.snippet.id}", details), sys.stdout
        )
        progress.seen(word)

    progress.begin(len(snippets), 0)
    try:
        run_all(snippets, limits, arguments.jobs, done)
    finally:
        progress.end()
    print(f"{len(snippets)} run, {failed} failed")
    return FINDINGS if failed else CLEAN


def _wanted(arguments: argparse.Namespace) -> list[Snippet]:
    if arguments.jobs < 1 or not arguments.limit > 0:
        raise UsageError("`--jobs` and `--limit` must be above zero")
    name = LIBRARIES if arguments.libraries else SNIPPET
    try:
        return find(arguments.root, arguments.ids, name)
    except UnknownSnippet as error:
        raise UsageError(str(error)) from None


def _settled(run: Run, wanted: bool) -> tuple[str, str]:
    """One word on how the run ended and the details, after recording it if that is wanted."""
    if run.ended != "ran":
        return run.ended, "\n".join(part for part in (run.output.rstrip(), run.problem) if part)
    if wanted:
        return ("recorded" if record(run) else "unchanged"), ""
    if not run.snippet.output.is_file():
        return "new", "nothing is recorded; record it with `--record`"
    recorded = run.snippet.output.read_text(encoding="utf-8")
    differences, versions = _differences(recorded, run.output, versioned=not run.snippet.draws)
    return "differs" if differences else "same", "\n".join([*differences, *versions])


def _differences(recorded: str, fresh: str, versioned: bool) -> tuple[list[str], list[str]]:
    """What differs; and the first lines, if they name other versions where that is allowed."""
    if not versioned:
        return compare(recorded, fresh), []
    old, new = (output.partition("\n")[0] for output in (recorded, fresh))
    versions = [] if old == new else [f"{new}; recorded {old}"]
    return compare(without_versions(recorded), without_versions(fresh)), versions


def _lines(text: str, details: str) -> str:
    return text + ("\n  " + details.replace("\n", "\n  ") if details else "")
