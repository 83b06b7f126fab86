"""How lists of entries are written in few bytes, and cut into files that are small enough. Pure.

`assets/kb/lexicon.js` reads them.
"""

import json
from collections.abc import Iterable, Mapping

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def number(value: int) -> str:
    """``value`` from 0 in letters, five bits in each, the lowest first."""
    letters = []
    while value >= 32:
        letters.append(LETTERS[32 + (value & 31)])
        value >>= 5
    return "".join(letters) + LETTERS[value]


_NUMBERS = [number(value) for value in range(4096)]


def gaps(entries: Iterable[int]) -> str:
    """Ascending numbers as the gaps between them."""
    before, found = -1, []
    for entry in entries:
        found.append(_gap(entry - before - 1))
        before = entry
    return "".join(found)


def weighed(postings: Iterable[int]) -> str:
    """Ascending postings, each an entry's number times 64 plus its weight (0 to 63)."""
    before, found = -1, []
    for posting in postings:
        entry = posting >> 6
        found.append(_gap(entry - before - 1) + LETTERS[posting & 63])
        before = entry
    return "".join(found)


def _gap(value: int) -> str:
    return _NUMBERS[value] if value < len(_NUMBERS) else number(value)


def chunks(items: Mapping[str, str], most: int) -> tuple[list[str], list[str]]:
    """``items`` (key to JSON), in the order of their keys, as JSON objects of about ``most`` bytes.

    Also where each begins: the start of its first key that tells it from all keys before.
    """
    found: list[str] = []
    starts: list[str] = []
    held: list[str] = []
    size, before = 0, ""
    for key in sorted(items):
        line = f"{json.dumps(key, ensure_ascii=False)}:{items[key]}"
        if held and size + len(line) > most:
            found.append(f"{{{','.join(held)}}}")
            held, size = [], 0
        if not held:
            starts.append(_apart(before, key) if found else "")
        held.append(line)
        size += len(line) if line.isascii() else len(line.encode())
        before = key
    return [*found, f"{{{','.join(held)}}}"], starts or [""]


def _apart(before: str, key: str) -> str:
    """The shortest start of ``key`` that comes after ``before``."""
    return next(start for end in range(len(key)) if (start := key[: end + 1]) > before)
