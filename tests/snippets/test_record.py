"""Recording: whole files or the old ones."""

import os
from dataclasses import replace

import pytest

from kb.snippets.find import SnippetFile
from kb.snippets.record import record
from kb.snippets.run import Run


@pytest.fixture
def fresh(tmp_path):
    return Run(SnippetFile("one", tmp_path / "snippet.py"), "ran", 0.1, "accuracy 0.9\n", "<svg/>")


def test_output_and_figure_are_written_once(fresh, tmp_path):
    assert [path.name for path in record(fresh)] == ["output.txt", "figure.svg"]
    assert record(fresh) == []
    assert (tmp_path / "output.txt").read_text() == "accuracy 0.9\n" and (
        tmp_path / "figure.svg"
    ).read_text() == "<svg/>"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figure.svg", "output.txt"]


def test_a_run_that_failed_is_not_recorded(fresh, tmp_path):
    with pytest.raises(ValueError, match="`one` did not finish: stopped after 1 s"):
        record(replace(fresh, ended="too long", problem="stopped after 1 s"))
    assert list(tmp_path.iterdir()) == []


def test_what_runs_with_libraries_records_text_only(fresh, tmp_path):
    record(replace(fresh, snippet=SnippetFile("one", tmp_path / "libraries.py"), figure=None))
    assert [path.name for path in tmp_path.iterdir()] == ["libraries.txt"]


def test_a_failure_while_writing_leaves_the_old_file_and_no_other(fresh, tmp_path, monkeypatch):
    record(fresh)

    def broken(*paths):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        record(replace(fresh, output="accuracy 0.1\n"))
    assert (tmp_path / "output.txt").read_text() == "accuracy 0.9\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figure.svg", "output.txt"]
