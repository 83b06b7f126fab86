"""Whether two titles name the same text.

Cautious: what is only different in part counts as the same.
"""

import difflib
import re
import unicodedata
from collections.abc import Sequence

from kb.addresses import host_of
from kb.links.interstitials import interstitial

_CJK = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z0-9]+")
_FRONT = re.compile(
    r"^\s*(?:\[[\w./-]{4,20}\]|github - [\w.-]+/|paper page -|【[^】]{1,12}】)\s*", re.I
)
_STOP = frozenset(
    "a an and are as at by for from how in into is it of on or that the their to towards toward "
    "using via we what when why with "
    "your deep learning neural network networks convolutional".split()
)
_NO_NAMES = frozenset(
    "home index welcome untitled document loading default homepage 首页 主页 微信公众平台".split()
)
_ENOUGH = 0.5
_MOST_TITLES = 20


def misnamed(found: str | None, titles: Sequence[str], address: str) -> str | None:
    """The first of ``titles``, which entries expect at ``address``, if the page is clearly called
    something else than all of them.

    The title of an interstitial and the name of the site itself name no text, so they are never
    another one.
    """
    if not found or not titles or interstitial(found) or _names_site(found, address):
        return None
    return None if any(same_title(title, found) for title in titles) else titles[0]


def clearly_two(titles: Sequence[str]) -> tuple[str, str] | None:
    """Two of ``titles`` that cannot name the same text."""
    for index, later in enumerate(titles[:_MOST_TITLES]):
        for earlier in titles[:index]:
            if not same_title(earlier, later):
                return earlier, later
    return None


def _names_site(title: str, address: str) -> bool:
    """Whether each word of ``title`` is a part of the host, as in `Springer Link` at
    link.springer.com.
    """
    host, words = _squeezed(host_of(address)), _WORD.findall(_plain(title))
    return bool(words) and not _CJK.search(title) and all(word in host for word in words)


def same_title(expected: str, found: str) -> bool:
    """Whether a page that calls itself ``found`` can be the text called ``expected``; False only
    where they clearly differ.

    Case, punctuation, width, marks before and names of sites behind do not matter; one may be a
    part of the other; titles in two scripts, and titles that name nothing, can't be compared.
    """
    left, right = _plain(expected), _plain(found)
    if _squeezed(left) in _squeezed(right) or _squeezed(right) in _squeezed(left):
        return True
    chinese, latin = (_pairs(left), _pairs(right)), (_words(left), _words(right))
    mine, theirs = chinese if len(chinese[0]) >= 3 else latin
    if {left, right} & _NO_NAMES or len(mine) < 2 or len(theirs) < 2:
        return True
    shared = len(mine & theirs) / min(len(mine), len(theirs))
    return shared >= _ENOUGH or _alike(left, right)


def _plain(title: str) -> str:
    return _FRONT.sub("", unicodedata.normalize("NFKC", title)[:400]).casefold().strip()


def _squeezed(title: str) -> str:
    return "".join(one for one in title if one.isalnum())


def content(title: str) -> frozenset[str]:
    """The words of ``title`` that tell it from others, without case and plural."""
    return _words(_plain(title))


def _words(title: str) -> frozenset[str]:
    """Its words without their plural."""
    return frozenset(stem(word) for word in _WORD.findall(title) if word not in _STOP)


def stem(word: str) -> str:
    """``word`` without the mark of a plural."""
    return word.rstrip("s") if len(word) > 3 else word


def _pairs(title: str) -> frozenset[str]:
    """Its pairs of neighbouring Chinese characters."""
    return frozenset(
        run[start : start + 2] for run in _CJK.findall(title) for start in range(len(run) - 1)
    )


def _alike(left: str, right: str) -> bool:
    return (
        difflib.SequenceMatcher(
            None, _squeezed(left)[:200], _squeezed(right)[:200], autojunk=False
        ).ratio()
        >= 0.75
    )
