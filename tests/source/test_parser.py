"""Without libyaml, as in a page, the same is found at the same places."""

import json
import subprocess
import sys

import pytest

from tests.catalogs import ROOT
from tests.test_mistakes import ROWS, made, small_catalogue

ODD = {
    "empty": "",
    "no-mapping": "- a\n- b\n",
    "second-document": "title: a\n---\ntitle: b\n",
    "anchor": "title: &a b\nauthors: *a\n",
    "tag": "title: !!str b\n",
    "unclosed": 'title: "a\nauthors: [b\n',
    "tab": "title: a\nsummary:\n\ten: b\n",
    "deep": "title: " + "[" * 30 + "]" * 30 + "\n",
    "deeper": "title: " + "[" * 900 + "]" * 900 + "\n",
    "many": "title: [" + "a, " * 7000 + "b]\n",
    "astral": "title: \U0001f600 a\nauthors: [\U0001f600, b: c: d]\n",
    "escape": 'title: "a\\qb"\n',
    "control": 'title: "a\\x07b"\n',
    "block": "title: |\n  a\n b\nyear: 2\n",
    "complex-key": "? [a, b]\n: c\n",
    "directive": "%YAML 1.2\n---\ntitle: a\n",
    "reserved": "title: @a\nyear: `b`\n",
    "colon": "title: a: b\n",
    "dash": "title:\n-a\n- b\n",
    "alone": "title: {en: a, b,\n  c , zh: d}\nvenue: {id: , year}\ntopics: {a}\n",
    "comment": "title: a # b\n# c\nyear: 2#d\n",
}
"""Texts that a parser may judge in its own way."""


@pytest.fixture(params=[24, pytest.param(1, marks=pytest.mark.lab)])
def roots(tmp_path, request):
    """A catalogue for each 24th mistake of the table, or each, and for every odd text."""
    base = tmp_path / "answers"
    found = []
    for name, row in list(ROWS.items())[:: request.param]:
        found.append(small_catalogue(base / name))
        made(found[-1], row)
    for name, text in ODD.items():
        found.append(base / "odd" / name / "catalog")
        (found[-1] / "papers").mkdir(parents=True)
        (found[-1] / "papers" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return found


def answers(how, roots):
    words = [sys.executable, "-m", "tests.source.answers", how, *map(str, roots)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_classes_without_libyaml_give_the_same_answers(roots):
    fast, slow = answers("fast", roots), answers("slow", roots)
    assert len(fast) > len(roots)
    assert sum(bool(findings) for _, findings, _, _ in fast) > len(roots) / 2
    assert slow == fast
