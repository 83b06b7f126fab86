"""The command `kb snippets`: run the code of techniques, compare it with what is recorded, record it."""

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.snippets.run import Run


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `snippets` with its own commands to ``commands``."""
    snippets = commands.add_parser("snippets", help="run the code of techniques").add_subparsers(
        required=True, metavar="ACTION"
    )
    run = snippets.add_parser(
        "run", help="run snippets and compare what they print with what is recorded"
    )
    run.add_argument("ids", nargs="*", metavar="ID", help="these techniques only")
    run.add_argument(
        "--record", action="store_true", help="write output and figure beside the snippet"
    )
    run.add_argument(
        "--libraries",
        action="store_true",
        help="run `libraries.py` in place of `snippet.py`; the versions it prints may differ",
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
        help="end a snippet after this time (default: 60)",
    )
    run.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from kb.cli import CLEAN, FINDINGS, WrongCall
    from kb.snippets.find import LIBRARIES, SNIPPET, UnknownSnippet, find
    from kb.snippets.run import Limits, run_all

    if arguments.jobs < 1 or arguments.limit <= 0:
        raise WrongCall("`--jobs` and `--limit` must be above zero")
    try:
        snippets = find(
            arguments.root, arguments.ids, LIBRARIES if arguments.libraries else SNIPPET
        )
    except UnknownSnippet as error:
        raise WrongCall(str(error)) from None
    limits = Limits(seconds=arguments.limit, memory=(16 if arguments.libraries else 2) << 30)
    progress = _Progress(len(snippets), sys.stderr.isatty())
    troubles = 0

    def done(run: "Run") -> None:
        nonlocal troubles
        word, why = _settled(run, arguments.record)
        troubles += word not in _GOOD
        progress.line(f"{word:9} {run.seconds:6.2f} s  {run.snippet.id}", why)

    run_all(snippets, limits, arguments.jobs, done)
    progress.line(f"{len(snippets)} run, {troubles} with trouble", "")
    return FINDINGS if troubles else CLEAN


_GOOD = ("same", "recorded", "unchanged")


def _settled(run: "Run", record: bool) -> tuple[str, str]:
    """One word on how the run ended and the details, after recording it if asked."""
    from kb.snippets.record import record as write

    if run.ended != "ran":
        return run.ended, run.problem
    if record:
        return ("recorded" if write(run) else "unchanged"), ""
    if not run.snippet.output.is_file():
        return "new", "nothing is recorded; record it with `--record`"
    differences, versions = _differences(
        run.snippet.output.read_text(encoding="utf-8"), run.output, versioned=not run.snippet.draws
    )
    return "differs" if differences else "same", "\n".join([*differences, *versions])


def _differences(recorded: str, fresh: str, versioned: bool) -> tuple[list[str], list[str]]:
    """What differs, and apart from it the first lines if they name other versions and may."""
    from kb.snippets.compare import compare, without_versions

    if not versioned:
        return compare(recorded, fresh), []
    old, new = (output.partition("\n")[0] for output in (recorded, fresh))
    return compare(without_versions(recorded), without_versions(fresh)), [] if old == new else [
        f"{new}; recorded {old}"
    ]


class _Progress:
    """Plain lines; on a terminal also a bar below them."""

    def __init__(self, total: int, bar: bool) -> None:
        self._total, self._bar, self._count = total, bar, 0
        self._draw()

    def line(self, text: str, details: str) -> None:
        """Print one line and indented details, then the bar again."""
        if self._bar:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        print(text, flush=True)
        if details:
            print("  " + details.replace("\n", "\n  "), flush=True)
        self._count += 1
        self._draw()

    def _draw(self) -> None:
        if self._bar and self._count < self._total:
            full = 24 * self._count // self._total
            print(
                f"[{'#' * full}{'.' * (24 - full)}] {self._count} of {self._total}",
                end="",
                file=sys.stderr,
                flush=True,
            )
