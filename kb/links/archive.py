"""Archived copies of links: finds the newest good one in the Wayback Machine, or asks for one."""

import asyncio
import datetime
import json
import re
from collections.abc import Callable, Sequence
from urllib.parse import quote, urlsplit

from kb.addresses import host_of
from kb.ledger.look import ArchivedCopy
from kb.links.fetch import Client
from kb.links.judge import judge
from kb.links.model import Answer, Doubt, Seen, Settings
from kb.links.sites import pace_of, site_of
from kb.links.walk import Walk, wait_asked

OLDER = 4
SAVING = 90.0
_STAMP = re.compile(r"/web/(\d{14})[a-z_]{0,4}/")


async def newest_copy(
    urls: Sequence[str],
    settings: Settings,
    found: Callable[[str, ArchivedCopy], None],
    client: Client | None = None,
) -> None:
    """Look for archived copies; ``found(url, copy)`` is called for each that there is.

    The archive is asked by address first, then for its list of copies; a copy of an error page is
    passed over.
    """
    async with client or Client(settings) as wire:
        archive = _Archive(settings, wire)
        for url in urls:
            if copy := await archive.newest(url):
                found(url, copy)


async def ask_for_copy(
    urls: Sequence[str],
    settings: Settings,
    made: Callable[[str, ArchivedCopy], None],
    client: Client | None = None,
) -> None:
    """Ask the archive to keep each of ``urls``.

    ``made(url, copy)`` is called for each that was kept, now or not long ago.
    """
    async with client or Client(settings) as wire:
        archive = _Archive(settings, wire)
        for url in urls:
            if copy := await archive.keep(url):
                made(url, copy)


class _Archive:
    """One request after the other, at the archive's pace."""

    def __init__(self, settings: Settings, client: Client) -> None:
        self._settings, self._client, self._root = settings, client, settings.wayback.rstrip("/")
        self._spacing = pace_of(host_of(settings.wayback), settings).spacing
        self._free_at = 0.0

    async def newest(self, url: str) -> ArchivedCopy | None:
        tried: set[str] = set()
        by_address = await self._get(f"{self._root}/web/{_quoted(url)}", follow=False)
        stamp = _STAMP.search(
            by_address.headers.get("location", "") or by_address.headers.get("content-location", "")
        )
        if stamp and (copy := await self._good(url, stamp[1], tried)):
            return copy
        if by_address.status == 404:
            return None
        for older in await self._listed(url):
            if older not in tried and (copy := await self._good(url, older, tried)):
                return copy
        return None

    async def keep(self, url: str) -> ArchivedCopy | None:
        seen = await self._get(f"{self._root}/save/{_quoted(url)}", within=SAVING)
        where = [
            seen.headers.get("content-location", ""),
            seen.headers.get("location", ""),
            urlsplit(seen.final_url).path,
        ]
        stamp = next((found[1] for place in where if (found := _STAMP.search(place))), None)
        return self._copy(url, stamp) if stamp and (seen.status or 500) < 400 else None

    async def _good(self, url: str, stamp: str, tried: set[str]) -> ArchivedCopy | None:
        """The copy of that moment, if it shows the page and not what came after it."""
        tried.add(stamp)
        seen = await self._get(f"{self._root}/web/{stamp}id_/{_quoted(url)}")
        if host_of(seen.final_url) != host_of(self._root):
            return None
        taken = _STAMP.search(urlsplit(seen.final_url).path)
        tried.add(taken[1] if taken else stamp)
        verdict = judge(
            Seen(
                url, url, status=seen.status, headers=seen.headers, text=seen.text, fault=seen.fault
            ),
            site_of(url),
        )
        good = (verdict.differs if isinstance(verdict, Doubt) else verdict).verdict == "alive"
        return self._copy(url, taken[1] if taken else stamp) if good else None

    async def _listed(self, url: str) -> list[str]:
        """The moments of some older good copies, newest first."""
        query = (
            f"url={quote(url, safe='')}&output=json&fl=timestamp&filter=statuscode:200&"
            f"limit=-{OLDER}"
        )
        seen = await self._get(f"{self._root}/cdx/search/cdx?{query}")
        try:
            rows = json.loads(seen.text) if seen.status == 200 else []
        except (ValueError, RecursionError):
            rows = []
        stamps = (
            {str(row[0]) for row in rows if isinstance(row, list) and row}
            if isinstance(rows, list)
            else set()
        )
        return sorted(filter(re.compile(r"\d{14}").fullmatch, stamps), reverse=True)[:OLDER]

    def _copy(self, url: str, stamp: str) -> ArchivedCopy | None:
        try:
            day = datetime.date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
        except ValueError:
            return None
        return ArchivedCopy(f"{self._root}/web/{stamp}/{url}", day)

    async def _get(self, url: str, follow: bool = True, within: float | None = None) -> Seen:
        """A walk from ``url``; a fault, a server error or a plea to wait gets one more chance."""
        for last in (False, True):
            walk = Walk(url, follow=follow)
            answer, seen = Answer(), None
            while seen is None:
                answer = await self._ask(walk, within or self._settings.deadline)
                seen = walk.step(answer, self._settings)
            if last or not (seen.fault or (seen.status or 0) in (429, *range(500, 600))):
                return seen
            self._free_at += min(wait_asked(answer) or self._spacing, self._settings.patience)
        raise AssertionError

    async def _ask(self, walk: Walk, within: float) -> Answer:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._free_at - loop.time()))
        self._free_at = loop.time() + self._spacing
        return await self._client.get(
            walk.at, within, {"cookie": walk.cookie_header()} if walk.cookie_header() else None
        )


def _quoted(url: str) -> str:
    """``url`` as the archive takes it behind a slash: as it is, without a fragment."""
    return url.split("#", maxsplit=1)[0]
