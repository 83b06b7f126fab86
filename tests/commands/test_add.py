"""`kb add`, carried out on disk."""

import gzip
import io
import shutil

import pytest

from kb.commands.main import main
from tests.catalogs import TODAY, TOY


@pytest.fixture
def tree(tmp_path):
    """The toy catalogue."""
    shutil.copytree(TOY, tmp_path / "catalog")
    return tmp_path


def run(tree, *words):
    return main(["--root", str(tree / "catalog"), "add", *words], TODAY)


def test_the_entry_is_written_and_the_next_step_printed(tree, capsys):
    assert run(tree, "--offline", "2301.00774") == 0
    out = capsys.readouterr().out
    path = tree / "catalog" / "papers" / "arxiv-2301-00774.yaml"
    assert out.startswith(f"wrote {path}\n")
    assert "next: open that file and write\n  - `title`, `authors`" in out
    assert out.endswith("then: `kb fmt`, and `kb check` until it says `no findings`\n")
    assert 'arxiv: "2301.00774"' in path.read_text()
    assert main(["--root", str(tree / "catalog"), "fmt", "--check"], TODAY) == 0


def test_what_is_known_is_not_added_and_others_are(tree, capsys):
    assert run(tree, "--offline", "1501.00001", "2301.00774") == 1
    out = capsys.readouterr().out
    assert "not added: 1501.00001: already in `catalog/papers/first2015toys.yaml`" in out
    assert (tree / "catalog" / "papers" / "arxiv-2301-00774.yaml").is_file()


SAME = {
    "a submission: PDF, forum": (
        "https://openreview.net/pdf?id=Sy1iIDkPM",
        "https://openreview.net/forum?id=Sy1iIDkPM",
        "http://www.openreview.net/forum?noteId=x1&id=Sy1iIDkPM#discussion",
    ),
    "the anthology: page, PDF, id, its DOI": (
        "https://aclanthology.org/P19-1355/",
        "https://www.aclweb.org/anthology/P19-1355.pdf",
        "P19-1355",
        "https://doi.org/10.18653/v1/p19-1355",
    ),
    "the anthology by its DOI first": ("10.18653/v1/2020.acl-main.703", "2020.acl-main.703"),
    "a preprint: PDF, DOI, a reader": (
        "https://arxiv.org/pdf/2301.00774v2",
        "10.48550/arXiv.2301.00774",
        "https://huggingface.co/papers/2301.00774",
    ),
    "a DOI: publisher, in capitals": (
        "https://dl.acm.org/doi/10.1145/3007787.3001163",
        "http://dx.doi.org/10.1145/3007787.3001163",
    ),
    "a repository: case, file, clone": (
        "https://github.com/Mit-Han-Lab/AMC",
        "http://www.github.com/mit-han-lab/amc/tree/master/models?utm_source=x",
        "git@github.com:mit-han-lab/amc.git",
    ),
    "an article at WeChat: http, mark, tracking": (
        "https://mp.weixin.qq.com/s?__biz=MzA&mid=22&idx=1&sn=ab&chksm=1&scene=21",
        "http://mp.weixin.qq.com/s?sn=ab&idx=1&mid=22&__biz=MzA#rd",
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_nobody_is_asked_and_still_one_work_is_added_once(case, tree, capsys):
    first, *again = SAME[case]
    assert run(tree, "--offline", first) == 0
    written = capsys.readouterr().out.split()[1].removeprefix(f"{tree}/")
    for typed in again:
        assert run(tree, "--offline", typed) == 1
        assert f"not added: {typed}: already in `{written}`" in capsys.readouterr().out


def test_two_submissions_are_two_works(tree):
    assert run(tree, "--offline", "https://openreview.net/forum?id=Sy1iIDkPM") == 0
    assert run(tree, "--offline", "https://openreview.net/forum?id=sy1iidkpm") == 0


REFUSED = {
    "an address that runs code": (["--read", "javascript:x", "2301.00774"], "is not allowed"),
    "an id that leads out of the folder": (
        ["--offline", "--id", "../x", "2301.00774"],
        "not an id",
    ),
    "an id that is taken": (["--offline", "--id", "toybox", "2301.00774"], "already the id of"),
    "a file that is not there": (["--offline", "none.yaml"], "no such file or directory"),
    "a file that is no record": (["--offline", "mkdocs.json"], "no such file or directory"),
    "nothing to look up": (["--offline", "hello"], "`hello` is nothing that can be looked up"),
    "an id for several": (
        ["--offline", "--id", "x", "2301.00774", "2301.00775"],
        "one work",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_said_in_one_sentence(case, tree, capsys):
    words, said = REFUSED[case]
    before = sorted(tree.rglob("*"))
    assert run(tree, *words) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1
    assert sorted(tree.rglob("*")) == before


IN_BIBTEX = "@inproceedings{x, title={Pruning Once}, author={Ada Twice}, %s}"
DRAFTED = {
    "an abbreviation that nobody explains": (
        IN_BIBTEX % "year=2020, booktitle=neurips",
        ["venue: {id: neurips, year: 2020}"],
        [],
    ),
    "no year": (
        IN_BIBTEX % "year={in press}, booktitle={NeurIPS}",
        [],
        ["`venue` is left out, as no year is known; then add {id: neurips, year: …}"],
    ),
    "no title": (
        "@misc{x, author={Ada Twice}, year=2020}",
        [],
        ["cannot be made of a record without a title"],
    ),
    "a title without letters": (
        "@misc{x, title={1}, author={Ada Twice}}",
        [],
        ["cannot be made of the title `1`"],
    ),
    "a Chinese title": (
        "@misc{x, title={剪枝}, author={王晓}, year=2020}",
        [],
        ["cannot be made of Chinese"],
    ),
}


@pytest.mark.parametrize("case", DRAFTED)
def test_what_a_record_lacks_is_said_in_its_terms(case, tree, capsys):
    bibtex, held, said = DRAFTED[case]
    before = set((tree / "catalog" / "papers").iterdir())
    assert run(tree, "--offline", bibtex) == 0
    [path] = set((tree / "catalog" / "papers").iterdir()) - before
    out = capsys.readouterr().out
    assert all(one in path.read_text() for one in held)
    assert all(one in out for one in said), out
    if "no year" in case:
        assert "`venue`:" not in out and "`venue`, " not in out.replace("`venue` is", "")


def test_an_organization_of_csl_is_one(tree):
    (tree / "one.json").write_text(
        '[{"title": "Pruning Once", "issued": {"date-parts": [[2020]]}, "author": ['
        '{"family": "Twice", "given": "Ada"}, {"literal": "OpenAI"}, {"literal": "Bo Li"}]}]'
    )
    assert run(tree, "--offline", str(tree / "one.json")) == 0
    text = (tree / "catalog" / "papers" / "twice2020pruning.yaml").read_text()
    assert "organization: OpenAI" in text and "organization: Bo Li" not in text


RECORDS = """
- {title: "Pruning Once", authors: [Ada Twice], year: 2020, doi: 10.5555/once}
- {title: "Toys: A First Look & 100% Fun", authors: [Ada First], year: 2015}
- 7
- {title: "Pruning as a Cause of Harm to Trees", authors: [Ada Twice], year: 2020}
- {title: "Pruning: Once More", authors: [Ada Twice], year: 2020}
"""


def test_a_file_of_records_is_added_each_by_itself(tree, capsys):
    (tree / "new.yaml").write_text(RECORDS)
    assert run(tree, "--offline", str(tree / "new.yaml")) == 1
    out = capsys.readouterr().out
    new = {path.name for path in (tree / "catalog" / "papers").glob("twice*")}
    assert new == {"twice2020pruning.yaml", "twice2020pruningb.yaml"}
    assert "not added: Toys: A First Look & 100% Fun: already in" in out
    assert "not added: record 3: something that is not a record: `7`" in out
    assert "not added: Pruning: Once More: perhaps already in" in out
    assert "\n2 added, 3 not\n" in out


def test_bibtex_comes_as_an_argument_or_on_stdin(tree, capsys, monkeypatch):
    bibtex = "@misc{x, title={Pruning %s}, author={Ada Twice}, year=2020}"
    assert run(tree, "--offline", bibtex % "Once") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(bibtex % "the Whole of It All"))
    assert run(tree, "--offline", "--id", "by-hand", "-") == 0
    assert (tree / "catalog" / "papers" / "by-hand.yaml").is_file()


def test_records_are_compared_with_a_second_file(tree, capsys):
    (tree / "one.json").write_text('[{"title": "Pruning Once", "authors": ["A B"], "year": 2020}]')
    with gzip.open(tree / "two.json.gz", "wt") as stream:
        stream.write('{"items": [{"title": "Pruning Once", "authors": ["A B"], "year": 2021}]}')
    words = ["--offline", "--against", str(tree / "two.json.gz"), str(tree / "one.json")]
    assert run(tree, *words) == 0
    assert "`year` is left out: what you gave says `2020`; what you gave says `2021`" in (
        capsys.readouterr().out
    )


def test_records_that_stand_on_the_web_support_what_they_say(tree):
    records = '[{"title": "Pruning Once", "authors": ["A B"], "year": 2020, "doi": "10.5555/once"}]'
    (tree / "one.json").write_text(records)
    (tree / "two.json").write_text(records)
    words = ["--read", "https://a.org/1.json", "--against-read", "https://b.org/2.json"]
    words += ["--against", str(tree / "two.json"), str(tree / "one.json")]
    assert run(tree, "--offline", *words) == 0
    text = (tree / "catalog" / "papers" / "b2020pruning.yaml").read_text()
    for copy in ("https://a.org/1.json", "https://b.org/2.json"):
        assert f"    read: {copy}\n    seen: {TODAY}\n    supports: [title, auth" in text


PROCEEDINGS = """{"venue": "icml", "year": "2023", "papers": [
  {"title": "SparseGPT: Massive Language Models Can be Accurately Pruned in One-Shot",
   "authors": [{"given": "Elias", "family": "Frantar", "slug": "frantar-elias"},
               {"given": "Dan", "family": "Alistarh", "slug": "alistarh-dan"}],
   "year": "2023", "venue": "icml", "volume": "202", "pages": "10323-10337", "doi": "",
   "venue_url": "https://proceedings.mlr.press/v202/frantar23a.html", "code_url": ""},
  {"title": "Another One", "authors": [{"given": "Ada", "family": "Other"}], "year": "2023"},
  7
]}"""
TITLED = {
    "one of many": (["--titled", "sparseGPT — massive"], ["frantar2023sparsegpt"], 0),
    "two, in any order": (
        ["--titled", "another", "--titled", "SparseGPT:"],
        ["frantar2023sparsegpt", "other2023another"],
        0,
    ),
    "all, and the one that is no record is said": (
        [],
        ["frantar2023sparsegpt", "other2023another"],
        1,
    ),
}


@pytest.mark.parametrize("case", TITLED)
def test_papers_are_taken_from_proceedings_by_their_titles(case, tree, capsys):
    words, ids, code = TITLED[case]
    (tree / "icml-2023.json").write_text(PROCEEDINGS)
    before = {path.stem for path in (tree / "catalog" / "papers").iterdir()}
    assert run(tree, "--offline", *words, str(tree / "icml-2023.json")) == code
    after = {path.stem for path in (tree / "catalog" / "papers").iterdir()}
    assert sorted(after - before) == ids
    assert ("something that is not a record" in capsys.readouterr().out) == bool(code)


@pytest.mark.parametrize("title", ["Nowhere", "—"])
def test_a_title_that_no_record_has_is_said(title, tree, capsys):
    (tree / "icml-2023.json").write_text(PROCEEDINGS)
    assert run(tree, "--offline", "--titled", title, str(tree / "icml-2023.json")) == 2
    assert f"no record has a title that begins with `{title}`" in capsys.readouterr().err
