"""A new id for an entry: every place that names it follows, comments stay, old ids are kept."""

import pytest

from kb.catalog import assemble
from kb.rename import CannotRename, mentions, renaming
from kb.source.files import RawFile, load
from kb.walk import references
from tests.catalogs import TOY, findings, raw

FILES = load(TOY)[0]
COMMENTED = b"""# yaml-language-server: $schema=../../docs/schema/paper.json
# about the whole
title: Fourth Toys  # as printed
formerly:
  - old-fourth  # long ago
authors: [Di Fourth]
year: 2020
form: research
topics:
  # the only one
  - cutting
studies:
  - id: toy-pruning  # the bear
    source: ours
summary: {en: Toys., zh: "toy-pruning"}
"""


def files(**others):
    own = {path.replace("__", "/") + ".yaml": content for path, content in others.items()}
    return [*FILES, *(raw(path, content) for path, content in own.items())]


def renamed(before, old, new):
    """The files after the renaming, and what it was."""
    found = renaming(before, assemble(before), old, new)
    after = []
    for file in before:
        path, id = file.path, file.id
        content = found.content.get(path, file.content)
        if found.moves:
            source, target = (f"catalog/{one}" for one in found.moves)
            if path == source or path.startswith(f"{source}/"):
                path, id = path.replace(source, target, 1), new
        after.append(RawFile(path, file.kind, id, content))
    return sorted(after, key=lambda file: file.path), found


KINDS = {
    "a paper": ("first2015toys", "first2015bear"),
    "a technique, in rows too": ("toy-pruning", "bear-pruning"),
    "a technique to which a term of the vocabulary leads": ("toy-rounding", "bear-rounding"),
    "a topic, which is a key": ("cutting", "trimming"),
    "the top of all topics": ("everything", "all-of-it"),
    "an article": ("toys-explained", "toys-told"),
    "a resource": ("toybox", "box"),
    "a list": ("toy-list", "list-of-toys"),
    "an id that reads as a number": ("toybox", "2020"),
    "an id that reads as a word of YAML": ("toy-pruning", "no"),
}


@pytest.mark.parametrize("case", KINDS)
def test_nothing_names_the_old_id_any_more_and_nothing_is_wrong_that_was_not(case):
    old, new = KINDS[case]
    before = sorted(files(), key=lambda file: file.path)
    after, _ = renamed(before, old, new)
    catalog = assemble(after)
    assert catalog.entries[new].model.formerly == (old,)
    expected = {one.name for one in findings(assemble(before))} | {"citekey-differs"}
    assert {one.name for one in findings(catalog)} <= expected
    named = [id for entry in catalog.entries.values() for _, id in references(entry)]
    assert old not in named
    bare = {file.path for file in after if f"[{old}]".encode() in file.content}
    assert bare == {catalog.entries[new].path}, "only `formerly` names it"


@pytest.mark.parametrize("case", KINDS)
def test_there_and_back_changes_nothing_but_former_ids(case):
    old, new = KINDS[case]
    there, _ = renamed(files(), old, new)
    back, _ = renamed(there, new, old)
    before, after = assemble(FILES).entries, assemble(back).entries
    assert after[old].model.formerly == (new,)
    for id, entry in after.items():
        assert entry.model.model_copy(update={"formerly": ()}) == before[id].model


def test_comments_and_what_is_not_canonical_stay_as_they_are():
    after, _ = renamed(files(papers__fourth2020toys=COMMENTED), "toy-pruning", "bear-pruning")
    text = next(file.content for file in after if file.id == "fourth2020toys")
    assert text == COMMENTED.replace(b"id: toy-pruning", b"id: bear-pruning")


def test_an_older_id_stays_beside_the_new_former_one():
    after, found = renamed(files(papers__fourth2020toys=COMMENTED), "fourth2020toys", "fourth2021")
    text = next(file.content for file in after if file.id == "fourth2021")
    assert found.moves == ("papers/fourth2020toys.yaml", "papers/fourth2021.yaml")
    assert text == COMMENTED.replace(
        b"  - old-fourth  # long ago", b"  - old-fourth\n  - fourth2020toys  # long ago"
    )


def test_a_folder_moves_as_a_whole():
    assert renamed(files(), "toy-pruning", "bear")[1].moves == (
        "techniques/toy-pruning",
        "techniques/bear",
    )


BROKEN = b"title: [\nstudies: [toy-pruning]\n"
REFUSED = {
    "taken": ("toybox", "toy-list", {}, "`toy-list` is already the id of `catalog/lists/toy-list"),
    "taken by a former id": (
        "toybox",
        "old-fourth",
        {"papers__fourth2020toys": COMMENTED},
        "lead to `catalog/papers/fourth2020toys.yaml`",
    ),
    "not an id": ("toybox", "Toy_Box", {}, "`Toy_Box` is not an id; use a-z"),
    "a way out of the folder": ("toybox", "../toybox", {}, "is not an id"),
    "too long": ("toybox", "x" * 81, {}, "at most 80"),
    "the same": ("toybox", "toybox", {}, "is already the id"),
    "of an entry with findings": ("broken", "b", {"papers__broken": BROKEN}, "has findings"),
    "named by what cannot be read": (
        "toy-pruning",
        "bear",
        {"papers__broken": BROKEN},
        "`catalog/papers/broken.yaml` may name `toy-pruning`",
    ),
    "of two entries": (
        "toybox",
        "box",
        {"papers__toybox": COMMENTED},
        "has the same id; rename or remove that file first",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_refused_with_what_to_do(case):
    old, new, others, said = REFUSED[case]
    before = sorted(files(**others), key=lambda file: file.path)
    with pytest.raises(CannotRename) as refused:
        renaming(before, assemble(before), old, new)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb toy c\n", [2]),
        ("toy-box toys", []),
        ("[toy]\n`toy`\n/toy/", [1, 2, 3]),
        ("玩toy具", []),
    ],
    ids=["a word", "part of another", "in brackets", "inside a word"],
)
def test_a_mention_is_a_word_of_its_own(text, lines):
    assert mentions(text, "toy") == lines
