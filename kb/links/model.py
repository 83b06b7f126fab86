"""The words of a check: its settings and plan, what was seen on the way, and what is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kb.ledger.look import Verdict
from kb.links.prints import Print

FaultKind = Literal[
    "address",
    "forbidden",
    "scheme",
    "loop",
    "wall",
    "hops",
    "name",
    "resolver",
    "refused",
    "unreachable",
    "timeout",
    "tls",
    "reset",
    "truncated",
    "empty",
    "invalid",
]


@dataclass(frozen=True, slots=True)
class NetworkFault:
    """Why there is no proper answer: its kind, and a sentence."""

    kind: FaultKind
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request: ``headers`` with names in lower case, ``body`` inflated and cut;
    with a fault, what came before it.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    fault: NetworkFault | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect, or a page that sends browsers on: the address that answered, and its status."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a walk along redirects ended: the last answer in full, the addresses before it,
    ``text`` as Unicode.
    """

    url: str
    final_url: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    fault: NetworkFault | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and what it rests on.

    ``again`` says that another try may show something else; ``address`` is the new one of a moved
    page; ``expected`` is the title of the entry where the page has clearly another one.
    """

    verdict: Verdict
    reason: str
    title: str | None = None
    notes: tuple[str, ...] = ()
    again: bool = False
    address: str | None = None
    network: bool = False
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A page that is worth what a sibling address that can't exist says of it.

    ``differs`` holds if the host tells missing pages apart, or if nobody knows; ``same`` if it gave
    the same page for both. ``near`` asks for a sibling in the same folder, not just anywhere on the
    host.
    """

    differs: Judgement
    same: Judgement
    print: Print
    near: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How links are looked at.

    ``allow_networks`` are blocks of addresses (`127.0.0.0/8`) that are let through besides global
    ones; ``resolve`` maps (host, port) to the address to use, as curl's ``--resolve`` does, and
    that address is guarded like any other. At most ``connections`` are open at once, ``per_host``
    of them to one host, with ``spacing`` seconds between the starts of two requests to it; a row in
    `sites` may ask for a slower pace, and ``site_pace`` multiplies the spacing of these rows. A try
    ends after ``deadline`` seconds on the wire; a link gets up to ``tries``. A host that says
    Retry-After is left alone for at most ``patience`` seconds each time. ``tokens`` maps an exact
    host to a bearer token, sent to that host over https alone. ``ca`` is a file of further
    certificate authorities. ``probe`` asks hosts for pages that cannot exist. The last three are
    where the public services live.
    """

    allow_networks: tuple[str, ...] = ()
    allow_ports: frozenset[int] = frozenset({80, 443})
    resolve: Mapping[tuple[str, int], str] = field(default_factory=dict)
    connections: int = 64
    per_host: int = 4
    spacing: float = 0.25
    site_pace: float = 1.0
    deadline: float = 10.0
    tries: int = 3
    patience: float = 30.0
    tokens: Mapping[str, str] = field(default_factory=dict)
    ca: str | None = None
    probe: bool = True
    user_agent: str = "Mozilla/5.0 (compatible; kb-links/0.1)"
    arxiv_api: str = "https://export.arxiv.org/api/query"
    github_api: str = "https://api.github.com"
    wayback: str = "https://web.archive.org"


@dataclass(frozen=True, slots=True)
class HostPlan:
    """What a run would ask of one host: the links that lead there, the requests if all goes well,
    and the seconds that politeness takes.
    """

    host: str
    links: int
    requests: int
    seconds: float
