"""Which addresses are open to us, and that connections go to the address that was checked."""

import asyncio
import ipaddress
import socket

import pytest

from kb.links.guard import Guard, NoConnection, is_open, objection
from kb.links.model import Settings

OPEN = """
1.1.1.1 8.8.8.8 93.184.216.34 223.5.5.5 2606:4700::1111 2001:4860:4860::8888 2400:3200::1
::ffff:8.8.8.8 2002:808:808::1 64:ff9b::808:808
""".split()
SHUT = """
0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1
224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::127.0.0.1 fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 2001:db8::1 2001:2::1 2001:10::1
3fff::1 100::1 5f00::1 2002:7f00:1::1 2002:a00:1::1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
64:ff9b:1::1 2001:0:7f00:1::1 2001:0:808:808:0:0:f5ff:fffe nonsense 1.2.3 0x7f.1
""".split()


@pytest.mark.parametrize("address", OPEN)
def test_a_global_address_is_open(address):
    assert is_open(address)


@pytest.mark.parametrize("address", SHUT)
def test_any_other_address_is_shut_wrapped_or_not(address):
    assert not is_open(address)


def test_a_network_may_be_let_through_and_only_that():
    let = (ipaddress.ip_network("127.0.0.0/24"),)
    assert [
        is_open(address, let)
        for address in ("127.0.0.9", "::ffff:127.0.0.9", "127.0.1.1", "10.0.0.1", "8.8.8.8")
    ] == [True, True, False, False, True]


OBJECTIONS = {
    "http://a.example/x": None,
    "https://a.example/x": None,
    "HTTPS://a.example:443/": None,
    "http://a.example:8080/": "port 8080",
    "ftp://a.example/": "scheme `ftp`",
    "file:///etc/passwd": "scheme `file`",
    "//a.example/": "scheme ``",
    "http://": "not a valid",
    "http://[::1": "not a valid",
    "http://a.example:port/": "not a valid",
    "http://a b.example/": "not a valid",
    "http://a.example/\r\nX: y": "not a valid",
}


@pytest.mark.parametrize(("url", "words"), OBJECTIONS.items(), ids=OBJECTIONS.keys())
def test_what_is_never_asked(url, words):
    fault = objection(url, Settings())
    assert (fault is None) == (words is None) and (fault is None or words in fault.words)


def connecting(settings, resolver, host, port):
    async def connect():
        stream = await Guard(settings, resolver).connect_tcp(host, port)
        try:
            return stream.get_extra_info("server_addr")
        finally:
            await stream.aclose()

    return asyncio.run(connect())


@pytest.fixture
def port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def answers(*addresses):
    async def resolve(host, port):
        return list(addresses)

    return resolve


def raising(error):
    async def resolve(host, port):
        raise error

    return resolve


def test_private_addresses_among_others_are_left_out(port):
    settings = Settings(allow_networks=("127.0.0.1/32",), allow_ports=frozenset({port}))
    assert (
        connecting(settings, answers("10.0.0.1", "127.0.0.9", "127.0.0.1"), "mixed.example", port)[
            0
        ]
        == "127.0.0.1"
    )


def test_a_dead_address_does_not_hide_a_living_one(port):
    settings = Settings(allow_networks=("127.0.0.0/8",), allow_ports=frozenset({port}))
    assert (
        connecting(settings, answers("127.0.0.2", "127.0.0.1"), "two.example", port)[0]
        == "127.0.0.1"
    )


def test_resolve_is_for_one_host_and_port_and_is_guarded_as_well(port):
    settings = Settings(
        allow_networks=("127.0.0.1/32",),
        allow_ports=frozenset({80, port}),
        resolve={("a.example", port): "127.0.0.1", ("b.example", port): "127.0.0.2"},
    )
    asked = raising(socket.gaierror(socket.EAI_NONAME, "no"))
    assert connecting(settings, asked, "A.example.", port)[0] == "127.0.0.1"
    with pytest.raises(NoConnection, match=r"127\.0\.0\.2, which is not a public address"):
        connecting(settings, asked, "b.example", port)
    with pytest.raises(NoConnection, match="does not exist"):
        connecting(settings, asked, "a.example", 80)


TROUBLES = {
    "no such name": (socket.gaierror(socket.EAI_NONAME, "x"), "name"),
    "no answer of the resolver": (socket.gaierror(socket.EAI_AGAIN, "x"), "resolver"),
    "a label too long": (UnicodeError("label too long"), "resolver"),
}


@pytest.mark.parametrize(("error", "kind"), TROUBLES.values(), ids=TROUBLES.keys())
def test_trouble_with_names_is_told_apart(error, kind):
    with pytest.raises(NoConnection) as stop:
        connecting(Settings(), raising(error), "a.example", 80)
    assert stop.value.fault.kind == kind
