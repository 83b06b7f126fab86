"""A walk along redirects, one request at a time: where the next one goes, with which cookies, and when the walk ends. Asks nothing itself."""

import email.utils
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from kb.links.guard import SCHEMES, objection
from kb.links.seen import Answer, Fault, Hop, Seen
from kb.links.settings import Settings
from kb.links.unpack import text_of

HOPS = 10
_REDIRECTS = (301, 302, 303, 307, 308)
_COOKIES = 50


@dataclass(slots=True)
class Walk:
    """A walk that has come to ``at``. Cookies live as long as the walk and go back to where they came from."""

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
        """Take in an answer: what was seen, if the walk ends here, or None if it goes on at ``at``."""
        self.spent += answer.seconds
        self.been.add(self._here())
        self._keep_cookies(answer.headers.get("set-cookie", ""))
        target = self._target(answer)
        if target is None:
            return self._end(answer, answer.fault)
        self.hops.append(Hop(self.at, answer.status or 0))
        if isinstance(target, Fault):
            return self._end(answer, target)
        self.at = target
        fault = self._objection(settings)
        return self._end(Answer(answer.status), fault) if fault else None

    def _here(self) -> tuple[str, int]:
        """Where the walk is and what it carries: a second visit with a new cookie may show something else."""
        return self.at.split("#")[0], hash(frozenset(self.cookies.items()))

    def _target(self, answer: Answer) -> str | Fault | None:
        if (
            not self.follow
            or answer.fault
            or answer.status not in _REDIRECTS
            or not (location := answer.headers.get("location", "").strip().replace(" ", "%20"))
        ):
            return None
        try:
            target = urljoin(self.at, location)
            scheme = urlsplit(target).scheme.lower()
        except ValueError:
            return Fault("address", f"redirects to `{location[:80]}`, which is not a valid address")
        if scheme not in SCHEMES:
            return Fault("scheme", f"redirects to another scheme, `{scheme[:20]}`")
        return target

    def _objection(self, settings: Settings) -> Fault | None:
        if self._here() in self.been:
            return Fault("loop", "redirects in a loop")
        if len(self.hops) > HOPS:
            return Fault("hops", f"more than {HOPS} redirects")
        fault = objection(self.at, settings)
        return fault and Fault(fault.kind, f"redirects to {self.at[:80]}: {fault.words}")

    def _end(self, answer: Answer, fault: Fault | None) -> Seen:
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


def host_of(url: str) -> str:
    """The host of ``url`` in lower case, empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def wait_asked(answer: Answer, now: float | None = None) -> float | None:
    """The seconds that the host asks to be left alone: Retry-After of a 429 or 503, as a number or a date; None if it asks for nothing.

    A date is compared with the host's own clock where it tells it, else with ``now`` (seconds since 1970).
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
