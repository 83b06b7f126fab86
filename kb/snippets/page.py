"""Runs a reader's code inside the page: a fresh namespace, output as it comes, the one figure, and
what went wrong at which line.

Runs in WebAssembly, called by `worker.js`; knows nothing of JavaScript but the two functions that
it gets.
"""

import io
import linecache
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from json import dumps

from kb import failure
from kb.snippets.compare import compare

NAME = "snippet.py"
SEEDS = 3
"""How many seeds there is time for while a reader waits."""
_AT_ONCE, _PAUSE, _HELD = 300, 0.1, 4_000
_KEPT = frozenset(sys.modules)


def run(
    source: str,
    recorded: str | None,
    say: Callable[[str, str], object],
    draw: Callable[[str], object],
) -> str:
    """Run ``source``; ``say`` gets what it writes (stream, text), ``draw`` gets its figure as SVG.

    Returns JSON: `seconds`; `claims`, each with its name, on how many of how many seeds it is true
    and whether it holds; `problem` and `line` if the code did not come to its end. A run without
    claims has `differences` from ``recorded`` as `kb.snippets.compare` words them, or null where
    nothing is recorded: one with claims has fewer seeds than the record, so claims are compared.
    """
    _forget()
    from kb.lab import claims, draws, figure

    figure.sink = draw
    draws.count = SEEDS
    told: list[dict[str, object]] = []
    claims.sink = lambda name, on, of: told.append(
        {"name": name, "on": on, "of": of, "holds": claims.holds(on, of)}
    )
    linecache.cache[NAME] = (len(source), None, source.splitlines(keepends=True), NAME)
    out, err = _Stream("out", say), _Stream("err", say)
    started = time.perf_counter()
    word: dict[str, object] = {}
    with redirect_stdout(out), redirect_stderr(err):
        try:
            exec(compile(source, NAME, "exec"), {"__name__": "__main__"})
        except SystemExit as leaving:
            word = {} if leaving.code in (None, 0) else _failed(leaving)
        except BaseException as error:
            word = _failed(error)
    out.finish()
    err.finish()
    if told:
        word["claims"] = told
    elif not word:
        word["differences"] = (
            None if recorded is None else compare(recorded.strip("\n"), out.text.strip("\n"))
        )
    return dumps({**word, "seconds": time.perf_counter() - started})


def _failed(error: BaseException) -> dict[str, object]:
    return {"problem": failure.problem(error, NAME), "line": failure.line(error, NAME)}


def _forget() -> None:
    """Drop the lab and whatever else the last run imported, with all that it changed there."""
    for name in [
        name for name in sys.modules if name not in _KEPT and not name.startswith("numpy")
    ]:
        del sys.modules[name]


class _Stream(io.TextIOBase):
    """Passes lines on as they come; after some hundreds of them in lots, so that a flood of lines
    does not become one of messages.
    """

    def __init__(self, name: str, say: Callable[[str, str], object]) -> None:
        self._name, self._say = name, say
        self._all: list[str] = []
        self._held, self._count, self._last = "", 0, 0.0

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._all)

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._all.append(text)
        self._held += text
        if "\n" in text or len(self._held) > _HELD:
            self._pass_on()
        return len(text)

    def flush(self) -> None:
        self._pass_on()

    def finish(self) -> None:
        """Pass on what is left."""
        self._last = 0.0
        self._pass_on()

    def _pass_on(self) -> None:
        now = time.perf_counter()
        if not self._held or (
            self._count > _AT_ONCE and now - self._last < _PAUSE and len(self._held) < _HELD
        ):
            return
        self._say(self._name, self._held)
        self._held, self._last = "", now
        self._count += 1
