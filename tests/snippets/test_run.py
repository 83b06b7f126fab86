"""Snippets that behave and snippets that do not: each is ended, reported, and blocks no other."""

import textwrap
import time
from pathlib import Path

import pytest

from kb.snippets.find import SnippetFile
from kb.snippets.run import Limits, Way, run, run_all

LIMITS = Limits(seconds=20, memory=1 << 30, output=20_000)
GOOD = """
    from kb.lab import show
    print("accuracy 0.9")
    show("<svg/>")
"""


def written(folder, code: str, id: str = "one") -> SnippetFile:
    path = folder / "techniques" / id / "snippet.py"
    path.parent.mkdir(parents=True)
    path.write_text(textwrap.dedent(code).lstrip("\n"), encoding="utf-8")
    return SnippetFile(id, path)


def test_a_snippet_runs_prints_and_draws(tmp_path):
    found = run(written(tmp_path, GOOD), LIMITS)
    assert (found.ended, found.output, found.figure, found.problem, found.line) == (
        "ran",
        "accuracy 0.9\n",
        "<svg/>",
        "",
        None,
    )
    assert 0 < found.seconds < 10


def test_the_lab_works_within_the_limits(tmp_path):
    found = run(
        written(
            tmp_path,
            """
        from kb.lab import accuracy, dense_net, digits, show, train
        net, data = dense_net(64, 16, 10), digits()
        train(net, data, epochs=2)
        print(accuracy(net, data) > 0.8)
        show("<svg/>")
    """,
        ),
        LIMITS,
    )
    assert (found.output, found.problem) == ("True\n", "")


def test_a_snippet_may_use_temporary_files(tmp_path):
    found = run(
        written(
            tmp_path,
            """
        import tempfile
        from kb.lab import show
        with tempfile.NamedTemporaryFile() as file, tempfile.TemporaryFile() as other:
            print(file.write(b"seven"), other.write(b"six"))
        show("<svg/>")
    """,
        ),
        LIMITS,
    )
    assert (found.output, found.problem) == ("5 3\n", "")


def test_what_is_deprecated_inside_of_a_library_is_not_the_snippets_fault(tmp_path):
    found = run(
        written(
            tmp_path,
            """
        import warnings
        from kb.lab import show
        exec("import warnings\\nwarnings.warn('old', DeprecationWarning)", {"__name__": "library"})
        show("<svg/>")
    """,
        ),
        LIMITS,
    )
    assert found.problem == ""


BAD = {
    "an exception": (
        "x = 1\n\nraise ValueError('too small')\n",
        "failed",
        "ValueError: too small",
        3,
    ),
    "a failed claim": (
        "def check(value):\n    assert value > 1, 'it should grow'\n\ncheck(1)\n",
        "failed",
        "AssertionError: it should grow",
        2,
    ),
    "a slip of syntax": ("x = 1\ny = = 2\n", "failed", "SyntaxError: invalid syntax", 2),
    "an error in the lab": (
        "from kb.lab import conv_net\nnet = conv_net(4)\nnet(1)\n",
        "failed",
        "AttributeError",
        3,
    ),
    "an exit": ("import sys\nsys.exit(3)\n", "failed", "SystemExit: 3", 2),
    "a hard exit": ("import os\nos._exit(3)\n", "crashed", "exited with code 3", None),
    "a crash": (
        "import ctypes\nctypes.string_at(0)\n",
        "crashed",
        "killed by signal SIGSEGV",
        None,
    ),
    "too much memory": (
        "import numpy as np\nall = []\nwhile True:\n    all.append(np.ones(10_000_000))\n",
        "failed",
        "MemoryError",
        4,
    ),
    "too much memory in plain Python": (
        "x = [0]\nwhile True:\n    x = x + x\n",
        "failed",
        "MemoryError",
        3,
    ),
    "no figure": ("print('hello')\n", "failed", "showed 0 figures, expected 1", None),
    "two figures": (
        "from kb.lab import show\nshow('<svg/>')\nshow('<svg/>')\n",
        "failed",
        "showed 2 figures, expected 1",
        None,
    ),
    "a call to the network": (
        "import socket\nsocket.create_connection(('127.0.0.1', 9))\n",
        "failed",
        "must not use the network",
        2,
    ),
    "a look-up of a name": (
        "import urllib.request\nurllib.request.urlopen('http://example.org/')\n",
        "failed",
        "must not use the network",
        2,
    ),
    "a datagram": (
        "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))\n",
        "failed",
        "must not use the network",
        2,
    ),
    "another process": (
        "import subprocess\nsubprocess.run(['true'])\n",
        "failed",
        "must not start or stop processes",
        2,
    ),
    "a fork": ("import os\nos.fork()\n", "failed", "must not start or stop processes", 2),
    "a file elsewhere": (
        "open('/var/tmp/kb-snippet-was-here', 'w')\n",
        "failed",
        "must not write to `/var/tmp/kb-snippet-was-here`",
        1,
    ),
    "a call that is deprecated": (
        (
            "import warnings\n\ndef old():\n    warnings.warn('use new', "
            "DeprecationWarning, stacklevel=2)\n\nold()\n"
        ),
        "failed",
        "DeprecationWarning: use new",
        4,
    ),
    "a call that will change": (
        "import warnings\nwarnings.warn('will be removed', FutureWarning)\n",
        "failed",
        "FutureWarning: will be removed",
        2,
    ),
    "a change to its own folder": (
        "import os, kb\nos.remove(kb.__file__)\n",
        "failed",
        "must not change",
        2,
    ),
}


@pytest.mark.parametrize(("code", "ended", "problem", "line"), BAD.values(), ids=BAD.keys())
def test_trouble_is_reported_with_its_line(tmp_path, code, ended, problem, line):
    found = run(written(tmp_path, code), LIMITS)
    assert (found.ended, found.line) == (ended, line), found.problem
    assert problem in found.problem


def test_a_traceback_begins_in_the_snippet_and_shows_its_code(tmp_path):
    found = run(written(tmp_path, "def half(x):\n    return x / 0\n\nhalf(1)\n"), LIMITS)
    assert found.problem.splitlines()[:3] == [
        "Traceback (most recent call last):",
        '  File "snippet.py", line 4, in <module>',
        "    half(1)",
    ]
    assert "child.py" not in found.problem


def test_what_was_printed_before_the_trouble_is_kept(tmp_path):
    assert (
        run(
            written(tmp_path, "print('so far', flush=True)\nimport os\nos._exit(1)\n"), LIMITS
        ).output
        == "so far\n"
    )


@pytest.mark.parametrize(
    "code",
    [
        "while True: pass\n",
        "import time\ntime.sleep(1000)\n",
        "import os\nos.close(1)\nos.close(2)\nwhile True: pass\n",
    ],
    ids=["busy", "asleep", "silent"],
)
def test_a_snippet_that_hangs_is_ended_at_its_limit(tmp_path, code):
    started = time.monotonic()
    found = run(written(tmp_path, code), Limits(seconds=1))
    assert (found.ended, found.problem) == ("too long", "stopped after 1 s")
    assert time.monotonic() - started < 4


def test_a_snippet_that_prints_without_end_is_ended_at_its_limit(tmp_path):
    found = run(written(tmp_path, "while True: print('again')\n"), LIMITS)
    assert (found.ended, found.problem, len(found.output)) == (
        "too much output",
        "stopped after 20,000 bytes of output",
        20_000,
    )


def test_a_snippet_sees_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    found = run(
        written(
            tmp_path,
            GOOD
            + "    import os\n    print('s3cret' in str(dict(os.environ)), 'HOME' in os.environ)\n",
        ),
        LIMITS,
    )
    assert found.output.endswith("False True\n")


def test_a_snippet_may_write_to_its_temporary_folder_which_is_gone_afterwards(tmp_path):
    found = run(
        written(
            tmp_path,
            GOOD + "    import os\n    open('scratch', 'w').close()\n    print(os.getcwd())\n",
        ),
        LIMITS,
    )
    assert found.ended == "ran" and not Path(found.output.splitlines()[-1]).exists()


def test_a_bad_snippet_stands_in_no_others_way(tmp_path):
    codes = {"hangs": "while True: pass\n", "works": GOOD, "fails": "1 / 0\n", "works-too": GOOD}
    snippets = [written(tmp_path, code, id) for id, code in codes.items()]
    heard = []
    found = run_all(
        [(snippet, Way()) for snippet in snippets],
        Limits(seconds=2),
        jobs=2,
        done=lambda run: heard.append(run.snippet.id),
    )
    assert [run.ended for run in found] == ["too long", "ran", "failed", "ran"]
    assert sorted(heard) == sorted(codes)


def test_an_interrupt_ends_what_is_running(tmp_path):
    def interrupt(run):
        raise KeyboardInterrupt

    snippets = [
        written(tmp_path, GOOD, "quick"),
        written(tmp_path, "while True: pass\n", "endless"),
        written(tmp_path, "while True: pass\n", "waiting"),
    ]
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_all(
            [(snippet, Way()) for snippet in snippets], Limits(seconds=60), jobs=2, done=interrupt
        )
    assert time.monotonic() - started < 10
