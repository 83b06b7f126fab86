"""Carries out `kb links check`: looks at links, remembers what was seen, tells it."""

import argparse
import asyncio
import contextlib
import datetime
import json
import signal
import sys
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kb import atomic
from kb.commands.exit import CLEAN, FINDINGS, INTERRUPTED, UsageError
from kb.commands.link_ledger import known_by
from kb.commands.lists import Lists, lists, mentions
from kb.commands.progress import Progress, span
from kb.commands.written import written
from kb.findings import Finding
from kb.ledger.look import ArchivedCopy, Look
from kb.ledger.record import Record
from kb.links import archive, engine
from kb.links.findings import FAIL, STRICT, findings, in_lists
from kb.links.journal import Journal, LedgerUnavailable, Memory
from kb.links.model import Settings
from kb.links.session import Session, due
from kb.links.summary import as_json, line, summary
from kb.links.wanted import Filters, NothingWanted, Wanted, of_lists, of_targets

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
    filters: Filters
    max_age: int
    ledger: Path | None
    keeps_ledger: bool
    archive: bool
    dry_run: bool
    strict: bool
    format: str
    json: Path | None
    today: datetime.date


def check_options(arguments: argparse.Namespace) -> CheckOptions:
    """The options in ``arguments``. Raises UsageError if they contradict each other."""
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
    if arguments.dry_run and (arguments.json or arguments.archive):
        option = "--json" if arguments.json else "--archive"
        raise UsageError(
            f"`--dry-run` asks nothing, so `{option}` has nothing to write; leave one out"
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


def check(options: CheckOptions, settings: Settings) -> int:
    """`kb links check`: check, remember, report. Gives the exit code."""
    listed = lists(options.sources, options.grammar)
    wanted, offline, today = _wanted(options, listed), in_lists(listed), options.today
    if options.dry_run:
        known = known_by(options.ledger) if options.ledger else {}
        urls = due(wanted, known, {}, today, options.max_age)
        return _dry_run(urls, settings, offline, options.format)
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
        raise UsageError(_nobody_answered(len(session.looks), options.ledger is not None))
    return code if ended else INTERRUPTED


def _nobody_answered(links: int, remembers: bool) -> str:
    which = f"all {links:,} links lead" if links > 1 else "the link leads"
    lost = "not remembered" if remembers else "not reported as gone"
    return (
        f"no host answered: either {which} nowhere, or there is no network; what looked gone was "
        f"{lost}"
    )


def _journal(options: CheckOptions) -> Journal | Memory:
    return Journal(options.ledger, create=options.keeps_ledger) if options.ledger else Memory()


def _carried_out(
    options: CheckOptions,
    settings: Settings,
    wanted: Wanted,
    journal: Journal | Memory,
    today: datetime.date,
) -> tuple[Session, bool]:
    """The session after its checks, and whether it came to its end."""
    progress = Progress(sys.stderr)
    urls = due(wanted, journal.records, journal.resumed, today, options.max_age)
    session = Session(wanted, journal, today, progress.seen)
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


def _settled(session: Session, settings: Settings) -> bool:
    """Try the shorter readings of what is gone as it is written; False if stopped."""
    looks: dict[str, Look] = {}

    def saw(look: Look) -> None:
        looks[look.url] = look

    shorter = list(dict.fromkeys(session.wanted[url].shorter for url in session.doubted))
    ended = not shorter or _until_done(engine.look_at(shorter, settings, saw))
    session.settle(looks)
    return ended


def _archived(session: Session, settings: Settings, progress: Progress) -> bool:
    """Find copies of what is gone, then ask for copies of what is alive; False if stopped."""
    copied = partial(_copied, session, progress)
    found = archive.newest_copy(session.without_copy("gone"), settings, copied)
    return _until_done(_for_a_while(found)) and _until_done(
        _for_a_while(archive.ask_for_copy(session.without_copy("alive"), settings, copied))
    )


def _copied(session: Session, progress: Progress, url: str, copy: ArchivedCopy) -> None:
    session.copied(url, copy)
    progress.say(f"{url}: a copy of {copy.day} is at {copy.url}")


def _until_done(work: Coroutine[Any, Any, None]) -> bool:
    """Do ``work`` to its end; False if it was stopped (Ctrl-C or SIGTERM).

    Shells start background jobs with SIGINT ignored, so its default handler is restored: asyncio
    needs it.
    """
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
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(work, ARCHIVE_SECONDS)


def _wanted(options: CheckOptions, listed: Lists) -> Wanted:
    """The addresses to check, in order."""
    try:
        if options.sources:
            return of_lists(mentions(listed), options.filters)
        from kb.commands.link_targets import targets  # the catalogue takes a while to load

        return of_targets(targets(options.root, options.changed_since), options.filters)
    except NothingWanted as error:
        raise UsageError(str(error)) from None


def _dry_run(urls: Sequence[str], settings: Settings, offline: Sequence[Finding], form: str) -> int:
    """What would be asked, and what is wrong without asking. Gives the exit code.

    The plan is for people: it goes to the error stream if a program reads the findings.
    """
    hosts = engine.plan(urls, settings)
    longest = span(max((host.seconds for host in hosts), default=0))
    requests = sum(host.requests for host in hosts)
    plan = (
        f"{'links':>7} {'requests':>9} {'time':>9}  host",
        *(
            f"{host.links:7,} {host.requests:9,} {span(host.seconds):>9}  {host.host}"
            for host in hosts
        ),
        f"{len(urls):,} links on {len(hosts):,} hosts, {requests:,} requests, about {longest}",
    )
    for_people = form == "text"
    print("\n".join(plan), file=sys.stdout if for_people else sys.stderr)
    if offline or not for_people:
        sys.stdout.write(
            ("\n" if for_people else "") + written(sorted(offline), form, "kb links check")
        )
    return FINDINGS if offline else CLEAN


def _write_json(path: Path, looks: Iterable[Look]) -> None:
    found = {look.url: as_json(look) for look in looks}
    atomic.write(path, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())


def _tell(
    options: CheckOptions, wanted: Wanted, session: Session, offline: Sequence[Finding]
) -> int:
    """Findings, then what else is not alive, then a summary in words. Gives the exit code."""
    counting = STRICT if options.strict else FAIL
    records = session.journal.records
    found = {
        url: findings(records.get(url) or Record(url), one.titles, one.places, counting)
        for url, one in wanted.items()
    }
    every = sorted([*offline, *(finding for of_url in found.values() for finding in of_url)])
    sys.stdout.write(written(every, options.format, "kb links check"))
    rest = [
        line(look)
        for url, look in session.looks.items()
        if look.verdict != "alive" and not found[url]
    ]
    told = sys.stdout if options.format == "text" else sys.stderr
    print("".join(rest) + summary(wanted, session.looks.values(), records), file=told)
    return FINDINGS if every else CLEAN
