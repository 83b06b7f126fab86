"""Addresses that a record gives by an identifier: its DOI, or its number on arXiv."""

from collections.abc import Iterable
from urllib.parse import quote

from kb import meant

_ARXIV_KEYS = ("arxiv", "arxivid", "arxiv_id", "arxiv-id", "eprint")
_ARCHIVE_KEYS = ("archiveprefix", "eprinttype")
_PLAIN = "/:;()._-+,~"


def address_of(key: str, value: str, archive: str = "") -> str:
    """The address that ``value`` under ``key`` leads to; ``archive`` is what the record names as
    the home of its `eprint`. Empty if it is no identifier, or is an address itself.
    """
    value = "" if "://" in value else value.strip()
    if key.lower() == "doi" and (doi := meant.doi(value)):
        return f"https://doi.org/{quote(doi, safe=_PLAIN)}"
    if key.lower() in _ARXIV_KEYS and archive.lower() in ("", "arxiv"):
        return f"https://arxiv.org/abs/{found}" if (found := meant.arxiv(value)) else ""
    return ""


def archive_of(fields: Iterable[tuple[str, str]]) -> str:
    """The archive that the record with these names and values names for its `eprint`."""
    return next((value.strip() for key, value in fields if key.lower() in _ARCHIVE_KEYS), "")
