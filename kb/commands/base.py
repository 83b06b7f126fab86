"""The catalogue that the working tree is held against: that of a commit, or of another folder."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

from kb.catalog import Catalog, assemble
from kb.change import Difference, difference
from kb.commands.changed import incomparable, left
from kb.commands.exit import UsageError
from kb.links.revision import UnknownRevision, git
from kb.source.files import RawFile, classify, content, load
from kb.source.reader import MAX_BYTES

_OUTPUT = "output.txt"
_CODE = ("snippet.py", "libraries.py")
Beside = Mapping[str, Mapping[str, bytes]]
"""The files beside techniques: by name, then by the id of the technique."""


def change_since(root: Path, base: str, now: Catalog) -> Difference:
    """What differs between ``base`` and ``now``, the catalogue in ``root``.

    ``base`` is a folder that holds a catalogue, or a branch, a tag or a commit; then it is the
    commit at which this branch left it. Raises UsageError if it is none of these.
    """
    is_folder = bool(base) and Path(base).is_dir()
    before, beside = _of_folder(Path(base)) if is_folder else _of_commit(root, base)
    both = (beside, _beside(root))
    was, is_now = (one[_OUTPUT] for one in both)
    return difference(before, now, (was, is_now), (_code(both[0]), _code(both[1])))


def _code(beside: Beside) -> dict[str, bytes]:
    """The code of each technique, by its id: of all its files."""
    ids = {id for name in _CODE for id in beside[name]}
    return {id: b"\f".join(beside[name].get(id, b"") for name in _CODE) for id in ids}


def _of_folder(folder: Path) -> tuple[Catalog, Beside]:
    inner = folder / "catalog"
    root = inner if inner.is_dir() else folder
    before = assemble(*load(root))
    if not before.entries:
        raise UsageError(f"the folder `{folder}` holds no entries; give that of a catalogue")
    return before, _beside(root)


def _beside(root: Path) -> Beside:
    return {name: _named(root, name) for name in (_OUTPUT, *_CODE)}


def _named(root: Path, name: str) -> dict[str, bytes]:
    """The files ``name`` beside techniques in ``root``, by id."""
    found = {path.parent.name: content(path) for path in sorted(root.glob(f"*/*/{name}"))}
    return {id: read for id, read in found.items() if isinstance(read, bytes)}


def _of_commit(root: Path, base: str) -> tuple[Catalog, Beside]:
    try:
        start = left(root, base)
        packed = git(root, "archive", "--format=tar", start, ".")
    except (UnknownRevision, FileNotFoundError) as error:
        raise incomparable(base, error, "a branch, a tag, a commit or a folder") from None
    files: list[RawFile] = []
    beside: dict[str, dict[str, bytes]] = {name: {} for name in (_OUTPUT, *_CODE)}
    for path, read in _unpacked(packed):
        parts = tuple(path.split("/"))
        if found := classify(parts):
            files.append(RawFile(f"{root.name}/{path}", *found, read))
        elif parts[-1] in beside and len(parts) == 3:
            beside[parts[-1]][parts[1]] = read
    return assemble(sorted(files, key=lambda file: file.path)), beside


def _unpacked(packed: bytes) -> list[tuple[str, bytes]]:
    """The regular files of an archive, each cut off just beyond the limit of the reader."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return [
            (member.name, stream.read(MAX_BYTES + 1))
            for member in archive
            if member.isreg() and (stream := archive.extractfile(member))
        ]
