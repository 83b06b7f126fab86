"""Mutated entries: no traceback, no lost comment, no changed meaning, and one form for each."""

import random
import re
import time
from collections.abc import Callable

from kb import report
from kb.catalog import assemble
from kb.source.files import RawFile, load
from kb.source.format import Formatted, formatted
from kb.source.reader import Document, read
from tests.catalogs import ROOT, TOY

MUTANTS, SEED, SECONDS = 500, 11, 20
ODD = (
    b"\x00 \x1b \x85 \xff \xe2\x80\xa8 \xe2\x80\xae \xef\xbb\xbf \r\n"
    b" \t ' \" # : - , [ ] { } & * ! | > % @ ` \\ ? "
    b"\\x1b \\u2028 \\U0000202e >- |+ --- ... ~ null 1e999 0x1F \xe4\xb8\xad <b> ]( ${ ``"
).split(b" ")


def bytewise(content: bytes, chance: random.Random) -> bytes:
    """A few bytes replaced, inserted or taken out."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(ODD) + content[at + chance.randint(0, 2) :]
    return content


def linewise(content: bytes, chance: random.Random) -> bytes:
    """Lines swapped, doubled, taken out, indented, joined or cut."""
    lines = content.split(b"\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        line = lines[at]
        other = chance.choice(lines)
        change = chance.choice(
            (
                [],
                [line, line],
                [other],
                [b"  " + line],
                [line[chance.randint(0, 2) :]],
                [line[: len(line) // 2], b"    " + line[len(line) // 2 :]],
                [line.replace(b": ", b":\n      ", 1)],
                [line.replace(b": ", b": >-\n      ", 1)],
                [line.replace(b"- ", b"-\n    ", 1)],
                [line.replace(b", ", b",\n      ")],
                [line.replace(b"- {", b"- ").replace(b"}", b"")],
            )
        )
        lines[at : at + 1] = change or [b""]
    return b"\n".join(lines)


def commented(content: bytes, chance: random.Random) -> bytes:
    """Comments wherever YAML takes one."""
    for number in range(chance.randint(1, 6)):
        spots = [match.end() for match in re.finditer(rb"$|[ ,\[{\-|>]|-\n", content, re.M)]
        at = chance.choice(spots)
        said = chance.choice((b"# c%d", b"# yaml-language-server: %d", b"# - {a: %d} ' \" "))
        before = chance.choice((b" ", b"\n", b"\n    ", b"  "))
        new = content[:at] + before + said % number + b"\n" + content[at:]
        content = new if data(new) == data(content) else content
    return content


CHANGES: tuple[tuple[Callable[[bytes, random.Random], bytes], ...], ...] = (
    (bytewise,),
    (linewise,),
    (commented,),
    (linewise, commented),
    (commented, linewise),
    (commented, bytewise),
)


def data(content: bytes) -> object:
    """What ``content`` says, None if it cannot be read."""
    document = read("a.yaml", content)
    return document.data if isinstance(document, Document) else None


def mutants(number: int, seed: int) -> list[tuple[RawFile, bool]]:
    """Real and toy entries of up to 8 KB, each changed by chance, comments last or not."""
    chance = random.Random(seed)
    files = [one for root in (TOY, ROOT / "catalog") for one in load(root)[0]]
    files = [file for file in files if len(file.content) <= 8_192]
    found = []
    for _ in range(number):
        file = chance.choice(files)
        content = file.content
        changes = chance.choice(CHANGES)
        for change in changes:
            content = change(content, chance)
        mutant = RawFile(file.path, file.kind, file.id, content)
        found.append((mutant, changes[-1] is commented))
    return found


def check(file: RawFile, has_comments: bool) -> bool:
    """Whether ``file`` could be formatted; whatever must be true of it is asserted."""
    said = [form(assemble([file]).findings) for form in report.FORMATS.values()]
    assert all(one.isprintable() for text in said for one in text.split("\n"))
    done = formatted(file)
    if not isinstance(done, Formatted):
        assert done.reason
        return False
    content = file.content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    assert data(done.content) == data(content) is not None
    assert not has_comments or planted(done.content) == planted(content)
    again = RawFile(file.path, file.kind, file.id, done.content)
    assert formatted(again) == done
    return True


def planted(content: bytes) -> list[bytes]:
    """The comments that `commented` put in."""
    return sorted(re.findall(rb"# c\d|# yaml-language-server: \d|# - \{a: \d\} ' \"", content))


def test_mutants_break_nothing():
    start = time.process_time()
    done = [check(*mutant) for mutant in mutants(MUTANTS, SEED)]
    assert sum(done) > MUTANTS / 3, "too few mutants can be read to prove anything"
    assert time.process_time() - start < SECONDS
