"""One fault is one finding, in the file that has it: whole lists, in the order shown."""

import pytest

from kb.catalog import assemble
from kb.findings import Finding
from kb.graph import Graph
from kb.source.faults import FAULTS
from kb.source.files import load
from tests.catalogs import TOY, findings, toy_with

PAPER = (TOY / "papers" / "first2015toys.yaml").read_text(encoding="utf-8")
TECHNIQUE = (TOY / "techniques" / "toy-pruning" / "entry.yaml").read_text(encoding="utf-8")
TOPICS = (TOY / "topics.yaml").read_text(encoding="utf-8")
TWIN = (TOY / "articles" / "toys-explained.yaml").read_text(encoding="utf-8")
POST = (
    "title: A post\ntitle_en: A post\nurl: https://example.org/post\nlanguage: en\nform: news\n"
    "topics: [cutting]\nabout:\n  - {id: first2015toys, basis: inferred}\n"
)
PAPERS, TECHNIQUES = (
    "catalog/papers/first2015toys.yaml",
    "catalog/techniques/toy-pruning/entry.yaml",
)

CASES = {
    "a field of a hub is misspelt": (
        {"papers/first2015toys.yaml": PAPER.replace("introduces:", "introdces:")},
        [f"{PAPERS}:15:1: KB101 unknown-field: unknown field `introdces`"],
    ),
    "a value of a hub is malformed": (
        {"papers/first2015toys.yaml": PAPER.replace('"1501.00001"', '"abs/1501"')},
        [
            (
                f"{PAPERS}:10:1: KB106 malformed-value: `arxiv` is `abs/1501`, "
                "expected an arXiv id such as 1905.11946, in quotes and without version"
            )
        ],
    ),
    "a technique cannot be parsed": (
        {"techniques/toy-pruning/entry.yaml": "name: [\n" + TECHNIQUE},
        ["KB007"],
    ),
    "the only file that names a technique is broken": (
        {"papers/first2015toys.yaml": "title: [\n" + PAPER},
        ["KB007"],
    ),
    "one line of the topics is wrong": (
        {"topics.yaml": TOPICS.replace("name:", "nam:", 1)},
        ["KB101"],
    ),
    "the topics cannot be parsed": ({"topics.yaml": "cutting: [\n"}, ["KB007"]),
    "the topics are not UTF-8": ({"topics.yaml": b"\xff"}, ["KB001"]),
    "a topic stands twice": ({"topics.yaml": TOPICS + "cutting: {}\n"}, ["KB008"]),
    "a relation of the only paper has a wrong name": (
        {"articles/a-post.yaml": POST.replace("about:", "abuot:")},
        ["catalog/articles/a-post.yaml:7:1: KB101 unknown-field: unknown field `abuot`"],
    ),
    "a relation leads nowhere": (
        {"articles/a-post.yaml": POST.replace("first2015toys", "first2015toyz")},
        [
            (
                "catalog/articles/a-post.yaml:8:5: KB301 unknown-id: "
                "`about` names unknown id `first2015toyz`"
            )
        ],
    ),
    "two kinds of fault in one file, the cause first": (
        {
            "articles/a-post.yaml": POST.replace("form: news", "form: blog").replace(
                "https://example.org/post", "javascript:alert(1)"
            )
        },
        ["KB105", "KB503"],
    ),
    "a good item beside a broken one is judged at its own place": (
        {
            "articles/a-post.yaml": POST.replace(
                "  - {id",
                "  - {id: X Y, basis: inferred}\n  - {id: nobody-here, basis: inferred}\n  - {id",
            )
        },
        [
            ("catalog/articles/a-post.yaml:8:5: KB301 unknown-id: `about` names unknown id `X Y`"),
            (
                "catalog/articles/a-post.yaml:9:5: KB301 unknown-id: "
                "`about` names unknown id `nobody-here`"
            ),
        ],
    ),
    "a topic that several files name is misspelt where it stands": (
        {"topics.yaml": TOPICS.replace("cutting:", "cuting:", 1)},
        ["KB301"],
    ),
    "a topic that several files name is in capitals where it stands": (
        {"topics.yaml": TOPICS.replace("cutting:", "Cutting:", 1)},
        ["KB202"],
    ),
    "one of two same texts names itself": (
        {
            "articles/toys-explained.yaml": TWIN.replace(
                "[toys-explained-again]", "[toys-explained]"
            )
        },
        ["KB302"],
    ),
    "a name with its address": (
        {"papers/first2015toys.yaml": PAPER.replace("Ada First", "Ada First <ada@example.org>")},
        ["KB213"],
    ),
    "the only item of a list is wrong": (
        {
            "techniques/toy-pruning/entry.yaml": TECHNIQUE.replace(
                "{en: Cut the smallest toy., zh: 剪掉最小的玩具。,", "{zh: 剪掉最小的玩具。,"
            )
        },
        ["KB103"],
    ),
    "the only text of a list has a comma": (
        {
            "techniques/toy-pruning/entry.yaml": TECHNIQUE.replace(
                "{en: Cut the smallest toy.,", "{en: Cut the smallest toy, if any.,"
            )
        },
        ["KB007"],
    ),
}


UNREADABLE = ["papers", "techniques", "articles", "topics.yaml"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_accuses_nobody(name):
    files = [
        file for file in load(TOY)[0] if not file.path.startswith(f"catalog/{name}".rstrip("/"))
    ]
    fault = FAULTS["unreadable"].at(f"catalog/{name}", (1, 1), "cannot be read", "mend it")
    assert findings(assemble(files, [fault])) == [fault]


def said(finding: Finding, expected: str) -> str:
    """The finding in as many words as are expected of it: all, or its code."""
    return finding.code if len(expected) == 5 else str(finding)


@pytest.mark.parametrize("name", CASES)
def test_one_fault_accuses_nobody_else(name):
    files, expected = CASES[name]
    content = {
        path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()
    }
    found = findings(toy_with(content))
    assert len(found) == len(expected), [str(finding) for finding in found]
    assert [said(*pair) for pair in zip(found, expected, strict=True)] == expected
    assert {finding.path for finding in found} == {f"catalog/{path}" for path in files}


def test_a_broken_entry_is_known_but_makes_no_page():
    catalog = toy_with({"papers/first2015toys.yaml": b"title: 1\n"})
    assert "first2015toys" in catalog.broken and "first2015toys" not in catalog.entries
    assert "first2015toys" not in Graph(catalog).nx


HINTS = {
    "the nearest id": (
        {"articles/a-post.yaml": POST.replace("first2015toys", "first2015toyss")},
        "KB301",
        "did you mean `first2015toys`?",
    ),
    "no id of another kind, and not the entry itself": (
        {"papers/first2015toys.yaml": PAPER.replace("{id: toy-pruning,", "{id: first2015toy,")},
        "KB301",
        "add that entry first",
    ),
    "where topics stand": (
        {"articles/a-post.yaml": POST.replace("cutting", "language-models")},
        "KB301",
        "topics stand in `topics.yaml`",
    ),
    "never a name that is taken": (
        {"papers/first2015toys-b.yaml": PAPER.replace("Bo de", "B.")},
        "KB204",
        (
            "`catalog/papers/first2015toys.yaml` has the expected name: if it is the same paper, "
            "merge the two; if not, call this file `first2015toysb.yaml`"
        ),
    ),
    "the surname before the comma": (
        {
            "papers/a.yaml": PAPER.replace("Ada First", '"Last, Ada"').replace(
                "1501.00001", "1501.00002"
            )
        },
        "KB204",
        "rename the file to `last2015toys.yaml`",
    ),
}


@pytest.mark.parametrize("name", HINTS)
def test_hints_lead_to_a_better_state(name):
    files, code, hint = HINTS[name]
    found = findings(toy_with({path: text.encode() for path, text in files.items()}))
    assert hint in [finding.hint for finding in found if finding.code == code]


CLASHES = {
    "not known: the file that sorts later": (frozenset(), "sixth2015toys"),
    "the older file was touched": (frozenset({PAPERS}), "first2015toys"),
    "both were touched": (
        frozenset({PAPERS, "catalog/papers/sixth2015toys.yaml"}),
        "sixth2015toys",
    ),
}


@pytest.mark.parametrize("name", CLASHES)
def test_a_clash_stands_at_the_file_that_is_touched(name):
    touched, blamed = CLASHES[name]
    other = PAPER.replace("Ada First", "Ada Sixth").replace("introduces: [toy-pruning]\n", "")
    found = findings(toy_with({"papers/sixth2015toys.yaml": other.encode()}), touched=touched)
    clashes = [finding for finding in found if finding.code in ("KB205", "KB206", "KB209")]
    assert {finding.path for finding in clashes} == {f"catalog/papers/{blamed}.yaml"}
    assert len(clashes) == 3 and all("is already used at" in one.message for one in clashes)
