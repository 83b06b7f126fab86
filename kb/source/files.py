"""The files of a catalogue: which there are, which kind of entry each holds, and their bytes."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from operator import attrgetter
from pathlib import Path

from kb import kinds
from kb.findings import Finding
from kb.source.faults import FAULTS
from kb.source.reader import MAX_BYTES

TOP_FILES = frozenset({"links.jsonl"})
Parts = tuple[str, ...]
_NOT_A_FILE = "neither a regular file nor a folder"


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file of the catalogue. ``kind`` is ``topics`` for the file that holds all topics."""

    path: str
    kind: str
    id: str
    content: bytes


def load(root: Path) -> tuple[list[RawFile], list[Finding]]:
    """All entry files under ``root``, sorted, and what is wrong with the folder itself.

    What the operating system refuses to read is a finding, be it an entry, what stands beside one
    or the link ledger; everything else is read all the same.
    Raises NotADirectoryError if ``root`` is not a directory.
    """
    if not os.path.isdir(root):  # noqa: PTH112  that of pathlib raises for some names
        raise NotADirectoryError(f"`{root}` is not a folder")
    files: list[RawFile] = []
    findings: list[Finding] = []
    for path, parts in _walk(root, findings):
        shown = _shown(root, parts)
        match classify(parts):
            case None:
                findings.append(_stranger(root, Path(path), shown))
            case ():
                if isinstance(why := content(path, 1), str):
                    findings.append(_unreadable(shown, why))
            case (kind, name):
                found = content(path)
                if isinstance(found, bytes):
                    files.append(RawFile(shown, kind, name, found))
                else:
                    findings.append(_unreadable(shown, found))
    return files, findings


def classify(parts: Parts) -> tuple[str, str] | tuple[()] | None:
    """(kind, id) of an entry file, () for a file that belongs to an entry, None for a stranger."""
    if found := kinds.place_of(parts):
        kind, id = found
        return kind.file, id or kind.file
    for table in (kinds.VENUES, kinds.VOCABULARY):
        if parts == (f"{table}.yaml",):
            return table, table
    belongs = kinds.beside(parts) or (len(parts) == 1 and parts[0] in TOP_FILES)
    return () if belongs else None


def _walk(root: Path, findings: list[Finding]) -> Iterator[tuple[str, Parts]]:
    """Every regular file that is not hidden, with its path from ``root`` in parts.

    Whatever else is there is a finding.
    """
    waiting: list[tuple[str, Parts, os.DirEntry[str] | None]] = [(str(root), (), None)]
    while waiting:
        path, parts, entry = waiting.pop()
        try:
            if entry is None or entry.is_dir(follow_symlinks=False):
                os.stat(os.path.join(path, os.curdir))  # noqa: PTH116, PTH118  may it be entered?
                with os.scandir(path) as held:
                    inside = sorted(held, key=_name, reverse=True)
                waiting += [(one.path, (*parts, one.name), one) for one in inside]
                continue
            link, regular = entry.is_symlink(), entry.is_file(follow_symlinks=False)
        except OSError as error:
            findings.append(_unreadable(_shown(root, parts), _said(error)))
            continue
        if link:
            findings.append(_fault("outside-catalogue", _shown(root, parts)))
        elif entry.name.startswith("."):
            continue
        elif regular:
            yield path, parts
        else:
            findings.append(_unreadable(_shown(root, parts), _NOT_A_FILE))


_name = attrgetter("name")


def content(path: str | Path, most: int = MAX_BYTES + 1) -> bytes | str:
    """The content of a file, cut off just beyond the limit for the reader to refuse; or why not.

    Between the look at a name and its opening it may become something else: never a link is
    followed here, nor does a pipe without a writer block.
    """
    try:
        with open(path, "rb", buffering=0, opener=_opener) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return _NOT_A_FILE
            return _first(stream, most)
    except OSError as error:
        return _said(error)


def rest(path: Path) -> bytes | None:
    """The content of a file that is no entry where it stands; None if it cannot be read whole."""
    found = content(path)
    return found if isinstance(found, bytes) and len(found) <= MAX_BYTES else None


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _first(stream: FileIO, size: int) -> bytes:
    """The first ``size`` bytes; a file system may hand out fewer than asked for at a time."""
    parts = []
    while size and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _shown(root: Path, parts: Parts) -> str:
    return "/".join((root.name, *parts) if root.name else parts)


def _said(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _unreadable(shown: str, reason: str) -> Finding:
    hint = "make it a regular file or folder that everyone may read, or remove it"
    return FAULTS["unreadable"].at(shown, (1, 1), f"cannot be read: {reason}", hint)


_SAID = {
    "unexpected-file": (
        "this file is neither an entry nor part of one",
        "move it or rename it; see the contributor's page",
    ),
    "outside-catalogue": ("a symbolic link", "put the file itself there"),
}


def _stranger(root: Path, path: Path, shown: str) -> Finding:
    """A file that is no entry where it stands; if it seems to be one, where it belongs."""
    parts = path.relative_to(root).parts
    text = rest(path) if path.suffix.lower() in (".yaml", ".yml") else None
    kind = _kind(parts, text.decode(errors="replace")) if text is not None else None
    if kind is None or kind.form == "keys":
        return _fault("unexpected-file", shown)
    id = path.stem if path.stem != "entry" or len(parts) < 2 else parts[-2]
    place = kind.path(id)
    to = f"{root.name}/{place}"
    if (root / place).exists() or (path.name == "entry.yaml" and parts[-2:-1] != (id,)):
        hint = f"a {kind.name} belongs in `{kind.folder}/`; there is a `{place}` already"
        return FAULTS["unexpected-file"].at(shown, (1, 1), _SAID["unexpected-file"][0], hint)
    hint = f"move it to `{place}`"
    return FAULTS["unexpected-file"].at(shown, (1, 1), _SAID["unexpected-file"][0], hint, rename=to)


_SCHEMA = re.compile(r"\$schema=\S*?/([a-z]+)\.json")
_FIELD = re.compile(r"^([a-z_]+):", re.MULTILINE)


def _kind(parts: tuple[str, ...], text: str) -> kinds.Kind | None:
    """The kind of entry that a file with ``text`` seems to hold, whatever its name."""
    here = next((kind for kind in kinds.KINDS.values() if kind.folder == parts[0]), None)
    if here and len(parts) > 1:
        return here
    named = _SCHEMA.search(text[:500])
    if named and named[1] in kinds.KINDS:
        return kinds.KINDS[named[1]]
    fields = frozenset(_FIELD.findall(text))
    fitting = [
        kind for kind in kinds.KINDS.values() if kind.form != "keys" and kinds.fits(kind, fields)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fault(name: str, shown: str) -> Finding:
    return FAULTS[name].at(shown, (1, 1), *_SAID[name])
