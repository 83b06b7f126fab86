"""The files of a catalogue: which there are, which kind of entry each holds, and their bytes."""

from dataclasses import dataclass
from pathlib import Path

from kb import kinds
from kb.findings import Finding
from kb.source.faults import FAULTS
from kb.source.reader import MAX_BYTES

TOP_FILES = frozenset({"links.jsonl"})


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file of the catalogue. ``kind`` is ``topics`` for the file that holds all topics."""

    path: str
    kind: str
    id: str
    content: bytes


def load(root: Path) -> tuple[list[RawFile], list[Finding]]:
    """All entry files under ``root`` and what is wrong with the folder itself.

    Raises NotADirectoryError if ``root`` is no folder.
    """
    if not root.is_dir():
        raise NotADirectoryError(f"{root} is not a folder")
    files: list[RawFile] = []
    findings: list[Finding] = []
    for path in _walk(root, root.name, findings):
        relative = path.relative_to(root)
        shown = f"{root.name}/{relative.as_posix()}"
        match classify(relative.parts):
            case None:
                findings.append(
                    FAULTS["unexpected-file"].at(
                        shown,
                        (1, 1),
                        "this file is no entry and belongs to none",
                        "move it or rename it; see the contributor's page",
                    )
                )
            case (kind, name):
                files.append(RawFile(shown, kind, name, _bytes(path)))
    return files, findings


def classify(parts: tuple[str, ...]) -> tuple[str, str] | tuple[()] | None:
    """(kind, id) of an entry file, () for a file that belongs to an entry, None for a stranger."""
    if found := kinds.place_of(parts):
        kind, id = found
        return kind.file, id or kind.file
    belongs = kinds.beside(parts) or (len(parts) == 1 and parts[0] in TOP_FILES)
    return () if belongs else None


def _walk(folder: Path, shown: str, findings: list[Finding]) -> list[Path]:
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        here = f"{shown}/{path.name}"
        if path.is_symlink():
            findings.append(
                FAULTS["outside-catalogue"].at(
                    here, (1, 1), "a symbolic link", "put the file itself there"
                )
            )
        elif path.is_dir():
            found += _walk(path, here, findings)
        elif path.is_file() and not path.name.startswith("."):
            found.append(path)
    return found


def _bytes(path: Path) -> bytes:
    """The content, cut off just behind the limit so that the reader can refuse it."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
