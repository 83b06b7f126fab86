"""A small hostile internet on loopback: real sockets, several addresses, hosts told apart by name,
and a private place that nobody may visit.
"""

import asyncio
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

OPEN = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
PRIVATE = "127.0.1.1"
TEXT = (
    "Pruning removes weights that matter little, and what is left is trained again "
    "until the accuracy is back. "
) * 12
ZH_TEXT = (
    "剪枝去掉不重要的权重，再微调剩下的网络，直到精度恢复。稀疏度越高，恢复越难，需要逐步提高。"
    * 20
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request; ``visit`` counts the visits to this address from 1."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]
    visit: int


Reply = Callable[[Request, asyncio.StreamWriter], Awaitable[bool]]
"""Writes an answer; True if the connection stays open."""


def http(
    status: int | str = 200,
    body: str | bytes = "",
    kind: str = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """A whole answer. Underscores in names of headers stand for dashes."""
    raw = body if isinstance(body, bytes) else body.encode()
    lines = [
        f"HTTP/1.1 {status} Whatever" if isinstance(status, int) else f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(raw)}",
    ]
    lines += [
        f"{name.replace('_', '-')}: {line}"
        for name, value in headers.items()
        for line in value.split("\n")
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8") + raw


def page(title: str, text: str = TEXT, head: str = "") -> str:
    """An ordinary page."""
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</"
        f"head><body><article><p>{text}</p></article></body></html>"
    )


def says(*answers: bytes) -> Reply:
    """Give these answers one after the other, the last for ever."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(answers[min(request.visit, len(answers)) - 1])
        await writer.drain()
        return True

    return reply


def closes(raw: bytes = b"") -> Reply:
    """Send ``raw`` and close."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(raw)
        await writer.drain()
        return False

    return reply


def resets(raw: bytes = b"") -> Reply:
    """Send ``raw`` and break off."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(raw)
        await writer.drain()
        writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        writer.transport.abort()
        return False

    return reply


def drips(head: bytes, piece: bytes = b"x", every: float = 0.05) -> Reply:
    """Send ``head``, then ``piece`` again and again without end."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(head)
        while True:
            await writer.drain()
            await asyncio.sleep(every)
            writer.write(piece)

    return reply


def after(seconds: float, then: Reply) -> Reply:
    """Wait first."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(seconds)
        return await then(request, writer)

    return reply


def by(choose: Callable[[Request], bytes]) -> Reply:
    """An answer that depends on the request."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(choose(request))
        await writer.drain()
        return True

    return reply


def once(first: Reply, then: Reply) -> Reply:
    """One way at the first visit, another one later."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> bool:
        return await (first if request.visit == 1 else then)(request, writer)

    return reply


@cache
def bomb(size: int = 200 << 20, layers: int = 1, coding: str = "gzip") -> bytes:
    """``size`` bytes of blanks, packed; with several layers, packed again."""
    squeeze = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
    packed = (
        b"".join(squeeze.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + squeeze.flush()
    )
    for _ in range(layers - 1):
        packed = gzip.compress(packed)
    return http(200, packed, Content_Encoding=", ".join([coding] * layers))


@dataclass
class World:
    """Replies by host and path; ``everywhere`` by host alone. What is not there is a 404."""

    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)
    everywhere: dict[str, Reply] = field(default_factory=dict)
    port: int = 0
    tls_port: int = 0
    closed_port: int = 0
    hits: Counter[tuple[str, str]] = field(default_factory=Counter)
    heads: list[Request] = field(default_factory=list)
    private_visits: int = 0
    starts: list[tuple[float, str]] = field(default_factory=list)

    def at(self, host: str, path: str, reply: Reply) -> str:
        """Put ``reply`` at an address, which is returned."""
        self.replies[host, path] = reply
        return f"http://{host}:{self.port}{path}"

    async def visitor(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while await self._serve(reader, writer):
                pass
        except (
            OSError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            asyncio.CancelledError,
        ):
            pass
        finally:
            writer.close()

    async def trespasser(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A connection to the private place."""
        self.private_visits += 1
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {
            name.lower(): value
            for name, _, value in (line.partition(": ") for line in lines if line)
        }
        host = headers.get("host", "").rsplit(":", 1)[0]
        self.hits[host, path] += 1
        request = Request(method, host, path, headers, self.hits[host, path])
        self.heads.append(request)
        self.starts.append((asyncio.get_running_loop().time(), host))
        return await self.reply(request)(request, writer)

    def reply(self, request: Request) -> Reply:
        """What stands at the address."""
        there = self.everywhere.get(request.host) or self.replies.get((request.host, request.path))
        return there or says(http("404 Not Found", page("Not here", "This address is not in use.")))


async def _listening(world: World, tls: ssl.SSLContext | None) -> list[asyncio.Server]:
    """Servers of ``world`` at one port of all its addresses; another port if one has it already."""
    for left in reversed(range(9)):
        servers = [await asyncio.start_server(world.visitor, OPEN[0], 0, limit=1 << 20)]
        world.port = servers[0].sockets[0].getsockname()[1]
        try:
            servers.append(await asyncio.start_server(world.visitor, OPEN[1:], world.port))
            servers.append(await asyncio.start_server(world.trespasser, PRIVATE, world.port))
            if socket.has_ipv6:
                servers.append(await asyncio.start_server(world.visitor, "::1", world.port))
            break
        except OSError:
            for server in servers:
                server.close()
            if not left:
                raise
    if tls:
        servers.append(await asyncio.start_server(world.visitor, OPEN[0], 0, ssl=tls))
        world.tls_port = servers[-1].sockets[0].getsockname()[1]
    return servers


@contextmanager
def opened(world: World, tls: ssl.SSLContext | None = None):
    """Serve ``world`` from a thread of its own."""
    loop = asyncio.new_event_loop()
    stop, listening = asyncio.Event(), Future[None]()

    async def serve() -> None:
        try:
            servers = await _listening(world, tls)
        except OSError as error:
            listening.set_exception(error)
            return
        listening.set_result(None)
        await stop.wait()
        for server in servers:
            server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.01)

    with socket.socket() as unused:
        unused.bind((OPEN[2], 0))
        world.closed_port = unused.getsockname()[1]
        thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
        thread.start()
        try:
            listening.result()
            yield world
        finally:
            if thread.is_alive():
                loop.call_soon_threadsafe(stop.set)
            thread.join()
            loop.close()
