"""The command `kb links`: look at links, say what changed, join the ledgers of shards. Nothing of the catalogue is read for `--from`."""

import argparse
import contextlib
import datetime
import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kb.cli_progress import Progress, span

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from kb.ledger.look import Copy, Look
    from kb.ledger.record import Record
    from kb.links.run import Place, Run, Wanted
    from kb.links.settings import Settings
    from kb.walk import Target

FINDING_FORMATS = ("text", "github", "json")
REPORT_FORMATS = ("text", "markdown", "json", "junit")
INTERRUPTED = 130
ARCHIVE_SECONDS = 600


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `links` with its own commands to ``commands``."""
    links = commands.add_parser(
        "links", help="look at links and remember what was seen"
    ).add_subparsers(required=True, metavar="ACTION")
    _add_check(
        links.add_parser(
            "check",
            help="look at links, politely; exit 1 if one is gone or leads to the wrong target",
        )
    )
    report = links.add_parser("report", help="what changed and what stands")
    report.add_argument(
        "--since",
        default="HEAD",
        metavar="REF|FILE",
        help="against the ledger of this commit, or this file (default: HEAD)",
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
    report.set_defaults(run=_report)
    merge = links.add_parser(
        "merge",
        help="join ledgers, such as those of shards, into the ledger; the order never matters",
    )
    merge.add_argument("files", nargs="+", type=Path, metavar="FILE")
    merge.add_argument(
        "--forget", action="store_true", help="leave out addresses that no entry names any more"
    )
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
    which.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        help="all addresses in this file of any kind (- is standard input), not those of the catalogue",
    )
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
        help="let addresses through that are not public, such as 127.0.0.0/8",
    )
    how.add_argument(
        "--allow-port",
        action="append",
        default=[],
        type=_port,
        metavar="PORT",
        help="let a port through besides 80 and 443",
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
        "--strict", action="store_true", help="exit 1 for blocked, unsure and moved links, too"
    )
    out.add_argument(
        "--ledger",
        type=Path,
        metavar="FILE",
        help="the ledger (default: links.jsonl in the catalogue's folder; with --from: none)",
    )
    check.set_defaults(run=_check)


def _whole(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"`{word}` is no whole number")
    return int(word)


def _port(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError(f"`{word}` is no port; give a number from 1 to 65535")
    return int(word)


def _shard(word: str) -> tuple[int, int]:
    number, _, count = word.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise argparse.ArgumentTypeError(f"`{word}` is no shard; write 2/4 for the second of four")
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

    from kb.cli import WrongCall
    from kb.links.settings import Settings

    for network in arguments.allow_network:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise WrongCall(
                f"`--allow-network {network}` is no network; write 127.0.0.0/8"
            ) from None
    token = os.environ.get("GITHUB_TOKEN")
    return Settings(
        allow_networks=tuple(arguments.allow_network),
        allow_ports=frozenset({80, 443, *arguments.allow_port}),
        resolve=dict(arguments.resolve),
        tokens={"api.github.com": token} if token else {},
    )


def _check(arguments: argparse.Namespace) -> int:
    return check(arguments, _settings(arguments))


def check(arguments: argparse.Namespace, settings: "Settings") -> int:
    """`kb links check`: look, remember, tell. Gives the exit code."""
    from kb.cli import WrongCall
    from kb.links import archive, engine
    from kb.links.journal import Journal, Memory, Refused
    from kb.links.run import Run, due

    if arguments.source and arguments.changed_since:
        raise WrongCall(
            "`--changed-since` asks about the catalogue, `--from` about another file; give one of the two"
        )
    if arguments.json and not arguments.json.parent.is_dir():
        raise WrongCall(f"`{arguments.json.parent}` is no folder; make it, or give another --json")
    path, today = _ledger_path(arguments), datetime.date.today()
    wanted = _wanted(arguments)
    if arguments.dry_run:
        return _dry_run(
            due(wanted, _load(path) if path else {}, {}, today, arguments.max_age), settings
        )
    progress = Progress(sys.stderr)
    try:
        with Journal(path, create=bool(arguments.ledger)) if path else Memory() as journal:
            urls = due(wanted, journal.records, journal.resumed, today, arguments.max_age)
            run = Run(wanted, journal, today, progress.seen, proof=path is not None)
            progress.begin(
                len(urls), max((host.seconds for host in engine.plan(urls, settings)), default=0)
            )
            ended = _until_done(engine.look_at(urls, settings, run.saw))
            if ended and arguments.archive:
                copied = partial(_copied, run, progress)
                ended = _until_done(
                    _for_a_while(archive.newest_copy(run.without_copy("gone"), settings, copied))
                )
                ended = ended and _until_done(
                    _for_a_while(archive.ask_for_copy(run.without_copy("alive"), settings, copied))
                )
    except Refused as refused:
        raise WrongCall(str(refused)) from None
    progress.end()
    if arguments.json:
        _write_json(arguments.json, [run.looks[url] for url in wanted if url in run.looks])
    code = _tell(arguments, wanted, run)
    if ended and run.unproven:
        raise WrongCall(
            f"no host answered: either all {len(urls):,} links lead nowhere, or there is no network; what looked gone was not remembered"
        )
    return code if ended else INTERRUPTED


def _copied(run: "Run", progress: Progress, url: str, copy: "Copy") -> None:
    run.copied(url, copy)
    progress.say(f"{url}: a copy of {copy.day} is at {copy.url}")


def _until_done(work: "Coroutine[Any, Any, None]") -> bool:
    """Do ``work`` to its end; False if somebody stopped it (Ctrl-C, or a polite kill).

    A shell makes what it starts in the background deaf to SIGINT. So the default is set anew: asyncio listens to nothing else.
    """
    import asyncio
    import signal

    deaf = signal.signal(signal.SIGINT, signal.default_int_handler)
    before = signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        asyncio.run(work)
        return True
    except KeyboardInterrupt:
        return False
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGINT, deaf)


async def _for_a_while(work: "Coroutine[Any, Any, None]") -> None:
    """An archive is slow; what it did not get to, the next run asks for."""
    import asyncio

    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(work, ARCHIVE_SECONDS)


def _wanted(arguments: argparse.Namespace) -> "Wanted":
    """The addresses to look at, in order."""
    from kb.cli import WrongCall
    from kb.links.run import host, shard

    found = _of_file(arguments.source) if arguments.source else _of_catalogue(arguments)
    number, count = arguments.shard
    only = arguments.only if arguments.source or "." in (arguments.only or "") else None
    if only and not any(host(url) == only.lower() for url in found):
        raise WrongCall(
            f"no link leads to `{only}`; write a host such as arxiv.org, letter by letter"
        )
    return {
        url: address
        for url, address in found.items()
        if shard(url, count) == number and (not only or host(url) == only.lower())
    }


def _of_file(name: str) -> "Wanted":
    from kb.cli import WrongCall
    from kb.links.pick import pick
    from kb.links.run import Address

    try:
        with open(
            0 if name == "-" else name, encoding="utf-8", errors="replace", closefd=name != "-"
        ) as lines:
            return {url: Address((partial(_at, name, line),)) for line, url in pick(lines)}
    except OSError as error:
        raise WrongCall(f"cannot read `{name}`: {error.strerror}") from None


def _at(path: str, line: int) -> "Place":
    return path, (line, 1)


def _of_catalogue(arguments: argparse.Namespace) -> "Wanted":
    from kb.catalog import assemble
    from kb.links.run import Address
    from kb.source.files import load
    from kb.walk import targets

    if arguments.changed_since:
        found = _changed(arguments)
    else:
        found = targets(assemble(*load(arguments.root)))
    if arguments.only and "." not in arguments.only:
        found = _of_entry(found, arguments.only)
    return {
        url: Address([partial(_place, one) for one in same], _titles(same))
        for url, same in _by_address(found).items()
    }


def _changed(arguments: argparse.Namespace) -> "list[Target]":
    from kb.cli import WrongCall
    from kb.links.changed import changed_targets
    from kb.links.revision import UnknownRevision

    try:
        return changed_targets(arguments.root, arguments.changed_since)
    except UnknownRevision as error:
        raise WrongCall(
            f"git cannot compare with `{arguments.changed_since}`: {error}; name a branch, a tag or a commit"
        ) from None


def _of_entry(found: "list[Target]", id: str) -> "list[Target]":
    from kb.near import suggest
    from kb.cli import WrongCall

    ids = {target.entry.id for target in found}
    if id not in ids:
        raise WrongCall(
            f"no entry with links and no host is called `{id}`; {suggest(id, ids) or 'give an id or a host such as arxiv.org'}"
        )
    return [target for target in found if target.entry.id == id]


def _by_address(found: "Iterable[Target]") -> "dict[str, list[Target]]":
    together: dict[str, list[Target]] = {}
    for target in found:
        together.setdefault(target.url, []).append(target)
    return together


def _titles(same: "Iterable[Target]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(target.title for target in same if target.title))


def _place(target: "Target") -> "Place":
    return target.entry.path, target.entry.place(target.keys)


def _ledger_path(arguments: argparse.Namespace) -> Path | None:
    if arguments.ledger:
        return arguments.ledger
    return None if getattr(arguments, "source", None) else arguments.root / "links.jsonl"


def _load(path: Path) -> "dict[str, Record]":
    from kb.ledger.file import load

    return load(path)[0]


def _dry_run(urls: "Sequence[str]", settings: "Settings") -> int:
    from kb.cli import CLEAN
    from kb.links.engine import plan

    hosts = plan(urls, settings)
    print(f"{'links':>7} {'requests':>9} {'time':>9}  host")
    for host in hosts:
        print(f"{host.links:7,} {host.requests:9,} {span(host.seconds):>9}  {host.host}")
    longest = span(max((host.seconds for host in hosts), default=0))
    print(
        f"{len(urls):,} links on {len(hosts):,} hosts, {sum(host.requests for host in hosts):,} requests, about {longest}"
    )
    return CLEAN


def _write_json(path: Path, looks: "Iterable[Look]") -> None:
    import json

    from kb.links.run import as_json

    new = path.with_name(f".{path.name}.new")
    new.write_text(
        json.dumps({look.url: as_json(look) for look in looks}, ensure_ascii=False, indent=1)
        + "\n",
        encoding="utf-8",
    )
    new.replace(path)


def _tell(arguments: argparse.Namespace, wanted: "Wanted", run: "Run") -> int:
    """Findings, then what else is not alive, then a summary in words. Gives the exit code."""
    from kb import report
    from kb.cli import CLEAN, FINDINGS
    from kb.ledger.record import Record
    from kb.links.findings import FAIL, STRICT, findings

    counting = STRICT if arguments.strict else FAIL
    records = run.journal.records
    found = {
        url: findings(records.get(url) or Record(url), one.titles, one.places, counting)
        for url, one in wanted.items()
    }
    sys.stdout.write(
        report.FORMATS[arguments.format](
            sorted(finding for of_url in found.values() for finding in of_url)
        )
    )
    told = sys.stdout if arguments.format == "text" else sys.stderr
    print(
        "".join(
            _line(look)
            for url, look in run.looks.items()
            if look.verdict != "alive" and not found[url]
        )
        + _summary(wanted, run),
        file=told,
    )
    return FINDINGS if any(found.values()) else CLEAN


def _line(look: "Look") -> str:
    from kb.ledger.record import LONGEST, clean

    return f"{look.verdict:8} {look.url}  {clean(look.reason, LONGEST['reason'])}\n"


def _summary(wanted: "Wanted", run: "Run") -> str:
    from kb.links.run import counted

    looked = f"looked at {len(run.looks):,} of {len(wanted):,} links: {counted(look.verdict for look in run.looks.values())}"
    failing = sum(
        bool(one and one.good and one.failing and one.state != "gone")
        for one in map(run.journal.records.get, wanted)
    )
    return looked + (f"; {failing:,} fail and are not given up yet" if failing else "")


def _report(arguments: argparse.Namespace) -> int:
    from kb.catalog import assemble
    from kb.cli import CLEAN
    from kb.links.report import FORMATS, compare
    from kb.source.files import load
    from kb.walk import targets

    path = _ledger_path(arguments)
    found = _by_address(targets(assemble(*load(arguments.root))))
    entries = {
        url: list(dict.fromkeys(target.entry.id for target in same)) for url, same in found.items()
    }
    old = _earlier(path, arguments.since)
    sys.stdout.write(
        FORMATS[arguments.format](
            compare(old, _load(path), entries, {url: _titles(same) for url, same in found.items()})
        )
    )
    return CLEAN


def _earlier(path: Path, since: str) -> "dict[str, Record]":
    from kb.cli import WrongCall
    from kb.links.revision import UnknownRevision, ledger_at

    if Path(since).is_file():
        return _load(Path(since))
    try:
        return ledger_at(path, since)
    except UnknownRevision as error:
        raise WrongCall(
            f"`{since}` is no file, and git says: {error}; name a ledger file, a branch or a commit"
        ) from None


def _merge(arguments: argparse.Namespace) -> int:
    from kb.cli import CLEAN, WrongCall
    from kb.ledger.file import load, save
    from kb.ledger.merge import merged

    if missing := [str(path) for path in arguments.files if not path.is_file()]:
        raise WrongCall(f"`{missing[0]}` is no file")
    path = _ledger_path(arguments)
    read = [load(one) for one in (path, *arguments.files)]
    if broken := [
        finding
        for _, findings in read
        for finding in findings
        if finding.name == "broken-ledger-line"
    ]:
        raise WrongCall(f"{broken[0]}; nothing was written")
    joined = merged(ledger for ledger, _ in read)
    kept = (
        {url: joined[url] for url in joined.keys() & _named(arguments.root)}
        if arguments.forget
        else joined
    )
    save(path, kept)
    forgotten = len(joined) - len(kept)
    print(
        f"{len(kept):,} addresses in {path}" + (f", {forgotten:,} forgotten" if forgotten else "")
    )
    return CLEAN


def _named(root: Path) -> set[str]:
    from kb.catalog import assemble
    from kb.source.files import load
    from kb.walk import targets

    return {target.url for target in targets(assemble(*load(root)))}
