"""What runs inside a snippet's own process: limits, the snippet, a report of how it ended.

Started by path, not imported: ``child.py PACKAGES SNIPPET REPORTS MEMORY SEEDS RESEED`` with the
folder that holds `kb`, the snippet's file, an open descriptor for reports (one JSON object a line),
the most bytes of memory, how many seeds the run has and by how much every draw is moved. These
guards stop accidents and careless code; they do not stop an attacker, who can call C.
"""

import json
import linecache
import os
import resource
import sys
import time
import warnings
from pathlib import Path

NETWORK = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
)
PROCESSES = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.kill",
    "os.killpg",
    "pty.spawn",
)
CHANGES = (
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "shutil.rmtree",
    "shutil.move",
)
OLD = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(packages: str, snippet: str, reports: int, memory: int, seeds: int, moved: int) -> int:
    """Run the snippet; 0 if it came to its end."""
    path = Path(snippet)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, packages)
    from kb import failure
    from kb.lab import claims, draws, figure

    def tell(**word: object) -> None:
        os.write(reports, json.dumps(word).encode() + b"\n")

    figure.sink = lambda svg: tell(figure=svg)
    claims.sink = lambda name, on, of: tell(claim=name, on=on, of=of, holds=claims.holds(on, of))
    draws.count = seeds
    draws.reseed(moved)
    source = path.read_text(encoding="utf-8")
    linecache.cache[path.name] = (len(source), None, source.splitlines(keepends=True), path.name)
    # What the snippet itself calls must not be on its way out.
    for kind in OLD:
        warnings.filterwarnings("error", category=kind, module="__main__")
    guard(str(Path.cwd()))
    started = time.perf_counter()
    try:
        exec(compile(source, path.name, "exec"), {"__name__": "__main__"})
    except BaseException as error:
        tell(problem=failure.problem(error, path.name), line=failure.line(error, path.name))
        return 1
    finally:
        sys.stdout.flush()
        tell(seconds=time.perf_counter() - started)
    return 0


def guard(folder: str) -> None:
    """From now on refuse network, other processes, and changes to files outside ``folder``."""

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in NETWORK:
            raise PermissionError(f"a snippet must not use the network ({event})")
        if event in PROCESSES:
            raise PermissionError(f"a snippet must not start or stop processes ({event})")
        if (
            event == "open"
            and isinstance(arguments[2], int)
            and arguments[2] & WRITING
            and _outside(arguments[0], folder)
        ):
            raise PermissionError(f"a snippet must not write to `{arguments[0]}`")
        if event in CHANGES and _outside(arguments[0], folder):
            raise PermissionError(f"a snippet must not change `{arguments[0]}`")

    sys.addaudithook(watch)


def _outside(path: object, folder: str) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    whole = os.path.realpath(os.fsdecode(path))
    return whole not in ("/dev/null", folder) and not whole.startswith(folder + os.sep)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7])))
