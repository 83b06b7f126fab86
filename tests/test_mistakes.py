"""What contributors get wrong, what `kb check` says of it, and what `kb fix` makes of it."""

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
import yaml

from kb.commands.main import main
from kb.findings import Edit
from kb.fix import edited

TABLE = yaml.safe_load((Path(__file__).parent / "data" / "mistakes.yaml").read_text("utf-8"))
ROWS = {row["id"]: row for row in TABLE["mistakes"]}
UNWELCOME = re.compile(
    r"pydantic|libyaml|pyyaml|traceback|validation error|input should|\bstr\b", re.I
)

NOT_YET_SAID = frozenset(
    """
    """.split()
)
"""Mistakes whose answer is not yet as the table demands; this list only shrinks."""


NOT_YET_FIXED: frozenset[str] = frozenset()


SMALL = Path(__file__).parent / "data" / "small" / "catalog"


def small_catalogue(folder: Path) -> Path:
    """A copy of the small catalogue, in ``folder``."""
    return shutil.copytree(SMALL, folder / "catalog")


@pytest.fixture
def root(tmp_path):
    """A copy of the small catalogue."""
    return small_catalogue(tmp_path)


def _make(root: Path, edits: list[dict]) -> None:
    for edit in edits:
        path = root / edit["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if "content" in edit:
            text = edit["content"]
        elif "from" in edit:
            text = TABLE["specimens"][edit["from"]]["text"]
        else:
            text = path.read_bytes().decode()
        if "replace" in edit:
            assert text.count(edit["replace"]) == 1 or edit.get("every"), edit
            text = text.replace(edit["replace"], edit["with"])
        path.write_bytes(text.encode(edit.get("encoding", "utf-8")))


def _git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@a.test", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=root.parent, check=True, capture_output=True)


def made(root: Path, row: dict) -> None:
    """Make the mistake of ``row`` in the catalogue ``root``."""
    _make(root, row.get("before", []))
    if row.get("git"):
        _git(root, "init", "-q")
        _git(root, "add", ".")
        _git(root, "commit", "-q", "-m", "x")
    _make(root, row["make"])


def answer(root: Path, capsys, row: dict | None = None) -> tuple[int, list[dict]]:
    """The exit code and the findings of the command that ``row`` asks for."""
    diff = bool(row) and row["good"].get("command") == "diff"
    words = ["diff", "HEAD"] if diff else ["check"]
    code = main(["--root", str(root), *words, "--format", "json"])
    printed = capsys.readouterr().out
    assert all(
        one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Cs") for one in printed
    )
    assert not UNWELCOME.search(printed), printed
    found = json.loads(printed)
    return code, found["findings"] if diff else found


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode(errors="replace").split("\n")


def _is_fmt(finding: dict) -> bool:
    return "kb fmt" in finding["hint"]


def _stands(root: Path, row: dict, finding: dict) -> bool:
    """Whether ``finding`` stands where the table wants it."""
    file = row["good"].get("file", row["make"][0]["file"])
    wanted = row["good"]["line"]
    if finding["path"] != f"catalog/{file}":
        return False
    line = _lines(root / file)[finding["line"] - 1]
    return wanted == "any" or any(
        one in line for one in ([wanted] if isinstance(wanted, str) else wanted)
    )


def _judge(root: Path, row: dict, code: int, found: list[dict]) -> None:
    good = row["good"]
    if good.get("clean"):
        assert (code, found) == (0, [])
        return
    assert code == 1
    here = [one for one in found if _stands(root, row, one)]
    assert here, f"none of these stands there: {found}"
    counted = found if row["kind"] == "format" else [one for one in found if not _is_fmt(one)]
    assert len(counted) <= good.get("most", 1), counted
    hints = "\n".join(one["hint"] for one in here)
    both = "\n".join(one["message"] for one in here) + "\n" + hints
    for pattern in good.get("says", []):
        assert re.search(pattern, both, re.I), (pattern, both)
    for pattern in good.get("hint", []):
        assert re.search(pattern, hints, re.I), (pattern, hints)
    for one in found:
        for pattern in good.get("never", []):
            assert not re.search(pattern, one["message"] + "\n" + one["hint"], re.I), one


@pytest.mark.parametrize("name", ROWS)
def test_a_mistake_is_answered_as_the_table_demands(name, root, capsys, request):
    if name in NOT_YET_SAID:
        request.applymarker(pytest.mark.xfail(strict=True))
    made(root, ROWS[name])
    _judge(root, ROWS[name], *answer(root, capsys, ROWS[name]))


def some(names):
    """Each fifth of ``names`` for `make test`, the others for `make test-lab`."""
    return [
        pytest.param(name, marks=pytest.mark.lab if number % 5 else ())
        for number, name in enumerate(names)
    ]


FIXED = sorted(name for name, row in ROWS.items() if row.get("fix") or row["good"].get("clean"))


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _wanted(before: dict[str, bytes], row: dict) -> dict[str, bytes]:
    """The files that there must be after the fix of ``row``."""
    specimens = {one["file"]: one["text"].encode() for one in TABLE["specimens"].values()}
    fix = row["fix"]
    if isinstance(fix, dict) and "file" in fix:
        return before | {fix["file"]: TABLE["specimens"][fix["same_as"]]["text"].encode()}
    made = {edit["file"] for edit in row["make"]}
    return before | {path: text for path, text in specimens.items() if path in made}


@pytest.mark.parametrize("name", some(FIXED))
def test_the_safe_answer_is_written_and_no_other(name, root, capsys, request):
    if name in NOT_YET_FIXED:
        request.applymarker(pytest.mark.xfail(strict=True))
    row = ROWS[name]
    before = _files(root)
    made(root, row)
    after = _files(root)
    by = "fmt" if isinstance(row.get("fix"), dict) and row["fix"].get("by") == "fmt" else "fix"
    code = main(["--root", str(root), by])
    capsys.readouterr()
    if row["good"].get("clean"):
        assert _files(root) == after
        return
    if row["fix"] == "never":
        if row["good"].get("command") != "diff":
            assert code == 1
            _judge(root, row, *answer(root, capsys, row))
        return
    wanted = _wanted(before, row)
    assert _files(root) == wanted
    assert answer(root, capsys) == (0, [])
    main(["--root", str(root), by])
    assert _files(root) == wanted


@pytest.mark.parametrize("name", some(sorted(ROWS.keys() - {"wrong-number"})))
def test_an_edit_that_is_made_alone_makes_nothing_worse(name, root, capsys):
    made(root, ROWS[name])
    _, found = answer(root, capsys)
    for finding in found:
        edits = [
            Edit(tuple(e["start"]), tuple(e["end"]), e["text"]) for e in finding.get("edits", ())
        ]
        if edits:
            path = root.parent / finding["path"]
            typed = path.read_bytes()
            path.write_bytes(edited(typed.decode(), edits).encode())
            _, left = answer(root, capsys)
            known = {(one["path"], one["code"], one["message"]) for one in found}
            left = [one for one in left if one["code"] != "KB019"]
            assert {(one["path"], one["code"], one["message"]) for one in left} <= known
            assert len(left) < len(found)
            path.write_bytes(typed)
