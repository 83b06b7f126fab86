"""What several tries at one link prove together."""

import pytest

from kb.links.judge import confirmed
from kb.links.model import Judgement

GONE = Judgement("gone", "answers 404")
LATE = Judgement("unsure", "timed out", again=True)
OTHER = Judgement("alive", "is there", title="Gardening", expected="Pruning")
GOOD = Judgement("alive", "is there", title="Pruning")
TRIES = {  # tries, and the verdict with the title that was expected; None: another try is due
    "gone once": ([GONE], None),
    "gone twice": ([GONE, GONE], ("gone", None)),
    "gone at the last try only": ([LATE, LATE, GONE], ("unsure", None)),
    "another title once": ([OTHER], None),
    "another title twice": ([OTHER, OTHER], ("alive", "Pruning")),
    "another title, then the right one": ([OTHER, GOOD], ("alive", None)),
    "another title at the last try only": ([LATE, LATE, OTHER], ("unsure", None)),
}


@pytest.mark.parametrize("case", TRIES)
def test_what_tries_prove(case):
    tries, expected = TRIES[case]
    found = confirmed(tries, 3)
    assert (found and (found.verdict, found.expected)) == expected


def test_one_try_is_enough_where_only_one_is_made_or_a_service_knows():
    assert confirmed([OTHER], 1) == OTHER and confirmed([OTHER], 3, known=True) == OTHER
