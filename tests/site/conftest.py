"""A project of its own for tests that build or show a site."""

import shutil

import pytest

from tests.catalogs import ROOT, TOY


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project around a copy of the toy catalogue; it is the working directory."""
    shutil.copytree(TOY, tmp_path / "catalog")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copytree(ROOT / "kb" / "site" / "theme", tmp_path / "kb" / "site" / "theme")
    for name in ("mkdocs.yml", "CONTRIBUTING.md", "CONTRIBUTING.zh.md"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_CATALOG", raising=False)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return tmp_path
