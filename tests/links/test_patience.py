"""Politeness on the wire: hosts get the patience they ask for, and a run can be stopped."""

import asyncio
import subprocess
import sys
import time

import pytest

from kb.links.engine import look_at, plan, sibling_of
from kb.links.model import Answer, HostPlan, Settings
from kb.links.walk import wait_asked
from tests.catalogs import ROOT
from tests.links.test_faults import settings_for
from tests.links.world import OPEN, World, bomb, http, opened, page, says


@pytest.fixture
def world():
    with opened(World()) as one:
        yield one


def looked(world, urls, **more):
    looks = []
    settings = settings_for(
        world, resolve={(f"{name}.example", world.port): OPEN[0] for name in "abc"}, **more
    )
    asyncio.run(look_at(urls, settings, looks.append))
    return {look.url: look for look in looks}


def good(world, host, count):
    return [
        world.at(host, f"/{number}.html", says(http(200, page(f"Page {number}"))))
        for number in range(count)
    ]


def test_retry_after_holds_the_whole_host_and_is_no_try(world):
    asking = world.at(
        "a.example", "/asks.html", says(http(429, Retry_After="1"), http(200, page("Asked")))
    )
    found = looked(
        world,
        [asking, *good(world, "a.example", 8), *good(world, "b.example", 8)],
        spacing=0.05,
        per_host=1,
    )
    assert {look.verdict for look in found.values()} == {"alive"} and found[asking].tries == 1
    times = [moment for moment, host in world.starts if host.startswith("a.")]
    asked = next(
        at
        for at, request in enumerate(
            request for request in world.heads if request.host.startswith("a.")
        )
        if request.path == "/asks.html"
    )
    assert times[asked + 1] - times[asked] >= 0.99
    assert (
        max(moment for moment, host in world.starts if host.startswith("b.")) < times[asked] + 1.0
    )


def test_requests_to_a_host_keep_their_distance(world):
    begun = time.monotonic()
    looked(world, good(world, "a.example", 12), spacing=0.05)
    assert len(world.starts) == 13
    # From before the first, since that one may reach the server late; how exact starts are is
    # tested under a clock that jumps.
    assert world.starts[-1][0] - begun >= 12 * 0.05 * 0.9


def test_a_host_is_asked_once_for_what_cannot_exist(world):
    looked(world, good(world, "a.example", 20) + good(world, "b.example", 3))
    siblings = [request.host for request in world.heads if "kb-links" in request.path]
    assert sorted(siblings) == ["a.example", "b.example"]
    assert len(world.heads) == 25


def test_without_the_probe_it_is_not_asked(world):
    found = looked(world, good(world, "a.example", 3), probe=False)
    assert len(world.heads) == 3 and {look.verdict for look in found.values()} == {"alive"}


def test_a_run_that_is_stopped_keeps_what_was_seen(world):
    urls = good(world, "a.example", 400)
    looks, settings = (
        [],
        settings_for(world, resolve={("a.example", world.port): OPEN[0]}, spacing=0.02),
    )

    async def stopped():
        task = asyncio.create_task(look_at(urls, settings, looks.append))
        await asyncio.sleep(0.7)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stopped())
    assert 0 < len(looks) < 400 and {look.verdict for look in looks} == {"alive"}


def test_the_plan_says_what_a_run_would_ask():
    urls = (
        [f"https://a.example/{number}" for number in range(9)]
        + [f"https://arxiv.org/abs/1905.{number:05}" for number in range(60)]
        + ["https://b.example/", "https://mp.weixin.qq.com/s/1"]
    )
    assert plan(urls, Settings()) == [
        HostPlan("export.arxiv.org", 60, 2, 3.0),
        HostPlan("a.example", 9, 10, 2.25),
        HostPlan("b.example", 1, 2, 0.25),
        HostPlan("mp.weixin.qq.com", 1, 1, 0.0),
    ]


DATE = "Tue, 24 Nov 2026 10:00:00 GMT"
WAITS = {
    "seconds": (429, {"retry-after": "120"}, 120.0),
    "503": (503, {"retry-after": " 5 "}, 5.0),
    "another status": (200, {"retry-after": "5"}, None),
    "nothing": (429, {}, None),
    "a date by the host's clock": (
        429,
        {"retry-after": "Tue, 24 Nov 2026 10:01:30 GMT", "date": DATE},
        90.0,
    ),
    "a date by ours": (429, {"retry-after": DATE}, 60.0),
    "a date long past": (429, {"retry-after": "Tue, 24 Nov 2020 10:00:00 GMT", "date": DATE}, 0.0),
    "nonsense": (429, {"retry-after": "soon"}, None),
    "negative": (429, {"retry-after": "-5"}, None),
    "far too long": (429, {"retry-after": "9" * 400}, None),
    "other digits": (429, {"retry-after": "１２"}, None),
}


@pytest.mark.parametrize(("status", "headers", "seconds"), WAITS.values(), ids=WAITS.keys())
def test_what_a_host_asks_for(status, headers, seconds):
    assert wait_asked(Answer(status, headers), now=1795514340.0) == seconds


SIBLINGS = {
    "a page": ("http://a.example/x/page.html#top", "http://a.example/x/kb-links-*.html"),
    "a folder": ("http://a.example/x/y/", "http://a.example/x/kb-links-*"),
    "a host": ("http://a.example", "http://a.example/kb-links-*"),
    "a query": ("http://a.example/view?id=7&p=2", "http://a.example/view?id=7&p=kb-links-*"),
    "a bare query": ("http://a.example/view?7", "http://a.example/view?kb-links-*"),
}


@pytest.mark.parametrize(("url", "sibling"), SIBLINGS.values(), ids=SIBLINGS.keys())
def test_siblings_stand_beside_the_page(url, sibling):
    before, after = sibling.split("*")
    assert (
        sibling_of(url).startswith(before)
        and sibling_of(url).endswith(after)
        and len(sibling_of(url)) == len(before) + 12 + len(after)
    )


CHILD = """
import asyncio, re, sys
from kb.links.engine import look_at
from kb.links.model import Settings
port, count = int(sys.argv[1]), int(sys.argv[2])
settings = Settings(
    allow_networks=("127.0.0.0/24",),
    allow_ports=frozenset({port}),
    spacing=0.0,
    deadline=5.0,
    tries=1,
    resolve={(f"h{n % 40}.example", port): "127.0.0.1" for n in range(count)},
)
looks = []
links = [f"http://h{n % 40}.example:{port}/{n}" for n in range(count)]
asyncio.run(look_at(links, settings, looks.append))
assert len(looks) == count
loaded = {"pydantic", "networkx", "mkdocs", "rich", "click", "yaml"} & set(sys.modules)
# Not ru_maxrss: that one is inherited from the process that started this one.
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024, *loaded)
"""


def test_bombs_and_endless_pages_take_no_memory_and_little_is_loaded(world):
    bad = [
        says(bomb(50 << 20)),
        says(http(200, "<p>word " * 1_000_000)),
        says(bomb(50 << 20, layers=2)),
        says(http(200, page("Fine"))),
    ]
    for number in range(40):
        world.everywhere[f"h{number}.example"] = bad[number % 4]
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(world.port), "400"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    megabytes, *loaded = done.stdout.split()
    assert int(megabytes) <= 50 and not loaded, (done.stdout, time.monotonic() - start)
