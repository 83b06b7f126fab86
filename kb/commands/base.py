"""The catalogue that the working tree is held against: that of a commit, or of another folder."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

from kb.catalog import Catalog, assemble
from kb.change import Difference, difference
from kb.commands.changed import left
from kb.commands.exit import UsageError
from kb.links.revision import UnknownRevision, git
from kb.source.files import RawFile, classify, content, load
from kb.source.reader import MAX_BYTES

_OUTPUT = "output.txt"
Recorded = Mapping[str, bytes]


def change_since(root: Path, base: str, now: Catalog) -> Difference:
    """What differs between ``base`` and ``now``, the catalogue in ``root``.

    ``base`` is a folder that holds a catalogue, or a branch, a tag or a commit; then it is the
    commit at which this branch left it. Raises UsageError if it is none of these.
    """
    is_folder = bool(base) and Path(base).is_dir()
    before, recorded = _of_folder(Path(base)) if is_folder else _of_commit(root, base)
    return difference(before, now, (recorded, _recorded(root)))


def _of_folder(folder: Path) -> tuple[Catalog, Recorded]:
    inner = folder / "catalog"
    root = inner if inner.is_dir() else folder
    before = assemble(*load(root))
    if not before.entries:
        raise UsageError(f"the folder `{folder}` holds no entries; give that of a catalogue")
    return before, _recorded(root)


def _recorded(root: Path) -> Recorded:
    """The recorded output of techniques in ``root``, by id."""
    found = {path.parent.name: content(path) for path in sorted(root.glob(f"*/*/{_OUTPUT}"))}
    return {id: read for id, read in found.items() if isinstance(read, bytes)}


def _of_commit(root: Path, base: str) -> tuple[Catalog, Recorded]:
    try:
        start = left(root, base)
        packed = git(root, "archive", "--format=tar", start, ".")
    except (UnknownRevision, FileNotFoundError) as error:
        raise UsageError(
            f"git cannot compare with `{base}`: {error}; give a branch, a tag, a commit or a folder"
        ) from None
    files: list[RawFile] = []
    recorded: dict[str, bytes] = {}
    for path, read in _unpacked(packed):
        parts = tuple(path.split("/"))
        if found := classify(parts):
            files.append(RawFile(f"{root.name}/{path}", *found, read))
        elif parts[-1] == _OUTPUT and len(parts) == 3:
            recorded[parts[1]] = read
    return assemble(sorted(files, key=lambda file: file.path)), recorded


def _unpacked(packed: bytes) -> list[tuple[str, bytes]]:
    """The regular files of an archive, each cut off just beyond the limit of the reader."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return [
            (member.name, stream.read(MAX_BYTES + 1))
            for member in archive
            if member.isreg() and (stream := archive.extractfile(member))
        ]
