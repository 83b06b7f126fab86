"""Claims, seeds, fresh draws and experiments, from a snippet to what the command says."""

import json
import re
import textwrap

import pytest

from kb.code import Told
from kb.commands.main import main
from kb.snippets.find import SnippetFile
from kb.snippets.run import Limits, Way, run

LIMITS = Limits(seconds=20, memory=1 << 30)
DRAWS = """
import numpy as np
from numpy.random import default_rng
from kb.lab import claim, digits, dense_net, seeds, show, train
def say(*numbers):
    print(*(f"{float(number):.6f}" for number in numbers))
print(*seeds())
say(digits().y[0] * 1000 + digits().y[1:40].sum())                  # data
say(dense_net(64, 8, 10).weighted[0].weight[0, 0])                  # initialisation
net = dense_net(64, 8, 10, seed=1)
say(train(net, digits(1), epochs=1)[0])                             # batches
say(np.random.default_rng(7).random(), default_rng([1, 2]).random())
say(np.random.default_rng(np.random.SeedSequence(5)).random())
show("<svg/>")
"""
ENTRY = """
name: {en: Rounding, zh: 取整}
topics: [pruning]
idea: [{en: Round., zh: 取整。, source: ours}]
explanation: [{en: Round., zh: 取整。, source: ours}]
gains: [{en: Small., zh: 小。, source: ours}]
costs: [{en: None., zh: 无。, source: ours}]
fails: [{en: Never., zh: 从不。, source: ours}]
snippet:
  kind: experiment
  figure: {about: 无, Title: 题}
  claims:
    close: {en: Nearest is closer, zh: 就近更准}
    small: {en: All are small, zh: 都很小}
  knobs:
    - {constant: STEPS, from: 1, to: 2, step: 1, label: {en: steps, zh: 步数}}
  experiments:
    - name: by-chance
      label: {en: By chance, zh: 随机}
      change: {from: np.round(x), to: "chance.integers(0, 2, x.shape)"}
      removes: idea
      breaks: [close]
      because: {en: It is not the nearest, zh: 不是最近的}
    - name: finer
      label: {en: Finer, zh: 更细}
      change: {from: "STEPS = 1", to: "STEPS = 2"}
      breaks: [EXPECTED]
      because: {en: It is finer, zh: 更细}
"""
CODE = """
import numpy as np
from kb.lab import claim, seeds, show
STEPS = 1
close = []
for seed in seeds():
    chance = np.random.default_rng(seed)
    x = chance.random(99)
    close.append(np.abs(np.round(x) - x).mean() < np.abs(np.floor(x) - x).mean())
    print(len(x) * STEPS)
show("<svg><title>Title</title><desc>none</desc></svg>")
claim("close", close)
claim("small", STEPS < 2)
"""


def written(folder, code=CODE, foretold="small"):
    path = folder / "techniques" / "rounding" / "snippet.py"
    path.parent.mkdir(parents=True)
    path.write_text(textwrap.dedent(code).lstrip("\n"), encoding="utf-8")
    entry = ENTRY.replace("EXPECTED", foretold).lstrip("\n")
    path.with_name("entry.yaml").write_text(entry, encoding="utf-8")
    return SnippetFile("rounding", path)


def lines(snippet, way):
    found = run(snippet, LIMITS, way=way)
    assert found.problem == ""
    return found.output.splitlines()


def test_every_draw_moves_and_moves_the_same_way_each_time(tmp_path):
    snippet = written(tmp_path, DRAWS)
    plain, one, again, two = (lines(snippet, Way(reseed=by)) for by in (0, 1, 1, 2))
    assert one == again
    *moved, foreign = zip(plain, one, two, strict=True)
    assert all(len(set(line)) == 3 for line in moved)
    assert len(set(foreign)) == 1  # what is no number is left alone


def test_a_run_has_eight_seeds_unless_it_is_told_otherwise(tmp_path):
    snippet = written(tmp_path, "from kb.lab import *\nprint(*seeds())\nshow('<svg/>')\n")
    assert lines(snippet, Way()) == ["0 1 2 3 4 5 6 7"]
    assert lines(snippet, Way(seeds=3, reseed=2)) == ["2000 2001 2002"]


def test_claims_are_told_and_none_stops_the_next(tmp_path):
    code = (
        "from kb.lab import claim, show\nshow('<svg/>')\n"
        "claim('a', [True, False])\nclaim('b', True)\n"
    )
    found = run(written(tmp_path, code), LIMITS)
    assert found.ended == "ran"
    assert found.claims == (Told("a", 1, 2, False), Told("b", 1, 1, True))
    assert [told.name for told in found.fallen] == ["a"]


def test_a_claim_before_the_figure_is_a_problem(tmp_path):
    code = "from kb.lab import claim, show\nclaim('a', True)\nshow('<svg/>')\n"
    found = run(written(tmp_path, code), LIMITS)
    assert (found.ended, found.problem) == (
        "failed",
        "claimed `a` before its figure; `show` comes first",
    )


def command(folder, *words, capsys):
    code = main(["--root", str(folder), "snippets", "run", *words])
    return code, re.sub(r" +\d+\.\d\d s  ", " ", capsys.readouterr().out)


RUNS = {
    "fewer seeds, nothing recorded": (["--seeds", "3"], 0, "holds rounding\n1 run, 0 failed\n"),
    "fresh draws": (
        ["--reseed", "1-2"],
        0,
        "holds rounding --reseed 1\nholds rounding --reseed 2\n2 run, 0 failed\n",
    ),
    "experiments": (
        ["--experiments"],
        1,
        (
            "surprises rounding by-chance\n  breaks nothing; expected `close`\n"
            "breaks rounding finer\n2 run, 1 failed\n"
        ),
    ),
    "the idea taken out of fresh draws": (
        ["--reseed", "3-4", "--experiments"],
        1,
        (
            "stands rounding by-chance --reseed 3\nstands rounding by-chance --reseed 4\n"
            "too rarely  rounding\n"
            "  experiment `by-chance` breaks `close` on 0 of 2 draws; expected 90% or more\n"
            "2 run, 1 failed\n"
        ),
    ),
}


@pytest.mark.parametrize(("words", "code", "said"), RUNS.values(), ids=RUNS.keys())
def test_what_a_sabotage_that_breaks_nothing_is_called(tmp_path, capsys, words, code, said):
    """The random rounding of this code only replaces one that nobody looks at."""
    unseen = CODE.replace("    print(len(x)", "    kept = np.round(x)\n    print(len(x)")
    written(tmp_path, unseen.replace("np.abs(np.round(x) - x)", "np.abs(np.rint(x) - x)"))
    assert command(tmp_path, *words, capsys=capsys) == (code, said)


def test_an_experiment_that_removes_the_idea_breaks_its_claim(tmp_path, capsys):
    written(tmp_path)
    assert command(tmp_path, "--experiments", capsys=capsys) == (
        0,
        "breaks rounding by-chance\nbreaks rounding finer\n2 run, 0 failed\n",
    )
    assert command(tmp_path, "--experiments", "--reseed", "5", capsys=capsys) == (
        0,
        "breaks rounding by-chance --reseed 5\n1 run, 0 failed\n",
    )


def test_a_claim_that_falls_is_said_with_its_sentence(tmp_path, capsys):
    written(tmp_path, CODE.replace("STEPS = 1", "STEPS = 3"))
    assert command(tmp_path, capsys=capsys) == (
        1,
        "falls rounding\n  claim `small` does not hold: All are small\n1 run, 1 failed\n",
    )
    assert command(tmp_path, "--record", capsys=capsys)[0] == 1
    assert not (tmp_path / "techniques" / "rounding" / "output.txt").exists()


def test_recording_writes_both_pictures_and_a_row_for_each_knob_and_experiment(tmp_path, capsys):
    folder = written(tmp_path).path.parent
    assert command(tmp_path, "--record", capsys=capsys) == (
        0,
        (
            "ran rounding\nran rounding STEPS=2\nran rounding by-chance\nran rounding finer\n"
            "recorded  rounding\n4 run, 0 failed\n"
        ),
    )
    assert "<title>Title<" in (folder / "figure.svg").read_text(encoding="utf-8")
    assert "<title>题<" in (folder / "figure.zh.svg").read_text(encoding="utf-8")
    rows = json.loads((folder / "grid.json").read_text(encoding="utf-8"))["rows"]
    fallen = {
        name: [claim for claim, _, _, holds in row["claims"] if not holds]
        for name, row in rows.items()
    }
    assert fallen == {
        "recorded": [],
        "STEPS=2": ["small"],
        "by-chance": ["close"],
        "finer": ["small"],
    }
    assert rows["STEPS=2"]["output"]["0"] == "198"
    assert command(tmp_path, capsys=capsys)[1] == "same rounding\n1 run, 0 failed\n"
    assert command(tmp_path, "--record", capsys=capsys)[1].splitlines()[-2] == "unchanged  rounding"


def test_nothing_is_recorded_while_any_of_it_fails(tmp_path, capsys):
    folder = written(
        tmp_path, CODE.replace("x = chance", "1 / (2 - STEPS); x = chance")
    ).path.parent
    code, out = command(tmp_path, "--record", capsys=capsys)
    assert code == 1 and "failed rounding STEPS=2" in out and "kept      rounding" in out
    assert sorted(path.name for path in folder.iterdir()) == ["entry.yaml", "snippet.py"]


def test_a_word_of_the_figure_without_chinese_is_a_finding(tmp_path, capsys):
    written(tmp_path, CODE.replace("Title", "Heading"))
    assert command(tmp_path, capsys=capsys) == (
        1,
        (
            "wordless rounding\n  `Heading` in the figure has no Chinese\n"
            "  `Title` is not in the figure\n1 run, 1 failed\n"
        ),
    )


def test_a_change_that_does_not_fit_is_not_run(tmp_path, capsys):
    written(tmp_path, CODE.replace("STEPS = 1", "STEPS = 1  # STEPS = 1"))
    assert command(tmp_path, "--experiments", capsys=capsys) == (
        1,
        (
            "unfit     rounding\n  experiment `finer`: `STEPS = 1` occurs 2 times in the code; "
            "it has to occur once\n0 run, 1 failed\n"
        ),
    )


def test_names_of_claims_are_those_of_the_entry(tmp_path, capsys):
    written(tmp_path, CODE.replace('claim("small"', 'claim("smal"'))
    assert command(tmp_path, capsys=capsys) == (
        1,
        (
            "astray rounding\n  the entry has no claim `smal`; did you mean `small`?\n"
            "  claim `small` is never made\n1 run, 1 failed\n"
        ),
    )


def test_an_entry_that_cannot_be_read_is_not_taken_for_one_without_claims(tmp_path, capsys):
    snippet = written(tmp_path)
    entry = snippet.path.with_name("entry.yaml")
    entry.write_text(entry.read_text().replace("breaks: [close]", "brakes: [close]"))
    assert main(["--root", str(tmp_path), "snippets", "run", "--experiments"]) == 2
    assert capsys.readouterr().err == (
        "kb: what `rounding` says of its snippet has findings; `kb check` shows them\n"
    )


WRONG = {
    "not a number": ["--reseed", "some"],
    "backwards": ["--reseed", "4-2"],
    "nothing": ["--seeds", "0"],
    "recorded from other draws": ["--reseed", "1", "--record"],
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_call_exits_2(tmp_path, capsys, words):
    written(tmp_path)
    try:
        code = main(["--root", str(tmp_path), "snippets", "run", *words])
    except SystemExit as left:
        code = left.code
    assert code == 2
