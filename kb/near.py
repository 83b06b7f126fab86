"""The known word that is nearest to a misspelt one."""

import difflib
from collections.abc import Callable, Iterable


def suggest(word: str, known: Iterable[str]) -> str:
    """A hint with the known word nearest to ``word``, or nothing."""
    return asked(nearest(word, known))


def asked(word: str) -> str:
    """The hint that asks whether ``word`` was meant; nothing for no word."""
    return f"did you mean `{word}`?" if word else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to ``word``, or nothing if all are other words rather."""
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    return next((one for one in near if _resembles(word, one)), "")


_BEGIN = 5
"""So many letters that two words begin with alike make one of them the begin of the other."""


def _resembles(word: str, known: str) -> bool:
    """Whether ``word`` may be ``known``: a letter in three is wrong at most, or its end missing.

    Letters in common are not enough: most of `discontinued` stands in `maintained`.
    """
    short, long = sorted((word.casefold(), known.casefold()), key=len)
    if len(short) >= _BEGIN and long.startswith(short):
        return True
    return typing_errors(short, long) <= max(1, len(short) // 3)


def is_slip(word: str, known: str) -> bool:
    """Whether ``word`` can only be ``known``, typed wrong: a letter of a long word, or two.

    Two exchanged letters count as one. What differs in its first letter, in a digit or in its
    ending is likely to be another word, as `gflops`, `top5` and `supported` are. So is a short
    word in which one letter is another: `falls` for `fails`.
    """
    word, known = word.casefold(), known.casefold()
    if word[:1] != known[:1] or any(map(str.isdigit, word + known)):
        return False
    errors, short = typing_errors(word, known), min(len(word), len(known))
    if errors != 1:
        return errors == 2 and short >= _LONG and word[-1] == known[-1]
    other_letter = len(word) == len(known) and sorted(word) != sorted(known)
    return short >= (_LONG if other_letter else _SHORT)


_SHORT, _LONG = 4, 7


def typing_errors(word: str, known: str) -> int:
    """How many letters are missing, too many, wrong or exchanged with the next one.

    The distance of optimal string alignment.
    """
    before: list[int] = []
    row = list(range(len(known) + 1))
    for at, letter in enumerate(word, 1):
        older, before, row = before, row, [at]
        for to, other in enumerate(known, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
            exchanged = at > 1 and to > 1 and letter == known[to - 2] and word[at - 2] == other
            row.append(min(cost, older[to - 2] + 1) if exchanged else cost)
    return row[-1]


class Nearest:
    """The nearest known words for the misspelt ones of one file.

    Only the first ``most`` different words are looked up: each costs a comparison with everything
    that is known, and a small file can hold thousands.
    """

    def __init__(self, most: int = 40) -> None:
        self._left = most
        self._found: dict[tuple[str, str], str] = {}

    def __call__(
        self, word: str, among: str, known: Callable[[], Iterable[str]] | Iterable[str]
    ) -> str:
        """The nearest to ``word`` in ``known``, which ``among`` names, or nothing."""
        key = (among, word)
        if key not in self._found and self._left > 0:
            self._left -= 1
            self._found[key] = nearest(word, known() if callable(known) else known)
        return self._found.get(key, "")
