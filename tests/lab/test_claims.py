"""Claims: what counts as yes, and what happens to one that fails."""

import numpy as np
import pytest

from kb.lab import claim, claims

HOLD = {
    "yes": (True, True),
    "no": (False, False),
    "yes from NumPy": (np.float32(0.9) > 0.8, True),
    "all three seeds": ([True] * 3, True),
    "two of three seeds": ([True, True, False], False),
    "seven of eight seeds": (np.arange(8) > 0, True),
    "six of eight seeds": (np.arange(8) > 1, False),
}
NOT_AN_ANSWER = {
    "a number": 0.3,
    "a difference for each seed": np.array([0.1, 0.2]),
    "seeds and widths": np.ones((3, 2), bool),
    "no seeds": np.array([], bool),
    "a word": "yes",
}


@pytest.mark.parametrize(("condition", "holds"), HOLD.values(), ids=HOLD.keys())
def test_a_claim_holds_on_all_seeds_or_on_seven_of_eight(monkeypatch, condition, holds):
    told = []
    monkeypatch.setattr(claims, "sink", lambda name, on, of: told.append(claims.holds(on, of)))
    claim("recovers", condition)
    assert told == [holds]


@pytest.mark.parametrize("condition", NOT_AN_ANSWER.values(), ids=NOT_AN_ANSWER.keys())
def test_a_claim_is_a_yes_or_no(condition):
    with pytest.raises(ValueError, match=r"claim `recovers` got .*; give it one yes or no"):
        claim("recovers", condition)


def test_without_a_listener_a_failed_claim_ends_the_program():
    claim("recovers", [True, True])
    with pytest.raises(claims.DoesNotHold, match=r"^claim `recovers` does not hold: 1 of 2$"):
        claim("recovers", [True, False])
