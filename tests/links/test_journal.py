"""The journal: whatever kills a run, what it saw is in the ledger afterwards."""

import datetime
import signal
import subprocess
import sys

import pytest

from kb.ledger.file import line, load, save
from kb.ledger.look import Look
from kb.ledger.merge import after
from kb.links.journal import Journal, LedgerUnavailable, Memory
from tests.catalogs import ROOT

DAY = datetime.date(2026, 3, 2)
A, B, C = (f"https://example.org/{name}" for name in "abc")


def saw(url, verdict="alive"):
    return after(None, Look(url, verdict, f"said {verdict}"), DAY)


@pytest.fixture
def ledger(tmp_path):
    """A ledger that knows one address."""
    path = tmp_path / "links.jsonl"
    save(path, {C: saw(C)})
    return path


def test_what_was_noted_is_in_the_ledger_at_the_end(ledger):
    with Journal(ledger) as journal:
        journal.note(saw(B))
        journal.note(saw(A, "gone"))
    assert load(ledger) == ({A: saw(A, "gone"), B: saw(B), C: saw(C)}, [])
    assert [one.name for one in ledger.parent.iterdir()] == ["links.jsonl"]


@pytest.mark.parametrize("create", [False, True])
def test_where_nothing_was_seen_a_new_ledger_is_made_on_request_only(tmp_path, create):
    with Journal(tmp_path / "new.jsonl", create):
        pass
    assert [one.name for one in tmp_path.iterdir()] == ["new.jsonl"] * create


def test_an_error_in_the_middle_loses_nothing(ledger):
    def failing():
        with Journal(ledger) as journal:
            journal.note(saw(B))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert list(load(ledger)[0]) == [B, C]


# what a killed run left behind, what is read of it
LEFT = {
    "whole lines": (line(saw(A)) + "\n" + line(saw(B)) + "\n", [A, B]),
    "a line cut off": (line(saw(A)) + "\n" + line(saw(B))[:-9], [A]),
    "a line without its end": (line(saw(A)) + "\n" + line(saw(B)), [A, B]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("case", LEFT)
def test_the_next_run_folds_in_what_a_killed_one_left(ledger, case):
    left, read = LEFT[case]
    ledger.with_name(".links.jsonl.journal").write_text(left)
    with Journal(ledger) as journal:
        assert list(journal.resumed) == read
        assert list(load(ledger)[0]) == [*read, C]
        journal.note(saw(B))
    assert B in load(ledger)[0]


CHILD = """
import os, signal, sys
from pathlib import Path
from kb.links.journal import Journal
from tests.links.test_journal import saw
with Journal(Path(sys.argv[1])) as journal:
    for number in range(50):
        journal.note(saw(f"https://example.org/{number:02}"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_loses_no_look(ledger):
    done = subprocess.run([sys.executable, "-c", CHILD, str(ledger)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with Journal(ledger) as journal:
        assert len(journal.resumed) == 50
    assert len(load(ledger)[0]) == 51


def test_a_fold_that_was_killed_half_way_can_be_done_again(ledger):
    with Journal(ledger) as journal:
        journal.note(saw(A))
        kept = journal.path.read_bytes()
        journal.fold()
        once = ledger.read_bytes()
        journal.path.write_bytes(kept)
        journal.fold()
        assert ledger.read_bytes() == once


def test_two_runs_on_one_ledger_are_refused(ledger):
    with Journal(ledger), pytest.raises(LedgerUnavailable, match="another run"):
        Journal(ledger).__enter__()


def test_a_ledger_that_cannot_be_read_is_not_written_over(ledger):
    ledger.write_text('{"url": "https://example.org/a", "looks": [{}]}\n')
    with (
        pytest.raises(LedgerUnavailable, match="is no record of a ledger: "),
        Journal(ledger),
    ):
        pass
    assert ledger.read_text().startswith('{"url"')


def test_a_run_without_ledger_remembers_while_it_lasts():
    with Memory() as journal:
        journal.note(saw(A))
        journal.note(saw(A, "gone"))
    assert journal.records[A].state == "alive" and journal.resumed == {}
