"""The contributor's guide, followed to the letter: its own entry, its own commands in order."""

import datetime
import re
import shutil
import subprocess

import pytest

from kb.commands.main import main
from tests.catalogs import ROOT

GUIDE, CHINESE = (
    (ROOT / "docs" / place / "contribute.md").read_text(encoding="utf-8") for place in ("", "zh")
)
NOW = datetime.date.today()
DAYS = {"today": NOW, "a year ahead": NOW + datetime.timedelta(days=365)}


def blocks(language):
    return re.findall(
        rf"^```(?:{language}|{{ \.{language} \.no-copy }})\n(.*?)^```$", GUIDE, re.M | re.S
    )


def recipe(target):
    """What `make` runs of `kb` for ``target``, as words."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    lines = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.M)[1]
    return [line.split()[1:] for line in lines.splitlines() if line.startswith("\t$(KB) ")]


class Contributor:
    """Follows commands of the guide on the day ``today``; ``place`` is where the shell stands."""

    def __init__(self, place, today):
        self.place, self.today = place, today
        (place / "origin").mkdir()
        shutil.copytree(ROOT / "catalog", place / "origin" / "catalog")
        self._git("init", "--quiet", "--initial-branch=main", place=place / "origin")
        self._git("add", ".", place=place / "origin")
        self._git("commit", "--quiet", "-m", "catalogue", place=place / "origin")

    def follow(self, command, monkeypatch):
        """Do what ``command`` says. Fails unless it exits 0."""
        match command.split():
            case ["git", "clone", address, folder]:
                assert address.startswith("https://github.com/")
                self._git("clone", "--quiet", str(self.place / "origin"), folder)
            case ["git", *_]:
                self._git(*re.findall(r'"([^"]*)"|(\S+)', command)[1:])
            case ["cd", folder]:
                self.place /= folder
                monkeypatch.chdir(self.place)
            case ["make", target]:
                assert recipe(target)
                assert [main(words, self.today) for words in recipe(target)] == [0, 0]
            case ["kb", *words]:
                assert main(words, self.today) == 0
            case other:
                assert other == [".", ".venv/bin/activate"], "the test cannot follow this"

    def _git(self, *words, place=None):
        plain = [word if isinstance(word, str) else "".join(word) for word in words]
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *plain], cwd=place or self.place, check=True)


@pytest.mark.parametrize("today", DAYS.values(), ids=DAYS.keys())
def test_following_the_guide_ends_in_a_clean_pull_request(tmp_path, monkeypatch, capfd, today):
    contributor = Contributor(tmp_path, today)
    (before, after), (entry,) = blocks("sh"), blocks("yaml")
    for command in before.splitlines():
        contributor.follow(command, monkeypatch)
    (path,) = set(re.findall(r"[Ww]rite the entry to `(catalog/papers/\S+\.yaml)`", GUIDE))
    dated, seen = re.subn(r"seen: \S+", f"seen: {today}", entry)
    (contributor.place / path).write_text(dated, encoding="utf-8")
    for command in after.splitlines():
        contributor.follow(command, monkeypatch)
    assert seen == 1 and (contributor.place / path).read_text(encoding="utf-8") == dated
    pushed = subprocess.run(
        ["git", "show", f"{path.rpartition('/')[2].removesuffix('.yaml')}:{path}"],
        cwd=tmp_path / "origin",
        check=True,
        capture_output=True,
    )
    assert pushed.stdout.decode() == dated
    assert capfd.readouterr().out.count("no findings\n") == 3


def test_the_guide_names_no_day_that_has_not_come():
    (entry,) = blocks("yaml")
    assert datetime.date.fromisoformat(re.search(r"seen: (\S+)", entry)[1]) <= NOW


def code(text):
    return re.findall(r"^```.*?^```$", text, re.M | re.S)


def test_both_languages_show_the_same_code_and_name_the_same_files_and_commands():
    assert code(GUIDE) == code(CHINESE) and len(code(GUIDE)) == 3
    english, chinese = (
        set(re.findall(r"`([^`\n]*(?:/|kb |make |seen)[^`\n]*)`", text))
        for text in (GUIDE, CHINESE)
    )
    assert english == chinese and len(english) > 10
