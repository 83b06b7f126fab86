"""What somebody means who types an identifier, an address or BibTeX. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from kb.addresses import captcha, expiring, host_of, split, tracked

ReferenceKind = Literal["arxiv", "doi", "openreview", "acl", "github", "wechat"]


@dataclass(frozen=True, slots=True)
class Recognized:
    """What is meant; ``url`` is the page for readers."""

    kind: ReferenceKind
    id: str
    url: str


class Unrecognized(Exception):
    """Nothing that can be looked up; the message says what could be."""


ARXIV = re.compile(
    r"(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/\d{7})"
    r"(?:v\d+)?(?!\d)"
)
_ARXIV_ALONE = re.compile(rf"(?:arxiv\s*:\s*)?{ARXIV.pattern}(?:\s*\[[\w.-]+\].*)?", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s?#]+")
_DOI_TAIL = re.compile(r"(?:/(?:abstract|full|fulltext|pdf|epdf|meta|html))?(?:\.pdf)?/?$", re.I)
_ACL = re.compile(r"[A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9_]+(?:-[a-z0-9_]+)*\.\d+")
_BIBTEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*@\s*\w+\s*[{(]")
_GITHUB = re.compile(r"[\w-]+/[\w.-]+")
_QUOTES = " \t\r\n<>\"'`“”‘’《》"
_HELP = (
    "give an arXiv id, a DOI, an address at OpenReview, ACL Anthology, GitHub or WeChat, "
    "BibTeX, or a file of records"
)


def recognize(text: str) -> Recognized:
    """What ``text`` means. Raises Unrecognized."""
    typed = unicodedata.normalize("NFKC", text).strip(_QUOTES).rstrip(".,;")
    found = _bare(typed)
    if found is None and (address := _address(typed)):
        found = next((one for reader in _SITES if (one := reader(address))), None)
        if found is None:
            raise Unrecognized(f"`{_short(typed)}` is an address without a record here; {_HELP}")
    if found is None:
        raise Unrecognized(f"`{_short(typed)}` is nothing that can be looked up; {_HELP}")
    return found


def is_bibtex(text: str) -> bool:
    """Whether ``text`` is BibTeX itself."""
    return bool(_BIBTEX.match(text))


def arxiv(id: str) -> Recognized:
    """The preprint ``id``, without version."""
    return Recognized("arxiv", id, f"https://arxiv.org/abs/{id}")


def doi(id: str) -> Recognized:
    """What has the DOI ``id``; the DOIs that arXiv gives lead to arXiv."""
    if (preprint := _ARXIV_DOI.fullmatch(id)) and (found := ARXIV.fullmatch(preprint[1])):
        return arxiv(found[1])
    return Recognized("doi", id, f"https://doi.org/{id}")


def openreview(id: str) -> Recognized:
    """The submission ``id``."""
    return Recognized("openreview", id, f"https://openreview.net/forum?id={id}")


def _bare(typed: str) -> Recognized | None:
    """An identifier without an address."""
    if found := _ARXIV_ALONE.fullmatch(typed):
        return arxiv(found[1] if found[1][0].isdigit() else _old_id(found[1]))
    plain = re.sub(r"^doi\s*:\s*", "", typed, flags=re.IGNORECASE)
    if _DOI.fullmatch(plain):
        return doi(plain.rstrip("."))
    return _acl(typed) if _ACL.fullmatch(typed) else None


def _old_id(id: str) -> str:
    """Before 2007: the archive in small letters, its subject in capitals."""
    archive, _, number = id.partition("/")
    name, dot, subject = archive.partition(".")
    return f"{name.lower()}{dot}{subject.upper()}/{number}"


def _address(typed: str) -> str | None:
    """``typed`` as an address, its scheme filled in; None if it is none."""
    if found := re.fullmatch(r"git@([\w.-]+):(.+)", typed):
        typed = f"https://{found[1]}/{found[2]}"
    if re.match(r"[\w-]+(\.[\w-]+)+/", typed):
        typed = f"https://{typed}"
    whole = typed.lower().startswith(("http://", "https://")) and not re.search(r"\s", typed)
    return typed if whole and split(typed) else None


def _at_arxiv(url: str) -> Recognized | None:
    host, path = _place(url)
    if host in (
        "arxiv.org",
        "export.arxiv.org",
        "ar5iv.org",
        "ar5iv.labs.arxiv.org",
        "alphaxiv.org",
    ):
        found = re.search(rf"/(?:abs|pdf|html|format|src|e-print)/{ARXIV.pattern}", path)
        return arxiv(found[1]) if found else None
    if host == "huggingface.co" and (found := re.fullmatch(rf"/papers/{ARXIV.pattern}", path)):
        return arxiv(found[1])
    return None


def _at_openreview(url: str) -> Recognized | None:
    host, _ = _place(url)
    found = re.search(r"[?&]id=([\w-]{5,40})(?:[&#]|$)", url)
    return openreview(found[1]) if host == "openreview.net" and found else None


def _at_acl(url: str) -> Recognized | None:
    host, path = _place(url)
    if host not in ("aclanthology.org", "aclweb.org", "aclanthology.info"):
        return None
    last = path.rstrip("/").rpartition("/")[2]
    plain = re.sub(r"(v\d+)?\.(pdf|bib)$", "", last)
    return _acl(plain) if _ACL.fullmatch(plain) else None


def _acl(id: str) -> Recognized:
    return Recognized("acl", id, f"https://aclanthology.org/{id}/")


def _at_github(url: str) -> Recognized | None:
    host, path = _place(url)
    name = "/".join(path.strip("/").split("/")[:2]).removesuffix(".git")
    if host != "github.com" or not _GITHUB.fullmatch(name):
        return None
    return Recognized("github", name, f"https://github.com/{name}")


def _at_wechat(url: str) -> Recognized | None:
    if host_of(url) != "mp.weixin.qq.com":
        return None
    if puzzle := captcha(url):
        url = puzzle.instead
    if fault := expiring(url):
        raise Unrecognized(f"{fault.message}; open the article on a phone and copy {fault.instead}")
    if (fault := tracked(url)) and fault.instead:
        url = fault.instead
    url = re.sub(r"^http://", "https://", url.partition("#")[0])
    return Recognized("wechat", url, url) if re.search(r"/s[/?]\S", url) else None


def _with_doi(url: str) -> Recognized | None:
    """A publisher's page whose address holds the DOI, or doi.org itself."""
    path = unquote(_place(url)[1])
    found = re.search(rf"/({_DOI.pattern})", path)
    return doi(_DOI_TAIL.sub("", found[1], count=1)) if found else None


_SITES: tuple[Callable[[str], Recognized | None], ...] = (
    _at_arxiv,
    _at_openreview,
    _at_acl,
    _at_github,
    _at_wechat,
    _with_doi,
)


def _place(url: str) -> tuple[str, str]:
    parts = split(url)
    return host_of(url).removeprefix("www."), parts.path if parts else ""


def _short(text: str, limit: int = 80) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else f"{words[: limit - 1]}…"
