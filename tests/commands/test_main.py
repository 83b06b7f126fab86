"""The table of commands: what each name leads to, and what a start loads."""

import datetime
import importlib
import subprocess
import sys

import pytest

from kb.commands.main import COMMANDS, main
from tests.catalogs import ROOT, TOY


def test_without_a_command_the_help_is_printed(capsys):
    assert main([]) == 0
    out = capsys.readouterr().out
    assert "usage: kb" in out and all(f"\n  {name}" in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_module_of_its_own_and_says_what_it_is_for(name, capsys):
    module, _, function = COMMANDS[name].add.partition(":")
    assert module == f"kb.commands.{name}" and hasattr(importlib.import_module(module), function)
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    out = " ".join(capsys.readouterr().out.split())
    assert stopped.value.code == 0 and COMMANDS[name].help in out and f"usage: kb {name}" in out


UNKNOWN = {
    "chek": "kb: `chek` is not a command; did you mean `check`?\n",
    "snippet": "kb: `snippet` is not a command; did you mean `snippets`?\n",
    "zzz": "kb: `zzz` is not a command; `kb --help` lists the commands\n",
    "a\nb\x1b[2J": "kb: `a\\nb\\x1b[2J` is not a command; `kb --help` lists the commands\n",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_command_is_answered_in_one_line(name, capsys):
    assert main([name, "--format", "json"]) == 2
    assert capsys.readouterr() == ("", UNKNOWN[name])


def test_the_version_is_printed(capsys):
    assert main(["--version"]) == 0 and capsys.readouterr().out == "kb 0.1.0\n"


HEAVY = "pydantic networkx mkdocs numpy yaml httpx kb.catalog kb.schema kb.rules subprocess".split()


@pytest.mark.parametrize("words", [[], ["--help"], ["--version"], ["chek"]])
def test_a_start_loads_nothing_heavy(words):
    code = (
        "import sys\nfrom kb.commands.main import guarded, main\n"
        f"guarded(lambda: main({words!r}))\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_day_is_a_value(capsys):
    assert main(["--root", str(TOY), "check"], datetime.date(2000, 1, 1)) == 1
    assert "KB405" in capsys.readouterr().out


def test_the_folder_one_stands_in_is_a_catalogue_too(capsys, monkeypatch):
    monkeypatch.chdir(TOY)
    assert main(["--root", ".", "check", "papers"]) == 0
    assert main(["--root", ".", "fmt", "--check"]) == 0
