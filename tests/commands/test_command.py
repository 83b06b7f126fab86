"""The command: what it prints, where, and its exit codes; documentation that must be fresh."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from kb import report, rules
from kb.commands.main import main
from kb.graph import RELATIONS
from kb.kinds import models, tables
from kb.schema import json_schema
from tests.catalogs import ROOT, TOY


@pytest.fixture
def copy(tmp_path):
    """A copy of the toy catalogue that a test may break."""
    return shutil.copytree(TOY, tmp_path / "catalog")


def run(root, *words, capsys):
    code = main(["--root", str(root), *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_clean_catalogue_exits_0(capsys):
    assert run(TOY, "check", capsys=capsys) == (0, "no findings\n", "")


def test_findings_exit_1_with_place_message_and_hint(copy, capsys):
    path = copy / "articles" / "toys-explained.yaml"
    path.write_text(path.read_text().replace("[cutting]", "[cuttin]"))
    code, out, _ = run(copy, "check", capsys=capsys)
    assert (code, out.splitlines()[:2]) == (
        1,
        [
            (
                "catalog/articles/toys-explained.yaml:7:10: KB301 unknown-id: `topics` "
                "names unknown id `cuttin`"
            ),
            "    hint: did you mean `cutting`? topics stand in `topics.yaml`",
        ],
    )


def test_paths_narrow_the_report_not_the_check(copy, capsys):
    (copy / "papers" / "third2019more.yaml").unlink()
    assert run(copy, "check", str(copy / "papers"), capsys=capsys)[0] == 0
    assert run(copy, "check", str(copy / "lists"), capsys=capsys)[0] == 1


WRONG = {
    "no catalogue": (["check"], "is not a folder"),
    "no such path": (["check", "nowhere.yaml"], "does not exist"),
    "no such entry": (["graph", "near", "toy-prunning"], "did you mean `toy-pruning`?"),
    "no such rule": (["rules", "duplicate-idd"], "did you mean `duplicate-id`?"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_call_exits_2_and_says_what_to_do(case, capsys, tmp_path):
    words, said = WRONG[case]
    code, out, err = run(
        tmp_path / "none" if case == "no catalogue" else TOY, *words, capsys=capsys
    )
    assert code == 2 and said in err and out == ""


@pytest.mark.parametrize("name", report.FORMATS)
def test_every_format_of_findings(name, copy, capsys, golden, monkeypatch):
    monkeypatch.setenv("KB_SITE_URL", "https://kb.example/")  # else it is that of the repository
    (copy / "papers" / "third2019more.yaml").write_text("title: [A\n")
    (copy / "notes, 100%.txt").write_text("x")
    code, out, _ = run(copy, "check", "--format", name, capsys=capsys)
    assert code == 1
    golden(f"reports/{name}.txt", out)
    if name in ("json", "sarif"):
        json.loads(out)


def test_fmt_writes_and_check_only_tells(copy, capsys):
    path = copy / "papers" / "third2019more.yaml"
    wanted = path.read_text()
    path.write_text(wanted.replace("title: More Toys", "title: 'More Toys'"))
    assert run(copy, "fmt", "--check", capsys=capsys)[:2] == (
        1,
        "would format catalog/papers/third2019more.yaml\n",
    )
    assert run(copy, "fmt", capsys=capsys)[:2] == (
        0,
        "formatted catalog/papers/third2019more.yaml\n",
    )
    assert path.read_text() == wanted and run(copy, "fmt", capsys=capsys)[:2] == (0, "")


def test_render_writes_plain_markdown(tmp_path, capsys):
    assert run(TOY, "render", str(tmp_path / "out"), capsys=capsys)[0] == 0
    docs = tmp_path / "out" / "docs"
    assert (docs / "techniques" / "toy-pruning.md").read_text().startswith("---\n")
    beside = sorted(path.name for path in (docs / "techniques" / "toy-pruning").iterdir())
    assert beside == ["figure.svg", "libraries.py", "snippet.py", "toy-pruning.ipynb"]


def test_render_refuses_a_catalogue_with_findings(copy, tmp_path, capsys):
    (copy / "notes.txt").write_text("x")
    code, _, err = run(copy, "render", str(tmp_path / "out"), capsys=capsys)
    assert code == 2 and "`kb check` shows" in err and not (tmp_path / "out").exists()


GRAPH = {
    "path": (["graph", "path", "toybox", "toy-rounding"], "implements  toy-pruning"),
    "near": (["graph", "near", "toy-pruning"], "toy-rounding"),
    "before": (["graph", "before", "toy-rounding"], "toy-pruning\n"),
    "stats": (["graph", "stats"], "2  technique"),
    "rules": (["rules"], "KB201  duplicate-id"),
    "one rule": (["rules", "KB201"], "Why it matters"),
    "export": (["export", "bibtex"], "@inproceedings{first2015toys,"),
}


@pytest.mark.parametrize("case", GRAPH)
def test_questions_are_answered(case, capsys):
    words, said = GRAPH[case]
    code, out, _ = run(TOY, *words, capsys=capsys)
    assert code == 0 and said in out


def test_render_refuses_a_figure_that_is_more_than_a_drawing(copy, tmp_path, capsys):
    (copy / "techniques" / "toy-pruning" / "figure.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"
    )
    code, _, err = run(copy, "render", str(tmp_path / "out"), capsys=capsys)
    assert (
        code == 2
        and "more than a drawing: an element `script`" in err
        and not (tmp_path / "out").exists()
    )


def test_a_closed_pipe_is_no_error():
    done = subprocess.run(
        f"{sys.executable} -m kb rules | head -1",
        shell=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", json_schema.files(models(), tables()))
def test_json_schema_files_are_fresh(name):
    """But for the ids of entries, which editors offer and which change with each new one."""
    kept = (ROOT / "docs" / "schema" / name).read_text(encoding="utf-8")
    fresh = json_schema.files(models(), tables(), dict.fromkeys(RELATIONS, ("x",)))[name]
    assert _without_ids(kept) == _without_ids(fresh), "run `make format`"


def _without_ids(text):
    return re.sub(r'"examples": \[[^\]]*\]', '"examples": []', text)


def test_editors_complete_ids_topics_keys_and_what_sources_support():
    ids = {"topics": ["pruning"], "introduces": ["pact"]}
    paper = json.loads(json_schema.files(models(), tables(), ids)["paper.json"])
    assert paper["properties"]["topics"]["items"]["examples"] == ["pruning"]
    assert paper["properties"]["introduces"]["items"]["anyOf"][0]["examples"] == ["pact"]
    tie, cite = (paper["$defs"][name]["anyOf"] for name in ("Tie", "Cite"))
    assert "pact" in tie[1]["properties"]["id"]["examples"]
    assert "venue" in paper["$defs"]["Source"]["properties"]["supports"]["items"]["examples"]
    assert "snippet" in cite[0]["examples"]
    assert "snippet" in cite[1]["properties"]["key"]["examples"]


def test_editors_say_what_is_expected_in_words_for_every_pattern():
    for text in json_schema.files(models(), tables()).values():
        assert text.count('"pattern":') == text.count('"patternErrorMessage":')


def test_readme_opens_with_the_two_commands_and_make_knows_them():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"```\n(.*?)```", readme, re.S)[1]
    commands = re.findall(r"^make (\w+)", first, re.M)
    assert commands == ["site", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{command}:", makefile, re.M) for command in commands)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


STRANGERS = {  # a command where the catalogue is not: what it asks for
    "schema": "--folder",
    "runtime": "--folder",
    "links report": "--ledger",
}


@pytest.mark.parametrize("command", STRANGERS)
def test_outside_the_project_a_command_says_what_it_needs_and_writes_nothing(command, tmp_path):
    (tmp_path / "docs" / "schema").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "kb", *command.split()],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert STRANGERS[command] in done.stderr
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["docs", "schema"]


def documented_commands():
    texts = [
        (ROOT / name).read_text(encoding="utf-8")
        for name in (
            "README.md",
            "CONTRIBUTING.md",
            "CONTRIBUTING.zh.md",
            "docs/facts.md",
            "docs/design.md",
            "docs/link-states.md",
            "docs/snippets.md",
        )
    ]
    found = {
        match
        for text in texts
        for match in re.findall(r"(?:^|`)kb ([a-z][^`#\n>]*?)(?:`|\s*(?:#|>|$))", text, re.M)
    }
    return sorted(found)


@pytest.mark.parametrize("words", documented_commands())
def test_every_documented_command_can_be_called(words):
    with pytest.raises(SystemExit) as stopped:
        main([*words.replace("DIR", "somewhere").split(), "--help"])
    assert stopped.value.code == 0


def test_every_screenshot_of_the_readme_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^):]+)\)", readme)
    assert links and all((ROOT / link).exists() for link in links)


def test_the_list_of_rules_is_printed_whole(capsys):
    main(["rules"])
    assert len(capsys.readouterr().out.splitlines()) == len(rules.all_kinds())
