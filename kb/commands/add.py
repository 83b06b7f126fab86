"""`kb add`: writes the entry of a paper, an article or a library from what others say of it."""

import argparse
import gzip
import re
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb import atomic
from kb.addresses import ill_written, unsafe
from kb.catalog import join, part
from kb.commands.exit import CLEAN, FINDINGS, UsageError, plain
from kb.source.files import load

if TYPE_CHECKING:
    from kb.catalog import Catalog
    from kb.importers.draft import Draft
    from kb.importers.recognize import Recognized
    from kb.importers.record import NoRecord, WorkRecord

    Work = Recognized | WorkRecord | NoRecord

_MOST = 40_000_000
_SUFFIXES = frozenset((".bib", ".bibtex", ".yaml", ".yml", ".json", ".jsonl", ".gz"))


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `add` to ``commands``."""
    parser = commands.add_parser("add")
    parser.add_argument(
        "what",
        nargs="+",
        metavar="X",
        help="an arXiv id, a DOI, an address at OpenReview, ACL Anthology, GitHub or WeChat, "
        "BibTeX, or a file of records: YAML, JSON, CSL-JSON, BibTeX; `-` reads BibTeX from stdin",
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="FILE",
        help="records to compare with; what two do not agree on is left out",
    )
    parser.add_argument(
        "--titled",
        action="append",
        default=[],
        metavar="TEXT",
        help="of a file of many records only those whose title begins so; may be repeated",
    )
    parser.add_argument(
        "--read",
        default="",
        metavar="URL",
        help="where the records of the file stand on the web: they then support what they say",
    )
    parser.add_argument(
        "--against-read", default="", metavar="URL", help="the same for the file of `--against`"
    )
    parser.add_argument("--offline", action="store_true", help="ask nobody")
    parser.add_argument("--id", default="", help="the id of the entry, if not the usual one")
    parser.add_argument(
        "--anyway", action="store_true", help="add it although it resembles a known entry"
    )
    parser.set_defaults(run=run, fetch=None)


def run(arguments: argparse.Namespace) -> int:
    """Add what ``arguments`` name, asking `arguments.fetch` or the network; the exit code."""
    from kb.importers.draft import Duplicate
    from kb.importers.gather import Refusal
    from kb.importers.record import NoRecord

    meant = [one for what in arguments.what for one in _meant(what)]
    wanted = _titled(arguments.titled, meant) if arguments.titled else meant
    if arguments.id and len(wanted) > 1:
        raise UsageError("`--id` goes with one work; leave it out")
    draft = _drafter(arguments)
    files, findings = load(arguments.root)
    parts = [part(file) for file in files]
    _usable(arguments.id, join(parts, findings))
    refused = 0
    for said, work in wanted:
        try:
            made = draft(work, join(parts, findings))
        except (Refusal, Duplicate, NoRecord) as error:
            print(plain(f"not added: {said}: {error}"))
            refused += 1
            continue
        _write(made, arguments.root, len(wanted) == 1)
        parts.append(part(made.file))
    if len(wanted) > 1:
        print(f"{len(wanted) - refused} added, {refused} not")
        print("then: `kb fmt`, and `kb check` until it says `no findings`")
    return FINDINGS if refused else CLEAN


def _usable(id: str, catalog: "Catalog") -> None:
    """Raise UsageError unless a new entry may have the ``id`` that was asked for, if one was."""
    if id and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id[:81]):
        raise UsageError(f"`{id}` is not an id; use a-z, 0-9 and single hyphens, at most 80")
    if taken := catalog.known(id):
        raise UsageError(f"`{id}` is already the id of `{taken.path}`; choose another one")


def _drafter(arguments: argparse.Namespace) -> "Callable[[Work, Catalog], Draft]":
    """How a work becomes the draft of an entry."""
    from kb.commands import network
    from kb.importers.add import added, imported
    from kb.importers.draft import Wishes
    from kb.importers.record import NoRecord, WorkRecord, seen_at

    for url in filter(None, (arguments.read, arguments.against_read)):
        if fault := unsafe(url) or ill_written(url):
            raise UsageError(f"`{url}`: {fault.message}; {fault.instead}")
    wishes = Wishes(arguments.today, arguments.id, arguments.anyway)
    fetch = None if arguments.offline else arguments.fetch or network.fetch()
    others = _file(arguments.against) if arguments.against else []
    copy = arguments.against_read
    against = [seen_at(copy, one) for one in others if isinstance(one, WorkRecord)]

    def drafted(work: "Work", catalog: "Catalog") -> "Draft":
        if isinstance(work, NoRecord):
            raise work
        if isinstance(work, WorkRecord):
            return imported(seen_at(arguments.read, work), against, catalog, wishes, fetch)
        return added(work, catalog, wishes, fetch)

    return drafted


def _meant(what: str) -> "list[tuple[str, Work]]":
    """The works that ``what`` means, each with what to call it. Raises UsageError, OSError."""
    from kb.importers.recognize import Unrecognized, recognize
    from kb.importers.record import WorkRecord

    if (read := _records(what)) is not None:
        return [
            ((isinstance(one, WorkRecord) and one.title) or f"record {number}", one)
            for number, one in enumerate(read, 1)
        ]
    try:
        return [(what, recognize(what))]
    except Unrecognized as error:
        raise UsageError(str(error)) from None


def _titled(titles: Sequence[str], works: "list[tuple[str, Work]]") -> "list[tuple[str, Work]]":
    """Those of ``works`` whose title begins like one of ``titles``. Raises UsageError."""
    from kb.importers.same import folded

    starts = [folded(title) for title in titles]
    names = [folded(name) for name, _ in works]
    for title, start in zip(titles, starts, strict=True):
        if not start or not any(name.startswith(start) for name in names):
            raise UsageError(f"no record has a title that begins with `{title}`; look it up there")
    begun = [name.startswith(tuple(starts)) for name in names]
    return [work for work, kept in zip(works, begun, strict=True) if kept]


def _records(what: str) -> "list[WorkRecord | NoRecord] | None":
    """The records that ``what`` holds or names; None if it is an identifier or an address."""
    from kb.importers import bibtex
    from kb.importers.recognize import is_bibtex

    if what == "-":
        return bibtex.records(sys.stdin.read(_MOST))
    if is_bibtex(what):
        return bibtex.records(what)
    path = Path(what)
    known = path.suffix.lower() in _SUFFIXES and "://" not in what
    return _file(path) if known else None


def _file(path: Path) -> "list[WorkRecord | NoRecord]":
    """The records in a file. Raises UsageError, OSError."""
    from kb.importers.record import NoRecord
    from kb.importers.records import records

    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            content = stream.read(_MOST + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UsageError(f"`{path}` cannot be unpacked; unpack it, then give the file") from None
    if len(content) > _MOST:
        raise UsageError(f"`{path}` has more than {_MOST:,} bytes; split it")
    try:
        return records(path.name.removesuffix(".gz").lower(), content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"`{path}` is not UTF-8; save it as UTF-8") from None
    except NoRecord as error:
        raise UsageError(f"`{path}` holds {error}; correct it") from None


def _write(made: "Draft", root: Path, alone: bool) -> None:
    path = root / Path(*made.file.path.split("/")[1:])
    if path.exists():
        raise UsageError(f"`{path}` is there already; give the entry another id with `--id`")
    atomic.write(path, made.file.content, within=root)
    print(f"wrote {plain(str(path))}")
    for note in made.notes:
        print(plain(f"  {note}"))
    print("next: open that file and write" if alone else "  still to write:")
    for lack in made.lacks:
        print(plain(f"  - {lack}"))
    if alone:
        print("then: `kb fmt`, and `kb check` until it says `no findings`")
