"""The command `kb links`: check links, say what changed, join the ledgers of shards."""

import argparse
import contextlib
import datetime
import os
import sys
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb import atomic
from kb.commands.progress import Progress, span

if TYPE_CHECKING:
    from kb.commands.lists import Lists
    from kb.findings import Finding
    from kb.ledger.look import Copy, Look
    from kb.ledger.record import Record
    from kb.links.journal import Journal, Memory
    from kb.links.model import Settings
    from kb.links.session import Session
    from kb.links.wanted import Filters, Wanted
    from kb.walk import Target

FINDING_FORMATS = ("text", "github", "json", "sarif")
REPORT_FORMATS = ("text", "markdown", "json", "junit")
GRAMMARS = ("markdown", "html", "bibtex", "yaml", "json", "jsonl", "text")
INTERRUPTED = 130
ARCHIVE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What `kb links check` was asked for.

    ``sources`` are the files of `--from`, none for the catalogue at ``root``; ``grammar`` is how
    they are read, empty where their names say it.
    """

    root: Path
    sources: tuple[str, ...]
    grammar: str
    changed_since: str | None
    filters: "Filters"
    max_age: int
    ledger: Path | None
    keeps_ledger: bool
    archive: bool
    dry_run: bool
    strict: bool
    format: str
    json: Path | None
    today: datetime.date


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `links` with its own commands to ``commands``."""
    links = commands.add_parser(
        "links", help="check links and remember what was seen"
    ).add_subparsers(required=True, metavar="ACTION")
    _add_check(
        links.add_parser(
            "check",
            help="check links, politely; exit 1 if one is gone or leads to the wrong target",
        )
    )
    report = links.add_parser("report", help="what changed, and the state of all links")
    report.add_argument(
        "--since",
        metavar="REF|FILE",
        help="against the ledger of this commit, or this file (default: HEAD; outside Git nothing)",
    )
    report.add_argument(
        "--format", choices=REPORT_FORMATS, default="text", help="how the report is written"
    )
    report.add_argument(
        "--ledger",
        type=Path,
        metavar="FILE",
        help="the ledger (default: links.jsonl in the catalogue's folder)",
    )
    _add_lists(report)
    report.set_defaults(run=_report)
    merge = links.add_parser(
        "merge",
        help="join ledgers, such as those of shards, into the ledger, in any order",
    )
    merge.add_argument("files", nargs="+", type=Path, metavar="FILE")
    merge.add_argument(
        "--forget", action="store_true", help="leave out addresses that no entry names any more"
    )
    _add_lists(merge)
    merge.add_argument(
        "--ledger",
        type=Path,
        metavar="FILE",
        help="the ledger (default: links.jsonl in the catalogue's folder)",
    )
    merge.set_defaults(run=_merge)


def _add_check(check: argparse.ArgumentParser) -> None:
    which = check.add_argument_group("which links")
    which.add_argument(
        "--changed-since", metavar="REF", help="only links that are new since this branch left REF"
    )
    which.add_argument(
        "--max-age",
        type=_whole,
        default=0,
        metavar="DAYS",
        help="leave out links that were found good less than so many days ago",
    )
    which.add_argument(
        "--only", metavar="HOST|ID", help="only links to this host, or of this entry"
    )
    _add_lists(which)
    which.add_argument(
        "--shard",
        type=_shard,
        default=(1, 1),
        metavar="I/N",
        help="the I-th of N parts; all links of a host are in one part",
    )
    how = check.add_argument_group("how")
    how.add_argument(
        "--dry-run", action="store_true", help="show the plan: hosts, requests, estimated time"
    )
    how.add_argument(
        "--archive",
        action="store_true",
        help="find archived copies of what is gone, and ask for copies of what is alive",
    )
    how.add_argument(
        "--allow-network",
        action="append",
        default=[],
        metavar="CIDR",
        help="allow addresses that are not public, such as 127.0.0.0/8",
    )
    how.add_argument(
        "--allow-port",
        action="append",
        default=[],
        type=_port,
        metavar="PORT",
        help="allow a port besides 80 and 443",
    )
    how.add_argument(
        "--resolve",
        action="append",
        default=[],
        type=_resolve,
        metavar="HOST:PORT:ADDRESS",
        help="use this address for the host, as curl does",
    )
    out = check.add_argument_group("what comes out")
    out.add_argument("--json", type=Path, metavar="FILE", help="write all verdicts to this file")
    out.add_argument(
        "--format", choices=FINDING_FORMATS, default="text", help="how findings are written"
    )
    out.add_argument(
        "--strict", action="store_true", help="also exit 1 for blocked, unsure and moved links"
    )
    out.add_argument(
        "--ledger",
        type=Path,
        metavar="FILE",
        help="the ledger (default: links.jsonl in the catalogue's folder; with --from: none)",
    )
    check.set_defaults(run=_check)


def _add_lists(parser: "argparse._ActionsContainer") -> None:
    parser.add_argument(
        "--from",
        dest="sources",
        action="append",
        default=[],
        metavar="FILE",
        help=(
            "all addresses in this file (- is standard input), not those of the catalogue; may be "
            "given again"
        ),
    )
    parser.add_argument(
        "--as",
        dest="grammar",
        choices=GRAMMARS,
        default="",
        help="read the files of --from as this, whatever their names",
    )


def _whole(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"`{word}` is not a whole number")
    return int(word)


def _port(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError(f"`{word}` is not a port; give a number from 1 to 65535")
    return int(word)


def _shard(word: str) -> tuple[int, int]:
    number, _, count = word.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise argparse.ArgumentTypeError(
            f"`{word}` is not a shard; write 2/4 for the second of four"
        )
    return int(number), int(count)


def _resolve(word: str) -> tuple[tuple[str, int], str]:
    import ipaddress

    host, port, address = ([*word.split(":", 2), "", ""])[:3]
    try:
        return (host.lower(), _port(port)), str(ipaddress.ip_address(address.strip("[]")))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"`{word}` is not HOST:PORT:ADDRESS, such as a.example:80:127.0.0.1"
        ) from None


def _settings(arguments: argparse.Namespace) -> "Settings":
    import ipaddress

    from kb.commands.exit import UsageError
    from kb.links.model import Settings

    for network in arguments.allow_network:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise UsageError(
                f"`--allow-network {network}` is not a network; write 127.0.0.0/8"
            ) from None
    token = os.environ.get("GITHUB_TOKEN")
    return Settings(
        allow_networks=tuple(arguments.allow_network),
        allow_ports=frozenset({80, 443, *arguments.allow_port}),
        resolve=dict(arguments.resolve),
        tokens={"api.github.com": token} if token else {},
    )


def check_options(arguments: argparse.Namespace) -> CheckOptions:
    """The options in ``arguments``. Raises UsageError if they contradict each other."""
    from kb.commands.exit import UsageError
    from kb.links.wanted import Filters

    if arguments.grammar and not arguments.sources:
        raise UsageError("`--as` says how the files of `--from` are read; give `--from`, too")
    if arguments.sources and arguments.changed_since:
        raise UsageError(
            "`--changed-since` checks the catalogue, `--from` another file; give one of the two"
        )
    if arguments.json and not arguments.json.parent.is_dir():
        raise UsageError(
            f"`{arguments.json.parent}` is not a folder; create it, or give another --json"
        )
    ledger = None if arguments.sources else arguments.root / "links.jsonl"
    return CheckOptions(
        getattr(arguments, "root", Path()) if arguments.sources else arguments.root,
        tuple(arguments.sources),
        arguments.grammar,
        arguments.changed_since,
        Filters(arguments.only or "", *arguments.shard),
        arguments.max_age,
        arguments.ledger or ledger,
        bool(arguments.ledger),
        arguments.archive,
        arguments.dry_run,
        arguments.strict,
        arguments.format,
        arguments.json,
        arguments.today,
    )


def _check(arguments: argparse.Namespace) -> int:
    return check(check_options(arguments), _settings(arguments))


def check(options: CheckOptions, settings: "Settings") -> int:
    """`kb links check`: check, remember, report. Gives the exit code."""
    from kb.commands.exit import UsageError
    from kb.commands.lists import lists
    from kb.links.findings import in_lists
    from kb.links.journal import LedgerUnavailable
    from kb.links.session import due

    listed = lists(options.sources, options.grammar)
    wanted, offline, today = _wanted(options, listed), in_lists(listed), options.today
    if options.dry_run:
        known = _load(options.ledger) if options.ledger else {}
        return _dry_run(due(wanted, known, {}, today, options.max_age), settings, offline)
    try:
        with _journal(options) as journal:
            session, ended = _carried_out(options, settings, wanted, journal, today)
    except LedgerUnavailable as error:
        raise UsageError(str(error)) from None
    wanted = session.wanted
    if options.json:
        _write_json(options.json, [session.looks[url] for url in wanted if url in session.looks])
    code = _tell(options, wanted, session, offline)
    if ended and session.unproven:
        raise UsageError(
            f"no host answered: either all {len(session.looks):,} links lead nowhere, or there is "
            "no network; what looked gone was not remembered"
        )
    return code if ended else INTERRUPTED


def _journal(options: CheckOptions) -> "Journal | Memory":
    from kb.links.journal import Journal, Memory

    return Journal(options.ledger, create=options.keeps_ledger) if options.ledger else Memory()


def _carried_out(
    options: CheckOptions,
    settings: "Settings",
    wanted: "Wanted",
    journal: "Journal | Memory",
    today: datetime.date,
) -> "tuple[Session, bool]":
    """The session after its checks, and whether it came to its end."""
    from kb.links import engine
    from kb.links.session import Session, due

    progress = Progress(sys.stderr)
    urls = due(wanted, journal.records, journal.resumed, today, options.max_age)
    session = Session(wanted, journal, today, progress.seen, proof=options.ledger is not None)
    seconds = max((host.seconds for host in engine.plan(urls, settings)), default=0)
    progress.begin(len(urls), seconds)
    titles = {url: one.titles for url, one in wanted.items()}
    ended = _until_done(engine.look_at(urls, settings, session.saw, titles=titles))
    if ended:
        ended = _settled(session, settings)
    if ended and options.archive:
        ended = _archived(session, settings, progress)
    progress.end()
    return session, ended


def _settled(session: "Session", settings: "Settings") -> bool:
    """Try the shorter readings of what is gone as it is written; False if stopped."""
    from kb.links import engine

    looks: dict[str, Look] = {}

    def saw(look: "Look") -> None:
        looks[look.url] = look

    shorter = list(dict.fromkeys(session.wanted[url].shorter for url in session.doubted))
    ended = not shorter or _until_done(engine.look_at(shorter, settings, saw))
    session.settle(looks)
    return ended


def _archived(session: "Session", settings: "Settings", progress: Progress) -> bool:
    """Find copies of what is gone, then ask for copies of what is alive; False if stopped."""
    from kb.links import archive

    copied = partial(_copied, session, progress)
    found = archive.newest_copy(session.without_copy("gone"), settings, copied)
    return _until_done(_for_a_while(found)) and _until_done(
        _for_a_while(archive.ask_for_copy(session.without_copy("alive"), settings, copied))
    )


def _copied(session: "Session", progress: Progress, url: str, copy: "Copy") -> None:
    session.copied(url, copy)
    progress.say(f"{url}: a copy of {copy.day} is at {copy.url}")


def _until_done(work: Coroutine[Any, Any, None]) -> bool:
    """Do ``work`` to its end; False if it was stopped (Ctrl-C or SIGTERM).

    Shells start background jobs with SIGINT ignored, so its default handler is restored: asyncio
    needs it.
    """
    import asyncio
    import signal

    deaf = signal.signal(signal.SIGINT, signal.default_int_handler)
    before = signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        return False
    else:
        return True
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGINT, deaf)


async def _for_a_while(work: Coroutine[Any, Any, None]) -> None:
    """Archives are slow: the next run asks for what is left."""
    import asyncio

    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(work, ARCHIVE_SECONDS)


def _wanted(options: CheckOptions, listed: "Lists") -> "Wanted":
    """The addresses to check, in order."""
    from kb.commands.exit import UsageError
    from kb.commands.lists import mentions
    from kb.links.wanted import NothingWanted, of_lists, of_targets

    try:
        if options.sources:
            return of_lists(mentions(listed), options.filters)
        return of_targets(_targets(options.root, options.changed_since), options.filters)
    except NothingWanted as error:
        raise UsageError(str(error)) from None


def _targets(root: Path, changed_since: str | None = None) -> "list[Target]":
    from kb.catalog import assemble
    from kb.commands.exit import UsageError
    from kb.links.changed import changed_targets
    from kb.links.revision import UnknownRevision
    from kb.source.files import load
    from kb.walk import targets

    if changed_since is None:
        return targets(assemble(*load(root)))
    try:
        return changed_targets(root, changed_since)
    except UnknownRevision as error:
        raise UsageError(
            f"git cannot compare with `{changed_since}`: {error}; name a branch, a tag or a commit"
        ) from None


def _load(path: Path) -> "dict[str, Record]":
    from kb.ledger.file import load

    return load(path)[0]


def _dry_run(urls: Sequence[str], settings: "Settings", offline: "Sequence[Finding]") -> int:
    """What would be asked, and what is wrong without asking. Gives the exit code."""
    from kb import report
    from kb.commands.exit import CLEAN, FINDINGS
    from kb.links.engine import plan

    hosts = plan(urls, settings)
    print(f"{'links':>7} {'requests':>9} {'time':>9}  host")
    for host in hosts:
        print(f"{host.links:7,} {host.requests:9,} {span(host.seconds):>9}  {host.host}")
    longest = span(max((host.seconds for host in hosts), default=0))
    requests = sum(host.requests for host in hosts)
    print(f"{len(urls):,} links on {len(hosts):,} hosts, {requests:,} requests, about {longest}")
    if offline:
        print()
        sys.stdout.write(report.text(sorted(offline)))
    return FINDINGS if offline else CLEAN


def _write_json(path: Path, looks: "Iterable[Look]") -> None:
    import json

    from kb.links.summary import as_json

    found = {look.url: as_json(look) for look in looks}
    atomic.write(path, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())


def _tell(
    options: CheckOptions, wanted: "Wanted", session: "Session", offline: "Sequence[Finding]"
) -> int:
    """Findings, then what else is not alive, then a summary in words. Gives the exit code."""
    from kb.commands.exit import CLEAN, FINDINGS
    from kb.commands.written import written
    from kb.ledger.record import Record
    from kb.links.findings import FAIL, STRICT, findings
    from kb.links.summary import line, summary

    counting = STRICT if options.strict else FAIL
    records = session.journal.records
    found = {
        url: findings(records.get(url) or Record(url), one.titles, one.places, counting)
        for url, one in wanted.items()
    }
    every = sorted([*offline, *(finding for of_url in found.values() for finding in of_url)])
    sys.stdout.write(written(every, options.format))
    rest = [
        line(look)
        for url, look in session.looks.items()
        if look.verdict != "alive" and not found[url]
    ]
    told = sys.stdout if options.format == "text" else sys.stderr
    print("".join(rest) + summary(wanted, session.looks.values(), records), file=told)
    return FINDINGS if every else CLEAN


def _ledger(arguments: argparse.Namespace) -> Path:
    given: Path | None = arguments.ledger
    root: Path = arguments.root
    return given or root / "links.jsonl"


def _report(arguments: argparse.Namespace) -> int:
    from kb.commands.exit import CLEAN
    from kb.links.report import FORMATS, compare

    path = _ledger(arguments)
    now = _load(path)
    entries, titles = _named(arguments, now)
    report = compare(_earlier(path, arguments.since, now), now, entries, titles)
    sys.stdout.write(FORMATS[arguments.format](report))
    return CLEAN


Texts = Mapping[str, Sequence[str]]


def _named(arguments: argparse.Namespace, known: "Mapping[str, Record]") -> tuple[Texts, Texts]:
    """The addresses that are reported on: by what they are named, and their titles.

    They are those of `--from`, else those of the catalogue; a ledger of its own that stands beside
    no catalogue is reported as a whole.
    """
    from kb.commands.lists import lists, mentions
    from kb.links.wanted import Filters, by_address, entry_ids, of_lists, titles

    if arguments.sources:
        wanted = of_lists(mentions(lists(arguments.sources, arguments.grammar)), Filters())
        files = {url: sorted({place()[0] for place in one.places}) for url, one in wanted.items()}
        return files, {url: one.titles for url, one in wanted.items()}
    if arguments.ledger and not arguments.root.is_dir():
        return dict.fromkeys(known, ()), {}
    found = by_address(_targets(arguments.root))
    return (
        {url: entry_ids(same) for url, same in found.items()},
        {url: titles(same) for url, same in found.items()},
    )


def _earlier(path: Path, since: str | None, now: "dict[str, Record]") -> "dict[str, Record]":
    """The ledger to compare with; that of now where nobody asked and Git knows none."""
    from kb.commands.exit import UsageError
    from kb.links.revision import UnknownRevision, ledger_at

    if since and Path(since).is_file():
        return _load(Path(since))
    try:
        return ledger_at(path, since or "HEAD")
    except (UnknownRevision, FileNotFoundError) as error:
        if since:
            raise UsageError(
                f"`{since}` is not a file, and git says: {error}; name a ledger file, a branch or "
                "a commit"
            ) from None
    print("no earlier ledger in Git, so no changes; `--since FILE` names one", file=sys.stderr)
    return now


def _merge(arguments: argparse.Namespace) -> int:
    from kb.commands.exit import CLEAN, UsageError
    from kb.ledger.file import load, save
    from kb.ledger.merge import merged

    if arguments.forget and not arguments.sources and not arguments.root.is_dir():
        raise UsageError(
            f"`--forget` asks what names an address, and `{arguments.root}` is not a folder; give "
            "`--from` or `--root`"
        )
    if missing := [str(path) for path in arguments.files if not path.is_file()]:
        raise UsageError(f"`{missing[0]}` is not a file; give ledgers such as links.jsonl")
    path = _ledger(arguments)
    read = [load(one) for one in (path, *arguments.files)]
    broken = [one for _, found in read for one in found if one.name == "broken-ledger-line"]
    if broken:
        raise UsageError(f"{broken[0]}; nothing was written")
    joined = kept = merged(ledger for ledger, _ in read)
    if arguments.forget:
        named, _ = _named(arguments, {})
        kept = {url: one for url, one in joined.items() if url in named}
    save(path, kept)
    forgotten = len(joined) - len(kept)
    said = f", {forgotten:,} forgotten" if forgotten else ""
    print(f"{len(kept):,} addresses in {path}{said}")
    return CLEAN
