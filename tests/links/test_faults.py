"""The engine against a loopback world with every fault: no live link is called gone, no gone link
alive, and nothing private is visited.
"""

import asyncio
from collections import Counter

import pytest
import trustme

from kb.links.engine import look_at
from kb.links.fetch import Client
from kb.links.model import Settings
from tests.links.faults import FAULTS, build, names, url_of
from tests.links.world import OPEN, PRIVATE, World, opened


def settings_for(world, **more):
    return Settings(
        **{
            "allow_networks": ("127.0.0.0/24", "::1/128"),
            "allow_ports": frozenset({80, 443, world.port, world.tls_port, world.closed_port}),
            "resolve": {
                (host, world.port): OPEN[number % 3]
                for number, host in enumerate(names(world))
                if host not in ("inside.example", "flips.example", "mixed.example")
            }
            | {("inside.example", world.port): PRIVATE},
            "spacing": 0.005,
            "site_pace": 0.002,
            "deadline": 6.0,
            "patience": 6.0,
            **more,
        }
    )


def resolver():
    """Names that the settings don't know: one moves to the private address after its first look-up,
    one has both kinds.
    """
    asked = Counter()

    async def resolve(host, port):
        asked[host] += 1
        if host == "flips.example":
            return [OPEN[0]] if asked[host] == 1 else [PRIVATE]
        if host == "mixed.example":
            return [PRIVATE, "10.0.0.1", OPEN[1]]
        found = await asyncio.get_running_loop().getaddrinfo(host, port)
        return [str(where[4][0]) for where in found]

    return resolve


@pytest.fixture(scope="module")
def looked():
    world = World()
    build(world)
    tls = trustme.CA().issue_cert("127.0.0.1")
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.configure_cert(context)
    with opened(world, context):
        build(world)
        looks = []
        settings = settings_for(world)
        urls = [url_of(name, world) for name in FAULTS]
        asyncio.run(look_at(urls, settings, looks.append, Client(settings, resolver=resolver())))
        yield world, {look.url: look for look in looks}, looks


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_gets_its_verdict(looked, name):
    world, by_url, *_ = looked
    fault, look = FAULTS[name], by_url[url_of(name, world)]
    assert (look.verdict, fault.reason in look.reason) == (fault.verdict, True), look
    assert fault.tries is None or look.tries == fault.tries, look
    assert not fault.final or (look.address or look.url).endswith(fault.final), look


def test_each_link_is_reported_once(looked):
    _, by_url, looks = looked
    assert len(looks) == len(by_url) == len(FAULTS)


def test_nothing_private_is_visited(looked):
    assert looked[0].private_visits == 0


def test_no_host_is_asked_with_anything_but_get(looked):
    assert {request.method for request in looked[0].heads} == {"GET"}
