"""The folder of a catalogue: what belongs there, and what does not."""

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.source.files import classify, content, load
from kb.source.reader import MAX_BYTES

PLACES = {
    "papers/a.yaml": ("paper", "a"),
    "techniques/a/entry.yaml": ("technique", "a"),
    "techniques/a/snippet.py": (),
    "topics.yaml": ("topics", "topics"),
    "links.jsonl": (),
    "papers/a.yml": None,
    "papers/deep/a.yaml": None,
    "techniques/a/b/entry.yaml": None,
    "notes.txt": None,
}


@pytest.mark.parametrize("place", PLACES)
def test_each_place_holds_one_kind(place):
    assert classify(tuple(place.split("/"))) == PLACES[place]


def test_links_out_of_the_catalogue_are_not_followed(tmp_path):
    root = tmp_path / "catalog"
    (root / "papers").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("title: secret\n")
    (root / "papers" / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "lists").symlink_to("/etc")
    files, findings = load(root)
    assert files == []
    assert [finding.name for finding in findings] == ["outside-catalogue", "outside-catalogue"]


def test_strangers_are_named(tmp_path):
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "notes.txt").write_text("x")
    assert [str(finding) for finding in load(root)[1]] == [
        (
            "catalog/notes.txt:1:1: KB014 unexpected-file: this file is neither an entry "
            "nor part of one"
        )
    ]


def test_no_folder_is_an_error(tmp_path):
    with pytest.raises(NotADirectoryError):
        load(tmp_path / "none")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A catalogue that everybody may enter, with one good entry of each of two folders."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        root = Path(name) / "catalog"
        for kind in ("articles", "papers"):
            (root / kind).mkdir(parents=True)
            (root / kind / "good.yaml").write_text("title: A\n")
        yield root


@pytest.fixture
def nobody() -> Iterator[Callable[[], None]]:
    """Gives up the powers of root, for whom no file is unreadable, until the test ends."""
    mine = os.geteuid()
    yield lambda: os.seteuid(mine or 65534)
    os.seteuid(mine)


def unreadable_file(path: Path) -> None:
    path.write_text("title: A\n")
    path.chmod(0)


def unreadable_folder(path: Path) -> None:
    path.mkdir()
    (path / "a.yaml").write_text("title: A\n")
    path.chmod(0)


def folder_without_entry(path: Path) -> None:
    path.mkdir()
    (path / "a.yaml").write_text("title: A\n")
    path.chmod(0o444)


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def device(path: Path) -> None:
    os.mknod(path, 0o666 | 0o020000, os.makedev(1, 5))


def very_deep(path: Path) -> None:
    here = Path.cwd()
    path.mkdir()
    os.chdir(path)
    for _ in range(60):
        Path("d" * 100).mkdir()
        os.chdir("d" * 100)
    os.chdir(here)


SYSTEM: dict[str, tuple[Callable[[Path], None], str]] = {
    "a file without permission": (unreadable_file, "unreadable: cannot be read: permission denied"),
    "a folder without permission": (
        unreadable_folder,
        "unreadable: cannot be read: permission denied",
    ),
    "a folder that cannot be entered": (
        folder_without_entry,
        "unreadable: cannot be read: permission denied",
    ),
    "a named pipe": (
        os.mkfifo,
        "unreadable: cannot be read: neither a regular file nor a folder",
    ),
    "a socket": (unix_socket, "unreadable: cannot be read: neither a regular file nor a folder"),
    "a device": (device, "unreadable: cannot be read: neither a regular file nor a folder"),
    "a link to itself": (lambda path: path.symlink_to(path), "outside-catalogue: a symbolic link"),
    "a link to nowhere": (
        lambda path: path.symlink_to("/none"),
        "outside-catalogue: a symbolic link",
    ),
    "a link to its folder": (
        lambda path: path.symlink_to(path.parent),
        "outside-catalogue: a symbolic link",
    ),
    "too deep for the system": (very_deep, "unreadable: cannot be read: file name too long"),
}


@pytest.mark.parametrize("case", SYSTEM)
def test_what_the_system_refuses_is_a_finding_and_hides_no_other(case, folder, nobody):
    make, said = SYSTEM[case]
    path = folder / "papers" / "bad.yaml"
    if case == "a device" and os.geteuid():
        pytest.skip("only root makes devices")
    make(path)
    nobody()
    files, findings = load(folder)
    assert [file.path for file in files] == [
        "catalog/articles/good.yaml",
        "catalog/papers/good.yaml",
    ]
    [finding] = findings
    assert finding.path.startswith("catalog/papers/bad.yaml") and finding.hint
    assert f"{finding.name}: {finding.message}" == said


def test_a_catalogue_that_cannot_be_listed_is_a_finding(folder, nobody):
    folder.chmod(0)
    nobody()
    files, findings = load(folder)
    assert files == [] and [str(one) for one in findings] == [
        "catalog:1:1: KB018 unreadable: cannot be read: permission denied"
    ]


def test_a_catalogue_may_be_reached_by_a_link(folder):
    (folder.parent / "other").symlink_to(folder)
    assert [file.path for file in load(folder.parent / "other")[0]] == [
        "other/articles/good.yaml",
        "other/papers/good.yaml",
    ]


def terabyte(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


CHANGED: dict[str, tuple[Callable[[Path], None], bytes | str]] = {
    "vanished": (lambda path: None, "no such file or directory"),
    "a link now": (
        lambda path: path.symlink_to("/etc/hostname"),
        "too many levels of symbolic links",
    ),
    "a pipe now": (os.mkfifo, "neither a regular file nor a folder"),
    "a folder now": (os.mkdir, "is a directory"),
    "a terabyte": (terabyte, b"\0" * (MAX_BYTES + 1)),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_became_something_else_since_it_was_listed_is_not_followed(case, tmp_path):
    make, wanted = CHANGED[case]
    make(tmp_path / "a.yaml")
    assert content(tmp_path / "a.yaml") == wanted
