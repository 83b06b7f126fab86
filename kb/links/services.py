"""Public services that know more about a link than its page tells: arXiv, DOI and GitHub. What to
ask them, and what their answers mean.

All is pure. An answer that says nothing about a link leaves that link to its page; none of them
alone calls a link gone.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

from kb.links.model import Judgement, Seen, Settings

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ARXIV_LINK = re.compile(
    r"https?://(?:www\.|export\.)?arxiv\.org(?::\d+)?/(?:abs|pdf)/"
    r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?)(?:\.pdf)?/?",
    re.I,
)
_DOI_LINK = re.compile(r"https?://(?:dx\.|www\.)?doi\.org(?::\d+)?/(10\.\d{4,9}/[^?#\s]+)", re.I)
_REPOSITORY = re.compile(
    r"https?://(?:www\.)?github\.com(?::\d+)?/([\w.-]+)/([\w.-]+?)(?:\.git)?/?(?:#.*)?", re.I
)
_NO_OWNERS = frozenset(
    (
        "about apps collections contact customer-stories enterprise events explore features "
        "issues join login marketplace new notifications orgs organizations pricing pulls "
        "search security sessions settings site sponsors stars topics trending users"
    ).split()
)
_WITHDRAWN = re.compile(
    r"\b(?:has been|was|is|are) (?:temporarily )?withdrawn\b|^\s*withdrawn\b", re.I
)


@dataclass(frozen=True, slots=True)
class Service:
    """``key`` gives what a link is called there, None if it is not one of its links.

    Up to ``batch`` links go into one request.
    """

    name: str
    key: Callable[[str], str | None]
    batch: int
    request: Callable[[Sequence[str], Settings], str]
    read: Callable[[Seen, Sequence[str]], Mapping[str, Judgement]]
    accept: str


def arxiv_id(url: str) -> str | None:
    """`1905.11946` or `1905.11946v3` of an arXiv link."""
    found = _ARXIV_LINK.fullmatch(url)
    return found[1] if found else None


def doi_of(url: str) -> str | None:
    """The DOI of a link to doi.org, as it stands there."""
    found = _DOI_LINK.fullmatch(url)
    return found[1] if found else None


def repository(url: str) -> str | None:
    """`owner/name` of a link to the front page of a repository."""
    found = _REPOSITORY.fullmatch(url)
    return (
        f"{found[1]}/{found[2]}"
        if found and found[1].lower() not in _NO_OWNERS and found[2] not in (".", "..")
        else None
    )


def _ask_arxiv(urls: Sequence[str], settings: Settings) -> str:
    ids = ",".join(arxiv_id(url) or "" for url in urls)
    return f"{settings.arxiv_api}?id_list={quote(ids, safe=',/.-')}&max_results={len(urls)}"


def _read_arxiv(seen: Seen, urls: Sequence[str]) -> dict[str, Judgement]:
    """The entries of the Atom feed; an id that does not exist is simply not among them."""
    entries = {_bare(entry.findtext(f"{_ATOM}id") or ""): entry for entry in _feed(seen)}
    return {
        url: _preprint(url, entries[bare])
        for url in urls
        if (bare := _bare(arxiv_id(url) or "")) in entries
    }


def _feed(seen: Seen) -> list[ElementTree.Element]:
    if seen.fault or seen.status != 200 or "<!DOCTYPE" in seen.text or "<!ENTITY" in seen.text:
        return []
    try:
        return ElementTree.fromstring(seen.text).findall(f"{_ATOM}entry")
    except ElementTree.ParseError:
        return []


def _bare(id: str) -> str:
    """An id without the address before it and the version behind it."""
    return re.sub(r"v\d+$", "", id.rsplit("/abs/", 1)[-1]).lower()


def _preprint(url: str, entry: ElementTree.Element) -> Judgement:
    title = " ".join((entry.findtext(f"{_ATOM}title") or "").split())
    newest = re.search(r"v\d+$", entry.findtext(f"{_ATOM}id") or "")
    said = [entry.findtext(f"{_ARXIV}comment") or "", entry.findtext(f"{_ATOM}summary") or ""]
    notes: tuple[str, ...] = (
        ("the paper was withdrawn",)
        if any(_WITHDRAWN.search(text.strip()[:300]) for text in said)
        else ()
    )
    asked = re.search(r"v\d+$", arxiv_id(url) or "")
    if asked and newest and int(newest[0][1:]) > int(asked[0][1:]):
        notes += (f"the newest version is {newest[0]}",)
    version = f", newest version {newest[0]}" if newest else ""
    return Judgement(
        "alive",
        f"arXiv knows it{version}{'; withdrawn' if 'the paper was withdrawn' in notes else ''}",
        title=title or None,
        notes=notes,
    )


def _ask_doi(urls: Sequence[str], _settings: Settings) -> str:
    parts = urlsplit(urls[0])
    return f"{parts.scheme}://{parts.netloc}/api/handles/{doi_of(urls[0])}"


def _read_doi(seen: Seen, urls: Sequence[str]) -> dict[str, Judgement]:
    answer = _json(seen)
    if answer.get("responseCode") != 1:
        return {}
    values = [
        value
        for value in answer.get("values") or []
        if isinstance(value, dict) and value.get("type") == "URL"
    ]
    data = values[0].get("data") if values else None
    target = data.get("value") if isinstance(data, dict) else None
    if not isinstance(target, str):
        return {}
    return {
        urls[0]: Judgement(
            "alive",
            "the DOI is registered; the publisher behind it was not asked",
            notes=(f"leads to {target[:200]}",),
        )
    }


def _ask_github(urls: Sequence[str], settings: Settings) -> str:
    return f"{settings.github_api}/repos/{repository(urls[0])}"


def _read_github(seen: Seen, urls: Sequence[str]) -> dict[str, Judgement]:
    answer, asked = _json(seen), repository(urls[0]) or ""
    name = answer.get("full_name")
    if seen.status == 451:
        return {
            urls[0]: Judgement(
                "gone", "GitHub took the repository down for legal reasons", again=True
            )
        }
    if seen.status != 200 or not isinstance(name, str) or "/" not in name:
        return {}
    about = answer.get("description")
    title = f"{name}: {about}" if isinstance(about, str) and about.strip() else name
    notes = ("the repository is archived",) if answer.get("archived") is True else ()
    if name.lower() == asked.lower():
        return {
            urls[0]: Judgement(
                "alive",
                f"the repository is there{', archived' if notes else ''}",
                title=title[:300],
                notes=notes,
            )
        }
    address = f"https://github.com/{name}"
    return {
        urls[0]: Judgement(
            "moved",
            f"the repository is now {name}",
            title=title[:300],
            notes=notes,
            address=address,
        )
    }


def _json(seen: Seen) -> dict[str, Any]:
    try:
        answer = json.loads(seen.text) if not seen.fault else {}
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


SERVICES: tuple[Service, ...] = (
    Service("arXiv", arxiv_id, 50, _ask_arxiv, _read_arxiv, "application/atom+xml"),
    Service("DOI", doi_of, 1, _ask_doi, _read_doi, "application/json"),
    Service("GitHub", repository, 1, _ask_github, _read_github, "application/vnd.github+json"),
)


def service_of(url: str) -> Service | None:
    """The service that knows ``url``, if there is one."""
    return next((service for service in SERVICES if service.key(url)), None)


def is_out(seen: Seen) -> bool:
    """Whether the service is out of reach or out of patience: it is not asked again in this run."""
    return seen.fault is not None or seen.status in (401, 403, 429) or (seen.status or 0) >= 500
