"""How a command asks the web: one address at a time, guarded and limited as by the link checker."""

import asyncio
import time
from collections.abc import Callable
from urllib.parse import urljoin

from kb.addresses import host_of
from kb.importers.gather import MOST, Fetch, Reply
from kb.links.fetch import Client, ReadLimits
from kb.links.model import Answer, Settings
from kb.links.unpack import text_of

PAUSE = 3.0
"""Seconds between two requests to one host, as arXiv asks for."""
_WITHIN = 20.0
_HOPS = 4
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LIMITS = ReadLimits(raw=MOST, inflated=MOST)


def fetch() -> Fetch:
    """The web itself."""
    return paced(asking(Settings()), time.monotonic, time.sleep)


def asking(settings: Settings) -> Fetch:
    """Asks the web as ``settings`` say, and follows a few redirects; never raises."""

    def ask(url: str) -> Reply:
        answer = asyncio.run(_walk(url, settings))
        if answer.fault:
            return Reply(fault=answer.fault.words)
        said = text_of(answer.body, answer.headers.get("content-type", ""))
        return Reply(answer.status, said, whole=len(answer.body) < MOST)

    return ask


async def _walk(url: str, settings: Settings) -> Answer:
    async with Client(settings) as client:
        for _ in range(_HOPS):
            answer = await client.get(url, _WITHIN, limits=_LIMITS)
            to = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not to:
                break
            url = urljoin(url, to)
    return answer


def paced(fetch: Fetch, clock: Callable[[], float], sleep: Callable[[float], None]) -> Fetch:
    """``fetch`` with a pause between two requests to one host."""
    last: dict[str, float] = {}

    def ask(url: str) -> Reply:
        host = host_of(url)
        if host in last and (left := last[host] + PAUSE - clock()) > 0:
            sleep(left)
        last[host] = clock()
        return fetch(url)

    return ask
