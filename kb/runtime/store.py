"""Where the runtime is kept, and what of it is there: a file counts only with exactly the size and
hash that the repository names.
"""

import gzip
import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path

from kb import atomic
from kb.runtime.manifest import COMPILED, PARTS, VERSION, RuntimePart

MAKERS = tuple(Path(__file__).with_name(name) for name in ("ahead.py", "packages.mjs"))


def place(cache: Path) -> Path:
    """Where ``cache`` keeps this version."""
    return cache / VERSION


def compiled_place(folder: Path) -> Path:
    """Where ``folder`` keeps the parts that were compiled ahead of time."""
    return folder / "compiled"


def missing(folder: Path, parts: Iterable[RuntimePart] = PARTS) -> list[RuntimePart]:
    """The parts that ``folder`` does not hold, or not with their hash."""
    return [part for part in parts if content(folder, part) is None]


def served(folder: Path) -> dict[str, Path]:
    """What a page loads, by name: all parts, and of those that can be compiled ahead of time the
    compiled one where it is there.
    """
    ahead = compiled_place(folder)
    found = {part.kept_as: folder / part.kept_as for part in PARTS}
    return found | {
        part.kept_as: ahead / part.kept_as for part in COMPILED if content(ahead, part) is not None
    }


def content(folder: Path, part: RuntimePart) -> bytes | None:
    """The plain bytes of ``part`` in ``folder``; None if there are none with its hash."""
    path = folder / part.kept_as
    if not path.is_file():
        return None
    kept = path.read_bytes()
    plain = _unpacked(kept, part.size) if part.packed else kept
    return plain if is_right(part, plain) else None


def is_right(part: RuntimePart, plain: bytes | None) -> bool:
    """Whether ``plain`` are the bytes that the repository names."""
    return plain is not None and hashlib.sha256(plain).hexdigest() == part.sha256


def keep(folder: Path, part: RuntimePart, plain: bytes) -> None:
    """Write ``part`` so that a kill at any moment leaves the old file or the new one."""
    path = folder / part.kept_as
    kept = _packed(plain) if part.packed else plain
    atomic.write(path, kept, within=folder)


def ahead(folder: Path, name: str, plain: bytes) -> bytes | None:
    """The compiled archive that was made of the archive ``plain``, packed as it was kept; None if
    there is none, or not whole.
    """
    for path in compiled_place(folder).glob(f"{_recipe(plain)}-*-{name}.packed"):
        found = path.read_bytes()
        if path.name == _ahead_name(name, plain, found):
            return found
    return None


def keep_ahead(folder: Path, name: str, plain: bytes, compiled: bytes) -> None:
    """Keep, packed, what was made of ``plain``, and nothing of older versions of ``name``."""
    place = compiled_place(folder)
    place.mkdir(exist_ok=True)
    for old in place.glob(f"*-{name}*"):
        old.unlink()
    packed = _packed(compiled)
    atomic.write(place / _ahead_name(name, plain, packed), packed, within=folder)


def _packed(plain: bytes) -> bytes:
    return gzip.compress(plain, 9, mtime=0)


def _ahead_name(name: str, plain: bytes, packed: bytes) -> str:
    return f"{_recipe(plain)}-{_digest(packed)}-{name}.packed"


def _recipe(plain: bytes) -> str:
    """What a compiled archive follows from: what it was made of, and how."""
    return _digest(b"".join(path.read_bytes() for path in MAKERS) + plain)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _unpacked(kept: bytes, size: int) -> bytes | None:
    """What gzip packed, read no further than one byte beyond ``size``; None unless it is whole and
    nothing follows.
    """
    reader = zlib.decompressobj(wbits=31)
    try:
        found = reader.decompress(kept, size + 1)
    except zlib.error:
        return None
    return found if reader.eof and not reader.unused_data else None
