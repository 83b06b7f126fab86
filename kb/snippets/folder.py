"""What is wrong with the folder of a technique: its snippet, what is recorded, how long it is."""

import ast
import contextlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kb.findings import Finding
from kb.snippets.find import FIGURE, LIBRARIES, RECORDED, SNIPPET
from kb.snippets.read import read
from kb.source.faults import FAULTS
from kb.source.files import rest

LINES, WIDTH = 110, 100
"""How many lines of code a snippet may have, and how many characters a line."""
_CLAIMS = frozenset({"claim"})


def findings(root: Path) -> list[Finding]:
    """All findings on the folders of techniques of the catalogue in ``root``.

    Folders and files that cannot be read have none here: `source.files.load` reports them.
    """
    return [one for folder in _folders(root) for one in of(root, folder.name)]


def of(root: Path, id: str) -> list[Finding]:
    """Those on the folder of one technique."""
    return list(_folder(root / "techniques" / id, f"{root.name}/techniques"))


def _folders(root: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(path for path in (root / "techniques").glob("*") if path.is_dir())
    return []


def _names(folder: Path) -> set[str]:
    with contextlib.suppress(OSError):
        return {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    return set()


def _folder(folder: Path, above: str) -> Iterator[Finding]:
    names = _names(folder)
    shown = f"{above}/{folder.name}"
    ours = names & {SNIPPET, LIBRARIES, FIGURE, *RECORDED.values()}
    if ours and "entry.yaml" not in names:
        yield FAULTS["folder-without-entry"].at(
            f"{shown}/{min(ours)}",
            (1, 1),
            f"no `entry.yaml` beside this file: `{folder.name}` is no technique",
            "add `entry.yaml`, or move the file to the folder of its technique",
        )
        return
    for code, record in RECORDED.items():
        if code in names and record not in names:
            yield FAULTS["not-recorded"].at(
                f"{shown}/{code}",
                (1, 1),
                f"nothing is recorded of `{code}`: there is no `{record}`",
                f"run `kb snippets run {folder.name} --record`",
            )
        if record in names and code not in names:
            yield FAULTS["record-without-code"].at(
                f"{shown}/{record}",
                (1, 1),
                f"the record of a `{code}` that is not there",
                f"add `{code}`, or delete this file",
            )
    for code in sorted(names & set(RECORDED)):
        yield from _code(folder / code, f"{shown}/{code}")
    _, unusable = read(folder.parent.parent, [folder.name]) if ours else ({}, [])
    for one in (one for one in unusable if not one.denied):
        yield FAULTS["unusable-record"].at(
            f"{shown}/{one.path.name}",
            (1, 1),
            f"the page has to leave this file out: {one.why}",
            f"run `kb snippets run {folder.name} --record`",
        )


def _code(path: Path, shown: str) -> Iterator[Finding]:
    """Findings on the form of a snippet."""
    kind = FAULTS["snippet-form"]
    if (content := rest(path)) is None:
        return
    source = content.decode(errors="replace")
    lines = source.splitlines()
    if not source.startswith("# "):
        yield kind.at(
            shown, (1, 1), "it does not say first what it shows", "begin with a comment of a line"
        )
    code = [number for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if path.name == SNIPPET and len(code) > LINES:
        yield kind.at(
            shown,
            (code[LINES], 1),
            f"{len(code)} lines of code; {LINES} is the most that a reader takes in",
            "leave out what the idea does not need",
        )
    for number, line in enumerate(lines, 1):
        if len(line) > WIDTH:
            yield kind.at(
                shown,
                (number, WIDTH + 1),
                f"a line of {len(line)} characters; {WIDTH} fit on the page",
                "break the line",
            )
            break
    yield from _checks(path.name, shown, source)


def _checks(name: str, shown: str, source: str) -> Iterator[Finding]:
    """Whether the code can be read, and a snippet checks what it says."""
    kind = FAULTS["snippet-form"]
    wrong, checks = _parsed(source)
    if wrong:
        yield kind.at(shown, (wrong, 1), "this is not valid Python", "mend it, then run it")
    elif name == SNIPPET and not checks:
        yield kind.at(
            shown, (1, 1), "it checks nothing of what it says", "end with `assert` or `claim(…)`"
        )


@lru_cache(maxsize=256)
def _parsed(source: str) -> tuple[int, bool]:
    """The line at which ``source`` is no Python, or 0, and whether it claims or asserts."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError) as error:
        return getattr(error, "lineno", None) or 1, False
    return 0, any(isinstance(node, ast.Assert) or _claims(node) for node in nodes)


def _claims(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CLAIMS
    )
