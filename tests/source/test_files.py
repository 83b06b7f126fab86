"""The folder of a catalogue: what belongs there, and what does not."""

import pytest

from kb.source.files import classify, load

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
        "catalog/notes.txt:1:1: KB014 unexpected-file: this file is no entry and belongs to none"
    ]


def test_no_folder_is_an_error(tmp_path):
    with pytest.raises(NotADirectoryError):
        load(tmp_path / "none")
