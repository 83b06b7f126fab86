"""Settings of a run: what the network guard lets through, how polite to be, how long to wait. And what a run tells of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """How links are looked at.

    ``allow_networks`` are blocks of addresses (`127.0.0.0/8`) that are let through besides global ones; ``resolve`` maps (host, port)
    to the address to use, as curl's ``--resolve`` does, and that address is guarded like any other. At most ``connections`` are open at
    once, ``per_host`` of them to one host, with ``spacing`` seconds between the starts of two requests to it; a row in `sites` may ask for
    a slower pace, and ``site_pace`` multiplies the spacing of these rows. A try ends after ``deadline`` seconds on the wire; a link
    gets up to ``tries``. A host that says Retry-After is left alone for at most ``patience`` seconds each time.
    ``tokens`` maps an exact host to a bearer token, sent to that host over https alone. ``ca`` is a file of further certificate
    authorities. ``probe`` asks hosts for pages that cannot exist. The last three are where the public services live.
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
    """What a run would ask of one host: the links that lead there, the requests if all goes well, and the seconds that politeness takes."""

    host: str
    links: int
    requests: int
    seconds: float
