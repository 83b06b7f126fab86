"""The mistakes of the table that can be made in a form: one file of an entry, given as text."""

from functools import cache
from pathlib import Path

from kb.carried import carried
from kb.catalog import assemble
from kb.proposal.judge import Proposal
from kb.site.pages.add import blanks
from kb.source.files import RawFile, classify, load
from tests.test_mistakes import ROWS, made, small_catalogue


def of_one_text(row: dict) -> bool:
    """Whether a form can hold what ``row`` makes: an entry with a file of its own, in text that has
    no fault of encoding, and in its right place.
    """
    files = {edit["file"] for edit in row["make"]}
    held = classify(tuple(next(iter(files)).split("/"))) if len(files) == 1 else None
    plain = not any("encoding" in edit for edit in row["make"])
    own = bool(held) and held[0] in blanks()
    return own and plain and not row.get("before") and row["good"].get("command") != "diff"


NAMES = sorted(name for name, row in ROWS.items() if of_one_text(row))


def rest(root: Path, path: str) -> list[RawFile]:
    """The files of the catalogue in ``root`` without the one at ``path``."""
    return [file for file in load(root)[0] if file.path != path]


@cache
def without(folder: Path, path: str) -> str:
    """What a page knows of the small catalogue, without the entry at ``path``."""
    root = folder / "catalog"
    if not root.exists():
        small_catalogue(folder)
    return carried(assemble(rest(root, path)))


def proposed(folder: Path, name: str) -> tuple[Path, RawFile, Proposal]:
    """The catalogue with the mistake ``name``, its file there, and the same as a proposal."""
    root = small_catalogue(folder)
    made(root, ROWS[name])
    path = f"catalog/{ROWS[name]['make'][0]['file']}"
    file = next(file for file in load(root)[0] if file.path == path)
    return root, file, Proposal(file.kind, file.id, file.content.decode())
