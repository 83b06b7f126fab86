"""The operating system says no, or the output is odd: one sentence and an exit code, never a crash.

Every case is a process of its own, as a user would start it.
"""

import ctypes
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.catalogs import ROOT, TOY

CAPABILITIES = (1, 2)
"""What lets root ignore permissions: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""
DROP = 24
"""PR_CAPBSET_DROP of prctl(2)."""


def as_anybody():
    """In a child about to start: permissions count, even for root."""
    for capability in CAPABILITIES:
        ctypes.CDLL(None).prctl(DROP, capability, 0, 0, 0)


def with_small_files():
    """In a child about to start: no file may grow beyond 100 bytes, as on a full disk."""
    as_anybody()
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


@pytest.fixture
def folder(tmp_path):
    """A folder with a copy of the toy catalogue that a test may break."""
    shutil.copytree(TOY, tmp_path / "catalog")
    yield tmp_path
    for path in tmp_path.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)


def kb(folder, *words, before=as_anybody, out=subprocess.PIPE, **environment):
    """The finished process of `kb` with ``words``, started in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "kb", *words],
        stdout=out,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        preexec_fn=before,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr, done.stderr
    return done


def untidy(folder):
    path = folder / "catalog" / "papers" / "third2019more.yaml"
    path.write_text(path.read_text().replace("title: More Toys", "title: 'More Toys'"))


def sealed(path):
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o555)


def a_file(folder):
    (folder / "file").write_text("x")


PAPER = "catalog/papers/third2019more.yaml"
DENIED = "permission denied; change its permissions, or give another path"
FULL = "file too large; raise the limit on file sizes, then run the command again"
THERE = "file exists; move it away, or give another path"
NO_FOLDER = "not a directory; give a path whose folders are folders"


def sealed_papers(folder):
    untidy(folder)
    sealed(folder / "catalog" / "papers")


def sealed_technique(folder):
    (folder / "catalog" / "techniques" / "toy-pruning" / "output.txt").unlink()
    sealed(folder / "catalog" / "techniques" / "toy-pruning")


def sealed_catalogue(folder):
    sealed(folder / "catalog")


def sealed_out(folder):
    sealed(folder / "out")


def nothing(folder):
    pass


WRITES = {
    "fmt, read-only folder": (sealed_papers, "fmt", as_anybody, PAPER, DENIED),
    "fmt, full disk": (untidy, "fmt", with_small_files, PAPER, FULL),
    "schema, read-only folder": (
        sealed_out,
        "schema --folder out",
        as_anybody,
        "out/technique.json",
        DENIED,
    ),
    "schema, a file": (a_file, "schema --folder file", as_anybody, "file", THERE),
    "schema, below a file": (a_file, "schema --folder file/x", as_anybody, "file/x", NO_FOLDER),
    "schema, full disk": (
        nothing,
        "schema --folder out",
        with_small_files,
        "out/technique.json",
        FULL,
    ),
    "render, read-only folder": (sealed_out, "render out", as_anybody, "out/", DENIED),
    "render, a file": (a_file, "render file", as_anybody, "file", THERE),
    "render, full disk": (nothing, "render out", with_small_files, "out/", FULL),
    "merge, read-only folder": (
        sealed_catalogue,
        "links merge catalog/links.jsonl",
        as_anybody,
        "catalog/links.jsonl",
        DENIED,
    ),
    "merge, full disk": (
        nothing,
        "links merge catalog/links.jsonl",
        with_small_files,
        "catalog/links.jsonl",
        FULL,
    ),
    "links, read-only folder": (
        sealed_catalogue,
        "links check --from catalog/topics.yaml --ledger catalog/links.jsonl",
        as_anybody,
        "catalog/.links.jsonl.journal",
        DENIED,
    ),
    "snippets, read-only folder": (
        sealed_technique,
        "snippets run --record toy-pruning",
        as_anybody,
        "catalog/techniques/toy-pruning/output.txt",
        DENIED,
    ),
    "runtime, a file": (a_file, "runtime --folder file", as_anybody, "file/", NO_FOLDER),
    "runtime, read-only folder": (sealed_out, "runtime --folder out", as_anybody, "out/", DENIED),
}


@pytest.mark.parametrize(
    ("prepare", "words", "before", "path", "why"),
    [
        pytest.param(*one, id=name, marks=pytest.mark.site if "render" in name else ())
        for name, one in WRITES.items()
    ],
)
def test_what_cannot_be_written_is_one_sentence(folder, prepare, words, before, path, why):
    prepare(folder)
    done = kb(folder, *words.split(), before=before)
    said = done.stderr.decode()
    assert done.returncode == 2 and said.count("\n") == 1
    assert said.startswith(f"kb: `{path}") and said.endswith(f"`: {why}\n")
    assert not list(folder.rglob("*.new"))


@pytest.mark.site
def test_render_makes_no_folder_through_a_link(folder):
    (folder / "elsewhere").mkdir()
    (folder / "out").mkdir()
    (folder / "out" / "docs").symlink_to(folder / "elsewhere")
    done = kb(folder, "render", "out")
    assert done.returncode == 2 and b"`out/docs`: it is a symbolic link" in done.stderr
    assert list((folder / "elsewhere").iterdir()) == []


def test_an_unreadable_catalogue_is_no_crash(folder):
    (folder / "catalog").chmod(0)
    done = kb(folder, "check")
    assert done.returncode in (1, 2)


def test_fix_says_what_it_did_and_nothing_else(folder):
    papers = folder / "catalog" / "papers"
    untidy(folder)
    topics = folder / "catalog" / "articles" / "toys-explained.yaml"
    topics.write_text(topics.read_text().replace("title: ", "title:  "))
    astray = folder / "catalog" / "fourth2020bears.yaml"
    astray.write_text((papers / "first2015toys.yaml").read_text())
    papers.chmod(0o555)
    before = (papers / "third2019more.yaml").read_bytes()
    done = kb(folder, "fix")
    said = done.stdout.decode()
    assert done.returncode == 2 and done.stderr.decode().endswith(f"`: {DENIED}\n")
    assert said == "fixed catalog/articles/toys-explained.yaml\n"
    assert (papers / "third2019more.yaml").read_bytes() == before and astray.exists()


UNSURE = {
    "another paper": ("catalog/papers/third2019more.yaml", 2),
    "a folder": ("catalog/papers", 2),
    "a snippet": ("catalog/techniques/toy-pruning/snippet.py", 2),
    "a page of the project": ("docs/page.md", 0),
}


@pytest.mark.parametrize(("path", "code"), UNSURE.values(), ids=UNSURE)
def test_rename_reads_everything_before_it_writes(folder, path, code):
    (folder / "docs").mkdir()
    (folder / "docs" / "page.md").write_text("toys\n")
    before = (folder / "catalog" / "topics.yaml").read_bytes()
    mode = (folder / path).stat().st_mode
    (folder / path).chmod(0)
    done = kb(folder, "rename", "toybox", "bearbox")
    (folder / path).chmod(mode)
    assert done.returncode == code
    if code:
        assert done.stdout == b"" and (folder / "catalog/resources/toybox.yaml").exists()
        assert done.stderr.decode() == (
            f"kb: `{path}` cannot be read: permission denied, and it may name `toybox`; "
            "make it readable first\n"
        )
        assert (folder / "catalog" / "topics.yaml").read_bytes() == before
    else:
        assert b"docs/page.md cannot be read and may name it still; look at it\n" in done.stdout


TECHNIQUE = "techniques/toy-pruning"
BESIDE = [
    *(f"{TECHNIQUE}/{name}" for name in ("snippet.py", "output.txt", "figure.svg")),
    *(f"{TECHNIQUE}/{name}" for name in ("libraries.py", "libraries.txt")),
    *(f"techniques/toy-rounding/{name}" for name in ("grid.json", "figure.zh.svg")),
    "links.jsonl",
    "papers/first2015toys.yaml",
]


def test_files_that_nobody_may_read_are_findings_beside_all_others(folder):
    other = folder / "catalog" / "papers" / "third2019more.yaml"
    other.write_text(other.read_text().replace("title: More Toys", "titel: More Toys"))
    for path in BESIDE:
        (folder / "catalog" / path).chmod(0)
    done = kb(folder, "check")
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (1, b"")
    for path in BESIDE:
        assert f"catalog/{path}:1:1: KB018 unreadable: cannot be read: permission denied" in said
        assert said.count(f"catalog/{path}:") == 1, path
    assert "unknown field `titel`" in said


@pytest.mark.parametrize(
    ("path", "mode"), [(TECHNIQUE, 0o000), (TECHNIQUE, 0o444), ("techniques", 0o444)]
)
def test_a_folder_that_nobody_may_enter_is_a_finding(folder, path, mode):
    (folder / "catalog" / path).chmod(mode)
    done = kb(folder, "check")
    assert (done.returncode, done.stderr) == (1, b"")
    assert f"catalog/{path}:1:1: KB018 unreadable".encode() in done.stdout


@pytest.mark.parametrize("words", ["chores stale", "chores moved", "links merge x.jsonl"])
def test_a_ledger_that_nobody_may_read_is_not_taken_for_an_empty_one(folder, words):
    ledger = folder / "catalog" / "links.jsonl"
    before = ledger.read_bytes()
    (folder / "x.jsonl").write_bytes(b"")
    ledger.chmod(0)
    done = kb(folder, *words.split())
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"kb: `catalog/links.jsonl`: {DENIED}\n"
    ledger.chmod(0o644)
    assert ledger.read_bytes() == before


def test_a_busy_port_is_one_sentence(folder):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = kb(folder, "serve", "--port", str(port))
    assert done.returncode == 2 and done.stderr.decode().count("\n") == 1
    assert done.stderr.decode().startswith(
        f"kb: port {port} cannot be used: Address already in use"
    )


PRINTS = {
    "--help": 0,
    "check": 1,
    "check --format sarif": 1,
    "fmt --check": 1,
    "graph stats": 0,
    "export graphml": 0,
    "links report --since catalog/links.jsonl": 0,
    "snippets run toy-pruning": 0,
}
"""What prints something, and the exit code of an untidy catalogue with a finding."""
PRINTED = [
    *PRINTS,
    "",
    "--version",
    "check --help",
    "export jsonl",
    "rules",
    "links check --dry-run",
]
OFTEN = ("--help", "check", "snippets run toy-pruning")
"""One of each kind: the parser, the commands, a process of its own; the others less often."""


def sampled(all_words):
    return [pytest.param(one, marks=() if one in OFTEN else pytest.mark.lab) for one in all_words]


def faulty(folder):
    untidy(folder)
    (folder / "catalog" / "注意.txt").write_text("x")


@pytest.mark.parametrize("words", sampled(PRINTED))
def test_a_full_output_is_one_sentence(folder, words):
    faulty(folder)
    with Path("/dev/full").open("wb") as full:
        done = kb(folder, *words.split(), out=full)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        (
            "kb: `standard output`: no space left on device; "
            "free some space, then run the command again\n"
        ),
    )


def without_reader():
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "wb")


@pytest.mark.parametrize("words", sampled(PRINTS))
def test_a_reader_who_has_gone_is_no_fault(folder, words):
    faulty(folder)
    with without_reader() as gone:
        done = kb(folder, *words.split(), out=gone)
    assert (done.returncode, done.stderr) == (PRINTS[words], b"")


@pytest.mark.parametrize("words", sampled(PRINTS))
def test_a_closed_output_is_no_fault(folder, words):
    faulty(folder)

    def closed():
        as_anybody()
        os.close(1)

    assert kb(folder, *words.split(), before=closed).returncode == PRINTS[words]


def test_nobody_to_tell_is_no_crash(folder):
    def deaf():
        os.dup2(os.open("/dev/full", os.O_WRONLY), 2)

    assert kb(folder, "chek", before=deaf).returncode == 2


@pytest.mark.parametrize("words", sampled(PRINTS))
def test_what_cannot_be_shown_is_escaped(folder, words):
    faulty(folder)
    done = kb(folder, *words.split(), PYTHONIOENCODING="ascii")
    assert done.returncode == PRINTS[words] and done.stdout.isascii()


def test_an_escaped_character_can_be_recognized(folder):
    paper = folder / PAPER
    paper.write_text(paper.read_text().replace("topics: [", "topics: [剪枝, "))
    done = kb(folder, "check", PYTHONIOENCODING="ascii")
    assert done.returncode == 1 and rb"\u526a\u679d" in done.stdout


def test_exports_stay_valid_in_any_encoding(folder):
    title = "Mörä 😀 玩具"
    paper = folder / PAPER
    paper.write_text(paper.read_text().replace("title: More Toys", f"title: {title}"))
    lines = kb(folder, "export", "jsonl", PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert title in [json.loads(line).get("title") for line in lines.splitlines()]
    drawn = kb(folder, "export", "graphml", PYTHONIOENCODING="ascii").stdout
    assert title in list(ElementTree.fromstring(drawn.decode("ascii")).itertext())


SLEEPING = "import time\nprint('started', flush=True)\ntime.sleep(60)\n"


def hears_interrupts():
    """A background job of a shell has SIGINT ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupt_is_one_line_and_130(folder):
    (folder / "catalog" / "techniques" / "toy-pruning" / "snippet.py").write_text(SLEEPING)
    with subprocess.Popen(
        [sys.executable, "-m", "kb", "snippets", "run", "toy-pruning"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=hears_interrupts,  # noqa: PLW1509  no thread runs here
    ) as process:
        wait_for_a_child(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"kb: interrupted\n")


def wait_for_a_child(pid):
    for _ in range(600):
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        if any(thread.read_text() for thread in threads):
            return
        time.sleep(0.05)
    pytest.fail("the snippet never started")
