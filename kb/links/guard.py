"""The network guard: every connection is checked when it is made, by the address really used.

Links come from strangers, and a name may resolve to another address the next time.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpcore

from kb.links.model import NetworkFault, Settings

IPAddress = IPv4Address | IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolver = Callable[[str, int], Awaitable[list[str]]]
SCHEMES = {"http": 80, "https": 443}
_PATIENCE = 2.5
# IANA special-purpose registries; the standard library's `is_global` differs between versions and
# knows no multicast.
_LOCAL = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 "
        "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 2001::/23 "
        "2001:db8::/32 3fff::/20"
    ).split()
)
_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")


class NoConnection(Exception):
    """No connection was made; ``fault`` says why."""

    def __init__(self, fault: NetworkFault) -> None:
        super().__init__(fault.words)
        self.fault = fault


def objection(url: str, settings: Settings) -> NetworkFault | None:
    """Why ``url`` is never asked, whatever its host: malformed, another scheme, a closed port."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return NetworkFault("address", "not a valid address")
    if parts.scheme.lower() not in SCHEMES:
        return NetworkFault("scheme", f"scheme `{parts.scheme[:20]}` is not looked at")
    if not host or any(mark in url for mark in " \t\r\n"):
        return NetworkFault("address", "not a valid address")
    port = SCHEMES[parts.scheme.lower()] if port is None else port
    if port not in settings.allow_ports:
        return NetworkFault("forbidden", f"port {port} is not allowed, so it was not asked")
    return None


def is_open(address: str, networks: Iterable[Network] = ()) -> bool:
    """Whether ``address``, and every address wrapped into it, is global or lies in ``networks``."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    inner: list[IPAddress] = list(_inner(parsed))
    return all(
        any(one in network for network in networks) or _is_global(one) for one in inner or [parsed]
    )


def _inner(address: IPAddress) -> Iterable[IPv4Address]:
    """The IPv4 addresses that packets to ``address`` reach: mapped, 6to4, Teredo (both), NAT64."""
    if not isinstance(address, IPv6Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    elif address.sixtofour:
        yield address.sixtofour
    elif address.teredo:
        yield from address.teredo
    elif address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _is_global(address: IPAddress) -> bool:
    if isinstance(address, IPv6Address) and (address not in _UNICAST or address.scope_id):
        return False
    return not any(address in block for block in _LOCAL)


async def system_resolver(host: str, port: int) -> list[str]:
    """All addresses of ``host``, in the order in which the system would try them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[4][0]) for where in found))


class Guard(httpcore.AsyncNetworkBackend):
    """Connects for the HTTP client.

    A name is resolved once, and the connection goes to the very address that was checked.
    """

    def __init__(self, settings: Settings, resolver: Resolver = system_resolver) -> None:
        self._networks = tuple(ip_network(block, strict=False) for block in settings.allow_networks)
        self._ports = settings.allow_ports
        self._known = {
            (host.lower().rstrip("."), port): address
            for (host, port), address in settings.resolve.items()
        }
        self._resolver = resolver
        self._wire = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first open address of ``host`` that answers; raises NoConnection."""
        if port not in self._ports:
            raise NoConnection(
                NetworkFault("forbidden", f"port {port} is not allowed, so it was not asked")
            )
        addresses = await self._addresses(host.lower().rstrip("."), port)
        allowed = [address for address in addresses if is_open(address, self._networks)]
        if not allowed:
            raise NoConnection(
                NetworkFault(
                    "forbidden",
                    f"{host} is at {addresses[0]}, which is not a public address, so it was not "
                    f"asked",
                )
            )
        return _GuardedStream(await self._first(allowed, port))

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise NoConnection(NetworkFault("forbidden", "a local socket is not asked"))

    async def sleep(self, seconds: float) -> None:
        """Wait between the client's own retries."""
        await asyncio.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[str]:
        if known := self._known.get((host, port)):
            return [known]
        try:
            return [str(ip_address(host.strip("[]")))]
        except ValueError:
            pass
        try:
            found = await self._resolver(host, port)
        except socket.gaierror as error:
            raise NoConnection(_unresolved(host, error.errno)) from error
        except (OSError, UnicodeError) as error:
            raise NoConnection(
                NetworkFault("resolver", f"the name {host} could not be looked up")
            ) from error
        if not found:
            raise NoConnection(_unresolved(host, socket.EAI_NONAME))
        return found

    async def _first(self, addresses: list[str], port: int) -> httpcore.AsyncNetworkStream:
        """The first that answers.

        Each but the last gets a few seconds only, so that a dead IPv6 does not hide a living IPv4.
        """
        for address in addresses[:-1]:
            try:
                return await self._wire.connect_tcp(address, port, timeout=_PATIENCE)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._wire.connect_tcp(addresses[-1], port)


class _GuardedStream(httpcore.AsyncNetworkStream):
    """A connection that is also closed when time runs out during a TLS handshake."""

    def __init__(self, wire: httpcore.AsyncNetworkStream) -> None:
        self._wire = wire

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the connection does."""
        return await self._wire.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the connection does."""
        await self._wire.write(buffer, timeout)

    async def aclose(self) -> None:
        """As the connection does."""
        await self._wire.aclose()

    def get_extra_info(self, info: str) -> Any:
        """As the connection does."""
        return self._wire.get_extra_info(info)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, encrypted."""
        try:
            return await self._wire.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._wire.aclose()
            raise


def _unresolved(host: str, code: int | None) -> NetworkFault:
    if code in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
        return NetworkFault("name", f"the name {host} does not exist")
    return NetworkFault("resolver", f"the name {host} could not be looked up")
