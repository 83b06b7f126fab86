"""Builds the whole site: next to the old one, which it replaces only when it is complete."""

import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.exceptions import MkDocsException

from kb import report
from kb.site.mkdocs.settings import CannotStart, configured, noted

CLEAN, FINDINGS, FAILED = 0, 1, 2


def build(root: Path | None = None) -> int:
    """Build the site of the project in the working directory and return the exit code.

    Findings and warnings exit with 1, what the system refuses with 2; both leave the old site as it
    was.
    """
    try:
        return _build(root)
    except CannotStart as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(f"`{error.filename}`: {error.strerror}; the old site is unchanged")


def _build(root: Path | None) -> int:
    start = time.monotonic()
    config, plugin = configured(root, strict=True)
    site = Path(config.site_dir)
    with noted() as said, _beside(site) as new:
        config.site_dir = str(new)
        try:
            build_with_mkdocs(config)
        except MkDocsException as error:
            if plugin.findings:
                sys.stdout.write(report.text(plugin.findings))
            else:
                print("\n".join(said or [str(error)]), file=sys.stderr)
            return FINDINGS
        _replace(site, new)
    pages = len(plugin.content.sources)
    print(f"built {site}: {pages:,} computed pages in {time.monotonic() - start:.1f} s")
    if plugin.lacks_runtime:
        print("without Run buttons: there is no runtime; `kb runtime` fetches it")
    return CLEAN


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
