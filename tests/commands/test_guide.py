"""The contributor's guides, followed to the letter: their own entries, their commands in order."""

import argparse
import datetime
import re
import subprocess

import pytest

from kb.catalog import assemble
from kb.commands import add
from kb.commands.main import main
from kb.schema import Paper, Technique
from kb.site.guide import PAGES, page
from kb.source.files import load
from kb.source.reader import read
from kb.walk import references
from tests.catalogs import ROOT, without_groups
from tests.importers.services import world

NOW = datetime.date.today()
GUIDES = {name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
# What both guides have in common is compared below: so each day is tried with one of them.
DAYS = {"CONTRIBUTING.md": NOW, "CONTRIBUTING.zh.md": NOW + datetime.timedelta(days=365)}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"`(catalog/\S+\.yaml)`")
CORRECTED = "catalog/papers/tan2019efficientnet.yaml"
_OUTSIDE = ("groups", "named")


def recipe(target):
    """What `make` runs of `kb` for ``target``, as words."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    lines = re.search(rf"^{target}:.*\n((?:\t.*\n)*)", makefile, re.M)[1]
    return [line.split()[1:] for line in lines.splitlines() if line.startswith("\t$(KB) ")]


def closed(catalog, ids):
    """``ids`` with every entry that they name, in as many steps as it takes."""
    todo, found = list(ids), set()
    while todo:
        id = todo.pop()
        if id not in found:
            found.add(id)
            entry = catalog.entries[id]
            todo += [named for keys, named in references(entry) if keys[0] not in _OUTSIDE]
    return found


def tied(catalog, ids):
    """``ids``, closed, with a paper for each technique that no paper among them names."""
    found = closed(catalog, ids)
    for technique in catalog.of(Technique):
        naming = [p.id for p in catalog.of(Paper) if technique.id in dict(references(p)).values()]
        if technique.id in found and naming and found.isdisjoint(naming):
            found |= closed(catalog, naming[:1])
    return found


@pytest.fixture(scope="module")
def part():
    """The part of the catalogue that stands by itself with what the guides name: the rest would
    only take time."""
    files, _ = load(ROOT / "catalog")
    catalog = assemble(files)
    named = {id for text in GUIDES.values() for id in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text)}
    entries = {id for id in named & catalog.entries.keys() if catalog.entries[id].kind != "topic"}
    kept = tied(catalog, entries)
    return [file for file in files if file.id in kept or file.kind in ("topics", "venues")]


def sides(diff):
    """What a diff takes away and what it puts there."""
    lines = diff.splitlines(keepends=True)
    return tuple("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))


class Contributor:
    """Follows a guide on the day ``today``; ``place`` is where the shell stands."""

    def __init__(self, place, today, monkeypatch, files):
        self.place, self.today, self.monkeypatch = place, today, monkeypatch
        self.origin = place / "origin"
        for file in files:
            path = self.origin / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(without_groups(file.content))

    def publish(self):
        """Make the origin a repository."""
        self._git("init", "--quiet", "--initial-branch=main", place=self.origin)
        self._git("add", ".", place=self.origin)
        self._git("commit", "--quiet", "-m", "catalogue", place=self.origin)

    def follow(self, guide):
        """Do what ``guide`` says, from its first block to its last."""
        end, path = 0, None
        for found in BLOCK.finditer(guide):
            path = (ENTRY.findall(guide[end : found.start()]) or [path])[-1]
            end = found.end()
            match found[1]:
                case "sh":
                    for command in found[2].splitlines():
                        self._do(command)
                case "yaml":
                    self._write(path, found[2])
                case "diff":
                    self._edit(path, found[2], guide[end : guide.find("```", end)])

    def _do(self, command):
        match command.split():
            case ["git", "clone", address, folder]:
                assert address.startswith("https://github.com/")
                self._git("clone", "--quiet", str(self.origin), folder)
            case ["git", *_]:
                words = re.findall(r'"([^"]*)"|(\S+)', command)[1:]
                self._git(*("".join(word) for word in words))
            case ["cd", folder]:
                self.place /= folder
                self.monkeypatch.chdir(self.place)
            case ["make", target]:
                assert {main(words, self.today) for words in recipe(target)} <= {0}
            case ["kb", "add", what]:
                self._add(what)
            case ["kb", *words]:
                assert main(words, self.today) == 0
            case other:
                assert other == [".", ".venv/bin/activate"], "the test cannot follow this"

    def _add(self, what):
        parser = argparse.ArgumentParser()
        add.add(parser.add_subparsers())
        words = parser.parse_args(["add", what])
        words.root, words.today, words.fetch = self.place / "catalog", self.today, world
        assert add.run(words) == 0

    def _write(self, path, text):
        """Write the file; where there is a draft, fill in its blanks."""
        file = self.place / path
        file.parent.mkdir(exist_ok=True)
        if file.exists():
            drafted, filled = (read(path, one).data for one in (file.read_bytes(), text.encode()))
            for name in ("title", "authors", "year", "arxiv", "form"):
                assert drafted[name] == filled[name]
        dated, seen = re.subn(r"seen: [\d-]+", f"seen: {self.today}", text)
        assert seen
        file.write_text(dated, encoding="utf-8")

    def _edit(self, path, diff, after):
        """Change the file as the diff shows, and the day of the source that is named behind it."""
        file = self.place / path
        text = file.read_text(encoding="utf-8")
        old, new = sides(diff)
        assert text.count(old) == 1
        text = text.replace(old, new)
        if "`seen`" in after:
            key = re.search(r"`(?!seen)([a-z-]+)`", after)[1]
            day = rf"(^  {key}:\n(?:    .*\n)*?    seen: )\S+"
            text, count = re.subn(day, rf"\g<1>{self.today}", text, flags=re.M)
            assert count == 1
        file.write_text(text, encoding="utf-8")

    def _git(self, *words, place=None):
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        return subprocess.run(
            ["git", *identity, *words], cwd=place or self.place, check=True, capture_output=True
        ).stdout.decode()

    def shown(self, *words):
        """What Git prints in the contributor's copy."""
        return self._git(*words)


def spoil(origin):
    """Put the error into the catalogue that the guide corrects, as of an earlier day."""
    file = origin / CORRECTED
    text = file.read_text(encoding="utf-8")
    (diff,) = (text for _, text in BLOCK.findall(GUIDES["CONTRIBUTING.md"]) if "84.3" in text)
    wrong, right = sides(diff)
    assert text.count(right) == 1
    earlier = re.sub(r"seen: \S+", "seen: 2026-01-02", text.replace(right, wrong))
    file.write_text(earlier, encoding="utf-8")
    return text


EACH = [pytest.param(name, marks=() if DAYS[name] == NOW else pytest.mark.lab) for name in GUIDES]
"""The guide that is followed today; the other one, in a year, belongs to `make test-lab`."""


@pytest.mark.parametrize("name", EACH)
def test_following_the_guide_ends_in_clean_commits(name, tmp_path, monkeypatch, capfd, part):
    contributor = Contributor(tmp_path, DAYS[name], monkeypatch, part)
    correct = spoil(contributor.origin)
    contributor.publish()
    contributor.follow(GUIDES[name])
    assert contributor.shown("log", "--format=%s", "main..raihan2020sparse").splitlines() == [
        "catalog: add the technique of raihan2020sparse",
        "catalog: add sparse weight activation training",
    ]
    assert contributor.shown("status", "--porcelain") == ""
    pushed = contributor.shown("show", f"origin/efficientnet-accuracy:{CORRECTED}")
    days = re.compile(r"seen: \S+")
    assert days.sub("", pushed) == days.sub("", correct)
    assert capfd.readouterr().out.count("no findings\n") == 5


def test_both_guides_have_the_same_blocks_and_name_the_same_things():
    english, chinese = GUIDES.values()
    assert BLOCK.findall(english) == BLOCK.findall(chinese)
    named = [re.findall(r"(?<!`)`([^`\n]+)`(?!`)", BLOCK.sub("", text)) for text in GUIDES.values()]
    assert sorted(set(named[0])) == sorted(set(named[1]))


def test_the_guide_names_no_day_that_has_not_come():
    days = re.findall(r"seen: (\d[\d-]+)", GUIDES["CONTRIBUTING.md"])
    assert days and all(datetime.date.fromisoformat(day) <= NOW for day in days)


@pytest.mark.parametrize("name", GUIDES)
def test_every_link_leads_somewhere_on_the_forge_and_on_the_site(name):
    text = GUIDES[name]
    for target in re.findall(r"\]\(([^)#]+)\)", BLOCK.sub("", text)):
        assert target.startswith("https://") or (ROOT / target).exists()
    known = {
        "fields.md",
        "rules/index.md",
        "facts.md",
        "zh/facts.md",
        "snippets.md",
        *PAGES.values(),
    }
    folder = PAGES[name].rpartition("/")[0]
    for target in re.findall(r"\]\(([^)#]+)\)", BLOCK.sub("", page(name, text))):
        up = target.removeprefix("../") if folder else target
        assert (up if target != up or not folder else f"{folder}/{target}") in known
    forge = page(name, text, "https://github.com/a/b")
    assert "(https://github.com/a/b/blob/main/kb/lab/README.md)" in forge
