"""Asks the services that know a work, and says in one sentence why one has no answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kb.importers import acl, arxiv, csl, github, openreview, wechat
from kb.importers.recognize import Recognized
from kb.importers.record import NoRecord, Withheld, WorkRecord

MOST = 2_000_000
"""Bytes of an answer; the largest record has some hundred thousand."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one request; ``fault`` says why there is none. One that is not ``whole`` was
    cut off because it is too large."""

    status: int | None = None
    text: str = ""
    fault: str = ""
    whole: bool = True


Fetch = Callable[[str], Reply]


@dataclass(frozen=True, slots=True)
class RecordKeeper:
    """Who keeps the records of a kind of reference, and how they are asked for and read."""

    name: str
    addresses: Callable[[str], tuple[str, ...]]
    read: Callable[[str, str], WorkRecord]


SERVICES: Mapping[str, RecordKeeper] = {
    "arxiv": RecordKeeper("arXiv", arxiv.addresses, arxiv.read),
    "doi": RecordKeeper("Crossref", csl.addresses, csl.read),
    "openreview": RecordKeeper("OpenReview", openreview.addresses, openreview.read),
    "acl": RecordKeeper("ACL Anthology", acl.addresses, acl.read),
    "github": RecordKeeper("GitHub", github.addresses, github.read),
    "wechat": RecordKeeper("WeChat", wechat.addresses, wechat.read),
}


class Refusal(Exception):
    """There is no record of what is meant; the message says why and what to do."""


class OutOfReach(Refusal):
    """Nobody could be asked: there is no network, or the service is down."""


def gathered(reference: Recognized, fetch: Fetch) -> WorkRecord:
    """The record of ``reference`` from the service that keeps it. Raises Refusal, OutOfReach."""
    service = SERVICES[reference.kind]
    refused: Refusal | None = None
    for address in service.addresses(reference.id):
        try:
            answer = _answer(fetch(address), service.name, reference)
            record = service.read(answer, reference.id)
        except Withheld as error:
            raise OutOfReach(f"{service.name} answered with {error}") from None
        except NoRecord as error:
            refused = refused or Refusal(
                f"{service.name} answered with {error}; compare with {reference.url}"
            )
        except OutOfReach:
            raise
        except Refusal as error:
            refused = refused or error
        else:
            url = record.url or reference.url
            read = "" if address == url else address
            return replace(record, url=url, read=read, confirmed=True)
    raise refused or Refusal(f"{service.name} knows no `{reference.id}`")


def _answer(reply: Reply, name: str, reference: Recognized) -> str:
    """The text of a good answer."""
    if reply.fault:
        raise OutOfReach(f"{name} could not be asked: {reply.fault}")
    if reply.status == 429 or (reply.status or 0) >= 500:
        why = "asks for patience" if reply.status == 429 else f"has no answer ({reply.status})"
        raise OutOfReach(f"{name} {why}")
    if reply.status in (404, 410):
        raise Refusal(f"{name} knows no `{reference.id}`; correct it, or look at {reference.url}")
    if reply.status != 200:
        raise Refusal(f"{name} refused the request ({reply.status}); look at {reference.url}")
    if not reply.whole or len(reply.text) > MOST:
        raise Refusal(f"{name} answered with more than {MOST:,} bytes, not a record")
    return reply.text
