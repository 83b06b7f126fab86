"""`kb rename`: gives an entry another id; whatever names it follows, and old addresses stay."""

import argparse
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from kb import atomic
from kb.catalog import assemble
from kb.commands.catalogue import known
from kb.commands.exit import CLEAN, UsageError, plain
from kb.graph import Graph
from kb.rename import CannotRename, Renaming, mentions, renaming
from kb.source.files import content, load

_TEXTS = frozenset({".md", ".py", ".txt", ".yaml", ".yml"})
_MOST, _LONGEST = 20, 1 << 22


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `rename` to ``commands``."""
    parser = commands.add_parser("rename")
    parser.add_argument("old", metavar="OLD", help="the id that an entry has")
    parser.add_argument("new", metavar="NEW", help="the id that it gets")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    root, old, new = arguments.root, arguments.old, arguments.new
    files, findings = load(root)
    for finding in findings:
        if finding.name == "unreadable":
            raise UsageError(
                f"`{finding.path}` {finding.message}, and it may name `{old}`; "
                "make it readable first"
            )
    catalog = assemble(files, findings)
    if old not in catalog.broken:
        known(Graph(catalog), [old])
    try:
        found = renaming(files, catalog, old, new)
    except CannotRename as error:
        raise UsageError(str(error)) from None
    _carry_out(root, found)
    count = len(found.content) - 1
    others = "1 other file names" if count == 1 else f"{count} other files name"
    print(f"renamed `{old}` to `{new}`; {others} it")
    for line in _left(root, old):
        print(line)
    print("next: `kb check`, then look at the change with `git diff`")
    return CLEAN


def _carry_out(root: Path, found: Renaming) -> None:
    """Move, then write. Whatever fails, what was there before is there again. Raises OSError."""
    with contextlib.ExitStack() as undo:
        old, new = found.moves or ("", "")
        if found.moves:
            if (root / new).exists():
                raise UsageError(f"`{root / new}` is there already; move it away first")
            (root / old).rename(root / new)
            undo.callback((root / new).rename, root / old)
        for path, new_content in found.content.items():
            inside = path.removeprefix(f"{root.name}/")
            if found.moves and (inside == old or inside.startswith(f"{old}/")):
                inside = new + inside.removeprefix(old)
            before = (root / inside).read_bytes()
            atomic.write(root / inside, new_content, within=root)
            undo.callback(atomic.write, root / inside, before, within=root)
        undo.pop_all()


def _left(root: Path, old: str) -> Iterator[str]:
    """What still names the old id in words: texts that only a person can change."""
    read = {path.relative_to(root.parent).as_posix(): text for path, text in _texts(root)}
    for path in (path for path, text in read.items() if text is None):
        yield f"{plain(path)} cannot be read and may name it still; look at it"
    found = [
        f"{path}:{line}"
        for path, text in read.items()
        if text is not None
        for line in mentions(text, old)
        if "formerly:" not in text.split("\n")[line - 1]
    ]
    if found:
        yield "it is still named here; change what should follow:"
        yield from (f"  {plain(one)}" for one in found[:_MOST])
    if len(found) > _MOST:
        yield f"  and in {len(found) - _MOST} other places"


def _texts(root: Path) -> Iterator[tuple[Path, str | None]]:
    """The texts of the catalogue, and those of its project that people write; None for those that
    cannot be read.
    """
    home = root.parent
    inside = sorted(path for path in root.rglob("*") if path.suffix in _TEXTS)
    beside = [*sorted(home.glob("*.md")), *sorted((home / "docs").rglob("*.md"))]
    for path in (*inside, *beside):
        if os.path.isfile(path) and not path.is_symlink():  # noqa: PTH113  that of pathlib raises
            found = content(path, _LONGEST)
            yield path, found.decode(errors="replace") if isinstance(found, bytes) else None
