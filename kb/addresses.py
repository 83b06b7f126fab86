"""Web addresses: when two are the same, which are safe to show, and which cannot last."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

TRACKING = frozenset(
    (
        "utm_source utm_medium utm_campaign utm_term utm_content spm chksm scene pass_ticket "
        "exportkey fbclid gclid share_token from_wecom wechat_redirect isappinstalled clicktime "
        "enterid ascene devicetype version nettype abtest_cookie lang"
    ).split()
)
_WECHAT = "mp.weixin.qq.com"
_WECHAT_IDENTITY = frozenset(("__biz", "mid", "idx", "sn"))
_EXPIRING = frozenset(("timestamp", "signature", "tempkey"))
_PORTS = {"http": 80, "https": 443}
_SPACE_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f<>\"`\\^{|}]")


_PLAIN_HOST = re.compile(r"https?://([A-Za-z0-9.-]+)(?:/|\Z)")  # most of them, ten times as fast


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an address, in words, and the address to write instead, if it is known."""

    message: str
    instead: str = ""


@lru_cache(1 << 16)
def split(url: str) -> SplitResult | None:
    """The parts of ``url``, or None if it is not an address."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for what is not a port
    except ValueError:
        return None
    return parts if parts.hostname else None


def host_of(url: str) -> str:
    """The host of ``url`` in lower case and without a final dot; empty if it has none."""
    if found := _PLAIN_HOST.match(url):
        return found[1].lower().rstrip(".")
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def unsafe(url: str) -> Fault | None:
    """Why ``url`` must not be shown as a link: scheme other than http(s), credentials, no host."""
    if _SPACE_OR_CONTROL.search(url) or not url.lower().startswith(("http://", "https://")):
        return Fault(*_unlike(url))
    parts = split(url)
    if parts is None:
        return Fault("not a valid address", "write https://host/path")
    if parts.username is not None or parts.password is not None:
        return Fault("user name or password in the address", "remove them")
    return None


def ill_written(url: str) -> Fault | None:
    """What is wrong with ``url``, which is safe: its scheme twice, another one glued to it, marks.

    Also an address that only leads on to another one.
    """
    if fault := doubled(url):
        return fault
    if glued(url):
        return Fault("two addresses run together", "one address alone")
    if found := _MARKS_BEHIND.search(url):
        message = f"`{found[0]}` at the end, which is no part of an address"
        return Fault(message, url[: found.start()])
    return _leading_on(url)


_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_GLUED = re.compile(r"(?<!^)(?<![/=?&#:%!(,|@])https?://", re.IGNORECASE)
_MARKS_BEHIND = re.compile(r"[,;，。、；：！？（）【】「」『』《》“”‘’…]+$")
_SOUND = re.compile(r"https?://(?!https?[:/?#]|https?\Z)[\w-]+(?:\.[\w-]+)+(?:[/?#]|\Z)", re.I)
_TWICE = re.compile(r"https?(?::|\Z|%3A)", re.I)
_SCHEMES_BEFORE = re.compile(r"^(?:https?(?::|%3A)?/+)+(?:https?:)?", re.I)
_RUN_ON = re.compile(r"https?:\Z", re.I)
_WORD = re.compile(r"https?", re.I)
_LEADING_ON = {
    "google": ("/url", ("q", "url")),
    "link.zhihu.com": ("/", ("target",)),
    "link.juejin.cn": ("/", ("target",)),
    "link.csdn.net": ("/", ("target",)),
    "l.facebook.com": ("/l.php", ("u",)),
    "jianshu.com": ("/go-wild", ("url",)),
}
"""Pages that only lead on: host, path, and the parameters that hold the address."""
_GOOGLE = re.compile(r"google(?:\.[a-z]{2,3}){1,2}")


def sound(url: str) -> bool:
    """Whether ``url`` has one scheme and a host with a dot in it."""
    return _SOUND.match(url) is not None


def glued(url: str) -> bool:
    """Whether another address follows in ``url`` without a mark between them."""
    return "://" in url[8:] and _GLUED.search(url) is not None


def doubled(url: str) -> Fault | None:
    """The scheme of ``url`` stands twice, or two addresses run together in its host."""
    if sound(url) or not _SCHEME.match(url):
        return None
    host = re.split(r"[/?#]", url[url.index("//") + 2 :], maxsplit=1)[0]
    if _TWICE.match(host):
        return Fault("its scheme twice", once(url))
    if _RUN_ON.search(host):
        return Fault("two addresses run together", "one address alone")
    return None


def once(url: str) -> str:
    """``url`` with the last of its schemes only."""
    rest = _SCHEMES_BEFORE.sub("", url)
    return f"{_WORD.findall(url[: len(url) - len(rest)])[-1].lower()}://{rest}"


def _leading_on(url: str) -> Fault | None:
    parts = split(url)
    if parts is None or not parts.query:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path, names = _LEADING_ON.get("google" if _GOOGLE.fullmatch(host) else host, ("", ()))
    if not path or (parts.path or "/") != path:
        return None
    query = dict(parse_qsl(parts.query))
    target = next((query[name] for name in names if name in query), "")
    return Fault("an address that only leads on", target if _SCHEME.match(target) else "")


_HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}"
_PAGE = re.compile(rf"{_HOST}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_MARKDOWN = re.compile(r"!?\[[^\]]*\]\(\s*<?([^\s<>]+?)>?\s*(?:[\"'][^)]*)?\)")
_ALMOST_HTTP = re.compile(
    r"h{0,2}t{0,3}ps?(?:\s*[:：;]\s*[/\\／]*|\s*[/\\／]{1,3})\s*|//", re.IGNORECASE
)
_INSECURE = re.compile(r"h{0,2}t{0,3}p(?!s)", re.IGNORECASE)
_AROUND = " \t\n<>\"'“”‘’«»「」（）()，。；、,;"
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2069\ufeff\u202a-\u202e]")


def intended(url: str) -> str:
    """The address that ``url``, which is none, was meant to be; nothing if that is not clear."""
    text = _UNSEEN.sub("", url).strip()
    if found := _MARKDOWN.fullmatch(text):
        text = found[1]
    text = text.strip(_AROUND).replace("\\", "/")
    if begun := _ALMOST_HTTP.match(text):
        text = text[begun.end() :]
    secure = "" if begun and _INSECURE.match(begun[0]) else "s"
    if not _PAGE.fullmatch(text) or _SPACE_OR_CONTROL.search(text) or not text.isascii():
        return ""
    return f"http{secure}://{text}"


def _unlike(url: str) -> tuple[str, str]:
    """What is wrong with what is no address, and the address that was meant."""
    instead = intended(url)
    if _MARKDOWN.search(url):
        return "a Markdown link, not an address", instead
    if len(_SCHEME.findall(url)) > 1 and _SPACE_OR_CONTROL.search(url):
        return "two addresses in one", "one address alone"
    if not instead and (joined := intended("".join(url.split()))):
        return "a blank in the address", f"{joined} if the blank is a slip, `%20` if it is meant"
    if not instead and _SPACE_OR_CONTROL.search(url):
        return "spaces or characters that are not allowed in an address", "percent-encode them"
    if instead and not url.lower().startswith("http"):
        return "an address without `https://`", instead
    if instead:
        return "not a well-formed address", instead
    scheme = url.split(":", maxsplit=1)[0][:20]
    said = f"scheme `{scheme}` is not allowed" if ":" in url else "not an address"
    return said, "an address that begins with https://"


def normal(url: str) -> str:
    """The form in which two addresses of a page are equal.

    Without scheme, fragment, tracking parameters, default port and final slash; names at GitHub
    are the same in any case.
    """
    parts = split(url)
    if parts is None:
        return url.strip()
    host = (parts.hostname or "").removeprefix("www.")
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    query = sorted(
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _is_tracking(host, key)
    )
    path = _on_github(parts.path) if host == "github.com" else parts.path.rstrip("/")
    return f"{host}{port}{path}" + (f"?{urlencode(query)}" if query else "")


def _on_github(path: str) -> str:
    """``path`` with owner and repository in small letters; `.git` behind them says nothing."""
    parts = path.rstrip("/").split("/")
    owner, name = ("/".join(parts[:2]).lower(), "".join(parts[2:3]).lower().removesuffix(".git"))
    return "/".join(filter(None, (owner, name, *parts[3:]))) if name else owner


def _is_tracking(host: str, key: str) -> bool:
    if host == _WECHAT:
        return key not in _WECHAT_IDENTITY
    return key in TRACKING and (key.startswith("utm_") or key in ("spm", "fbclid", "gclid"))


def captcha(url: str) -> Fault | None:
    """An address of the WeChat captcha page, which hides the real one in ``target_url``."""
    parts = _of_wechat(url)
    if parts is None or "captcha" not in parts.path:
        return None
    target = dict(parse_qsl(parts.query)).get("target_url", "")
    return Fault("the address of a captcha page", target)


def _of_wechat(url: str) -> SplitResult | None:
    """The parts of an address of WeChat; None for any other."""
    parts = split(url) if _WECHAT in url.lower() else None
    return parts if parts and parts.hostname == _WECHAT else None


def expiring(url: str) -> Fault | None:
    """A WeChat address that is signed for a day."""
    parts = _of_wechat(url)
    if parts is None:
        return None
    keys = {key for key, _ in parse_qsl(parts.query)}
    if not keys & _EXPIRING:
        return None
    return Fault(
        f"`{'`, `'.join(sorted(keys & _EXPIRING))}` make this address expire within a day",
        "the short link https://mp.weixin.qq.com/s/…",
    )


def tracked(url: str) -> Fault | None:
    """An address with parameters that only track the reader."""
    parts = split(url)
    if parts is None or not parts.query:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _is_tracking(host, key)]
    if len(kept) == len(pairs) or captcha(url) or expiring(url):
        return None
    dropped = sorted({key for key, _ in pairs} - {key for key, _ in kept})
    return Fault(
        f"tracking parameters `{'`, `'.join(dropped)}`",
        parts._replace(query=urlencode(kept)).geturl(),
    )
