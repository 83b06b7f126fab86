"""Patches of strangers on the real catalogue: each is answered by the findings that it deserves."""

import json
import shutil
import subprocess

import pytest

from kb.commands.main import main
from tests.catalogs import ROOT

pytestmark = pytest.mark.forge

DATA = ROOT / "tests" / "data" / "check"
PAPERS = "catalog/papers"
DESERVED = {
    "misspelt_word": [("KB105", f"{PAPERS}/tan2019efficientnet.yaml", "`reserach`", "research")],
    "one_pdf_two_papers": [
        ("KB417", f"{PAPERS}/luo2017thinet.yaml", "`he2017channel`", "part of it")
    ],
}
"""What must come out: code, file, and words of the message and of the hint."""


@pytest.fixture
def checked(tmp_path, monkeypatch, capsys):
    """A function that applies a patch to a copy of the catalogue and returns the findings."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")

    def answer(name: str) -> list[dict[str, str]]:
        applied = subprocess.run(
            ["git", "apply", str(DATA / f"{name}.patch")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert applied.returncode == 0, applied.stderr
        assert main(["check", "--format", "json"]) == 1
        return json.loads(capsys.readouterr().out)

    return answer


def test_every_patch_has_an_answer():
    assert {path.stem for path in DATA.glob("*.patch")} == set(DESERVED)


@pytest.mark.parametrize("name", DESERVED)
def test_a_patch_is_answered_once_where_it_was_made(checked, name):
    found = checked(name)
    assert len(found) == len(DESERVED[name]), found
    for finding, (code, path, message, hint) in zip(found, DESERVED[name], strict=True):
        assert (finding["code"], finding["path"]) == (code, path)
        assert message in finding["message"]
        assert hint in finding["hint"]
