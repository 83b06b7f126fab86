"""Compares recorded with fresh output: words must be the same, numbers nearly."""

import re
from itertools import zip_longest

ABSOLUTE, RELATIVE = 0.03, 0.05
_NUMBER = r"(?<![\w.])[-+]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
_VERSION = re.compile(r" \d[\w.+!-]*")
_LIBRARIES = re.compile(r"with [\w-]+ \d[\w.+!-]*(?:, [\w-]+ \d[\w.+!-]*)*")
_TOKEN = re.compile(rf"{_NUMBER}|[^\s\d.+-]+|\S")


def compare(
    recorded: str, fresh: str, absolute: float = ABSOLUTE, relative: float = RELATIVE
) -> list[str]:
    """What differs, one message a line that differs; nothing if the two agree.

    Two numbers agree if they are no further apart than ``absolute`` or than ``relative`` times the
    recorded one, whichever is more. Everything else must be equal; the width of spaces does not
    count.
    """
    pairs = zip_longest(recorded.splitlines(), fresh.splitlines())
    found = []
    for number, (old, new) in enumerate(pairs, 1):
        if old is None or new is None:
            found.append(
                f"line {number}: `{new}` found, nothing expected"
                if old is None
                else f"line {number}: nothing found, `{old}` expected"
            )
        elif not _agree(old, new, absolute, relative):
            found.append(f"line {number}: `{new}` found, `{old}` expected")
    return found


def without_versions(output: str) -> str:
    """``output`` with the names of the libraries alone in its first line: `with torch 2.13.0, faiss
    1.15.1` becomes `with torch, faiss`.

    Any other first line stays as it is.
    """
    first, end, rest = output.partition("\n")
    return (_VERSION.sub("", first) if _LIBRARIES.fullmatch(first) else first) + end + rest


def _agree(old: str, new: str, absolute: float, relative: float) -> bool:
    olds, news = _TOKEN.findall(old), _TOKEN.findall(new)
    return len(olds) == len(news) and all(
        _same(a, b, absolute, relative) for a, b in zip(olds, news, strict=True)
    )


def _same(old: str, new: str, absolute: float, relative: float) -> bool:
    if old == new:
        return True
    try:
        before, after = (float(token.replace(",", "")) for token in (old, new))
    except ValueError:
        return False
    return abs(after - before) <= max(absolute, relative * abs(before))
