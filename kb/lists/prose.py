"""Picks addresses out of prose, where nothing but the sentence around them says where they end."""

import re

from kb.lists.destination import LONGEST, PARTED, fault, is_address, written
from kb.lists.mention import Found, MalformedAddress, Mention

_END = (
    '<>"`\\s\\x00-\\x1f\\x7f\\ud800-\\udfff\\ufffd'
    "，。；：、！？（）「」『』《》〈〉【】［］｛｝〔〕＜＞“”‘’«»‹›…"
)
_STOP = r"(?!\]\()(?![,;|]+https?://)"
WHOLE = re.compile(rf"https?://(?:{_STOP}[^{_END}])+\Z", re.I)
_PART = rf"(?:[^{_END}|\\^{{}}\],;]++|{_STOP}[\],;])"  # the lookahead costs, so few letters ask it
INSIDE = re.compile(rf"https?://{_PART}*+", re.I)
_SLIP = re.compile(
    r"(?<![A-Za-z0-9+.:/=-])(?:[A-Za-z]{2,8}|[Ａ-Ｚａ-ｚ]{2,8})"
    r"(?::/{1,3}(?![/／])|[:：][/／]{1,3}(?![/／])|[:：]\\\\|[;；]//|[.,，。、]:?//|//)(?=[\w-]+[.．]\w)"
    rf"(?:{_STOP}[^{_END}|^{{}}])*+"
)
_NO_STROKES = re.compile(
    r"(?<![A-Za-z0-9+.:/=-])https?(?:[:：](?=(?:[\w-]+\.)+[A-Za-z]{2,}/)|"
    r"://[ \t\u3000]{1,3}(?=(?:[\w-]+\.)+[A-Za-z]{2,}(?:[/)\s]|\Z)))"
    rf"(?:{_STOP}[^{_END}|^{{}}])*+",
    re.I,
)
_BLANK_IN_SCHEME = re.compile(
    rf"(?<![A-Za-z0-9])(?:{PARTED.pattern})(?=(?:[\w-]+\.)+[A-Za-z]{{2,}})"
    rf"(?:{_STOP}[^{_END}|^{{}}])*+",
    re.I,
)
_BEFORE = re.compile(r"(?<![A-Za-z0-9+./:=\\-])(?:[A-Za-z]{1,3}|https?:/?)\Z", re.I)
_FURTHEST = 9  # letters before an address that may belong to its scheme
_WITH_SCHEME = re.compile(r"[A-Za-z]{1,3}?https?://", re.I)
_ODD_MARKS = ("：", "／", "；", ":\\", ":// ")
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_TRAILING = ".,;:!?'*_~" + _UNSEEN
_PARTING = ",;" + _UNSEEN  # no address that stands alone ends with these
_PAIRS = {")": "(", "]": "["}
_NEXT_LINK = re.compile(r"\)!?\[")
_FOREIGN = "\\u200b-\\u200f\\u2014-\\U0010ffff"  # what a sentence in East Asia goes on with
_GOES_ON = re.compile(f"[{_FOREIGN}]")
_CLOSED = re.compile(rf"[()\[\]]|['*](?=[{_FOREIGN}])")
_NEXT = re.compile(rf"[{_FOREIGN}][^\w\s/?#&=%]{{0,3}}(?=https?://)", re.I)
_NAMED = re.compile(r"(?:/(?:wiki|item|tags?|topics?|categor(?:y|ies)|search)/|[=?&#])\Z", re.I)
_IN_BRACKETS = re.compile(r"(?<=[A-Za-z0-9/])(?:[(\[][^()\[\]]*[)\]])*[(\[][^()\[\]]*[)\]]?\Z")
_BEHIND_HOST = re.compile(r"https?://[^/?#()\[\]]*[^/?#()\[\]@](?=[(\[])", re.I)
_FILE = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")


def addresses(text: str, line: int = 1) -> Found:
    """Each address in ``text``, whose first line has the number ``line``, and each slip.

    A line that is nothing but an address is taken letter by letter, without a comma or a bracket
    that it leaves behind.
    """
    for number, one in enumerate(text.split("\n"), line):
        if _may_hold_one(one):
            yield from _of_line(one, number)


def _may_hold_one(line: str) -> bool:
    """Whether ``line`` has the strokes of an address; most lines of a long text have none."""
    return "/" in line or "／" in line or "\\\\" in line


def _of_line(line: str, number: int) -> Found:
    start = len(line) - len(line.lstrip())
    bare = line.strip()
    is_one = line[start : start + 4].lower() == "http" and WHOLE.match(bare)
    if is_one and len(_alone(bare)) == len(bare):
        yield judged(_without_marks(bare, _PARTING), number, start + 1)
        return
    every = [(at, url) for one in INSIDE.finditer(line) for at, url in _parted(one)]
    for at, url in every:
        if len(url := trimmed(url)) > len("https://"):
            before = misspelt(line, at, url)
            yield judged(before + url, number, at - len(before) + 1)
    if _has_more(line, len(every)):
        yield from slips(line, number)


def _parted(run: re.Match[str]) -> list[tuple[int, str]]:
    """The addresses of ``run``, in which a sentence without blanks may lead from one to the next,
    and where each starts.
    """
    nexts = list(_NEXT.finditer(run[0])) if "://" in run[0][8:] else []
    starts = [0, *(found.end() for found in nexts)]
    ends = [*(found.start() + 1 for found in nexts), len(run[0])]
    return [
        (run.start() + start, run[0][start:end]) for start, end in zip(starts, ends, strict=True)
    ]


def _has_more(line: str, addresses: int) -> bool:
    """Whether ``line`` has the marks of more than so many addresses, or odd ones."""
    marks = line.count("//"), line.count(":/"), line.count("http:") + line.count("https:")
    return marks != (addresses,) * len(marks) or any(mark in line for mark in _ODD_MARKS)


def misspelt(line: str, at: int, url: str) -> str:
    """What stands before ``url``, which starts in ``line`` at ``at``, and makes its scheme wrong:
    `h` before `https://`. Empty if nothing does.
    """
    found = _BEFORE.search(line[max(0, at - _FURTHEST) : at])
    return found[0] if found and fault(found[0] + url) else ""


def slips(line: str, number: int) -> Found:
    """The addresses in ``line`` whose scheme is misspelt."""
    parted = list(_BLANK_IN_SCHEME.finditer(line))
    for found in parted:
        if wrong := fault(trimmed(found[0])):
            yield MalformedAddress(number, found.start() + 1, wrong.message, wrong.instead)
    for found in _SLIP.finditer(line):
        if is_address(found[0]) or _WITH_SCHEME.match(found[0]):
            continue
        if any(one.start() <= found.start() < one.end() for one in parted):
            continue
        if wrong := fault(trimmed(found[0])):
            yield MalformedAddress(number, found.start() + 1, wrong.message, wrong.instead)
    for found in _NO_STROKES.finditer(line):
        if wrong := fault(written(trimmed(found[0]))):
            yield MalformedAddress(number, found.start() + 1, wrong.message, wrong.instead)


def judged(url: str, line: int, column: int) -> Mention | MalformedAddress:
    """The bare address ``url``, or what is wrong with it."""
    if wrong := fault(url):
        return MalformedAddress(line, column, wrong.message, wrong.instead)
    return Mention(url, line, column, shorter=shorter(url))


def shorter(url: str) -> str:
    """``url`` without what a sentence may have put behind it: words in brackets, a mark, or what
    `_foreign` finds. Empty if there is nothing of that kind.
    """
    if (at := _foreign(url)) >= 0:
        return _without_marks(url[:at])
    found = _IN_BRACKETS.search(url)
    less = _without_marks(url[: found.start()] if found else url)
    return less if less != url else ""


def _foreign(url: str) -> int:
    """Where the Chinese, Japanese or Korean, the dash or the picture in the last part of ``url``
    begins, behind which there is nothing else: people leave no blank between an address and their
    sentence. -1 if there is none, or if it is surely part of the address: a page of an
    encyclopedia, the name of a file, the value of a parameter.
    """
    last = max(url.rfind(mark) for mark in "/?#&=") + 1
    if (found := _GOES_ON.search(url, last)) is None or url[: found.start()].endswith("."):
        return -1
    is_part = found.start() == last
    if is_part and (_NAMED.search(url[:last]) or _FILE.search(url) or url[:last].endswith("://")):
        return -1
    return found.start()


def trimmed(url: str) -> str:
    """``url`` without what belongs to the sentence around it: final punctuation, a bracket that was
    opened before it, the next link.
    """
    end = min(len(url), LONGEST + 1)
    for found in _NEXT_LINK.finditer(url, 0, end):  # [a](url)[b](url) where Markdown is but text
        if _closes_too_much(url[: found.start() + 1], ")"):
            end = found.start()
            break
    return _without_marks(_before_text(_alone(url[:end])))


def _before_text(url: str) -> str:
    """``url`` without the text of the next link, which `[` opens and nothing closes."""
    at = url.rfind("[")
    return url[:at] if at > max(url.rfind("]"), len("https://")) else url


def _alone(url: str) -> str:
    """``url`` up to the bracket or quote that was opened before it and has a sentence behind it
    without a blank, up to a bracket right behind its host, and up to the next address.
    """
    if behind := _BEHIND_HOST.match(url):
        return behind[0]
    if url.isascii():
        return url
    if "://" in url[8:] and (found := _NEXT.search(url)):
        url = url[: found.start() + 1]
    depth = {")": 0, "]": 0}
    for found in _CLOSED.finditer(url):
        mark = found[0]
        if mark in "([":
            depth[")" if mark == "(" else "]"] += 1
        elif depth.get(mark):
            depth[mark] -= 1
        elif _GOES_ON.match(url, found.end()) or mark not in depth:
            return url[: found.start()]
    return url


def _without_marks(url: str, marks: str = _TRAILING) -> str:
    """``url`` without ``marks`` at its end, and without brackets that have no partner there."""
    end = len(url)
    while end and (
        url[end - 1] in marks
        or url[end - 1] in "(["
        or (url[end - 1] in _PAIRS and _closes_too_much(url[:end], url[end - 1]))
    ):
        end -= 1
    return url[:end]


def _closes_too_much(url: str, mark: str) -> bool:
    return url.count(mark) > url.count(_PAIRS[mark])
