"""`kb snippets`: run the code of techniques, compare it with what is recorded, record it."""

import argparse
import sys
from collections.abc import Sequence

from kb.catalog import assemble, of
from kb.commands.exit import CLEAN, FINDINGS, UsageError
from kb.commands.progress import Progress
from kb.schema.technique import Snippet, Technique
from kb.snippets import grid
from kb.snippets.claims import astray
from kb.snippets.compare import compare, without_versions
from kb.snippets.experiments import (
    UnfitChange,
    removes_idea,
    sentences,
    surprise,
    too_rarely,
    ways,
)
from kb.snippets.find import LIBRARIES, SNIPPET, SnippetFile, UnknownSnippet, find
from kb.snippets.record import record
from kb.snippets.run import Limits, Run, Way, run_all
from kb.snippets.translate import chinese, without_pair
from kb.source.files import load

_GOOD = ("same", "recorded", "unchanged", "ran", "holds", "breaks", "stands")
_NO_TEXTS = Snippet()


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `snippets` with its own commands to ``commands``."""
    actions = commands.add_parser("snippets").add_subparsers(required=True, metavar="ACTION")
    run = actions.add_parser(
        "run", help="run snippets and compare what they print and claim with what is recorded"
    )
    run.add_argument("ids", nargs="*", metavar="ID", help="these techniques only")
    run.add_argument(
        "--record",
        action="store_true",
        help="write output, figures and the grid of knobs and experiments beside the snippet",
    )
    run.add_argument(
        "--libraries",
        action="store_true",
        help="run `libraries.py` instead of `snippet.py`; the versions it prints may differ",
    )
    run.add_argument(
        "--experiments",
        action="store_true",
        help="run each snippet with each of its experiments and compare what that breaks",
    )
    run.add_argument(
        "--reseed",
        type=_draws,
        metavar="N",
        help="move every draw by N (or by each of 1-20) and see whether all claims hold; with "
        "`--experiments`, whether those without the idea break the main claim",
    )
    run.add_argument(
        "--seeds",
        type=int,
        metavar="N",
        help="this many seeds instead of 8, and no comparison of what is printed",
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


def _draws(text: str) -> range:
    """`3` or `1-20` as numbers. Raises ValueError for anything else."""
    first, _, last = text.partition("-")
    found = range(int(first), int(last or first) + 1)
    if not found or found[0] < 0:
        raise ValueError(f"`{text}` is not a range")
    return found


def _run(arguments: argparse.Namespace) -> int:
    snippets = _wanted(arguments)
    texts = _texts(snippets, arguments)
    limits = Limits(seconds=arguments.limit, memory=(16 if arguments.libraries else 2) << 30)
    progress = Progress(sys.stderr, plain=False)
    wanted, unfit = _planned(snippets, texts, arguments)
    failed = len(unfit)
    runs: list[Run] = []

    def done(run: Run) -> None:
        nonlocal failed
        word, details = _settled(run, texts.get(run.snippet.id, _NO_TEXTS), arguments)
        details = "\n".join(filter(None, (details, run.warnings)))
        failed += word not in _GOOD
        runs.append(run)
        progress.say(
            _lines(f"{word:9} {run.seconds:6.2f} s  {_named(run, arguments)}", details), sys.stdout
        )
        progress.seen(word)

    progress.begin(len(wanted), 0)
    try:
        run_all(wanted, limits, arguments.jobs, done)
    finally:
        progress.end()
    rare = _rare(snippets, texts, runs) if arguments.reseed else []
    written, kept = _written(texts, runs) if arguments.record else ([], [])
    for line in (*unfit, *rare, *written, *kept):
        print(line)
    failed += len(rare) + len(kept)
    print(f"{len(wanted)} run, {failed} failed")
    return FINDINGS if failed else CLEAN


def _wanted(arguments: argparse.Namespace) -> list[SnippetFile]:
    if arguments.jobs < 1 or not arguments.limit > 0:
        raise UsageError("`--jobs` and `--limit` must be above zero")
    if arguments.seeds is not None and arguments.seeds < 1:
        raise UsageError("`--seeds` must be above zero")
    other = arguments.experiments or arguments.reseed is not None or arguments.seeds is not None
    if other and (arguments.record or arguments.libraries):
        raise UsageError(
            "`--experiments`, `--reseed` and `--seeds` are for `snippet.py`, and record nothing"
        )
    name = LIBRARIES if arguments.libraries else SNIPPET
    try:
        return find(arguments.root, arguments.ids, name)
    except UnknownSnippet as error:
        raise UsageError(str(error)) from None


def _texts(snippets: Sequence[SnippetFile], arguments: argparse.Namespace) -> dict[str, Snippet]:
    """What the entries of ``snippets`` say of them, by id."""
    if arguments.libraries:
        return {}
    catalog = assemble(*load(arguments.root))
    found = [entry for one in snippets if (entry := catalog.known(one.id))]
    for entry in found:
        if not entry.knows("snippet"):
            raise UsageError(
                f"what `{entry.id}` says of its snippet has findings; `kb check` shows them"
            )
    return {one.id: one.model.snippet for one in of(Technique, found) if one.model.snippet}


def _planned(
    snippets: Sequence[SnippetFile], texts: dict[str, Snippet], arguments: argparse.Namespace
) -> tuple[list[tuple[SnippetFile, Way]], list[str]]:
    """What to run, and what does not fit its code, a line each."""
    wanted: list[tuple[SnippetFile, Way]] = []
    unfit = []
    for snippet in snippets:
        try:
            own = _ways(snippet, texts.get(snippet.id, _NO_TEXTS), arguments)
        except UnfitChange as error:
            unfit.append(f"unfit     {snippet.id}\n  {error}")
        else:
            wanted += [(snippet, way) for way in own]
    return wanted, unfit


def _ways(snippet: SnippetFile, texts: Snippet, arguments: argparse.Namespace) -> list[Way]:
    source = snippet.path.read_text(encoding="utf-8")
    if arguments.record:
        return [Way(), *grid.ways(source, texts)]
    plain = [Way(arguments.seeds or Way().seeds, by) for by in arguments.reseed or (0,)]
    if not arguments.experiments:
        return plain
    everywhere = arguments.reseed is None
    tried = [one for one in texts.experiments if everywhere or removes_idea(one)]
    return [way for draws in plain for way in ways(source, tried, draws)]


def _written(texts: dict[str, Snippet], runs: Sequence[Run]) -> tuple[list[str], list[str]]:
    """Record the snippets that make claims, each with its grid; those that could not be, and why,
    are the second part.
    """
    written, kept = [], []
    for base in (run for run in runs if run.way == Way() and run.snippet.id in texts):
        said = texts[base.snippet.id]
        if not said.claims:
            continue
        mine = [run for run in runs if run.snippet == base.snippet]
        order = {way.name: number for number, way in enumerate(grid.ways(_source(base), said))}
        others = sorted(mine, key=lambda run: order.get(run.way.name, -1))[1:]
        if any(_wrong(run, said) for run in mine):
            kept.append(f"kept      {base.snippet.id}\n  nothing is recorded until all of it runs")
            continue
        try:
            table = grid.packed(_source(base), said, base, others)
        except UnfitChange as error:
            kept.append(f"kept      {base.snippet.id}\n  {error}")
            continue
        changed = record(base, chinese(base.figure or "", said.figure), table)
        written.append(f"{'recorded' if changed else 'unchanged'}  {base.snippet.id}")
    return written, kept


def _source(run: Run) -> str:
    return run.snippet.path.read_text(encoding="utf-8")


def _rare(
    snippets: Sequence[SnippetFile], texts: dict[str, Snippet], runs: Sequence[Run]
) -> list[str]:
    return [
        f"too rarely  {snippet.id}\n  {line}"
        for snippet in snippets
        for line in too_rarely(
            texts.get(snippet.id, _NO_TEXTS),
            [run for run in runs if run.snippet == snippet and run.way.name],
        )
    ]


def _named(run: Run, arguments: argparse.Namespace) -> str:
    moved = f" --reseed {run.way.reseed}" if arguments.reseed is not None else ""
    return " ".join(filter(None, (run.snippet.id, run.way.name))) + moved


def _settled(run: Run, texts: Snippet, arguments: argparse.Namespace) -> tuple[str, str]:
    """One word on how the run ended and the details, after recording it if that is wanted."""
    if wrong := _wrong(run, texts):
        return wrong
    if arguments.record and texts.claims:
        return "ran", ""
    if run.way.name:
        return _broke(run, texts)
    if run.way != Way() and (run.way.reseed or run.claims):
        return "holds", ""
    return _recorded(run, arguments.record)


def _wrong(run: Run, texts: Snippet) -> tuple[str, str] | None:
    """What is wrong with a run whatever it is for: one word, and the details."""
    if run.ended != "ran":
        return run.ended, "\n".join(part for part in (run.output.rstrip(), run.problem) if part)
    if not run.snippet.draws:
        return None
    if wrong := astray(texts.claims, (told.name for told in run.claims)):
        return "astray", "\n".join(wrong)
    if texts.claims and (missing := without_pair(run.figure or "", texts.figure)):
        return "wordless", "\n".join(missing)
    if run.fallen and not run.way.name:
        english = {name: text.en for name, text in texts.claims.items()}
        return "falls", "\n".join(sentences(run, english))
    return None


def _broke(run: Run, texts: Snippet) -> tuple[str, str]:
    """What an experiment did: on the recorded draw exactly what it foretells; elsewhere it counts
    how often, so either is well.
    """
    found = "breaks" if run.fallen else "stands"
    if run.way.reseed:
        return found, ""
    foretold = next(one for one in texts.experiments if one.name == run.way.name)
    wrong = surprise(foretold, run)
    return ("surprises" if wrong else found), wrong


def _recorded(run: Run, wanted: bool) -> tuple[str, str]:
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
