"""Fixtures of rules: several files in one text, each line with what is expected of it.

A path that begins with `before/` is that of a file in the catalogue to compare with.
"""

import re

from kb.change import difference
from kb.findings import Finding
from tests.catalogs import findings, toy_with

BEFORE = "before/"
_EXPECT = re.compile(r"  # expect: (.*?)(?=  # expect: |$)")


def parse(text: str) -> dict[str, bytes]:
    """Path to content of the files in a bundle; each begins with a line ``=== path``."""
    parts = re.split(r"^=== (.+)\n", text, flags=re.M)[1:]
    return {path: content.encode() for path, content in zip(parts[::2], parts[1::2], strict=False)}


def expected(files: dict[str, bytes]) -> list[tuple[str, int, str]]:
    """(path, line, "CODE name: message") of every expectation, sorted."""
    return sorted(
        (f"catalog/{path.removeprefix(BEFORE)}", number, said)
        for path, content in files.items()
        for number, line in enumerate(content.decode().split("\n"), 1)
        for said in _EXPECT.findall(line)
    )


def _typed(path: str, content: bytes) -> bytes:
    """``content`` without what is expected of it, which would be a comment behind a text."""
    if not path.endswith(".yaml"):
        return content
    return re.sub(rb"  # expect: .*", b"", content)


def findings_over_toy(files: dict[str, bytes]) -> list[Finding]:
    """All findings on the toy catalogue with ``files`` on top."""
    old = {
        path.removeprefix(BEFORE): _typed(path, one)
        for path, one in files.items()
        if path.startswith(BEFORE)
    }
    own = {path: one for path, one in files.items() if not path.startswith(BEFORE)}
    own = {path: _typed(path, one) for path, one in own.items()}
    ledger = own.pop("links.jsonl", b"")
    codes = {
        path.split("/")[1]: content.decode()
        for path, content in own.items()
        if path.endswith("/snippet.py")
    }
    catalog = toy_with({path: one for path, one in own.items() if not path.endswith(".py")})
    change = difference(toy_with(old), catalog) if old else None
    return findings(catalog, ledger, change=change, codes=codes)
