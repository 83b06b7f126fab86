"""Builds the whole site: next to the old one, which it replaces only when it is complete."""

import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.exceptions import MkDocsException

from kb import report
from kb.site.language import Language
from kb.site.mkdocs.apart import EndedEarly, apart
from kb.site.mkdocs.settings import CannotStart, configured, noted

CLEAN, FINDINGS, FAILED = 0, 1, 2


def build(root: Path | None = None) -> int:
    """Build the site of the project in the working directory and return the exit code.

    Findings and warnings exit with 1, what the system refuses with 2; both leave the old site as it
    was.
    """
    try:
        return _build(root)
    except (CannotStart, EndedEarly) as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(f"`{error.filename}`: {error.strerror}; the old site is unchanged")


def _build(root: Path | None) -> int:
    start = time.monotonic()
    config, _ = configured(root, strict=True)
    site = Path(config.site_dir)
    with _beside(site) as new, _beside(site) as other:
        with apart(tree, root, other, Language.CHINESE) as second:
            found = tree(root, new, Language.ENGLISH)
            trees = [found] if found.problem else [found, second()]
        for built in trees:
            if built.problem:
                print(built.problem, end="", file=sys.stderr if built.system else sys.stdout)
                return FINDINGS
        _join(new, other)
        _replace(site, new)
    pages = sum(built.pages for built in trees)
    print(f"built {site}: {pages:,} computed pages in {time.monotonic() - start:.1f} s")
    if found.lacks_runtime:
        print("without Run buttons: there is no runtime; `kb runtime` fetches it")
    return CLEAN


@dataclass(frozen=True, slots=True)
class Built:
    """A tree: how many computed pages it has, or what kept it from being built.

    ``system``: the problem is no finding in the catalogue but a warning of MkDocs.
    """

    pages: int = 0
    lacks_runtime: bool = False
    problem: str = ""
    system: bool = False


def tree(root: Path | None, folder: Path, language: Language) -> Built:
    """Build the pages in ``language`` into ``folder``, which is the root of the site.

    Raises CannotStart, OSError.
    """
    config, plugin = configured(root, strict=True, language=language)
    config.site_dir = str(folder)
    with noted() as said:
        try:
            build_with_mkdocs(config)
        except MkDocsException as error:
            if plugin.findings:
                return Built(problem=report.text(plugin.findings))
            return Built(problem="\n".join(said or [str(error)]) + "\n", system=True)
    return Built(len(plugin.content.sources), plugin.lacks_runtime)


def _join(site: Path, other: Path) -> None:
    """Move the pages of the ``other`` language to their place in the ``site``.

    Its page for what is not found comes with them: some servers know one for each folder.
    """
    name = Language.CHINESE.folder.strip("/")
    (other / name).rename(site / name)
    (other / "404.html").rename(site / name / "404.html")


@contextlib.contextmanager
def _beside(site: Path) -> Iterator[Path]:
    """A new folder on the disk of ``site``; deleted if it is still there at the end."""
    if not site.parent.is_dir():
        raise CannotStart(f"{site.parent} is not a folder")
    new = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    new.chmod(0o755)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _replace(site: Path, new: Path) -> None:
    """Put ``new`` in the place of ``site``."""
    if not site.exists():
        new.rename(site)
        return
    with _beside(site) as old:
        site.rename(old / site.name)
        new.rename(site)


def _failed(message: str) -> int:
    print(f"kb: {message}", file=sys.stderr)
    return FAILED
