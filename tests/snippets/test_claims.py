"""The names of claims: those of the entry, each once."""

import pytest

from kb.snippets.claims import astray

CASES = {
    "as declared, in any order": (["a", "b"], ["b", "a"], []),
    "old form": ([], [], []),
    "misspelt": (
        ["recovers"],
        ["recovrs"],
        [
            "the entry has no claim `recovrs`; did you mean `recovers`?",
            "claim `recovers` is never made",
        ],
    ),
    "unknown": ([], ["faster"], ["the entry has no claim `faster`"]),
    "forgotten": (["a", "b"], ["a"], ["claim `b` is never made"]),
    "in a loop": (["a"], ["a", "a", "a"], ["claim `a` is made 3 times"]),
}


@pytest.mark.parametrize(("declared", "made", "said"), CASES.values(), ids=CASES.keys())
def test_names_of_claims(declared, made, said):
    assert astray(declared, made) == said
