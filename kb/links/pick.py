"""Picks the addresses out of any text: plain lists, Markdown, YAML, HTML."""

import re
from collections.abc import Iterable, Iterator

_END = '<>"`\\s\\x00-\\x1f\\x7f，。；：、！？（）「」『』《》〈〉【】“”‘’…'
_WHOLE = re.compile(rf"https?://(?:(?!\]\()[^{_END}])+\Z", re.I)
_INSIDE = re.compile(rf"https?://(?:(?!\]\()[^{_END}|\\^{{}}])+", re.I)
_TRAILING = ".,;:!?'*_~"
_PAIRS = {")": "(", "]": "["}


def pick(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(line from 1, address) of each http or https address in ``lines``, once, in order.

    A line that is nothing but an address is taken verbatim.
    """
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        for url in _of(line.strip()):
            if url not in seen:
                seen.add(url)
                yield number, url


def _of(line: str) -> list[str]:
    if _WHOLE.match(line):
        return [line]
    return [url for found in _INSIDE.findall(line) if len(url := _trimmed(found)) > len("https://")]


def _trimmed(url: str) -> str:
    """``url`` without what belongs to the sentence around it: final punctuation, a bracket that was
    opened before it.
    """
    while url and (
        url[-1] in _TRAILING or url.count(url[-1]) > url.count(_PAIRS.get(url[-1], url[-1]))
    ):
        url = url[:-1]
    return url
