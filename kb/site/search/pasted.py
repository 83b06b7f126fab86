"""Identifiers and addresses as one pastes them, each as the one key that all its forms share.

`assets/kb/pasted.js` does the same to what a reader types; `tests/data/pasted.tsv` holds both to
it.
"""

import re
import unicodedata

from kb.addresses import normal

_ARXIV = re.compile(
    r"(?:^|arxiv[:. /]*|/(?:abs|pdf|html|papers|paper|forum)/|10\.48550/arxiv\.)"
    r"(?:[a-z-]+(?:\.[a-z]{2})?/(?=\d{4}\.))?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?(?:[?#/].*)?$"
)
_DOI = re.compile(r"(?:^|doi[:. ]*|/)(10\.\d{4,9}/[^\s?#]+)")
_ENDING = re.compile(r"(/(full|abstract|epdf|pdf))?(\.pdf|\.html)?$")
_OPENREVIEW = re.compile(r"openreview\.net/\w+\?(?:.*&)?id=([\w-]+)", re.IGNORECASE)
_GITHUB = re.compile(
    r"(?:github\.com|githubusercontent\.com|codeload\.github\.com)[:/]([\w.-]+/[\w.-]+)"
)
_PROCEEDINGS = (
    (re.compile(r"proceedings\.mlr\.press/(v\d+/[\w-]+?)(?:/[\w-]+)?(?:\.html|\.pdf)?$"), "pmlr"),
    (re.compile(r"(?:nips|neurips)\.cc/.*?([0-9a-f]{32})"), "neurips"),
    (re.compile(r"openaccess\.thecvf\.com/.*/([\w-]+)_paper\.(?:html|pdf)$"), "cvf"),
    (re.compile(r"aclanthology\.org/([\w.-]+?)(?:\.pdf|\.bib|v\d)?/?$"), "acl"),
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+/\S*$")


def pasted(text: str) -> str:
    """The key of ``text`` if it is an identifier or an address as a whole; nothing if it is words.

    Forms of the same thing have the same key: `1905.11946v3`, `arXiv:1905.11946`, the address of
    the PDF, the DOI of arXiv.
    """
    whole = unicodedata.normalize("NFKC", text).strip().strip("<>()[]\"'.,;").strip()
    plain = whole.lower()
    if found := _ARXIV.search(plain):
        return f"arxiv:{found[1]}"
    if re.search(r"\s", plain.removeprefix("doi").lstrip(": ")):
        return ""
    if found := _DOI.search(plain):
        return f"doi:{_ENDING.sub('', found[1])}"
    if found := _OPENREVIEW.search(whole):
        return f"openreview:{found[1]}"
    if found := _GITHUB.search(plain):
        return f"github:{found[1].removesuffix('.git')}"
    for pattern, name in _PROCEEDINGS:
        if found := pattern.search(plain):
            return f"{name}:{found[1]}"
    return f"url:{_page(whole)}" if _ADDRESS.search(whole) else ""


def _page(address: str) -> str:
    """The page that ``address`` leads to, without scheme, fragment, tracking and ending."""
    full = address if "://" in address else f"https://{address}"
    return re.sub(r"(/index)?\.(html?|pdf)$", "", normal(full)).lower()
