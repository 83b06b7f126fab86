"""The PATH arguments of a command: which files of the catalogue they choose."""

from collections.abc import Sequence
from pathlib import Path

from kb.commands.exit import UsageError
from kb.findings import clean


class Chosen:
    """Tells whether a path, as findings name it, is one of those asked for; without any, all are.

    Raises UsageError for a path that does not exist or is not in the catalogue ``root``.
    """

    def __init__(self, paths: Sequence[Path], root: Path) -> None:
        self._paths = [_shown(path, root) for path in paths]

    def __contains__(self, shown: str) -> bool:
        return not self._paths or any(
            shown == path or shown.startswith(f"{path}/") for path in self._paths
        )


def of_project(default: Path, root: Path) -> Path:
    """``default``, a folder of the project whose catalogue is ``root``.

    Raises UsageError where there is no such catalogue, so that nothing is written to a stranger's.
    """
    if not (root / "topics.yaml").is_file():
        raise UsageError(
            f"`{root}` is not a catalogue, so `{Path.cwd()}` is not the project; run this in the "
            "folder of the project, or give `--folder`"
        )
    return default


def _shown(path: Path, root: Path) -> str:
    """``path`` as findings name it: from the catalogue's own folder on."""
    if not path.exists():
        raise UsageError(f"`{path}` does not exist; give a file or folder of `{root}`")
    try:
        return clean((Path(root.name) / path.resolve().relative_to(root.resolve())).as_posix())
    except ValueError:
        raise UsageError(f"`{path}` is not in the catalogue `{root}`") from None
