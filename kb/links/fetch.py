"""The HTTP client: one request, one answer, within limits on time and size.

The one module that knows httpx.
"""

import asyncio
import errno
import ssl
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import certifi
import httpcore

from kb.addresses import host_of
from kb.links.guard import Guard, NoConnection, Resolver, objection, system_resolver
from kb.links.model import Answer, NetworkFault, Settings
from kb.links.unpack import inflated
from kb.links.walk import LONGEST

# Importing httpx also imports its CLI (rich, click): a third of its memory, half of its start.
_missing = object()
_command_line = sys.modules.get("httpx._main", _missing)
sys.modules["httpx._main"] = None  # type: ignore[assignment]
import httpx  # noqa: E402

if _command_line is _missing:
    del sys.modules["httpx._main"]
else:
    sys.modules["httpx._main"] = _command_line  # type: ignore[assignment]

_KEPT = frozenset(
    "content-type content-encoding location retry-after date server cf-mitigated x-amzn-waf-action "
    "x-ratelimit-remaining "
    "refresh content-location memento-datetime x-archive-orig-date x-robots-tag".split()
)


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bytes that are read of one answer, as they come and inflated."""

    raw: int = 64 << 10
    inflated: int = 256 << 10


class Client:
    """Asks one address at a time; follows nothing, keeps no cookies, knows no proxy. An answer
    never raises.

    It talks to an httpx transport, not through httpx's own client: that one keeps cookies for all,
    and reads the target of every redirect even where it is not to follow.
    """

    def __init__(
        self,
        settings: Settings,
        transport: httpx.AsyncBaseTransport | None = None,
        resolver: Resolver = system_resolver,
    ) -> None:
        self._settings = settings
        self._tokens = {host.lower(): token for host, token in settings.tokens.items()}
        self._transport = transport or _Wire(settings, resolver)
        self._headers = _headers(settings)

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._transport.__aexit__(kind, error, trace)

    async def get(
        self,
        url: str,
        within: float,
        headers: Mapping[str, str] | None = None,
        limits: ReadLimits = ReadLimits(),
    ) -> Answer:
        """The answer to a GET of ``url``, after ``within`` seconds at most.

        What goes wrong is told in its ``fault``.
        """
        if fault := objection(url, self._settings):
            return Answer(fault=fault)
        start, so_far = time.perf_counter(), _Reply()
        try:
            async with asyncio.timeout(within):
                await self._read(url, {**(headers or {}), **self._token(url)}, limits, so_far)
            fault = None
        except TimeoutError:
            fault = NetworkFault("timeout", _late(so_far, within))
        except NoConnection as stop:
            fault = stop.fault
        except (httpcore.TimeoutException, httpx.TimeoutException):
            fault = NetworkFault("timeout", _late(so_far, within))
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpx.TransportError,
            OSError,
            ssl.SSLError,
        ) as error:
            fault = _fault(error)
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, ValueError) as error:
            fault = NetworkFault("address", f"not a valid address: {str(error)[:80]}")
        except Exception as error:  # noqa: BLE001 - any server error is confined to its link
            fault = NetworkFault("invalid", f"the answer can't be read: {type(error).__name__}")
        return so_far.answer(fault, time.perf_counter() - start, limits)

    async def _read(
        self, url: str, headers: Mapping[str, str], limits: ReadLimits, reply: "_Reply"
    ) -> None:
        response = await self._transport.handle_async_request(
            httpx.Request("GET", url, headers={**self._headers, **headers})
        )
        async with aclosing(response):
            reply.status = response.status_code
            reply.headers = dict(_kept(response.headers))
            async for block in response.aiter_raw():
                reply.blocks.append(block)
                reply.size += len(block)
                if reply.size >= limits.raw:
                    return

    def _token(self, url: str) -> dict[str, str]:
        """Only for the exact host, and only where nobody on the way can read it."""
        token = self._tokens.get(host_of(url)) if url.lower().startswith("https://") else None
        return {"authorization": f"Bearer {token}"} if token else {}


class _Reply:
    """What has come so far."""

    __slots__ = ("blocks", "headers", "size", "status")

    def __init__(self) -> None:
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.blocks: list[bytes] = []
        self.size = 0

    def answer(self, fault: NetworkFault | None, seconds: float, limits: ReadLimits) -> Answer:
        raw = b"".join(self.blocks)[: limits.raw]
        return Answer(
            self.status,
            self.headers,
            inflated(raw, self.headers.get("content-encoding", ""), limits.inflated),
            fault,
            seconds,
        )


class _Wire(httpx.AsyncBaseTransport):
    """httpx over connections that the guard makes: a small pool for each origin, since a request to
    a pool costs time for every connection in it.
    """

    def __init__(self, settings: Settings, resolver: Resolver) -> None:
        self._connections, self._at_once = settings.connections, settings.per_host
        self._tls, self._guard = _tls(settings.ca), Guard(settings, resolver)
        self._pools: dict[tuple[str, str, int | None], _Pool] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry out ``request``; raises httpcore's errors and NoConnection as they are."""
        pool = self._pool(request.url)
        await self._make_room()
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        try:
            answer = await pool.connections.handle_async_request(
                httpcore.Request(request.method, url, headers=request.headers.raw)
            )
        except BaseException:
            pool.busy -= 1
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_BodyStream(answer.stream, pool),
            extensions=answer.extensions,
        )

    def _pool(self, url: httpx.URL) -> "_Pool":
        """The pool for ``url``, now the youngest, with a place taken."""
        origin = (url.scheme, url.host, url.port)
        pool = self._pools.pop(origin, None) or _Pool(
            httpcore.AsyncConnectionPool(
                ssl_context=self._tls,
                max_connections=self._at_once,
                max_keepalive_connections=1,
                keepalive_expiry=5.0,
                network_backend=self._guard,
            )
        )
        self._pools[origin] = pool
        pool.busy += 1
        return pool

    async def _make_room(self) -> None:
        """Close what is idle for the longest time until all connections, idle ones too, are as few
        as they may be.
        """
        while sum(max(pool.busy, 1) for pool in self._pools.values()) > self._connections:
            idle = next((origin for origin, pool in self._pools.items() if not pool.busy), None)
            if idle is None:
                return
            await self._pools.pop(idle).connections.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            await pool.connections.aclose()


@dataclass(slots=True)
class _Pool:
    """The connections to one origin, and how many of them are in use."""

    connections: httpcore.AsyncConnectionPool
    busy: int = 0


class _BodyStream(httpx.AsyncByteStream):
    def __init__(self, stream: Any, pool: _Pool) -> None:
        self._stream, self._pool, self._open = stream, pool, True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            self._pool.busy -= 1
        await self._stream.aclose()


def _headers(settings: Settings) -> dict[str, str]:
    return {
        "user-agent": settings.user_agent,
        "accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "accept-language": "en,zh;q=0.8",
        "accept-encoding": "gzip, deflate",
    }


def _kept(headers: httpx.Headers) -> Iterator[tuple[str, str]]:
    for name, value in headers.items():
        if name in _KEPT:
            yield name, value[: LONGEST + 1]
    if cookies := headers.get_list("set-cookie"):
        yield "set-cookie", "\n".join(cookies)[:16384]


def _tls(ca: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    if ca:
        context.load_verify_locations(ca)
    return context


def _late(reply: _Reply, within: float) -> str:
    return (
        f"the page was not complete within {within:.0f} s"
        if reply.status
        else f"no answer within {within:.0f} s"
    )


def _fault(error: BaseException) -> NetworkFault:
    """Name ``error`` by what lies under it."""
    causes = list(_causes(error))
    if tls := next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None):
        return NetworkFault("tls", f"no trusted TLS connection: {_tls_words(tls)}")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return NetworkFault("refused", "the host refuses the connection")
    if any(
        isinstance(cause, OSError) and cause.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH)
        for cause in causes
    ):
        return NetworkFault("unreachable", "the host can't be reached")
    words = str(error)
    if "without sending complete message body" in words or "incomplete chunked read" in words:
        return NetworkFault("truncated", "the page was cut off")
    if "without sending a response" in words:
        return NetworkFault("empty", "the host closed the connection without an answer")
    if isinstance(error, (httpcore.ProtocolError, httpx.ProtocolError)):
        return NetworkFault("invalid", "the answer is not HTTP")
    return NetworkFault("reset", "the host broke the connection off")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _tls_words(error: ssl.SSLError) -> str:
    return (
        str(getattr(error, "verify_message", "") or error.reason or error)
        .lower()
        .replace("_", " ")[:80]
    )
