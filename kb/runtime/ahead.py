"""Compiles modules of an archive ahead of time.

Runs in the Python that will load them; standard library only.
"""

import io
import py_compile
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path


def loaded() -> set[str]:
    """The source files of all modules that this Python has loaded, as whole paths."""
    origins = (
        getattr(getattr(module, "__spec__", None), "origin", None)
        for module in list(sys.modules.values())
    )
    return {origin for origin in origins if origin and origin.endswith(".py")}


def compiled(archive: bytes, place: str, wanted: Iterable[str], optimize: int) -> bytes:
    """``archive``, a zip that is read at ``place``, with byte code instead of source for the files
    ``wanted`` (whole paths).

    ``optimize`` is that of `compile`: 2 leaves out what is only documentation. The rest stays as it
    is. No member is compressed by itself: the archive travels packed as a whole, which makes it
    smaller, and Python need not inflate one module after the other. The same input gives the same
    bytes, whenever it is made.
    """
    wanted, new = set(wanted), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as out,
    ):
        for member in old.infolist():
            name, content = member.filename, old.read(member)
            if f"{place}/{name}" in wanted:
                name, content = f"{name}c", _compiled(content, f"{place}/{name}", optimize)
            out.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED)
    return new.getvalue()


def modules(archive: bytes, place: str, own: str) -> tuple[list[str], list[str]]:
    """The source files in ``archive``, as whole paths below ``place``: those in the folder ``own``,
    and the others.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as whole:
        names = [name for name in whole.namelist() if name.endswith(".py")]
    ours = [f"{place}/{name}" for name in names if name.startswith(f"{own}/")]
    others = [f"{place}/{name}" for name in names if not name.startswith(f"{own}/")]
    return ours, others


def _compiled(source: bytes, path: str, optimize: int) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        old, new = Path(scratch, "old.py"), Path(scratch, "new.pyc")
        old.write_bytes(source)
        py_compile.compile(
            str(old),
            str(new),
            dfile=path,
            doraise=True,
            optimize=optimize,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        return new.read_bytes()
