"""The lab's own page: its example runs, and it names everything that there is to import."""

from pathlib import Path

from kb import lab

README = (Path(lab.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_the_example_runs_and_prints_its_table(capsys):
    exec(compile(README.split("```python\n")[1].split("```")[0], "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("sparsity")


def test_every_public_name_is_explained():
    assert [
        name
        for name in lab.__all__
        if name not in README
        and name
        not in ("Digits", "Relu", "Reshape", "Weighted", "apply_masks", "cross_entropy", "softmax")
    ] == []
