"""What was seen on the way to an address, before anyone judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
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
class Fault:
    """Why there is no proper answer: its kind, and words for people."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request: ``headers`` with names in lower case, ``body`` inflated and cut; with a fault, what came before it."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    fault: Fault | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect, or a page that sends browsers on: the address that answered, and its status."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a walk along redirects ended: the last answer in full, the addresses before it, ``text`` as Unicode."""

    url: str
    final_url: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    fault: Fault | None = None
    seconds: float = 0.0
