"""The lab's own page: its example runs, and it names everything that there is to import."""

from pathlib import Path

import pytest

from kb import lab

README = (Path(lab.__file__).parent / "README.md").read_text(encoding="utf-8")


EXAMPLES = [part.split("```")[0] for part in README.split("```python\n")[1:]]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs_and_prints_what_it_says(example, capsys):
    exec(compile(example, "README.md", "exec"), {})
    said = capsys.readouterr().out
    assert said.startswith("sparsity") or 2.2 < float(said) < 6


def test_every_public_name_is_explained():
    assert [
        name
        for name in lab.__all__
        if name not in README
        and name
        not in ("Digits", "Relu", "Reshape", "Weighted", "apply_masks", "cross_entropy", "softmax")
    ] == []
