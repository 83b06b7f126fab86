"""What `kb check` says of the folder of a technique."""

import os

import pytest

from kb.snippets.folder import findings
from kb.snippets.grid import digest
from tests.catalogs import TOY

GOOD = {"entry.yaml": "", "snippet.py": "# Says it.\nassert 1\n", "output.txt": "1\n"}
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg"><title>T</title><desc>D</desc></svg>'


def grid(code):
    """A grid that was recorded with ``code``."""
    return f'{{"code": "{digest(code)}", "knobs": {{}}, "rows": {{"recorded": {{"claims": []}}}}}}'


CASES = {
    "all there": (GOOD, []),
    "claims count": (GOOD | {"snippet.py": "# Says it.\nclaim('a', True)\n"}, []),
    "no entry": ({"snippet.py": GOOD["snippet.py"]}, ["folder-without-entry snippet.py:1"]),
    "no record": (
        {name: text for name, text in GOOD.items() if name != "output.txt"},
        ["not-recorded snippet.py:1"],
    ),
    "no code": ({"entry.yaml": "", "output.txt": "1"}, ["record-without-code output.txt:1"]),
    "too wide": (
        GOOD | {"snippet.py": f"# Says it.\nassert '{'x' * 100}'\n"},
        ["snippet-form snippet.py:2"],
    ),
    "too long": (
        GOOD | {"snippet.py": "# Says it.\n" + "assert 1\n" * 111},
        ["snippet-form snippet.py:112"],
    ),
    "no comment": (GOOD | {"snippet.py": "assert 1\n"}, ["snippet-form snippet.py:1"]),
    "no check": (GOOD | {"snippet.py": "# Says it.\nprint(1)\n"}, ["snippet-form snippet.py:1"]),
    "a grid of this code": (
        GOOD | {"figure.svg": FIGURE, "grid.json": grid(GOOD["snippet.py"])},
        [],
    ),
    "a grid of other code": (
        GOOD | {"figure.svg": FIGURE, "grid.json": grid("# Said it.\n")},
        ["unusable-record grid.json:1"],
    ),
    "a grid that is none": (
        GOOD | {"figure.svg": FIGURE, "grid.json": "[]"},
        ["unusable-record grid.json:1"],
    ),
    "a figure that does more": (
        GOOD | {"figure.svg": FIGURE.replace("<title>", "<script>1</script><title>")},
        ["unusable-record figure.svg:1"],
    ),
    "a pipe for a snippet": (GOOD | {"snippet.py": None}, []),
    "no Python": (GOOD | {"snippet.py": "# Says it.\nassert (\n"}, ["snippet-form snippet.py:2"]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_folder_is_judged(name, tmp_path):
    files, expected = CASES[name]
    folder = tmp_path / "catalog" / "techniques" / "toy"
    folder.mkdir(parents=True)
    for file, text in files.items():
        if text is None:  # the reader of files reports it
            os.mkfifo(folder / file)
        else:
            (folder / file).write_text(text)
    found = findings(tmp_path / "catalog")
    assert [f"{one.name} {one.path.rpartition('/')[2]}:{one.line}" for one in found] == expected
    assert all(one.hint for one in found)


def test_the_toy_catalogue_is_clean():
    assert findings(TOY) == []
