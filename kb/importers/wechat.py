"""What a WeChat article says of itself, in its HTML."""

import datetime
import html
import re

from kb.importers.record import NoRecord, Withheld, WorkRecord, text

_TITLE = (
    re.compile(r"<meta\s+property=[\"']og:title[\"']\s+content=\"([^\"]*)\""),
    re.compile(r"var\s+msg_title\s*=\s*'((?:[^'\\]|\\.)*)'"),
    re.compile(r"var\s+msg_title\s*=\s*\"((?:[^\"\\]|\\.)*)\""),
    re.compile(r"id=\"activity-name\"[^>]*>([^<]*)<"),
)
_ACCOUNT = (
    re.compile(r"var\s+nickname\s*=\s*htmlDecode\(\"((?:[^\"\\]|\\.)*)\"\)"),
    re.compile(r"var\s+nickname\s*=\s*\"((?:[^\"\\]|\\.)*)\""),
    re.compile(r"class=\"profile_nickname\"[^>]*>([^<]*)<"),
)
_DAY = re.compile(r"var\s+ct\s*=\s*[\"'](\d{9,11})[\"']")
_PUZZLE = re.compile(r"环境异常|完成验证|appmsgcaptcha|访问过于频繁")
_GONE = re.compile(
    r"已被发布者删除|此内容因违规无法查看|该公众号已迁移|内容已被.{0,8}删除|参数错误"
)
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_LONGEST_HEAD = 600_000


def addresses(url: str) -> tuple[str, ...]:
    """The article itself."""
    return (url,)


def read(answer: str, url: str) -> WorkRecord:
    """The record of the article at ``url``. Raises NoRecord."""
    page = answer[:_LONGEST_HEAD]
    title = _first(page, _TITLE)
    if not title and _PUZZLE.search(page):
        raise Withheld("a puzzle for people")
    if not title:
        why = "a note that the article is gone" if _GONE.search(page) else "no article"
        raise NoRecord(why)
    return WorkRecord(
        url=url,
        title=title,
        publisher=_first(page, _ACCOUNT),
        published=_day(page),
    )


def _first(page: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        found = pattern.search(page)
        if found and (said := text(_unescaped(found[1]), tex=False)):
            return said
    return ""


def _unescaped(said: str) -> str:
    """A text as a script or an attribute writes it."""
    plain = re.sub(r"\\x([0-9a-fA-F]{2})", lambda hexed: chr(int(hexed[1], 16)), said)
    plain = re.sub(r"\\(['\"/\\])", r"\1", plain)
    return html.unescape(plain)


def _day(page: str) -> str:
    found = _DAY.search(page)
    if not found:
        return ""
    return datetime.datetime.fromtimestamp(int(found[1]), _CHINA).date().isoformat()
