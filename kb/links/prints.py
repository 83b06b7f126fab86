"""Fingerprints of pages: whether a host gave the same page for two addresses."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from zlib import crc32

from kb.links.page import WebPage

_TOKEN = re.compile(r"[^\W\d_]{1,40}")
_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3]")
_SHOWN = 2_000
_KEPT = 64
_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Print:
    """What a page looks like without its numbers and without its own address: hashes of a sample of
    its word triples, lowest first.
    """

    final_url: str
    triples: frozenset[int]


def print_of(page: WebPage, url: str, final_url: str) -> Print:
    """The fingerprint of ``page``, found at ``final_url`` when ``url`` was asked."""
    text = _without_address(f"{page.title} ¶ {page.text[:_SHOWN]}", url, final_url).lower()
    tokens = [part for word in _TOKEN.findall(_CJK.sub(r" \g<0> ", text)) for part in (word,)]
    triples = {
        crc32(" ".join(triple).encode(errors="surrogatepass"))
        for triple in zip(
            ["^", "^", *tokens], ["^", *tokens, "$"], [*tokens, "$", "$"], strict=True
        )
    }
    return Print(final_url, frozenset(sorted(triples)[:_KEPT]))


def same(page: Print, sibling: Print, url: str) -> bool:
    """Whether ``page`` and the page for an address that can't exist are the same answer."""
    if page.final_url == sibling.final_url and page.final_url != url:
        return True
    together = frozenset(sorted(page.triples | sibling.triples)[:_KEPT])
    return len(together & page.triples & sibling.triples) >= _ALIKE * len(together)


def _without_address(text: str, *urls: str) -> str:
    for url in urls:
        parts = urlsplit(url)
        pieces = {
            url,
            parts.path,
            unquote(parts.path),
            *unquote(parts.path).split("/"),
            *parts.query.split("&"),
        }
        for piece in sorted(pieces, key=len, reverse=True):
            if len(piece) >= 4:
                text = text.replace(piece, " ")
    return text
