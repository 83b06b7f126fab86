"""`kb fix`: makes the edits that are safe, and says what is left for a person."""

import argparse
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kb import atomic, report
from kb.commands import console
from kb.commands.catalogue import uncollected
from kb.commands.changed import known_to_git
from kb.commands.everything import everything
from kb.commands.exit import CLEAN, FINDINGS, plain
from kb.commands.paths import Chosen
from kb.findings import BY_FORMAT, Finding
from kb.fix import ROUNDS, chosen, edited
from kb.source.files import RawFile, classify, load, rest
from kb.source.format import Formatted, formatted


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fix` to ``commands``."""
    parser = commands.add_parser("fix")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="these files only")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if something would change"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    with uncollected():
        work = _Work(arguments)
        left = work.done()
    changed = work.changed()
    for path in changed:
        if not arguments.check:
            work.write(path)
        print(plain(work.told(path)))
    if left:
        console.write(report.text(left), "text")
    return FINDINGS if left or (changed and arguments.check) else CLEAN


class _Work:
    """The files of a catalogue as they become, round by round."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.root: Path = arguments.root
        self.today = arguments.today
        self.chosen = Chosen(arguments.paths, self.root)
        files, self.strange = load(self.root)
        self.before = {file.path: file.content for file in files}
        self.files = {file.path: file for file in files}
        self.fixed = frozenset(known_to_git(self.root))
        self.moves: dict[str, str] = {}

    def done(self) -> list[Finding]:
        """Edit until nothing changes; what is left."""
        for _ in range(ROUNDS):
            found = self._found()
            if not self._edit(found):
                break
        return self._found()

    def _found(self) -> list[Finding]:
        files = [self.files[path] for path in sorted(self.files)]
        found = everything(self.root, self.today, files, self.strange)
        return [finding for finding in found if finding.path in self.chosen or self._new(finding)]

    def _new(self, finding: Finding) -> bool:
        return finding.path in self.moves.values()

    def _edit(self, found: list[Finding]) -> bool:
        """Make one round of edits; whether there was any."""
        changed = False
        for path in dict.fromkeys(finding.path for finding in found):
            here = [finding for finding in found if finding.path == path]
            file = self.files.get(path)
            if file is not None:
                changed |= self._mend(file, here)
            changed |= any(self._move(path, one.rename) for one in here[:1] if one.rename)
        return changed

    def _mend(self, file: RawFile, here: list[Finding]) -> bool:
        made = [edit for finding in chosen(here) for edit in finding.edits]
        if not made and not any(finding.name in BY_FORMAT for finding in here):
            return False
        content = file.content
        if made:
            content = edited(content.decode(), made).encode()
        again = formatted(replace(file, content=content))
        if isinstance(again, Formatted):
            content = again.content
        self.files[file.path] = replace(file, content=content)
        return content != file.content

    def _move(self, path: str, to: str) -> bool:
        """Move a file that Git does not know yet to a place that is free."""
        place = classify(PurePosixPath(to).parts[1:])
        free = to not in self.files and not (self.root.parent / to).exists()
        if not place or not free or path in self.fixed or path in self.moves.values():
            return False
        file = self.files.pop(path, None)
        content = file.content if file else rest(self.root.parent / path)
        if content is None:
            return False
        self.strange = [finding for finding in self.strange if finding.path != path]
        self.before.setdefault(path, content)
        moved = RawFile(to, *place, content)
        again = formatted(moved)
        good = isinstance(again, Formatted)
        self.files[to] = replace(moved, content=again.content) if good else moved  # type: ignore[union-attr]  # good says so
        self.moves[path] = to
        return True

    def changed(self) -> list[str]:
        """The paths of files that are new or say something else."""
        return [
            path for path, file in sorted(self.files.items())
            if self.before.get(path) != file.content
        ]  # fmt: skip

    def told(self, path: str) -> str:
        """What is done to a changed file."""
        was = self._was(path)
        return f"moved {was} to {path}" if was else f"fixed {path}"

    def write(self, path: str) -> None:
        """Put a file where it belongs; a moved one is there before it is gone here."""
        home, was = self.root.parent, self._was(path)
        atomic.write(home / path, self.files[path].content, within=home)
        if was:
            (home / was).unlink()

    def _was(self, path: str) -> str | None:
        """Where a moved file stood before."""
        return next((was for was, to in self.moves.items() if to == path), None)
