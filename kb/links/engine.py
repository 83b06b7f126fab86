"""Looks at many links, politely, and says what each look showed."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from kb.addresses import host_of
from kb.ledger.look import GOOD, Look
from kb.links.fetch import Client, ReadLimits
from kb.links.guard import objection
from kb.links.judge import confirmed, judge
from kb.links.model import Answer, Doubt, HostPlan, Judgement, Seen, Settings
from kb.links.page import read
from kb.links.prints import Print, print_of, same
from kb.links.schedule import Schedule
from kb.links.services import SERVICES, Service, is_out, service_of
from kb.links.sites import pace_of, site_of
from kb.links.titles import misnamed
from kb.links.walk import Walk, wait_asked

Read = TypeVar("Read")
PUT_OFFS = 3
SIBLINGS = 8
SILENT = 4
RETRY_AFTER = 1.0
SERVICE_LIMITS = ReadLimits(raw=1 << 20, inflated=2 << 20)


def plan(urls: Sequence[str], settings: Settings) -> list[HostPlan]:
    """What a run would ask if all goes well, host by host, the slowest first. Nothing is sent."""
    links, requests = Counter[str](), Counter[str]()
    for service, batch in _batches(urls):
        host = host_of(service.request(batch, settings)) if service else host_of(batch[0])
        links[host] += len(batch)
        requests[host] += 1
    plans = [_host_plan(host, links[host], requests[host], settings) for host in links]
    return sorted(plans, key=lambda one: (-one.seconds, one.host))


def _host_plan(host: str, links: int, requests: int, settings: Settings) -> HostPlan:
    requests += settings.probe and site_of(f"http://{host}/").probe
    return HostPlan(host, links, requests, (requests - 1) * pace_of(host, settings).spacing)


def _batches(urls: Sequence[str]) -> Iterator[tuple[Service | None, list[str]]]:
    """Links that a service knows in its batches, any other alone."""
    known: dict[str, list[str]] = {service.name: [] for service in SERVICES}
    for url in dict.fromkeys(urls):
        if service := service_of(url):
            known[service.name].append(url)
        else:
            yield None, [url]
    for service in SERVICES:
        of_it = known[service.name]
        yield from (
            (service, of_it[start : start + service.batch])
            for start in range(0, len(of_it), service.batch)
        )


async def look_at(
    urls: Sequence[str],
    settings: Settings,
    seen: Callable[[Look], None],
    client: Client | None = None,
    titles: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Look at each address once, with several tries; ``seen`` is called with each look as it ends,
    in no order.

    ``titles`` are those that entries expect behind an address; a page with another title is tried
    twice. Nothing that a host does raises here. When the task is cancelled, what was not seen yet
    stays unseen.
    """
    async with client or Client(settings) as wire:
        await _Checks(urls, settings, wire, seen, titles or {}).all()


@dataclass(slots=True)
class _Link:
    """A link and what its tries have shown so far."""

    url: str
    judgements: list[Judgement] = field(default_factory=list)
    asked: int = 0
    began: float = 0.0
    late: bool = False


@dataclass(slots=True)
class _Errand:
    """A walk and who waits for its end."""

    walk: Walk
    done: Callable[[Seen], None]
    within: float
    service: Service | None = None


@dataclass(slots=True)
class _Sibling:
    """An address that can't exist: its page, once it is known, and what waits for it.

    A host that tells missing pages apart has none.
    """

    known: bool = False
    print: Print | None = None
    waiting: list[tuple[_Link, Seen, Doubt]] = field(default_factory=list)


class _Checks:
    def __init__(
        self,
        urls: Sequence[str],
        settings: Settings,
        client: Client,
        seen: Callable[[Look], None],
        titles: Mapping[str, Sequence[str]],
    ) -> None:
        self._settings, self._client, self._seen, self._titles = settings, client, seen, titles
        self._links = {url: _Link(url) for url in urls}
        self._schedule: Schedule[_Errand] = Schedule(
            self._hop, partial(pace_of, settings=settings), settings.connections
        )
        self._siblings: dict[tuple[str, str], _Sibling] = {}
        self._silent: Counter[str] = Counter()
        self._out: set[str] = set()

    async def all(self) -> None:
        """Look at everything."""
        for service, batch in _batches(list(self._links)):
            if service:
                self._ask_service(service, batch)
            else:
                self._try(self._links[batch[0]])
        await self._schedule.run()

    def _try(self, link: _Link, after: float = 0.0, last: bool = False) -> None:
        """Put a visit to the page of ``link`` into its host's line.

        One that was late gets half the time, but all of it at the last try.
        """
        if fault := objection(link.url, self._settings):
            self._page_seen(link, Seen(link.url, link.url, fault=fault))
            return
        half = link.late and not last
        errand = _Errand(
            Walk(link.url, follow=site_of(link.url).follow),
            partial(self._page_seen, link),
            self._settings.deadline / (2 if half else 1),
        )
        if last:
            self._schedule.add_last(host_of(link.url), errand)
            return
        self._schedule.add(host_of(link.url), errand, after=after)

    async def _hop(self, errand: _Errand) -> None:
        """One request of a walk."""
        walk, service = errand.walk, errand.service
        if service and service.name in self._out:
            errand.done(Seen(walk.start, walk.at))
            return
        answer = await self._ask(errand)
        if self._put_off(walk, answer):
            self._schedule.add(walk.host(), errand, first=True)
            return
        if (seen := walk.step(answer, self._settings)) is None:
            self._schedule.add(walk.host(), errand, first=True)
            return
        errand.done(seen)

    async def _ask(self, errand: _Errand) -> Answer:
        """One answer.

        A host that was silent several times in a row, and never anything else since, gets a quarter
        of the time.
        """
        walk, service = errand.walk, errand.service
        headers = {"cookie": cookies} if (cookies := walk.cookie_header()) else {}
        if service:
            headers["accept"] = service.accept
        host = walk.host()
        within = errand.within / (4 if self._silent[host] >= SILENT else 1)
        answer = await self._client.get(
            walk.at,
            max(0.05, within - walk.spent),
            headers,
            SERVICE_LIMITS if service else ReadLimits(),
        )
        late = answer.fault is not None and answer.fault.kind == "timeout"
        self._silent[host] = self._silent[host] + 1 if late else 0
        return answer

    def _put_off(self, walk: Walk, answer: Answer) -> bool:
        """Leave the host alone as long as it asks, within our patience; whether this request will
        be made again.
        """
        wait, patience = wait_asked(answer), self._settings.patience
        if wait is None:
            if answer.status == 429:
                self._schedule.pause(walk.host(), RETRY_AFTER)
            return False
        paused = self._schedule.pause(walk.host(), min(wait, patience))
        walk.put_off += 1
        return wait <= patience and walk.put_off <= PUT_OFFS and paused <= PUT_OFFS * patience

    def _page_seen(self, link: _Link, seen: Seen) -> None:
        unreadable: Judgement | Doubt = Judgement("unsure", "the page could not be read")
        found = _safely(lambda: judge(seen, site_of(link.url)), unreadable)
        if isinstance(found, Doubt):
            if self._settings.probe:
                self._ask_sibling(link, replace(seen, text=""), found)
            else:
                self._judged(link, seen, found.differs)
            return
        if (wait_asked(Answer(seen.status, seen.headers)) or 0) > self._settings.patience:
            found = replace(found, again=False)
        self._judged(link, seen, found)

    def _titled(self, link: _Link, seen: Seen, judgement: Judgement) -> Judgement:
        """``judgement`` with the title that is expected, where a page was found that has another
        one.
        """
        titles = self._titles.get(link.url, ()) if judgement.verdict in GOOD else ()
        return replace(judgement, expected=misnamed(judgement.title, titles, seen.final_url))

    def _judged(self, link: _Link, seen: Seen, judgement: Judgement, known: bool = False) -> None:
        """Take in a try; ``known`` is what a service says, which shows no interstitials."""
        link.asked += 1
        link.began = link.began or self._now() - seen.seconds
        judgement = self._titled(link, seen, judgement)
        link.judgements.append(judgement)
        link.late = seen.fault is not None and seen.fault.kind == "timeout"
        tries = self._settings.tries
        if final := confirmed(link.judgements, tries, known):
            self._finish(link, seen, final)
            return
        self._try(link, after=RETRY_AFTER, last=len(link.judgements) + 1 == tries)

    def _finish(self, link: _Link, seen: Seen, final: Judgement) -> None:
        address = final.address if final.address and not seen.hops else seen.final_url
        self._seen(
            Look(
                link.url,
                final.verdict,
                final.reason,
                seen.status,
                address if address != link.url else None,
                final.title,
                final.expected,
                redirects=tuple(hop.url for hop in seen.hops),
                notes=final.notes,
                tries=link.asked,
                seconds=self._now() - link.began,
            )
        )

    def _ask_sibling(self, link: _Link, seen: Seen, doubt: Doubt) -> None:
        """Settle ``doubt`` by the host's answer for an address that can't exist.

        It stands in the page's own folder. A long page is content with the first folder of its
        host that was asked, and any page is once ``SIBLINGS`` folders were.
        """
        sibling = self._sibling(link.url, doubt.near)
        if sibling.known:
            self._settle(link, seen, doubt)
            return
        sibling.waiting.append((link, seen, doubt))

    def _sibling(self, url: str, near: bool) -> _Sibling:
        host, folder = _place(url)
        any_of_host = [key for key in self._siblings if key[0] == host]
        key = (host, folder)
        if key not in self._siblings and any_of_host and (not near or len(any_of_host) >= SIBLINGS):
            key = any_of_host[0]
        if key not in self._siblings:
            self._siblings[key] = _Sibling()
            address = sibling_of(url)
            self._schedule.add(
                host,
                _Errand(
                    Walk(address),
                    partial(self._sibling_seen, self._siblings[key]),
                    self._settings.deadline,
                ),
                first=True,
            )
        return self._siblings[key]

    def _sibling_seen(self, sibling: _Sibling, seen: Seen) -> None:
        if seen.status and 200 <= seen.status < 300 and not seen.fault:
            sibling.print = _safely(
                lambda: print_of(read(seen.text), seen.url, seen.final_url), None
            )
        sibling.known = True
        waiting, sibling.waiting = sibling.waiting, []
        for link, page, doubt in waiting:
            self._settle(link, page, doubt)

    def _settle(self, link: _Link, seen: Seen, doubt: Doubt) -> None:
        """Compare the page with what its folder showed for an address that can't exist.

        If its folder was not asked, with all that the host showed.
        """
        host, folder = _place(link.url)
        own = self._siblings.get((host, folder))
        near = [one for key, one in self._siblings.items() if key[0] == host]
        prints = [one.print for one in ([own] if own else near)]
        alike = any(one is not None and same(doubt.print, one, link.url) for one in prints)
        self._judged(link, seen, doubt.same if alike else doubt.differs)

    def _ask_service(self, service: Service, urls: list[str], again: bool = False) -> None:
        address = service.request(urls, self._settings)
        errand = _Errand(
            Walk(address),
            partial(self._service_seen, service, urls, again),
            3 * self._settings.deadline,
            service,
        )
        self._schedule.add(host_of(address), errand, after=RETRY_AFTER if again else 0.0)

    def _service_seen(self, service: Service, urls: list[str], again: bool, seen: Seen) -> None:
        """Take what the service says; the links that it says nothing of are asked themselves."""
        if is_out(seen):
            if not again and seen.fault is None and (seen.status or 0) >= 500:
                self._ask_service(service, urls, again=True)
                return
            self._out.add(service.name)
        nothing: Mapping[str, Judgement] = {}
        found = _safely(lambda: service.read(seen, urls), nothing)
        for url in urls:
            link = self._links[url]
            if url in found:
                self._judged(
                    link,
                    Seen(url, url, status=seen.status, seconds=seen.seconds),
                    found[url],
                    known=True,
                )
            else:
                link.asked += seen.status is not None or seen.fault is not None
                self._try(link)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _safely(read_it: Callable[[], Read], otherwise: Read) -> Read:
    """A page that breaks our reading of it must not end the run for all others."""
    try:
        return read_it()
    except Exception:  # noqa: BLE001
        return otherwise


def sibling_of(url: str) -> str:
    """An address beside ``url`` that can't exist: the same folder and ending, another name; with a
    query, another last value.
    """
    parts = urlsplit(url)
    name = f"kb-links-{hashlib.sha256(url.encode()).hexdigest()[:12]}"
    if parts.query:
        head, sign, _ = parts.query.rpartition("=")
        return parts._replace(query=f"{head}{sign}{name}", fragment="").geturl()
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    ending = (
        f".{last.rsplit('.', 1)[1]}" if "." in last and len(last.rsplit(".", 1)[1]) <= 5 else ""
    )
    return parts._replace(path=f"{folder}/{name}{ending}", fragment="").geturl()


def _place(url: str) -> tuple[str, str]:
    """The host of ``url`` and the folder that its siblings are in."""
    parts = urlsplit(url)
    return host_of(
        url
    ), f"{parts.port}{parts.path if parts.query else parts.path.rstrip('/').rpartition('/')[0]}"
