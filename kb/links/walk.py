"""A walk along redirects, one request at a time: where the next one goes, with which cookies, and
when the walk ends.

A page that sends browsers on within a few seconds (`refresh`) redirects, too. Sends nothing itself.
"""

import email.utils
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from kb.addresses import host_of
from kb.links.guard import SCHEMES, objection
from kb.links.model import Answer, Hop, NetworkFault, Seen, Settings
from kb.links.page import read, refresh
from kb.links.unpack import text_of

HOPS = 10
_REDIRECTS = (301, 302, 303, 307, 308)
_COOKIES = 50
LONGEST = 8192
_AT_ONCE = 5
_SENDS_ON = re.compile(r"http-equiv[^<>]{0,20}refresh", re.I)


@dataclass(slots=True)
class Walk:
    """A walk that has come to ``at``.

    Cookies live as long as the walk and go back to where they came from.
    """

    start: str
    follow: bool = True
    at: str = ""
    hops: list[Hop] = field(default_factory=list)
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)
    been: set[tuple[str, int]] = field(default_factory=set)
    spent: float = 0.0
    put_off: int = 0

    def __post_init__(self) -> None:
        self.at = self.at or self.start

    def host(self) -> str:
        """The host that is asked next."""
        return host_of(self.at)

    def cookie_header(self) -> str:
        """The cookies for the next request, empty if there are none."""
        host = self.host()
        return "; ".join(
            f"{name}={value}"
            for (domain, name), value in self.cookies.items()
            if host == domain or host.endswith(f".{domain}")
        )

    def step(self, answer: Answer, settings: Settings) -> Seen | None:
        """Take in an answer: what was seen if the walk ends here, None if it goes on at ``at``."""
        self.spent += answer.seconds
        self.been.add(self._here())
        self._keep_cookies(answer.headers.get("set-cookie", ""))
        target = self._target(answer) or self._refresh(answer)
        if target is None:
            return self._end(answer, answer.fault)
        self.hops.append(Hop(self.at, answer.status or 0))
        if isinstance(target, NetworkFault):
            return self._end(answer, target)
        self.at = target
        fault = self._objection(settings)
        return self._end(Answer(answer.status), fault) if fault else None

    def _here(self) -> tuple[str, int]:
        """Where the walk is and what it carries: a second visit with a new cookie may show
        something else.
        """
        return self.at.split("#")[0], hash(frozenset(self.cookies.items()))

    def _target(self, answer: Answer) -> str | NetworkFault | None:
        if (
            not self.follow
            or answer.fault
            or answer.status not in _REDIRECTS
            or not (location := answer.headers.get("location", "").strip().replace(" ", "%20"))
        ):
            return None
        target = _joined(self.at, location)
        if isinstance(target, NetworkFault):
            return target
        if (scheme := urlsplit(target).scheme.lower()) not in SCHEMES:
            return NetworkFault("scheme", f"redirects to another scheme, `{scheme[:20]}`")
        return target

    def _refresh(self, answer: Answer) -> str | NetworkFault | None:
        """Where the page sends browsers on to; None if nowhere, to itself or to an app."""
        if not self.follow or answer.fault or not 200 <= (answer.status or 0) < 300:
            return None
        found, base = _sends_on(answer)
        if found is None or found[0] > _AT_ONCE:
            return None
        target = _joined(_base(self.at, base), found[1].replace(" ", "%20"))
        if isinstance(target, NetworkFault):
            return target
        if urlsplit(target).scheme.lower() not in SCHEMES or self._is_reload(target):
            return None
        return target

    def _is_reload(self, target: str) -> bool:
        """Whether ``target`` is this very page; with a new cookie it may be another one."""
        return (
            target.split("#", maxsplit=1)[0] == self.at.split("#")[0] and self._here() in self.been
        )

    def _objection(self, settings: Settings) -> NetworkFault | None:
        if self._here() in self.been:
            if self.cookies:
                return NetworkFault("wall", "redirects in a loop and sets cookies on the way")
            return NetworkFault("loop", "redirects in a loop")
        if len(self.hops) > HOPS:
            return NetworkFault("hops", f"more than {HOPS} redirects")
        fault = objection(self.at, settings)
        return fault and NetworkFault(fault.kind, f"redirects to {self.at[:80]}: {fault.words}")

    def _end(self, answer: Answer, fault: NetworkFault | None) -> Seen:
        text = text_of(answer.body, answer.headers.get("content-type", ""))
        return Seen(
            self.start,
            self.at,
            tuple(self.hops),
            answer.status,
            answer.headers,
            text,
            fault,
            self.spent,
        )

    def _keep_cookies(self, lines: str) -> None:
        host = self.host()
        for line in lines.split("\n")[:_COOKIES]:
            pair, *attributes = line.split(";")
            name, sign, value = pair.strip().partition("=")
            domain = next(
                (
                    one.split("=", 1)[1].strip().lstrip(".").lower()
                    for one in attributes
                    if one.strip().lower().startswith("domain=")
                ),
                host,
            )
            if (
                sign
                and len(self.cookies) < _COOKIES
                and len(line) < 4096
                and pair.isascii()
                and pair.isprintable()
            ):
                self.cookies[
                    domain if domain.count(".") and host.endswith(f".{domain}") else host, name
                ] = value


def _joined(base: str, target: str) -> str | NetworkFault:
    """The address of ``target`` seen from ``base``."""
    if len(target) > LONGEST:
        return NetworkFault(
            "address", f"redirects to an address of more than {LONGEST:,} characters"
        )
    try:
        joined = urljoin(base, target)
        urlsplit(joined)
    except ValueError:
        return NetworkFault(
            "address", f"redirects to `{target[:80]}`, which is not a valid address"
        )
    return joined


def _base(at: str, base: str) -> str:
    joined = _joined(at, base) if base else at
    return at if isinstance(joined, NetworkFault) else joined


def _sends_on(answer: Answer) -> tuple[tuple[int, str] | None, str]:
    """The `refresh` of an answer, by its header or in its page, and the page's base address."""
    if header := answer.headers.get("refresh", ""):
        return refresh(header), ""
    kind = answer.headers.get("content-type", "").lower()
    if kind and "html" not in kind:
        return None, ""
    text = text_of(answer.body, kind)
    if not _SENDS_ON.search(text):
        return None, ""
    page = read(text)
    return page.refresh, page.base


def wait_asked(answer: Answer, now: float | None = None) -> float | None:
    """The seconds that the host asks to be left alone: Retry-After of a 429 or 503, as a number or
    a date; None if it asks for nothing.

    A date is compared with the host's own clock where it tells it, else with ``now`` (seconds since
    1970).
    """
    asked = answer.headers.get("retry-after", "").strip()
    if answer.status not in (429, 503) or not asked:
        return None
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return float(asked)
    until, here = _stamp(asked), _stamp(answer.headers.get("date", ""))
    if until is None:
        return None
    return max(0.0, until - (here if here is not None else time.time() if now is None else now))


def _stamp(date: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
