"""How far a run is: a bar on a terminal, plain lines elsewhere."""

import io

import pytest

from kb.commands.progress import Progress, span


class Terminal(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self):
        return True


def told(stream, total=40, seconds=1.0):
    """What is said of ``total`` links, one every ``seconds``, every fourth of them blocked."""
    clock = [0.0]
    progress = Progress(stream, lambda: clock[0])
    progress.begin(total, 30)
    for number in range(total):
        clock[0] += seconds
        progress.seen("blocked" if number % 4 == 3 else "alive")
    return stream.getvalue()


def test_elsewhere_every_tenth_of_the_way_is_a_line():
    lines = told(io.StringIO()).splitlines()
    assert len(lines) == 10 and "\x1b" not in "".join(lines)
    assert (
        lines[0] == "4 of 40, about 36 s left: 3 alive, 1 blocked"
        and lines[-1] == "40 of 40 in 40 s: 30 alive, 10 blocked"
    )


def test_what_is_left_is_never_less_than_politeness_takes():
    assert (
        told(io.StringIO(), seconds=0.1).splitlines()[4]
        == "20 of 40, about 28 s left: 15 alive, 5 blocked"
    )


def test_a_terminal_gets_one_line_that_changes():
    said = told(Terminal())
    assert (
        said.count("\n") == 1
        and said.split("\r\x1b[K")[21]
        == "[############............] 20 of 40, about 20 s left: 15 alive, 5 blocked"
    )
    assert (
        said.split("\r\x1b[K")[-1]
        == "[########################] 40 of 40 in 40 s: 30 alive, 10 blocked\n"
    )


def test_a_terminal_is_not_drawn_on_more_than_ten_times_a_second():
    assert told(Terminal(), seconds=0.01).count("\r") < 10


def test_a_run_that_is_stopped_leaves_the_terminal_on_a_new_line():
    stream = Terminal()
    progress = Progress(stream, lambda: 0.0)
    progress.begin(9, 1)
    progress.end()
    assert stream.getvalue() == "\r\x1b[K[........................] 0 of 9, about 1 s left\n"


@pytest.mark.parametrize("total", [0, 1])
def test_few_links_are_no_trouble(total):
    assert told(Terminal(), total).count("\n") == told(io.StringIO(), total).count("\n") == total


SPANS = {0.4: "0 s", 99: "99 s", 150: "2 min", 5000: "83 min", 9000: "2.5 h"}


@pytest.mark.parametrize("seconds", SPANS)
def test_spans_are_short(seconds):
    assert span(seconds) == SPANS[seconds]
