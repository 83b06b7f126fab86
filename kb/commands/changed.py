"""Which files of the catalogue are new or changed, as Git sees it."""

from pathlib import Path

from kb.commands.exit import UsageError
from kb.links.revision import UnknownRevision, commit, git


def touched(root: Path, base: str | None) -> frozenset[str]:
    """The files of the catalogue in ``root`` that changed, as findings name them.

    With ``base``, since this branch left that branch, tag or commit; without, since the last
    commit, and none where there is no Git. Files that Git does not know count as changed unless it
    ignores them. Raises UsageError for a ``base`` that Git cannot compare with.
    """
    try:
        found = _paths(root, base)
    except (UnknownRevision, FileNotFoundError) as error:
        if base is None:
            return frozenset()
        raise incomparable(base, error, "a branch, a tag or a commit") from None
    return frozenset(f"{root.name}/{path}" for path in found)


def incomparable(base: str, error: Exception, wanted: str) -> UsageError:
    """What to say of ``base`` when Git fails with ``error``; ``wanted`` is what may be given."""
    if isinstance(error, FileNotFoundError):
        folder = ", or give a folder with a catalogue" if "folder" in wanted else ""
        return UsageError(
            f"there is no git here to compare with `{base}`; install git (https://git-scm.com)"
            + folder
        )
    return UsageError(f"git cannot compare with `{base}`: {error}; give {wanted}")


def known_to_git(root: Path) -> list[str]:
    """The files of the catalogue in ``root`` that Git knows; none where there is no Git."""
    try:
        listed = git(root, "ls-files", "-z", "--", ".")
    except (UnknownRevision, FileNotFoundError):
        return []
    names = (name.decode(errors="surrogateescape") for name in listed.split(b"\0") if name)
    return [f"{root.name}/{name}" for name in names]


def _paths(root: Path, base: str | None) -> list[str]:
    """Paths from ``root`` on. Raises UnknownRevision, or FileNotFoundError without Git."""
    start = "HEAD" if base is None else left(root, base)
    changed = ("diff", "--name-only", "--relative", "--no-renames", "-z", start, "--", ".")
    new = ("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    listed = git(root, *changed) + git(root, *new)
    return [name.decode(errors="surrogateescape") for name in listed.split(b"\0") if name]


def left(root: Path, base: str) -> str:
    """The commit at which this branch left ``base``."""
    return git(root, "merge-base", "HEAD", commit(root, base)).decode().strip()
