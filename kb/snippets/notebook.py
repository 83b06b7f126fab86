"""Makes a notebook of a snippet that needs nothing but Python and NumPy: the lab travels inside."""

import base64
import json
from collections.abc import Mapping

_OPENING = """\
# The lab that the snippet imports: written to a temporary folder, from which Python imports it.
import base64, pathlib, sys, tempfile

FILES = {
"""
_CLOSING = """}
folder = pathlib.Path(tempfile.mkdtemp())
for name, content in FILES.items():
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if name.endswith(".py") else base64.b64decode(content))
sys.path.insert(0, str(folder))
"""


def notebook(source: str, lab: Mapping[str, bytes]) -> str:
    """A notebook (nbformat 4.5) as JSON text: the comment that opens ``source``, a cell that
    unpacks ``lab``, and the rest of the code.

    ``lab`` maps paths such as `kb/lab/net.py` to contents, as `kb.snippets.find.lab_files` gives
    them.
    """
    said, code = _split(source)
    cells = [
        _markdown("about", said),
        _markdown(
            "needs",
            "Needs NumPy (`%pip install numpy`). "
            "Run both cells; change the second and run it again.",
        ),
        _code("lab", _lab(lab)),
        _code("snippet", code),
    ]
    whole = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _split(source: str) -> tuple[str, str]:
    """The comment at the top as prose, and everything after it."""
    lines = source.splitlines()
    count = next(
        (number for number, line in enumerate(lines) if not line.startswith("#")), len(lines)
    )
    return "\n".join(line.removeprefix("#").strip() for line in lines[:count]), "\n".join(
        lines[count:]
    ).strip("\n")


def _lab(files: Mapping[str, bytes]) -> str:
    entries = "".join(
        f"    {name!r}: {_literal(name, content)},\n" for name, content in files.items()
    )
    return _OPENING + entries + _CLOSING.rstrip("\n")


def _literal(name: str, content: bytes) -> str:
    """Python source of a string: readable lines for code, base64 for anything else."""
    if not name.endswith(".py"):
        return repr(base64.b64encode(content).decode())
    text = content.decode()
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{escaped}"""' if not text.endswith('"') else repr(text)


def _markdown(name: str, text: str) -> dict[str, object]:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }


def _code(name: str, text: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "source": text.splitlines(keepends=True),
        "outputs": [],
        "execution_count": None,
    }
