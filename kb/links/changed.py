"""The links that a change brings in."""

from pathlib import Path

from kb.catalog import assemble
from kb.links.revision import UnknownRevision, commit, git
from kb.source.files import RawFile, classify, load
from kb.walk import Target, targets


def changed_targets(root: Path, ref: str) -> list[Target]:
    """The targets of the catalogue at ``root`` whose addresses the same files did not have where this branch left ``ref``.

    Uncommitted and new files count. An address that only moved from one changed file to another is no change. Raises UnknownRevision.
    """
    base = git(root, "merge-base", "HEAD", commit(root, ref)).decode().strip()
    paths = _names(
        git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", base, "--", ".")
    )
    paths += _names(git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "."))
    before = [file for path in paths if (file := _file_at(root, base, path))]
    old = {target.url for target in targets(assemble(before))}
    now = {f"{root.name}/{path}" for path in paths}
    return [
        target
        for target in targets(assemble(*load(root)))
        if target.entry.path in now and target.url not in old
    ]


def _file_at(root: Path, base: str, path: str) -> RawFile | None:
    match classify(tuple(path.split("/"))):
        case (kind, id):
            try:
                return RawFile(
                    f"{root.name}/{path}", kind, id, git(root, "show", f"{base}:./{path}")
                )
            except UnknownRevision:
                return None
    return None


def _names(listed: bytes) -> list[str]:
    return [name.decode(errors="replace") for name in listed.split(b"\0") if name]
