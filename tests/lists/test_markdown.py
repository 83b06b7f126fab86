"""Markdown of any length: what an address costs does not grow with its line."""

import time

import pytest

from kb.lists.grammar import read

LONG_LINES = (
    "https://a.org/x ",
    "[a](https://a.org/x) ",
    "(https://a.org/x)已开源 ",
    "hhttps://a.org ",
)


@pytest.mark.parametrize("unit", LONG_LINES)
def test_one_long_line_takes_no_square_of_its_addresses(unit):
    def seconds(count):
        start = time.process_time()
        read((unit * count).encode(), "markdown")
        return time.process_time() - start

    seconds(10)
    few, many = (min(seconds(count) for _ in range(2)) for count in (500, 4_000))
    assert many < 24 * few + 0.2
