"""Which document an address leads to: a paper on arXiv has many addresses, and so has one with a
DOI.
"""

import re

from kb import meant
from kb.addresses import normal, split

_PUBLISHED = re.compile(
    r"https?://(?:dl\.acm\.org|link\.springer\.com|onlinelibrary\.wiley\.com|www\.tandfonline\.com)"
    r"/(?:doi|article|chapter|content)/(?:(?:abs|pdf|epdf|full|pdfplus)/)?(10\.\d{4,9}/[^?#\s]+)",
    re.I,
)
_ARXIV = re.compile(r"https?://(?:[\w-]+\.)*(?:arxiv|alphaxiv|ar5iv)(?:\.labs\.arxiv)?\.org/", re.I)
_ARXIV_DOI = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/10\.48550/", re.I)
_PAPER = re.compile(
    r"https?://(?:www\.)?(?:openreview\.net/|aclanthology\.org/|proceedings\.mlr\.press/v"
    r"|openaccess\.thecvf\.com/content|papers\.nips\.cc/paper|proceedings\.neurips\.cc/paper)"
    r"|https?://[^?#]+\.pdf\Z",
    re.I,
)


def document(url: str) -> str:
    """The same text for each address of one document: its arXiv id, its DOI, else its address.

    A fragment stays: the parts of a page have names of their own.
    """
    if found := _arxiv(url):
        return f"arXiv:{found.lower()}"
    if found := _doi(url):
        return f"doi:{found.lower()}"
    parts = split(url)
    part = f"#{parts.fragment}" if parts and parts.fragment else ""
    return normal(url) + part


def is_paper(url: str) -> bool:
    """Whether ``url`` is of one paper, by its address alone."""
    return bool(_arxiv(url) or _doi(url) or _PAPER.match(url))


def _arxiv(url: str) -> str:
    """The arXiv id in ``url`` without a version."""
    return meant.arxiv(url) if _ARXIV.match(url) or _ARXIV_DOI.match(url) else ""


def _doi(url: str) -> str:
    found = _PUBLISHED.match(url)
    return found[1].removesuffix(".pdf") if found else meant.doi(url)
