"""Small files that try to take minutes: 256 KB of anything are read and formatted in a moment."""

import time
from dataclasses import replace

import pytest

from kb.source.format import formatted
from kb.source.places import Places
from kb.source.reader import MAX_BYTES, read
from kb.source.scalars import plain
from kb.walk import addresses, without_code
from tests.catalogs import raw, toy

SECONDS = 0.5
"""Of a core, for a reading and for a formatting of its own: a neighbour does not count."""


def full(unit: str, head: str = "", tail: str = "") -> bytes:
    """As many times ``unit`` between ``head`` and ``tail`` as a file may hold."""
    room = MAX_BYTES - len((head + tail).encode())
    return (head + unit * (room // len(unit.encode())) + tail).encode()


BOMBS = {
    "digits and a letter": full("1", "title: ", "x\n"),
    "digits and underscores": full("1_", "title: ", "x\n"),
    "sexagesimal": full(":11", "title: 1", "x\n"),
    "decimal points": full("1.", "title: 1", "x\n"),
    "words": full("word ", "title: ", "end\n"),
    "quoted escapes": full("\\\\", 'title: "', '"\n'),
    "backticks": full("`$", "title: 'a", "'\n"),
    "links": full("](", "title: 'a", "'\n"),
    "brackets": full("[", "title: "),
    "dashes": full("- "),
    "dashes in lines": full("-\n"),
    "items": full("- a\n", "topics:\n"),
    "odd items": full("- no\n", "topics:\n"),
    "items in brackets": full("a,", "topics: [", "]\n"),
    "items in many brackets": full("a,", f"a: {'[' * 12}", f"{']' * 12}\n"),
    "one key": full("a: 1\n"),
    "comments": full("# a\n", "title: A\n"),
    "empty mappings": full("{},", "topics: [", "]\n"),
    "empty lists": full("[],", "title: [", "]\n"),
    "empty lists in lines": full("- []\n", "authors:\n"),
    "lines of blanks": full(" \n", "title: A\n"),
    "comments before all": full("#a\n", "", "title: A\n"),
    "commands of LaTeX": full("\\theta ", 'title: "', '"\n'),
    "comments in a block": full("  # a\n", "title: >-\n"),
    "comments on keys": "".join(f"k{n}: 1  # {n}\n# b\n" for n in range(8_000)).encode(),
    "comments on items": ("topics:\n" + "  # a\n  - b  # c\n" * 8_000).encode(),
    "mappings in brackets": full("{a: 1},", "links: [", "]\n"),
    "colons in braces": full(": ", "a: {a: "),
    "escaped quotes in brackets": full('\\"', 'a: [b "'),
    "closed brackets in an open one": full(":[]", "a: ["),
    "dashes and brackets in an open one": full("-[]", "a: ["),
    "full-width colons": full("a：b\n"),
    "dashes without blanks": full("-a\n"),
    "full-width blanks": full("\u3000\n"),
    "short lines with brackets": full("- ]\n"),
    "long lines with escapes": full('a: [b "' + '\\"' * 900 + "\n"),
    "long lines with colons": full("a: {a: " + ": " * 900 + "\n"),
    "a slip in a file as long as may be mended": ("a：b\n" * 4_900).encode(),
    "a slip in lines as long as may be mended": ("a：" + "b：" * 990 + "\n").encode() * 30,
}


def seconds(act, *things) -> float:
    """The shortest of three times that ``act`` takes."""
    times = []
    for _ in range(3):
        start = time.process_time()
        act(*things)
        times.append(time.process_time() - start)
        if times[-1] < SECONDS:
            break
    return min(times)


@pytest.mark.parametrize("case", BOMBS)
def test_a_bomb_does_no_harm(case):
    assert seconds(read, "a.yaml", BOMBS[case]) < SECONDS
    assert seconds(formatted, raw("papers/a.yaml", BOMBS[case])) < SECONDS


WORDS = (
    "1" * MAX_BYTES + "x",
    "1_" * 100_000,
    "1:1" * 80_000,
    "0x" + "f" * MAX_BYTES,
    "." * MAX_BYTES,
)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word[:4])
def test_a_long_word_is_judged_at_once(word):
    start = time.process_time()
    plain(word)
    assert time.process_time() - start < 0.2


TEXTS = (
    "](" * 100_000,
    "](a" * 80_000 + " ",
    "[x](" * 60_000,
    "`$" * 100_000,
    "`" * 99_999,
    "$`a" * 70_000,
)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:4])
def test_a_long_text_is_searched_for_addresses_at_once(text):
    entry = toy().catalog.entries["first2015toys"]
    model = entry.model.model_copy(update={"title": text})
    start = time.process_time()
    without_code(text)
    list(addresses(replace(entry, model=model, places=Places("]()"))))
    assert time.process_time() - start < 0.5
