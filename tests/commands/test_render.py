"""`kb render --keep-going`: pages of what obeys the rules, and the names of what does not."""

import shutil

import pytest

from kb.commands.main import main
from tests.catalogs import TODAY, TOY

PAPER, ARTICLE = "papers/first2015toys", "articles/toys-explained"


def spoilt(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.fixture
def root(tmp_path):
    """A copy of the toy catalogue."""
    return shutil.copytree(TOY, tmp_path / "catalog")


def render(root, capsys, *words):
    """The exit code, the pages, and what is left out."""
    folder = root.parent / "out"
    code = main(["--root", str(root), "render", str(folder), *words], TODAY)
    pages = {path.relative_to(folder / "docs").as_posix() for path in folder.rglob("*.md")}
    return code, pages, capsys.readouterr().err.splitlines()


FAULTS = {
    "another topic": (f"{PAPER}.yaml", "[cutting]", "[cuting]", PAPER),
    "not YAML": (f"{PAPER}.yaml", "title: ", "title: [", PAPER),
    "an unknown field": (f"{ARTICLE}.yaml", "language:", "langage:", ARTICLE),
    "a snippet that is none": (
        "techniques/toy-pruning/snippet.py",
        "# ",
        "def (",
        "techniques/toy-pruning",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_one_entry_with_findings_leaves_out_its_own_pages_only(case, root, capsys):
    name, old, new, page = FAULTS[case]
    whole = render(root, capsys)[1]
    shutil.rmtree(root.parent / "out")
    spoilt(root / name, old, new)
    code, pages, said = render(root, capsys, "--keep-going")
    missing = {one for one in whole - pages if not one.startswith(("tables/", "zh/tables/"))}
    assert code == 1 and missing == {f"{page}.md", f"zh/{page}.md"}
    assert any(line.startswith(f"left out catalog/{page}") for line in said)


def test_without_it_one_finding_leaves_no_page(root, capsys):
    spoilt(root / f"{PAPER}.yaml", "[cutting]", "[cuting]")
    code, pages, [said] = render(root, capsys)
    assert (code, pages) == (2, set()) and "1 finding" in said


def test_a_topic_with_findings_leaves_out_no_other_topic(root, capsys):
    text = (root / "topics.yaml").read_text()
    spoilt(
        root / "topics.yaml", text[text.index("summary: {en: ") :][:14], "summary: {en: <b>x</b> "
    )
    code, pages, said = render(root, capsys, "--keep-going")
    assert code == 1 and len(said) == 1 and "catalog/topics.yaml (" in said[0]
    assert any(page.startswith("topics/") for page in pages)


def test_a_clean_catalogue_has_all_its_pages_and_nothing_to_name(root, capsys):
    code, pages, said = render(root, capsys, "--keep-going")
    assert (code, said) == (0, []) and render(root, capsys)[1] == pages
