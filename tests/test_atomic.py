"""Files are written whole or not at all, and never through a link: attacks, kills, full disks."""

import ast
import os
import shutil
import signal
import stat
import subprocess
import sys
import time

import pytest

from kb import atomic
from tests.catalogs import ROOT, TOY


def left_behind(folder):
    return [path.name for path in folder.iterdir() if path.name.endswith(".new")]


def test_a_new_file_is_readable_by_all_but_what_the_umask_takes(tmp_path):
    before = os.umask(0o027)
    try:
        atomic.write(tmp_path / "a", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_a_file_keeps_its_permissions(tmp_path, mode):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(mode)
    atomic.write(path, b"new")
    assert path.read_bytes() == b"new" and stat.S_IMODE(path.stat().st_mode) == mode


def link_itself(folder):
    (folder / "a").symlink_to(folder / "victim")
    return folder / "a"


def folder_on_the_way(folder):
    (folder / "real").mkdir()
    (folder / "link").symlink_to(folder / "real")
    return folder / "link" / "a"


def folder_further_up(folder):
    (folder / "real" / "deep").mkdir(parents=True)
    (folder / "link").symlink_to(folder / "real")
    return folder / "link" / "deep" / "a"


def dangling(folder):
    (folder / "a").symlink_to(folder / "nowhere")
    return folder / "a"


def pipe(folder):
    os.mkfifo(folder / "a")
    return folder / "a"


def directory(folder):
    (folder / "a").mkdir()
    return folder / "a"


def file_for_a_folder(folder):
    return folder / "victim" / "a"


REFUSED = {
    link_itself: "symbolic link",
    folder_on_the_way: "symbolic link",
    folder_further_up: "symbolic link",
    dangling: "symbolic link",
    pipe: "not a regular file",
    directory: "Is a directory",
    file_for_a_folder: "Not a directory",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_everything_as_it_was(tmp_path, case):
    (tmp_path / "victim").write_bytes(b"precious")
    path = case(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OSError, match=REFUSED[case]):
        atomic.write(path, b"evil", within=tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "victim").read_bytes() == b"precious"


@pytest.mark.parametrize("case", [link_itself, dangling, pipe, directory])
def test_what_is_appended_to_is_a_file_too(tmp_path, case):
    (tmp_path / "victim").write_bytes(b"precious")
    with pytest.raises(OSError, match=r"symbolic link|No such device|directory"):
        atomic.appending(case(tmp_path))
    assert (tmp_path / "victim").read_bytes() == b"precious"


def test_a_pipe_with_a_reader_is_not_appended_to(tmp_path):
    reader = os.open(pipe(tmp_path), os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(atomic.UnsafePath, match="not a regular file"):
        atomic.appending(tmp_path / "a")
    os.close(reader)


def test_a_name_laid_out_beforehand_is_not_used(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "a.yaml.new").symlink_to(victim)
    (tmp_path / ".a.yaml.new").symlink_to(victim)
    atomic.write(tmp_path / "a.yaml", b"new")
    assert victim.read_bytes() == b"precious" and (tmp_path / "a.yaml").read_bytes() == b"new"


LIMITED = """
import resource, sys
from pathlib import Path
from kb import atomic
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    atomic.write(Path(sys.argv[1]), b"x" * 10_000)
except OSError as error:
    print(error.strerror, error.filename)
"""


def test_a_write_that_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout == f"File too large {path}\n"
    assert path.read_bytes() == b"old" and left_behind(tmp_path) == []


WRITING = """
import sys
from pathlib import Path
from kb import atomic
print("ready", flush=True)
for number in range(10_000_000):
    atomic.write(Path(sys.argv[1]), (b"%d " % number) * 20_000)
"""


@pytest.mark.parametrize("wait", [0.0, 0.011, 0.037, 0.083, 0.151])
def test_a_kill_leaves_a_whole_file(tmp_path, wait):
    path = tmp_path / "a"
    path.write_bytes(b"old " * 20_000)
    with subprocess.Popen(
        [sys.executable, "-c", WRITING, str(path)], stdout=subprocess.PIPE, cwd=ROOT
    ) as writer:
        writer.stdout.readline()
        time.sleep(wait)
        writer.send_signal(signal.SIGKILL)
    words = path.read_bytes().split()
    assert len(words) == 20_000 and len(set(words)) == 1


def attacked(folder, *words):
    """What the command says in a copy of the toy catalogue in which a stranger laid out links."""
    shutil.copytree(TOY, folder / "catalog")
    paper = folder / "catalog" / "papers" / "third2019more.yaml"
    paper.write_text(paper.read_text().replace("title: More Toys", "title: '$(touch PROOF)'"))
    (folder / "bashrc").write_text("precious\n")
    paper.with_name(f"{paper.name}.new").symlink_to("../../bashrc")
    (folder / "catalog" / ".links.jsonl.journal").symlink_to("../bashrc")
    (folder / "catalog" / ".links.jsonl.new").symlink_to("../bashrc")
    (folder / "docs").mkdir()
    (folder / "docs" / "schema").symlink_to("../catalog")
    done = subprocess.run(
        [sys.executable, "-m", "kb", *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (folder / "bashrc").read_text() == "precious\n"
    assert "Traceback" not in done.stderr
    return done


def test_fmt_writes_over_no_file_of_the_maintainer(tmp_path):
    attacked(tmp_path, "fmt")
    paper = tmp_path / "catalog" / "papers" / "third2019more.yaml"
    assert not paper.is_symlink() and "PROOF" in paper.read_text()


REFUSES = {
    "check": ["links", "check", "--from", "bashrc", "--ledger", "catalog/links.jsonl"],
    "merge": ["links", "merge", "catalog/links.jsonl"],
    "schema": ["schema"],
}


@pytest.mark.parametrize("words", REFUSES.values(), ids=REFUSES.keys())
def test_no_command_empties_a_file_of_the_maintainer(tmp_path, words):
    done = attacked(tmp_path, *words)
    assert words == REFUSES["merge"] or (done.returncode, done.stdout) == (2, "")
    assert not list((tmp_path / "catalog").glob("*.json"))


def test_no_folder_is_made_through_a_link(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "docs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(atomic.UnsafePath, match="symbolic link"):
        atomic.write(tmp_path / "out/docs/topics/a.md", b"new", within=tmp_path / "out")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    atomic.write(tmp_path / "out/more/topics/a.md", b"new", within=tmp_path / "out")
    assert (tmp_path / "out/more/topics/a.md").read_bytes() == b"new"


OTHERS = {
    "kb/atomic.py": "the one writer",
    "kb/lab/language/make.py": "the lab imports nothing of the package",
    "kb/links/journal.py": "the folder of the ledger that a run was given",
    "kb/ledger/file.py": "the folder of the ledger that a run was given",
    "kb/runtime/ahead.py": "a scratch folder",
    "kb/runtime/compile.py": "a scratch folder",
    "kb/runtime/fetch.py": "the folder that was asked for",
    "kb/runtime/store.py": "the folder that was asked for",
    "kb/commands/release.py": "the folder that was asked for",
    "kb/commands/render.py": "the folder that was asked for",
    "kb/commands/schema.py": "the folder that was asked for",
    "kb/site/mkdocs/plugin.py": "the folder of a build",
    "kb/site/search_index.py": "the folder of a build, or a scratch folder",
    "kb/snippets/run.py": "a scratch folder",
}
"""Modules that write files or make folders, and where."""
CALLS = {"write_text", "write_bytes", "mkdir", "makedirs", "copyfile", "copytree"}


def writes(node):
    """Whether ``node`` calls something that writes a file or makes a folder."""
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    given = [*node.args, *(word.value for word in node.keywords)]
    modes = [one.value for one in given if isinstance(one, ast.Constant)]
    opens = called in {"open", "fdopen"} and {"w", "wb", "a", "ab", "x", "xb"} & {*map(str, modes)}
    return bool(opens) or called in CALLS


def test_one_module_writes_files_and_the_others_say_where():
    found = {
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "kb").rglob("*.py"))
        if any(writes(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found - {"kb/commands/export.py"} == set(OTHERS)  # that one writes to the console
