"""What the site shows of snippets: code as values for the pages, and files beside the pages."""

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from pathlib import Path

from kb.carried import carried
from kb.catalog import Catalog
from kb.code import Checker, Code, Runtime, Shelf
from kb.findings import Finding
from kb.runtime import manifest
from kb.runtime.store import ahead, missing, place, served
from kb.snippets import folder as folders
from kb.snippets.find import (
    CHINESE_FIGURE,
    FIGURE,
    GRID,
    LANGUAGE,
    LIBRARIES,
    SNIPPET,
    lab_files,
    language_files,
    page_files,
)
from kb.snippets.notebook import notebook
from kb.snippets.read import read

PACKAGE = Path(__file__).parents[1]
ASSETS = "assets/kb"
CHECKS = "checker.zip"


def fill(root: Path, ids: Iterable[str], cache: Path) -> tuple[Shelf, list[str]]:
    """The code of techniques ``ids`` in the catalogue ``root``, and what had to be left out.

    The runtime is on the shelf if ``cache`` holds it whole.
    """
    codes, problems = read(root, ids)
    return Shelf(codes, _runtime(cache)), [str(problem) for problem in problems]


def faults(root: Path, id: str) -> list[Finding]:
    """What is wrong with the code of technique ``id`` of the catalogue ``root``, and its record."""
    return folders.of(root, id)


def files(codes: Mapping[str, Code]) -> dict[str, str]:
    """What readers download of each technique, by path in the site: figure, code, notebook."""
    lab = lab_files(PACKAGE)
    language = lab | language_files(PACKAGE)
    found: dict[str, str] = {}
    for id, code in codes.items():
        parts = {
            FIGURE: code.figure and code.figure.svg,
            CHINESE_FIGURE: code.chinese and code.chinese.svg,
            GRID: code.grid and code.grid.text,
            SNIPPET: code.source,
            f"{id}.ipynb": code.source
            and notebook(code.source, language if LANGUAGE in code.source else lab),
            LIBRARIES: code.libraries,
        }
        found |= {f"techniques/{id}/{name}": text for name, text in parts.items() if text}
    return found


def travelling(cache: Path) -> dict[str, bytes]:
    """What the page loads to run a snippet, by name: the lab with what runs a snippet, and the tiny
    language model for the pages that need it. Compiled, where ``cache`` holds that.
    """
    return {f"{name}.packed": _sent(cache, name, plain) for name, plain in _snippets().items()}


def packages() -> dict[str, bytes]:
    """The archives of packages that pages load, by name: what `kb runtime` compiles."""
    return {**_snippets(), CHECKS: _checks()}


def _snippets() -> dict[str, bytes]:
    return {
        "lab.zip": _zipped(page_files(PACKAGE)),
        "language.zip": _zipped(language_files(PACKAGE)),
    }


def _checks() -> bytes:
    return _zipped(dict(sorted((_own() | _libraries()).items())))


def _sent(cache: Path, name: str, plain: bytes) -> bytes:
    """The archive ``plain`` as a page gets it: its modules compiled if ``cache`` has them so, and
    packed as a whole.
    """
    return ahead(place(cache), name, plain) or gzip.compress(plain, 9, mtime=0)


_ROOMS = (
    *("explain", "ledger", "proposal", "report", "rules"),
    *("schema", "site", "source", "words"),
)
_ELSEWHERE = frozenset({"mkdocs", "theme"})
_LIBRARIES = (
    *("annotated-types", "pydantic", "typing-extensions", "typing-inspection"),
    *("latex2mathml", "Markdown", "networkx", "PyYAML"),
)


def checking(cache: Path, catalog: Catalog) -> dict[str, bytes]:
    """What the page for new entries loads to check one, by name: the rules with the libraries that
    they need, and the entries that there are.
    """
    return {
        f"{CHECKS}.packed": _sent(cache, CHECKS, _checks()),
        "entries.json.packed": gzip.compress(carried(catalog).encode(), 9, mtime=0),
    }


def _own() -> dict[str, bytes]:
    """The modules of this package that judge and show an entry."""
    inside = (path for room in _ROOMS for path in (PACKAGE / room).rglob("*.py"))
    files = [*PACKAGE.glob("*.py"), *inside]
    return {
        path.relative_to(PACKAGE.parent).as_posix(): path.read_bytes()
        for path in files
        if _ELSEWHERE.isdisjoint(path.parts)
    }


def _libraries() -> dict[str, bytes]:
    """The files of the libraries that need no compiler, as they are installed here."""
    found = {}
    for library in map(distribution, _LIBRARIES):
        for file in library.files or ():
            wanted = file.suffix in (".py", ".txt") or file.name == "METADATA"
            if wanted and {"tests", ".."}.isdisjoint(file.parts):
                found[file.as_posix()] = Path(str(file.locate())).read_bytes()
    return found


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of ``files``, none of them compressed. The same files make the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return whole.getvalue()


def runtime_files(cache: Path) -> dict[str, Path]:
    """Where on the site each file of the runtime belongs, and where it is kept."""
    folder = place(cache)
    kept = served(folder)
    if not missing(folder, manifest.CHECKER):
        kept |= {part.kept_as: folder / part.kept_as for part in manifest.CHECKER}
    return {f"{ASSETS}/runtime/{manifest.VERSION}/{name}": path for name, path in kept.items()}


def checker(cache: Path, catalog: Catalog, raw: str) -> Checker | None:
    """What checks new entries beside ``catalog``; None if ``cache`` lacks a part. ``raw`` as in
    `Checker`.
    """
    folder = place(cache)
    if missing(folder) or missing(folder, manifest.CHECKER):
        return None
    files = checking(cache, catalog)
    paths = {
        name: path for name, path in served(folder).items() if not name.startswith(manifest.WHEEL)
    }
    size = sum(path.stat().st_size for path in paths.values())
    size += sum(part.size for part in manifest.CHECKER) + sum(map(len, files.values()))
    return Checker(manifest.VERSION, manifest.CORE, size, files, raw)


def _runtime(cache: Path) -> Runtime | None:
    folder = place(cache)
    if missing(folder):
        return None
    size = sum(path.stat().st_size for path in served(folder).values())
    size += len(travelling(cache)["lab.zip.packed"])
    return Runtime(manifest.VERSION, manifest.PYTHON, manifest.NUMPY, size)
