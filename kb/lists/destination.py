"""Judges what a link leads to: a web address, a slip that was meant as one, or something else."""

import re
import unicodedata
from functools import lru_cache

from kb.addresses import Fault, doubled, glued, once, sound, split

LONGEST = 8192
_SCHEMES = ("http", "https")
_ADDRESS = re.compile(r"https?://", re.I)
_START = re.compile(
    r"([A-Za-z]{2,8}|[Ａ-Ｚａ-ｚ]{2,8})"
    r"(:/{0,3}(?![/／])|[:：][/／]{1,3}(?![/／])|[:：]?\\\\|[;；]//|[.,。，、]:?//|/{2})(?=.)"
)
_IS_MARK = re.compile(r"[:：][/／]+")
_FULL_WIDTH = str.maketrans("／．？＝＆＃％", "/.?=&#%")
_HTTP_LETTERS = frozenset("htps")
_HOST = re.compile(r"(?:[^@]*@)?(?:\[[0-9A-Fa-f:.]+\]|[\w%~-]+(?:\.[\w%~-]+)*\.?)(?::\d*)?")
_NO_SCHEME = re.compile(
    r"www\.[\w-]+\.\w|(?:[\w-]+\.)+(?:(?:com|edu)(?:/|\Z)|(?:ac|ai|ch|cn|co|dev|eu|gov|hk|info|io"
    r"|jp|kr|me|net|org|tech|tv|tw|uk|xyz)/)",
    re.I,
)
_QUOTES = "\"'`“”‘’"
_QUOTED = re.compile(rf"[{_QUOTES}]+(?=https?://)", re.I)
_BLANK = r"(?:[ \t\u00a0\u3000]|%20)?"
PARTED = re.compile(
    rf"(?!https?://)h{'t'.join([_BLANK] * 3)}p{_BLANK}s?{_BLANK}:{_BLANK}/{_BLANK}/", re.I
)
"""`http://` with blanks in it."""
_NOT_WRITTEN = re.compile(r"[\t\n\r]+")


def written(destination: str) -> str:
    """``destination`` as a browser asks for it: without blanks around, blanks inside encoded."""
    return _NOT_WRITTEN.sub("", destination.strip()).replace(" ", "%20")


def is_address(url: str) -> bool:
    """Whether ``url`` is of the web."""
    return _ADDRESS.match(url) is not None


def fault(url: str) -> Fault | None:
    """What is wrong with the destination ``url``, which was meant as a web address.

    None for a sound one, and for what is no web address at all: a path, a mail address.
    """
    if not url:
        return Fault("the link has no address", "give its address, or take the link away")
    if is_address(url):
        return _of_address(url)
    if found := _QUOTED.match(url):
        bare = url[found.end() :].rstrip(_QUOTES)
        return Fault(f"`{_short(url)}` has quotes around it", f"write {bare}")
    if found := PARTED.match(url):
        return _of_parted(url, found[0])
    if found := _START.match(url):
        return _of_scheme(url, found[1], found[2])
    if _NO_SCHEME.match(url):
        return Fault(f"`{_short(url)}` has no scheme, so it is a path", f"write https://{url}")
    return None


def _of_address(url: str) -> Fault | None:
    if len(url) > LONGEST:
        return Fault(f"an address of more than {LONGEST:,} characters", "shorten it")
    if glued(url):
        return Fault(f"`{_short(url)}` is two addresses run together", "part them")
    if sound(url):
        return None
    if found := doubled(url):
        twice = is_address(found.instead)
        says = f"has {found.message}" if twice else f"is {found.message}"
        return Fault(f"`{_short(url)}` {says}", f"write {found.instead}" if twice else "part them")
    return _of_host(url, re.split(r"[/?#]", url[url.index("//") + 2 :], maxsplit=1)[0])


def _of_host(url: str, host: str) -> Fault | None:
    if not host:
        return Fault(f"`{_short(url)}` has no host", "write https://host/path")
    if sound(joined := url.replace("%20", "", host.count("%20"))):
        as_seen = _short(url.replace("%20", " "))
        return Fault(f"`{as_seen}` has a blank in it", f"write {joined}")
    if not _HOST.fullmatch(host) or (parts := split(url)) is None or parts.port == 0:
        return Fault(f"`{_short(host)}` cannot be a host", "write https://host/path")
    if "@" in host:
        return Fault(
            f"the address at `{_short(host.rpartition('@')[2])}` has a user name or password",
            "take it out; it is not asked for",
        )
    return None


def _of_parted(url: str, scheme: str) -> Fault:
    seen, rest = scheme.replace("%20", " "), url[len(scheme) :]
    bare = "".join(seen.split()).lower()
    return Fault(
        f"`{_short(seen + rest)}` has a blank in its scheme",
        f"write {bare}{rest.removeprefix('%20').lstrip()}",
    )


def _of_scheme(url: str, word: str, mark: str) -> Fault | None:
    scheme = unicodedata.normalize("NFKC", word).lower()
    if scheme in _SCHEMES:
        if mark == "://" and word.isascii():
            return None
        meant = scheme
    elif _IS_MARK.fullmatch(mark) and (near := _meant(scheme)):
        meant = near
    else:
        return None
    rest = _rest(url[len(word) + len(mark) :], word, mark)
    if is_address(rest):
        return Fault(f"`{_short(url)}` has its scheme twice", f"write {once(rest)}")
    return Fault(f"`{_short(url)}` has a misspelt scheme", f"write {meant}://{rest}")


def _rest(behind: str, word: str, mark: str) -> str:
    """What stands ``behind`` the scheme, its strokes and letters mended as those of it are."""
    if "\\" in mark + behind[:2]:
        behind = behind.replace("\\", "/")
    if "／" in mark:
        behind = behind.translate(_FULL_WIDTH)
    if not word.isascii():
        behind = unicodedata.normalize("NFKC", behind)
    return behind.lstrip(":/\\：／")


@lru_cache(1 << 10)
def _meant(word: str) -> str:
    """The scheme that ``word`` is a slip of: one letter off, or two within the letters of http."""
    allowed = 2 if _HTTP_LETTERS.issuperset(word) and len(word) > 2 else 1
    distance, meant = min((_distance(word, one), one) for one in reversed(_SCHEMES))
    return meant if distance <= allowed else ""


def _distance(left: str, right: str) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        above, row = row, [i]
        for j, other in enumerate(right, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before = above
    return row[-1]


def _short(url: str) -> str:
    return url if len(url) <= 100 else f"{url[:99]}…"
