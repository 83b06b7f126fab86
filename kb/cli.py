"""The command `kb`: reads arguments and files, calls the pure parts, prints. Exit codes: 0 clean, 1 findings, 2 wrong call."""

import argparse
import datetime
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb import cli_links, cli_snippets

if TYPE_CHECKING:
    from kb.findings import Finding
    from kb.graph import Graph
    from kb.ledger.record import Record

CLEAN, FINDINGS, WRONG_CALL = 0, 1, 2
REPORTS = ("text", "github", "json", "sarif")
RUNTIME = Path(".cache/runtime")
EXPORTS = ("jsonl", "bibtex", "csl-json", "graphml")


class WrongCall(Exception):
    """The command was called with something that it cannot do; the message says what to do instead."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    gc.set_threshold(
        50_000, 20, 50
    )  # thousands of entries are built and none is thrown away: to look for garbage among them took a quarter of the time
    arguments = _parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except (WrongCall, NotADirectoryError) as error:
        print(f"kb: {error}", file=sys.stderr)
        return WRONG_CALL
    except BrokenPipeError:
        sys.stderr.close()
        return CLEAN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kb", description="A knowledge base about making neural networks small and fast."
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path("catalog"),
        help="the catalogue's folder (default: catalog)",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="find everything that is wrong in the catalogue")
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="report on these files or folders only"
    )
    check.add_argument("--format", choices=REPORTS, default="text", help="how findings are written")
    check.set_defaults(run=_check)

    fmt = commands.add_parser("fmt", help="write entries in their canonical form")
    fmt.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="these files only")
    fmt.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if something would change"
    )
    fmt.set_defaults(run=_fmt)

    graph = commands.add_parser("graph", help="ask the graph of the catalogue")
    questions = graph.add_subparsers(required=True, metavar="QUESTION")
    path = questions.add_parser("path", help="how two entries connect")
    path.add_argument("a")
    path.add_argument("b")
    path.set_defaults(run=_graph_path)
    near = questions.add_parser("near", help="what is near an entry, and why")
    near.add_argument("id")
    near.add_argument("--limit", type=int, default=10)
    near.set_defaults(run=_graph_near)
    before = questions.add_parser("before", help="what to understand first, in order")
    before.add_argument("id")
    before.set_defaults(run=_graph_before)
    stats = questions.add_parser("stats", help="numbers, central entries, orphans")
    stats.set_defaults(run=_graph_stats)

    export = commands.add_parser("export", help="print the catalogue in another format")
    export.add_argument("format", choices=EXPORTS)
    export.set_defaults(run=_export)

    render = commands.add_parser("render", help="write all pages as plain Markdown")
    render.add_argument("folder", type=Path)
    render.add_argument(
        "--runtime",
        type=Path,
        default=RUNTIME,
        metavar="CACHE",
        help="where `kb runtime` put Python for the browser",
    )
    render.set_defaults(run=_render)

    schema = commands.add_parser("schema", help="write the JSON Schema files for editors")
    schema.add_argument("--folder", type=Path, default=Path("docs/schema"))
    schema.set_defaults(run=_schema)

    rules = commands.add_parser("rules", help="list the rules, or explain one")
    rules.add_argument("name", nargs="?", help="code or name of a rule")
    rules.set_defaults(run=_rules)

    cli_links.add(commands)
    cli_snippets.add(commands)

    runtime = commands.add_parser(
        "runtime", help="fetch Python for the browser, once, and check every file of it"
    )
    runtime.add_argument(
        "--folder",
        type=Path,
        default=RUNTIME,
        metavar="CACHE",
        help=f"where it is kept (default: {RUNTIME})",
    )
    runtime.set_defaults(run=_runtime)

    for name, help_text in (
        ("build", "build the site into site/"),
        ("serve", "show the site and rebuild on changes"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.set_defaults(run=_mkdocs, mkdocs=name)
    return parser


def _graph(root: Path) -> "Graph":
    from kb.catalog import assemble
    from kb.graph import Graph
    from kb.source.files import load

    return Graph(assemble(*load(root)))


def _ledger(root: Path) -> "tuple[dict[str, Record], list[Finding]]":
    """What was seen of links, and what is wrong with the file that says so."""
    from kb.ledger.file import NAME, load

    return load(root / NAME)


def _checked(root: Path) -> "Graph":
    """The graph of a catalogue without findings: pages and other formats are made of nothing else."""
    from kb import rules

    graph = _graph(root)
    if findings := rules.check(graph.catalog, graph, datetime.date.today(), *_ledger(root)):
        raise WrongCall(f"the catalogue has {len(findings)} findings; `kb check` shows them")
    return graph


def _known(graph: "Graph", *ids: str) -> None:
    from kb.near import suggest

    for id in ids:
        if id not in graph.catalog.entries:
            raise WrongCall(
                f"there is no entry `{id}`; {suggest(id, graph.catalog.entries) or 'see `kb export jsonl` for all ids'}"
            )


def _check(arguments: argparse.Namespace) -> int:
    from kb import report, rules

    graph = _graph(arguments.root)
    findings = rules.check(graph.catalog, graph, datetime.date.today(), *_ledger(arguments.root))
    wanted = [_shown(path, arguments.root) for path in arguments.paths]
    if wanted:
        findings = [
            finding
            for finding in findings
            if any(finding.path == path or finding.path.startswith(f"{path}/") for path in wanted)
        ]
    sys.stdout.write(report.FORMATS[arguments.format](findings))
    return FINDINGS if findings else CLEAN


def _shown(path: Path, root: Path) -> str:
    """``path`` as findings name it: from the catalogue's own folder on."""
    if not path.exists():
        raise WrongCall(f"`{path}` does not exist")
    try:
        return (Path(root.name) / path.resolve().relative_to(root.resolve())).as_posix()
    except ValueError:
        raise WrongCall(f"`{path}` is not in the catalogue `{root}`") from None


def _fmt(arguments: argparse.Namespace) -> int:
    from kb.source.files import load
    from kb.source.format import formatted

    files, _ = load(arguments.root)
    wanted = [_shown(path, arguments.root) for path in arguments.paths]
    changed = 0
    for file in files:
        if wanted and not any(
            file.path == path or file.path.startswith(f"{path}/") for path in wanted
        ):
            continue
        new = formatted(file)
        if new is None or new == file.content:
            continue
        changed += 1
        print(f"would format {file.path}" if arguments.check else f"formatted {file.path}")
        if not arguments.check:
            _replace(
                arguments.root.parent / file.path if arguments.root.name else Path(file.path), new
            )
    return FINDINGS if changed and arguments.check else CLEAN


def _replace(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that a kill at any moment leaves the old file or the new one."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(content)
    new.replace(path)


def _graph_path(arguments: argparse.Namespace) -> int:
    graph = _graph(arguments.root)
    _known(graph, arguments.a, arguments.b)
    steps = graph.path(arguments.a, arguments.b)
    if not steps and arguments.a != arguments.b:
        print(f"`{arguments.a}` and `{arguments.b}` do not connect")
        return FINDINGS
    print(arguments.a)
    for step in steps:
        print(
            f"  {step.words()[0]}  {step.to}" + (f"  ({step.edge.why.en})" if step.edge.why else "")
        )
    return CLEAN


def _graph_near(arguments: argparse.Namespace) -> int:
    graph = _graph(arguments.root)
    _known(graph, arguments.id)
    for near in graph.near(arguments.id, arguments.limit):
        reason = ", which ".join(f"{step.words()[0]} {step.to}" for step in near.steps)
        print(f"{near.score:5.2f}  {near.id}  ({arguments.id} {reason})")
    return CLEAN


def _graph_before(arguments: argparse.Namespace) -> int:
    graph = _graph(arguments.root)
    _known(graph, arguments.id)
    print("\n".join(graph.prerequisites(arguments.id)) or f"nothing; `{arguments.id}` is a start")
    return CLEAN


def _graph_stats(arguments: argparse.Namespace) -> int:
    graph = _graph(arguments.root)
    for title, numbers in graph.stats().items():
        print(title)
        print("\n".join(f"  {number:6,}  {name}" for name, number in numbers.items()))
    print("most central")
    print("\n".join(f"  {score:.4f}  {id}" for id, score in graph.central()))
    print("orphans")
    print("\n".join(f"  {id}" for id in graph.orphans()) or "  none")
    return CLEAN


def _export(arguments: argparse.Namespace) -> int:
    from kb.export import FORMATS

    sys.stdout.write(FORMATS[arguments.format][1](_graph(arguments.root)))
    return CLEAN


def _render(arguments: argparse.Namespace) -> int:
    from kb import rules
    from kb.export import FORMATS
    from kb.site import bench
    from kb.site.pages import pages

    graph = _checked(arguments.root)
    downloads = {name: file for name, (file, _) in FORMATS.items()}
    shown, problems = bench.bench(
        arguments.root,
        [entry.id for entry in graph.catalog.of_kind("technique")],
        arguments.runtime,
    )
    if problems:
        raise WrongCall("; ".join(problems))
    found = pages(graph, rules.all_kinds(), downloads, shown, _ledger(arguments.root)[0])
    for path, text in (
        {path: page.markdown for path, page in found.items()} | bench.files(shown.codes)
    ).items():
        target = arguments.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return CLEAN


def _runtime(arguments: argparse.Namespace) -> int:
    from kb.runtime.clients import NotToBeHad
    from kb.runtime.compile import compile_ahead
    from kb.runtime.fetch import fetch

    try:
        folder = fetch(arguments.folder, print)
    except NotToBeHad as error:
        print(f"no runtime: {error}. The site is built without Run buttons.", file=sys.stderr)
        return FINDINGS
    try:
        compile_ahead(folder, print)
    except NotToBeHad as error:
        print(
            f"{error}: Python starts in the page all the same, but twice as slowly.",
            file=sys.stderr,
        )
    print(f"the runtime is whole: {folder}")
    return CLEAN


def _schema(arguments: argparse.Namespace) -> int:
    from kb.kinds import models
    from kb.schema.json_schema import files

    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, text in files(models()).items():
        _replace(arguments.folder / name, text.encode())
    return CLEAN


def _rules(arguments: argparse.Namespace) -> int:
    from kb import rules
    from kb.near import suggest

    kinds = rules.all_kinds()
    if arguments.name is None:
        print(
            "\n".join(f"{kind.code}  {kind.name:28} {kind.page.splitlines()[0]}" for kind in kinds)
        )
        return CLEAN
    for kind in kinds:
        if arguments.name in (kind.code, kind.name):
            print(f"{kind.code} {kind.name}\n\n{kind.page}")
            return CLEAN
    raise WrongCall(
        f"no rule `{arguments.name}`; {suggest(arguments.name, [kind.name for kind in kinds]) or '`kb rules` lists them'}"
    )


def _mkdocs(arguments: argparse.Namespace) -> int:
    import subprocess

    command = ["build", "--strict"] if arguments.mkdocs == "build" else ["serve"]
    return subprocess.call([sys.executable, "-m", "mkdocs", *command])
