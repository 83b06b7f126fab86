"""A function in a process of its own: its result, its error, and its sudden end."""

import os
import time

import pytest

from kb.site.mkdocs.apart import EndedEarly, apart


def double(number):
    return 2 * number, os.getpid()


def refuse(name):
    raise FileNotFoundError(2, "not there", name)


def fall():
    os._exit(3)


def test_the_result_comes_from_another_process():
    with apart(double, 21) as result:
        found, process = result()
    assert found == 42 and process != os.getpid()


def test_an_error_is_raised_where_the_result_is_awaited():
    with apart(refuse, "x") as result, pytest.raises(FileNotFoundError) as caught:
        result()
    assert (caught.value.filename, caught.value.strerror) == ("x", "not there")


def test_a_process_that_ends_without_an_answer_is_no_endless_wait():
    with apart(fall) as result, pytest.raises(EndedEarly):
        result()


def test_a_process_is_ended_with_the_block():
    start = time.monotonic()
    with apart(time.sleep, 600):
        pass
    assert time.monotonic() - start < 60
