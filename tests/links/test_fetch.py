"""The client alone: whatever happens on the wire is told in the answer, and nothing of our
surroundings is used.
"""

import asyncio
import gzip

import httpx
import pytest

from kb.links.engine import look_at
from kb.links.fetch import Client, ReadLimits
from kb.links.model import Settings
from tests.links.faults import with_cookie
from tests.links.test_faults import settings_for
from tests.links.world import OPEN, PRIVATE, World, after, http, opened, page, says


def answer(reply, limits=ReadLimits(), url="http://a.example/"):
    async def ask():
        async with Client(Settings(), httpx.MockTransport(reply)) as client:
            return await client.get(url, 5.0, limits=limits)

    return asyncio.run(ask())


def raising(error):
    def reply(request):
        raise error

    return reply


RAISED = {
    "a timeout": (httpx.ReadTimeout("late"), "timeout"),
    "a refusal": (ConnectionRefusedError(111, "refused"), "refused"),
    "no way there": (OSError(113, "no route"), "unreachable"),
    "another fault of the system": (OSError(5, "I/O"), "reset"),
    "another protocol": (httpx.RemoteProtocolError("odd"), "invalid"),
    "a slip of ours": (RuntimeError("oops"), "invalid"),
}


@pytest.mark.parametrize(("error", "kind"), RAISED.values(), ids=RAISED.keys())
def test_what_is_raised_becomes_a_fault(error, kind):
    found = answer(raising(error))
    assert (found.fault.kind, found.status, found.body) == (kind, None, b"")


def test_an_answer_is_cut_at_its_limits():
    packed = gzip.compress(b"x" * 50_000)
    found = answer(
        lambda request: httpx.Response(
            200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(packed)
        ),
        ReadLimits(raw=1_000, inflated=300),
    )
    assert (found.status, found.body, found.fault) == (200, b"x" * 300, None)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example:22/",
        "ftp://a.example/",
        "http://",
        "http://\ud800.example/",
        "http://a.example/" + "x" * 70_000,
    ],
    ids=["port", "scheme", "empty", "half a letter", "too long"],
)
def test_an_address_that_cannot_be_asked_is_a_fault(url):
    assert answer(lambda request: httpx.Response(200), url=url).fault.kind in (
        "forbidden",
        "scheme",
        "address",
    )


@pytest.fixture
def world():
    with opened(World()) as one:
        yield one


def looked(world, urls, **more):
    looks = {}
    settings = settings_for(
        world, resolve={(f"{name}.example", world.port): OPEN[0] for name in "abc"}, **more
    )
    asyncio.run(look_at(urls, settings, lambda look: looks.__setitem__(look.url, look)))
    return looks


def test_no_proxy_of_the_environment_is_used(world, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://{PRIVATE}:{world.port}")
    url = world.at("a.example", "/page.html", says(http(200, page("Direct"))))
    assert looked(world, [url])[url].verdict == "alive" and world.private_visits == 0


def test_cookies_of_one_walk_are_not_those_of_another(world):
    urls = [
        world.at("a.example", f"/{number}.html", with_cookie("seen", page("Behind the wall")))
        for number in range(4)
    ]
    assert {look.verdict for look in looked(world, urls).values()} == {"alive"}
    assert [
        request.headers.get("cookie")
        for request in world.heads
        if request.visit == 1 and "kb-links" not in request.path
    ] == [None] * 4


def test_a_host_that_is_silent_does_not_hold_the_run_for_each_of_its_links(world):
    world.everywhere["a.example"] = after(60, says(b""))

    async def timed():
        loop, settings = (
            asyncio.get_running_loop(),
            settings_for(world, resolve={("a.example", world.port): OPEN[0]}, deadline=1.0),
        )
        start, looks = loop.time(), []
        await look_at(
            [f"http://a.example:{world.port}/{number}" for number in range(24)],
            settings,
            looks.append,
        )
        return loop.time() - start, looks

    seconds, looks = asyncio.run(timed())
    assert {(look.verdict, look.tries) for look in looks} == {("unsure", 3)}
    assert seconds < 0.6 * 3 * 24 / 4


@pytest.mark.parametrize(
    "address",
    [f"http://{PRIVATE}:{{port}}/", "http://localhost:{port}/"],
    ids=["private", "this machine"],
)
def test_without_leave_nothing_local_is_asked(world, address):
    url = address.format(port=world.port)
    looks = looked(world, [url], allow_networks=())
    assert (looks[url].verdict, looks[url].status) == (
        "unsure",
        None,
    ) and "not a public address" in looks[url].reason
    assert world.private_visits == 0 and not world.heads
