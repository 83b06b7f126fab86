"""When which host is asked: at most so many at once, spaced, paused when it asks for it, the
longest queue first, last tries at the end.

The event loop is the clock.
"""

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Job = TypeVar("Job")
# Late starts may catch up: at most 2 gaps of debt, no gap below 90 %.
_DEBT, _CATCH_UP = 2.0, 0.9
# Hosts start within this many seconds, evenly spread, so that their requests do not coincide.
_SPREAD, _GOLDEN = 0.1, 0.618034


@dataclass(frozen=True, slots=True)
class Pace:
    """How a host is asked: at most ``at_once``, with ``spacing`` seconds from one start to the
    next.
    """

    at_once: int
    spacing: float


@dataclass(slots=True)
class _Line(Generic[Job]):
    host: str
    pace: Pace
    jobs: deque[Job] = field(default_factory=deque)
    later: list[tuple[float, int, Job]] = field(default_factory=list)
    active: int = 0
    free_at: float = 0.0
    beat: float = 0.0
    paused: float = 0.0
    noted: float | None = None
    ready: bool = False

    def next_start(self) -> float | None:
        """When the next job of this line may start; None if there is none, or no place for it."""
        if self.active >= self.pace.at_once or not (self.jobs or self.later):
            return None
        return self.free_at if self.jobs else max(self.free_at, self.later[0][0])

    def take(self, now: float) -> Job:
        while self.later and self.later[0][0] <= now:
            self.jobs.append(heapq.heappop(self.later)[2])
        return self.jobs.popleft()

    def work_left(self) -> float:
        return (len(self.jobs) + len(self.later)) * (self.pace.spacing or 0.001)


class Schedule(Generic[Job]):
    """Jobs, each for a host; ``work`` carries one out, and may add more."""

    def __init__(
        self, work: Callable[[Job], Awaitable[None]], pace: Callable[[str], Pace], connections: int
    ) -> None:
        self._work, self._pace, self._connections = work, pace, connections
        self._lines: dict[str, _Line[Job]] = {}
        self._last: list[tuple[str, Job]] = []
        self._waiting: list[tuple[float, int, _Line[Job]]] = []
        self._ready: list[tuple[float, int, _Line[Job]]] = []
        self._count = itertools.count()
        self._active = 0
        self._open = 0
        self._changed = asyncio.Event()

    def add(self, host: str, job: Job, first: bool = False, after: float = 0.0) -> None:
        """Put ``job`` into the line of ``host``: at its end, at its front, or there in ``after``
        seconds.
        """
        line = self._line(host)
        if after:
            heapq.heappush(line.later, (self._now() + after, next(self._count), job))
        elif first:
            line.jobs.appendleft(job)
        else:
            line.jobs.append(job)
        self._open += 1
        self._place(line)
        self._changed.set()

    def add_last(self, host: str, job: Job) -> None:
        """Keep ``job`` until nothing else is left."""
        self._last.append((host, job))

    def pause(self, host: str, seconds: float) -> float:
        """Ask ``host`` for nothing during the next ``seconds``; the sum of its pauses so far."""
        line, now = self._line(host), self._now()
        until = max(line.free_at, now + seconds)
        line.paused += max(0.0, until - max(line.free_at, now))
        line.free_at = line.beat = until
        return line.paused

    def waiting(self) -> int:
        """How many jobs are kept for the end."""
        return len(self._last)

    async def run(self) -> None:
        """Carry out everything, what is added on the way too.

        When it is cancelled or a job raises, the jobs under way are cancelled.
        """
        async with asyncio.TaskGroup() as group:
            while self._open or self._release():
                self._start(group)
                await self._change()

    def _release(self) -> bool:
        """The end has come: put the last jobs into their lines."""
        last, self._last = self._last, []
        for host, job in last:
            self.add(host, job)
        return bool(last)

    def _start(self, group: asyncio.TaskGroup) -> None:
        now = self._now()
        self._sort_ready(now)
        while self._ready and self._active < self._connections:
            line = heapq.heappop(self._ready)[2]
            line.ready = False
            start = line.next_start()
            if start is not None and start <= now:
                self._begin(line, line.take(now), now, group)
            self._place(line)

    def _sort_ready(self, now: float) -> None:
        """Those whose time has come, the most work first."""
        while self._waiting and self._waiting[0][0] <= now:
            time, _, line = heapq.heappop(self._waiting)
            if time == line.noted:
                line.noted, line.ready = None, True
                heapq.heappush(self._ready, (-line.work_left(), next(self._count), line))

    def _begin(self, line: _Line[Job], job: Job, now: float, group: asyncio.TaskGroup) -> None:
        line.active += 1
        self._active += 1
        spacing = line.pace.spacing
        line.beat = max(line.beat + spacing, now - _DEBT * spacing)
        line.free_at = max(line.beat, now + _CATCH_UP * spacing)
        group.create_task(self._carry_out(line, job))

    async def _carry_out(self, line: _Line[Job], job: Job) -> None:
        try:
            await self._work(job)
        finally:
            line.active -= 1
            self._active -= 1
            self._open -= 1
            self._place(line)
            self._changed.set()

    def _place(self, line: _Line[Job]) -> None:
        """Note when ``line`` is next to be looked at.

        An earlier note takes the place of a later one, which is then passed over.
        """
        start = line.next_start()
        if line.ready or start is None or (line.noted is not None and line.noted <= start):
            return
        line.noted = start
        heapq.heappush(self._waiting, (start, next(self._count), line))

    async def _change(self) -> None:
        """Wait until something was added or ended, or the next start is due."""
        due = self._waiting[0][0] if self._waiting and self._active < self._connections else None
        alarm = None if due is None else asyncio.get_running_loop().call_at(due, self._changed.set)
        self._changed.clear()
        try:
            await self._changed.wait()
        finally:
            if alarm:
                alarm.cancel()

    def _line(self, host: str) -> _Line[Job]:
        if host not in self._lines:
            pace = self._pace(host)
            offset = min(pace.spacing, _SPREAD) * (len(self._lines) * _GOLDEN % 1)
            self._lines[host] = _Line(
                host, pace, free_at=self._now() + offset, beat=self._now() + offset
            )
        return self._lines[host]

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
