"""Which snippets there are, what is recorded beside them, and the files of the lab that travel with
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SNIPPET, LIBRARIES = "snippet.py", "libraries.py"
RECORDED = {SNIPPET: "output.txt", LIBRARIES: "libraries.txt"}
FIGURE, CHINESE_FIGURE, GRID = "figure.svg", "figure.zh.svg", "grid.json"
WEIGHTS = "weights.txt"
LANGUAGE = "kb.lab.language"
"""What a snippet imports that runs on the tiny language model."""
_LAB_ENDINGS = (".py", ".gz")
_TRAVELLING = 3
"""How many trained weights go to the page: those of the seeds that it runs."""


class UnknownSnippet(Exception):
    """An id that no folder with a snippet has; the message lists those that there are."""


@dataclass(frozen=True, slots=True)
class SnippetFile:
    """A runnable file of technique ``id``: its snippet, or the same with today's libraries."""

    id: str
    path: Path

    @property
    def draws(self) -> bool:
        """Whether it has to show a figure; the one with libraries only prints."""
        return self.path.name == SNIPPET

    @property
    def output(self) -> Path:
        """Where its output is recorded, whether or not the file exists."""
        return self.path.with_name(RECORDED[self.path.name])

    @property
    def figure(self) -> Path:
        """Where its figure is recorded, whether or not the file exists."""
        return self.path.with_name(FIGURE)

    @property
    def chinese_figure(self) -> Path:
        """The same with Chinese words."""
        return self.path.with_name(CHINESE_FIGURE)

    @property
    def grid(self) -> Path:
        """Where its grid is recorded, whether or not the file exists."""
        return self.path.with_name(GRID)


def find(root: Path, ids: Iterable[str] = (), name: str = SNIPPET) -> list[SnippetFile]:
    """The snippets of the catalogue in ``root``, sorted by id; only those of ``ids`` if any are
    given.

    Raises UnknownSnippet for an id without one.
    """
    known = {
        path.parent.name: SnippetFile(path.parent.name, path)
        for path in sorted((root / "techniques").glob(f"*/{name}"))
    }
    wanted = list(ids) or list(known)
    for id in wanted:
        if id not in known:
            those = ", ".join(known) or "none"
            raise UnknownSnippet(f"technique `{id}` has no `{name}`; those that have one: {those}")
    return [known[id] for id in sorted(set(wanted))]


def lab_files(package: Path) -> dict[str, bytes]:
    """The files that a snippet needs to import `kb.lab`, by their path from the folder that holds
    the package, such as `kb/lab/net.py`.
    """
    files = [
        package / "__init__.py",
        *sorted(path for path in (package / "lab").iterdir() if path.suffix in _LAB_ENDINGS),
    ]
    return {path.relative_to(package.parent).as_posix(): path.read_bytes() for path in files}


def language_files(package: Path) -> dict[str, bytes]:
    """The files that a snippet needs besides to import `kb.lab.language`, likewise."""
    folder = package / "lab" / "language"
    weights = sorted(folder.glob("*.f16"))[:_TRAVELLING]
    sums = folder / "weights.sha256"
    files = [*sorted(folder.glob("*.py")), *sorted(folder.glob("*.gz")), sums, *weights]
    return {path.relative_to(package.parent).as_posix(): path.read_bytes() for path in files}


def page_files(package: Path) -> dict[str, bytes]:
    """The files that the page needs to run a snippet: the lab, the runner and the comparison."""
    names = (
        "failure.py",
        *(f"snippets/{name}.py" for name in ("__init__", "compare", "page")),
    )
    return lab_files(package) | {f"kb/{name}": (package / name).read_bytes() for name in names}
