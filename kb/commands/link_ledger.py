"""Carries out `kb links report` and `kb links merge`: what ledgers say, and one of many."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kb.commands.exit import CLEAN, UsageError
from kb.commands.lists import lists, mentions
from kb.ledger.file import illegible, load, save
from kb.ledger.merge import merged
from kb.ledger.record import Record
from kb.links.report import FORMATS, compare
from kb.links.revision import UnknownRevision, ledger_at
from kb.links.wanted import Filters, by_address, entry_ids, of_lists, titles

Texts = Mapping[str, Sequence[str]]


def _ledger(arguments: argparse.Namespace) -> Path:
    given: Path | None = arguments.ledger
    root: Path = arguments.root
    return given or root / "links.jsonl"


def report(arguments: argparse.Namespace) -> int:
    """`kb links report`: what changed, and the state of all links. Gives the exit code."""
    path = _ledger(arguments)
    if arguments.ledger and not path.is_file():
        raise UsageError(f"`{path}` is not a file; give a ledger such as links.jsonl")
    now = known_by(path)
    entries, named = _named(arguments, now)
    found = compare(_earlier(path, arguments.since, now), now, entries, named)
    sys.stdout.write(FORMATS[arguments.format](found))
    return CLEAN


def known_by(path: Path) -> dict[str, Record]:
    """The ledger at ``path``, empty if there is none. Raises UsageError for a broken one."""
    known, findings = load(path)
    if why := illegible(path, findings):
        raise UsageError(why)
    return known


def _named(arguments: argparse.Namespace, known: Mapping[str, Record]) -> tuple[Texts, Texts]:
    """The addresses that are reported on: by what they are named, and their titles.

    They are those of `--from`, else those of the catalogue; a ledger of its own that stands beside
    no catalogue is reported as a whole.
    """
    if arguments.sources:
        wanted = of_lists(mentions(lists(arguments.sources, arguments.grammar)), Filters())
        files = {url: sorted({place()[0] for place in one.places}) for url, one in wanted.items()}
        return files, {url: one.titles for url, one in wanted.items()}
    if not arguments.root.is_dir():
        if arguments.ledger:
            return dict.fromkeys(known, ()), {}
        raise UsageError(
            f"`{arguments.root}` is not a folder; for a ledger without a catalogue give `--ledger`"
        )
    from kb.commands.link_targets import targets  # the catalogue takes a while to load

    found = by_address(targets(arguments.root))
    return (
        {url: entry_ids(same) for url, same in found.items()},
        {url: titles(same) for url, same in found.items()},
    )


def _earlier(path: Path, since: str | None, now: dict[str, Record]) -> dict[str, Record]:
    """The ledger to compare with; that of now where nobody asked and Git knows none."""
    if since and Path(since).is_file():
        return known_by(Path(since))
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


def merge(arguments: argparse.Namespace) -> int:
    """`kb links merge`: join ledgers into the ledger. Gives the exit code."""
    if arguments.forget and not arguments.sources and not arguments.root.is_dir():
        raise UsageError(
            f"`--forget` asks what names an address, and `{arguments.root}` is not a folder; give "
            "`--from` or `--root`"
        )
    if missing := [str(path) for path in arguments.files if not path.is_file()]:
        raise UsageError(f"`{missing[0]}` is not a file; give ledgers such as links.jsonl")
    path = _ledger(arguments)
    joined = kept = merged([known_by(one) for one in (path, *arguments.files)])
    if arguments.forget:
        named, _ = _named(arguments, {})
        kept = {url: one for url, one in joined.items() if url in named}
    save(path, kept)
    forgotten = len(joined) - len(kept)
    said = f", {forgotten:,} forgotten" if forgotten else ""
    print(f"{len(kept):,} addresses in {path}{said}")
    return CLEAN
