"""Brings the runtime into the cache.

What has not exactly the hash that is written in the repository never gets there.
"""

import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kb.runtime.clients import CLIENTS, Client, Unavailable
from kb.runtime.manifest import CARRIERS, PARTS, Carrier, RuntimePart
from kb.runtime.store import is_right, keep, missing, place


def fetch(
    cache: Path,
    say: Callable[[str], None],
    clients: Mapping[str, Client] = CLIENTS,
    carriers: Iterable[Carrier] = CARRIERS,
    parts: Iterable[RuntimePart] = PARTS,
) -> Path:
    """The folder in ``cache`` that holds all ``parts``, after getting from ``carriers`` what is
    missing or damaged.

    ``say`` gets each step as a line. Raises Unavailable if something is still missing in the end.
    """
    folder = place(cache)
    folder.mkdir(parents=True, exist_ok=True)
    for carrier in carriers:
        if wanted := missing(folder, parts):
            say(f"fetching {carrier.package} with {carrier.client}, once")
            _take(carrier, clients, wanted, folder, say)
    if left := missing(folder, parts):
        raise Unavailable(f"no package provides {', '.join(part.name for part in left)}")
    return folder


def _take(
    carrier: Carrier,
    clients: Mapping[str, Client],
    wanted: list[RuntimePart],
    folder: Path,
    say: Callable[[str], None],
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        try:
            archive = clients[carrier.client](carrier.package, Path(scratch))
            found = dict(_found(archive, carrier, wanted))
        except (Unavailable, OSError, tarfile.TarError, zipfile.BadZipFile) as problem:
            say(f"  unavailable: {problem}")
            return
    for part, plain in found.items():
        if is_right(part, plain):
            keep(folder, part, plain)
        else:
            say(f"  REFUSED {part.name}: its SHA-256 hash is not the one in kb/runtime/manifest.py")


def _found(
    archive: Path, carrier: Carrier, wanted: list[RuntimePart]
) -> Iterable[tuple[RuntimePart, bytes]]:
    """Those of ``wanted`` that are in ``archive``, or are it."""
    if carrier.folder:
        return _members(archive, {f"{carrier.folder}/{part.name}": part for part in wanted})
    with archive.open("rb") as stream:
        return [(part, stream.read(part.size + 1)) for part in wanted if part.name == archive.name]


def _members(
    archive: Path, wanted: Mapping[str, RuntimePart]
) -> Iterable[tuple[RuntimePart, bytes]]:
    """The ``wanted`` files of a zip or a tar, none read further than one byte beyond its size."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as whole:
            for name in wanted.keys() & set(whole.namelist()):
                with whole.open(name) as stream:
                    yield wanted[name], stream.read(wanted[name].size + 1)
        return
    with tarfile.open(archive) as whole:
        for member in whole:
            if not member.isfile() or member.name not in wanted:
                continue
            if (part := whole.extractfile(member)) is not None:
                yield wanted[member.name], part.read(wanted[member.name].size + 1)
