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
    """The known word nearest to ``word``, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


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
