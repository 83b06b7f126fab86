"""Politeness by a clock that jumps: gaps, places, pauses, the order of hosts, the end."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.links.schedule import Pace, Schedule
from tests.links.clock import run


class Record:
    """Starts jobs that take ``seconds`` each, and notes when."""

    def __init__(self, pace=Pace(4, 1.0), connections=64, seconds=0.0):
        self.starts, self.ends, self.most, self.seconds = [], [], {}, seconds
        self.active = {}
        self.schedule = Schedule(
            self.work, pace if callable(pace) else lambda host: pace, connections
        )

    async def work(self, job):
        host = job[0]
        self.starts.append((round(asyncio.get_running_loop().time(), 3), job))
        for key in (host, "all"):
            self.active[key] = self.active.get(key, 0) + 1
            self.most[key] = max(self.most.get(key, 0), self.active[key])
        await asyncio.sleep(self.seconds)
        for key in (host, "all"):
            self.active[key] -= 1
        self.ends.append(job)

    def jobs(self, host, count):
        for number in range(count):
            self.schedule.add(host, (host, number))

    def times(self, host):
        return [time for time, job in self.starts if job[0] == host]


def carried_out(prepare, **more):
    async def all_of_it():
        record = Record(**more)
        prepare(record)
        await record.schedule.run()
        return record

    return run(all_of_it())


def test_requests_to_one_host_keep_their_distance():
    record, _ = carried_out(lambda record: record.jobs("a", 5))
    assert record.times("a") == [0, 1, 2, 3, 4]


def test_the_end_is_near_the_longest_queue_however_many_hosts_there_are():
    def many(record):
        record.jobs("long", 50)
        for number in range(40):
            record.jobs(f"host{number}", 40)

    _, seconds = carried_out(many, pace=Pace(4, 0.25), seconds=0.1)
    assert 49 * 0.25 <= seconds <= 1.03 * 49 * 0.25


def test_a_host_has_only_so_many_requests_at_once():
    record, seconds = carried_out(
        lambda record: record.jobs("a", 9), pace=Pace(2, 0.1), seconds=10.0
    )
    assert record.most["a"] == 2 and 40 <= seconds <= 52


def test_all_hosts_together_have_only_so_many():
    def many(record):
        for number in range(30):
            record.jobs(f"host{number}", 3)

    record, _ = carried_out(many, pace=Pace(3, 0.0), connections=7, seconds=1.0)
    assert record.most["all"] == 7 and len(record.ends) == 90


def test_the_longest_queue_goes_first_when_places_are_rare():
    def two(record):
        record.jobs("short", 2)
        record.jobs("long", 9)

    record, _ = carried_out(two, pace=Pace(1, 0.0), connections=1, seconds=1.0)
    assert [job[0] for _, job in record.starts][2:6] == ["long"] * 4


def test_a_pause_holds_the_whole_host_and_no_other():
    def paused(record):
        record.jobs("a", 3)
        record.jobs("b", 3)
        assert record.schedule.pause("a", 20.0) == 20.0
        assert record.schedule.pause("a", 10.0) == 20.0

    record, _ = carried_out(paused)
    assert record.times("a") == [20, 21, 22]
    assert record.times("b")[-1] < 3


def test_a_pause_in_the_middle_moves_what_is_left():
    class Asking(Record):
        async def work(self, job):
            await super().work(job)
            if job == ("a", 1):
                self.schedule.pause("a", 30.0)

    async def all_of_it():
        record = Asking()
        record.jobs("a", 4)
        await record.schedule.run()
        return record

    assert run(all_of_it())[0].times("a") == [0, 1, 31, 32]


def test_last_jobs_wait_until_everything_else_is_done_even_elsewhere():
    def last(record):
        record.schedule.add_last("a", ("a", "last"))
        record.jobs("b", 10)

    record, _ = carried_out(last, seconds=2.0)
    assert record.starts[-1][1] == ("a", "last") and record.starts[-1][0] >= 11


def test_a_job_for_later_waits_and_the_queue_goes_on():
    def later(record):
        record.schedule.add("a", ("a", "later"), after=2.5)
        record.jobs("a", 6)

    record, _ = carried_out(later)
    assert [job[1] for _, job in record.starts] == [0, 1, 2, 3, 4, 5, "later"]


def test_a_first_job_goes_to_the_front():
    def first(record):
        record.jobs("a", 3)
        record.schedule.add("a", ("a", "first"), first=True)

    assert [job[1] for _, job in carried_out(first)[0].starts] == ["first", 0, 1, 2]


def test_a_late_start_is_made_up_for_with_gaps_of_nine_tenths_at_least():
    async def all_of_it():
        record = Record(pace=Pace(4, 1.0))
        record.jobs("a", 20)
        loop = asyncio.get_running_loop()
        loop.call_at(2.0, lambda: setattr(loop.jumping, "passed", 2.6))
        await record.schedule.run()
        return record

    record, _ = run(all_of_it())
    gaps = [
        after - before
        for before, after in zip(record.times("a"), record.times("a")[1:], strict=False)
    ]
    assert min(gaps) >= 0.899 and record.times("a")[-1] == pytest.approx(19, abs=0.05)


def test_a_job_that_raises_ends_all():
    class Failing(Record):
        async def work(self, job):
            if job[1] == 2:
                raise RuntimeError("broken")
            await asyncio.sleep(1000)

    async def all_of_it():
        record = Failing(pace=Pace(9, 0.0))
        record.jobs("a", 5)
        await record.schedule.run()

    with pytest.raises(ExceptionGroup, match="unhandled"):
        run(all_of_it())


def test_cancelling_ends_what_is_under_way():
    ended = []

    class Long(Record):
        async def work(self, job):
            try:
                await asyncio.sleep(1000)
            finally:
                ended.append(job)

    async def all_of_it():
        record = Long(pace=Pace(2, 0.0))
        record.jobs("a", 5)
        task = asyncio.create_task(record.schedule.run())
        await asyncio.sleep(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not asyncio.all_tasks() - {asyncio.current_task()}

    run(all_of_it())
    assert sorted(ended) == [("a", 0), ("a", 1)]


JOBS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["add", "first", "after", "last", "pause"]),
        st.floats(0.1, 5),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(JOBS, st.integers(1, 5), st.integers(1, 3))
def test_every_job_is_carried_out_once_and_gaps_hold_whatever_comes(jobs, connections, at_once):
    def prepare(record):
        for number, (host, way, seconds) in enumerate(jobs):
            if way == "pause":
                record.schedule.pause(host, seconds)
            elif way == "last":
                record.schedule.add_last(host, (host, number))
            else:
                record.schedule.add(
                    host,
                    (host, number),
                    first=way == "first",
                    after=seconds if way == "after" else 0.0,
                )

    record, _ = carried_out(prepare, pace=Pace(at_once, 0.5), connections=connections, seconds=0.3)
    assert sorted(record.ends) == sorted(
        (host, number) for number, (host, way, _) in enumerate(jobs) if way != "pause"
    )
    assert record.most.get("all", 0) <= connections
    for host in "abc":
        times = record.times(host)
        assert record.most.get(host, 0) <= at_once
        assert all(after - before >= 0.449 for before, after in pairwise(times))
