"""Picks addresses out of prose, where nothing but the sentence around them says where they end."""

import re

from kb.lists.destination import LONGEST, fault, is_address
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
    r"(?<![A-Za-z0-9+.:/=-])[A-Za-z]{2,8}"
    r"(?::/{1,3}(?![/／])|[:：][/／]{1,3}(?![/／])|[:：]\\\\|[;；]//|//)(?=[\w-]+\.\w)"
    rf"(?:{_STOP}[^{_END}|^{{}}])*+"
)
_ODD_MARKS = ("：", "／", "；", ":\\")
_TRAILING = ".,;:!?'*_~"
_PAIRS = {")": "(", "]": "["}
_NEXT_LINK = re.compile(r"\)!?\[")
_RUNS_ON = re.compile(r"(?<=[A-Za-z0-9])[\u3400-\u9fff][^/?#&=]*\Z")


def addresses(text: str, line: int = 1) -> Found:
    """Each address in ``text``, whose first line has the number ``line``, and each slip.

    A line that is nothing but an address is taken letter by letter.
    """
    for number, one in enumerate(text.split("\n"), line):
        if _may_hold_one(one):
            yield from _of_line(one, number)


def _may_hold_one(line: str) -> bool:
    """Whether ``line`` has the strokes of an address; most lines of a long text have none."""
    return "/" in line or "／" in line or "\\\\" in line


def _of_line(line: str, number: int) -> Found:
    start = len(line) - len(line.lstrip())
    if line[start : start + 4].lower() == "http" and WHOLE.match(bare := line.strip()):
        yield judged(bare, number, start + 1)
        return
    every = list(INSIDE.finditer(line))
    for one in every:
        if len(url := trimmed(one[0])) > len("https://"):
            yield judged(url, number, one.start() + 1)
    if line.count("//") != len(every) or line.count(":/") != len(every) or _odd(line):
        yield from slips(line, number)


def _odd(line: str) -> bool:
    return any(mark in line for mark in _ODD_MARKS)


def slips(line: str, number: int) -> Found:
    """The addresses in ``line`` whose scheme is misspelt."""
    for found in _SLIP.finditer(line):
        if not is_address(found[0]) and (wrong := fault(trimmed(found[0]))):
            yield MalformedAddress(number, found.start() + 1, wrong.message, wrong.instead)


def judged(url: str, line: int, column: int) -> Mention | MalformedAddress:
    """The bare address ``url``, or what is wrong with it."""
    if wrong := fault(url):
        return MalformedAddress(line, column, wrong.message, wrong.instead)
    return Mention(url, line, column, shorter=shorter(url))


def shorter(url: str) -> str:
    """``url`` without the Chinese that directly follows a Latin letter or a digit in its last part:
    people leave no blank between an address and their sentence. Empty if there is none.
    """
    found = _RUNS_ON.search(url, url.find("//") + 2)
    return url[: found.start()] if found else ""


def trimmed(url: str) -> str:
    """``url`` without what belongs to the sentence around it: final punctuation, a bracket that was
    opened before it.
    """
    end = min(len(url), LONGEST + 1)
    for found in _NEXT_LINK.finditer(url, 0, end):  # [a](url)[b](url) where Markdown is but text
        if _closes_too_much(url[: found.start() + 1], ")"):
            end = found.start()
            break
    while end and (
        url[end - 1] in _TRAILING
        or (url[end - 1] in _PAIRS and _closes_too_much(url[:end], url[end - 1]))
    ):
        end -= 1
    return url[:end]


def _closes_too_much(url: str, mark: str) -> bool:
    return url.count(mark) > url.count(_PAIRS[mark])
