"""What runs a reader's code in the page: the same file, here in a process of its own."""

import json
import subprocess
import sys

import pytest

from kb.snippets.run import PACKAGES

ASK = """
import json, sys
from kb.snippets.page import run
said = []
for source, recorded in json.loads(sys.argv[1]):
    told = json.loads(run(
        source,
        recorded,
        lambda stream, text: said.append([stream, text]),
        lambda svg: said.append(["figure", svg]),
    ))
    told.pop("seconds")
    said.append(told)
print(json.dumps(said))
"""


def page(*asked):
    """Everything that the page hears while (source, recorded) are run one after the other."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(asked)],
        cwd=PACKAGES,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout)


RUNS = {
    "lines come one by one": (
        "print('a', 1)\nprint('b')",
        None,
        [["out", "a 1\n"], ["out", "b\n"], {"differences": None}],
    ),
    "half a line comes when flushed": (
        "print('a', end='', flush=True)\nprint('b', end='')",
        None,
        [["out", "a"], ["out", "b"], {"differences": None}],
    ),
    "as recorded": ("print('x 0.91')", "x 0.90\n", [["out", "x 0.91\n"], {"differences": []}]),
    "not as recorded": (
        "print('x 0.1')",
        "x 0.90\n",
        [["out", "x 0.1\n"], {"differences": ["line 1: `x 0.1` found, `x 0.90` expected"]}],
    ),
    "errors are apart": (
        "import sys\nprint('no', file=sys.stderr)",
        None,
        [["err", "no\n"], {"differences": None}],
    ),
    "a figure": (
        "from kb.lab import show\nshow('<svg/>')",
        None,
        [["figure", "<svg/>"], {"differences": None}],
    ),
    "leaving is no failure": (
        "import sys\nprint(1)\nsys.exit()",
        None,
        [["out", "1\n"], {"differences": None}],
    ),
    "leaving with a word is one": (
        "raise SystemExit('bad')",
        None,
        [
            {
                "problem": (
                    'Traceback (most recent call last):\n  File "snippet.py", line 1, in '
                    "<module>\n    raise SystemExit('bad')\nSystemExit: bad"
                ),
                "line": 1,
            }
        ],
    ),
    "no Python": (
        "x = (",
        None,
        [
            {
                "problem": (
                    'File "snippet.py", line 1\n    x = (\n        ^\n'
                    "SyntaxError: '(' was never closed"
                ),
                "line": 1,
            }
        ],
    ),
    "a failure in the lab is at the reader's line": (
        "from kb.lab import dense_net\n\ndense_net(64, 10)(None)",
        None,
        None,
    ),
}


@pytest.mark.parametrize(("source", "recorded", "heard"), RUNS.values(), ids=RUNS.keys())
def test_the_page_hears(source, recorded, heard):
    found = page((source, recorded))
    if heard is None:
        assert (
            found[-1]["line"] == 3
            and found[-1]["problem"].splitlines()[1] == '  File "snippet.py", line 3, in <module>'
        )
    else:
        assert found == heard


def test_each_run_is_fresh():
    spoil = "import colorsys, kb.lab\nkb.lab.accuracy = colorsys.rgb_to_hsv = x = 1"
    look = (
        "import colorsys, kb.lab\nprint(callable(kb.lab.accuracy), "
        "callable(colorsys.rgb_to_hsv), 'x' in globals())"
    )
    assert page((spoil, None), (look, None))[1:] == [
        ["out", "True True False\n"],
        {"differences": None},
    ]


def test_a_flood_of_lines_becomes_few_messages_and_loses_nothing():
    found = page(("for i in range(20_000): print(i)", None))
    assert len(found) < 1000 and "".join(text for _, text in found[:-1]) == "".join(
        f"{i}\n" for i in range(20_000)
    )
