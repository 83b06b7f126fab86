"""How far a long run is: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable
from typing import TextIO


class Progress:
    """A bar on a terminal; elsewhere a plain line for every tenth of the way, if ``plain``."""

    def __init__(
        self, stream: TextIO, clock: Callable[[], float] = time.monotonic, plain: bool = True
    ) -> None:
        self._stream, self._clock, self._bar = stream, clock, stream.isatty()
        self._plain = plain
        self._counts: dict[str, int] = {}
        self._total = self._done = self._shown = 0
        self._bound = self._started = 0.0
        self._drawn = -1.0

    def begin(self, total: int, bound: float) -> None:
        """``total`` steps are ahead, which take at least ``bound`` seconds."""
        self._total, self._bound, self._started = total, bound, self._clock()
        if total:
            self._draw()

    def seen(self, verdict: str) -> None:
        """One more step is done, and ended with this word."""
        self._done += 1
        self._counts[verdict] = self._counts.get(verdict, 0) + 1
        self._draw()

    def end(self) -> None:
        """Nothing more is done; what is printed next begins on a line of its own."""
        if self._bar and self._done < self._total:
            print(file=self._stream, flush=True)

    def say(self, text: str, out: TextIO | None = None) -> None:
        """Print lines of their own to the stream, or to ``out``; the bar is drawn below them."""
        if self._bar:
            print("\r\x1b[K", end="", file=self._stream, flush=True)
        print(text, file=out or self._stream, flush=True)

    def _draw(self) -> None:
        if self._bar and (self._done == self._total or self._clock() - self._drawn > 0.1):
            self._drawn = self._clock()
            full = 24 * self._done // max(self._total, 1)
            end = "\n" if self._done == self._total else ""
            print(
                f"\r\x1b[K[{'#' * full}{'.' * (24 - full)}] {self._words()}",
                end=end,
                file=self._stream,
                flush=True,
            )
        elif (
            self._plain
            and not self._bar
            and self._total
            and 10 * self._done // self._total > self._shown
        ):
            self._shown = 10 * self._done // self._total
            print(self._words(), file=self._stream, flush=True)

    def _words(self) -> str:
        verdicts = ", ".join(
            f"{number:,} {verdict}"
            for verdict, number in sorted(self._counts.items(), key=lambda one: -one[1])
        )
        left = (
            f", about {span(self._left())} left"
            if self._done < self._total
            else f" in {span(self._clock() - self._started)}"
        )
        return f"{self._done:,} of {self._total:,}{left}{': ' if verdicts else ''}{verdicts}"

    def _left(self) -> float:
        passed = self._clock() - self._started
        pace = passed / self._done * (self._total - self._done) if self._done else self._bound
        return max(pace, self._bound - passed, 0)


def span(seconds: float) -> str:
    """A span of time in a few characters."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
