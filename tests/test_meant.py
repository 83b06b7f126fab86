"""What is meant by a number that is typed as people write numbers."""

import pytest

from kb import meant

NUMBERS = [
    ("12.8×10^6", "12.8e6", ""),
    ("12.8 x 10⁶", "12.8e6", ""),
    ("1.5 \\times 10^{-3}", "1.5e-3", ""),
    ("10^9", "1e9", ""),
    ("1.28e7", "1.28e7", ""),
    ("5.3M", "5.3e6", ""),
    ("1,234", "1234", ""),
    ("4 ×", "4", "x"),
    ("76.1 %", "76.1", "%"),
    ("76.1％", "76.1", "%"),
    ("3 milliseconds", "3", "ms"),
    ("2023;", "2023", ""),
    ("2023年", "2023", ""),
    ("76.l", "", ""),
    ("12.8 x 106", "", ""),
    ("30 foo", "", ""),
    ("75.3-76.0", "", ""),
    ("about 5", "", ""),
    ("1.2.3", "", ""),
]


@pytest.mark.parametrize(("typed", "digits", "unit"), NUMBERS)
def test_a_number_is_the_one_that_is_meant_or_none(typed, digits, unit):
    assert meant.number(typed) == (digits, unit)


def test_a_unit_that_stands_beside_the_number_is_no_power():
    assert meant.number("12.8 M", "M") == ("12.8", "M")


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("75.3-76.0", (75.3, 76)),
        ("2 – 4 x", (2, 4)),
        ("2 to 4", (2, 4)),
        ("4-2", None),
        ("2024-01-02", None),
        ("2-4 foo", None),
    ],
)
def test_a_range_has_two_ends_the_lower_first(typed, ends):
    assert meant.span(typed) == ends
